// The one binary: `matchgo serve profiles` is one service, `matchgo serve --all` is all of them;
// its other verbs are the operator's. This file is the table of contents.
#include <CLI/CLI.hpp>
#include <cstdlib>

#include "services/matchgo/commands/context.h"

namespace {

using matchgo::commands::Context;

constexpr char kFooter[] = R"(First steps:
  matchgo demo                      see career switches happen, in half a minute
  matchgo demo --stay               the same, and keep serving
  matchgo serve --all               all services in one process, data in --data
  matchgo vacancy list --state published
  matchgo explain ROUND SWITCHER    why she was matched, or why not
  matchgo catalogue stats           what the built-in catalogue holds

Every verb has --help. Exit codes: 0 done, 1 refused or failed, 2 wrong use or input,
3 service not reachable, 4 a check found a difference, 130 stopped with Ctrl-C before the end.)";

void AddGlobalFlags(CLI::App& app, Context& context, std::string& language) {
  app.add_flag("--json", context.json, "print JSON instead of tables");
  app.add_flag("--quiet", context.quiet, "no progress on stderr");
  app.add_option("--lang", language, "language of the output: nl or en (default: from LANG)")
      ->check(CLI::IsMember({"nl", "en"}));
  app.add_option("--server", context.server,
                 "address of a service: unix:PATH or HOST:PORT (default: the sockets in --data)")
      ->envname("MATCHGO_SERVER");
  app.add_option("--data", context.data, "data folder")
      ->envname("MATCHGO_DATA")
      ->default_str(context.data.string());
  app.add_option_function<std::string>(
         "--as",
         [&context](const std::string& word) {
           context.principal.role = *matchgo::ParseRole(word);
         },
         "role to act in: ops, partner, employer, opleider_admin, switcher, auditor, ...")
      ->check([](const std::string& word) {
        return std::string(matchgo::ParseRole(word).has_value() ? "" : "not a role");
      });
  app.add_option("--principal", context.principal.id, "opaque id of who acts (default: cli)");
  app.add_option_function<std::string>(
      "--tenant",
      [&context](const std::string& id) { context.principal.tenant = matchgo::TenantId(id); },
      "organisation that is acted for");
}

// Flags win over LANG; anything but Dutch speaks English.
matchgo::terminal::Language ChooseLanguage(const std::string& flag) {
  if (const auto chosen = matchgo::terminal::ParseLanguage(flag)) return *chosen;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return matchgo::terminal::ParseLanguage(value).value_or(matchgo::terminal::Language::kEnglish);
  }
  return matchgo::terminal::Language::kEnglish;
}

// Help is made before flags are parsed, so the language is looked up by hand.
std::string LanguageFlag(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--lang" && i + 1 < argc) return argv[i + 1];
    if (word.rfind("--lang=", 0) == 0) return word.substr(7);
  }
  return "";
}

}  // namespace

int main(int argc, char** argv) {
  Context context;
  context.data = matchgo::commands::DefaultDataFolder();
  context.style = matchgo::terminal::StdoutStyle();
  std::string language = LanguageFlag(argc, argv);
  context.language = ChooseLanguage(language);
  context.principal = {.role = matchgo::Role::kOps, .id = "cli", .tenant = {}};

  CLI::App app{context.Say("matchgo: van werk naar werk, met baan en opleiding tegelijk.",
                           "matchgo: from work to work, with a job and a programme at once."),
               "matchgo"};
  app.set_version_flag("--version", std::string("matchgo ") + MATCHGO_VERSION);
  app.footer(kFooter);
  app.require_subcommand(1);
  app.fallthrough();
  app.option_defaults()->configurable(false);
  AddGlobalFlags(app, context, language);
  matchgo::commands::AddDemo(app, context);
  matchgo::commands::AddServe(app, context);
  matchgo::commands::AddDoctor(app, context);
  matchgo::commands::AddResources(app, context);
  matchgo::commands::AddExplain(app, context);
  matchgo::commands::AddImport(app, context);
  matchgo::commands::AddExport(app, context);
  matchgo::commands::AddMarket(app, context);
  matchgo::commands::AddCatalogue(app, context);
  matchgo::commands::AddCompletion(app, context);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? 0 : matchgo::commands::kWrongUse;
  }
  return context.exit_code;
}
