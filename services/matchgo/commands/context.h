// Context: what every command is given: language, output form, where the services are, who asks.
//
// Filled from flags and environment by main. Report turns a Status into a sentence on stderr and an
// exit code. Test: tests/unit/services/matchgo/commands/commands_test.cc
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/matchgo/terminal/language.h"
#include "services/matchgo/terminal/terminal.h"

namespace matchgo::commands {

// Exit codes, documented in `matchgo --help` and README.md.
enum ExitCode : int {
  kDone = 0,
  kRefused = 1,      // a service refused, or the work failed
  kWrongUse = 2,     // flags or an input file are wrong
  kUnreachable = 3,  // nothing listens there, or it is too busy: try again
  kDifferent = 4,    // a check found a difference: replay, doctor
  // And the number of the signal, as shells have it: 130 after Ctrl-C, 143 after SIGTERM.
  kInterrupted = 128,
};

struct Context {
  terminal::Language language = terminal::Language::kEnglish;
  terminal::Style style;
  bool json = false;
  bool quiet = false;
  std::string server;  // address; empty: the sockets in `data`
  std::filesystem::path data;
  bool data_given = false;  // by --data, even when it names the default folder
  Principal principal;
  int exit_code = kDone;

  const char* Say(const char* nl, const char* en) const { return terminal::Pick(language, nl, en); }
};

// Prints what went wrong and what to do next (or one JSON object) to stderr. `next` says it better
// than the general advice where the caller knows more.
ExitCode Report(const Context& context, const Status& status, const std::string& next = "");

// /var/lib/matchgo for root, else ~/.local/share/matchgo; MATCHGO_DATA overrides both.
std::filesystem::path DefaultDataFolder();

// Each adds its verbs to the program.
void AddServe(CLI::App& app, Context& context);
void AddDemo(CLI::App& app, Context& context);
void AddDoctor(CLI::App& app, Context& context);
void AddImport(CLI::App& app, Context& context);
void AddCatalogue(CLI::App& app, Context& context);
void AddResources(CLI::App& app, Context& context);
void AddReplay(CLI::App& round, Context& context);
void AddExplain(CLI::App& app, Context& context);
void AddSuggest(CLI::App& app, Context& context);
void AddExport(CLI::App& app, Context& context);
void AddBound(CLI::App& app, Context& context);
void AddCheck(CLI::App& app, Context& context);
void AddClear(CLI::App& app, Context& context);
void AddMarket(CLI::App& app, Context& context);
void AddCompletion(CLI::App& app, Context& context);

}  // namespace matchgo::commands
