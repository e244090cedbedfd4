// HelpPage: how every `--help` of the program looks: wrapped to the terminal, Dutch or English.
//
// A description may have several paragraphs; lists show the first sentence, a verb's own page all
// of it. A line with a tab in an option's description is an accepted value and its meaning
// (completion reads them too). Pure. Test: tests/unit/services/matchgo/help/help_page_test.cc
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "services/matchgo/terminal/language.h"

namespace matchgo::help {

class HelpPage : public CLI::FormatterBase {
 public:
  HelpPage(terminal::Language language, size_t width) : language_(language), width_(width) {}

  std::string make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const override;

 private:
  const char* Say(const char* nl, const char* en) const {
    return terminal::Pick(language_, nl, en);
  }
  std::string Usage(const CLI::App& app) const;
  std::string Options(const CLI::App& app) const;
  std::string OptionLines(const CLI::Option& option) const;
  std::string Verbs(const CLI::App& app) const;

  const terminal::Language language_;
  const size_t width_;
};

// "matchgo vacancy list".
std::string PathOf(const CLI::App& app);

// "--state WORD", "-h, --help", "name".
std::string NameOf(const CLI::Option& option);

// The values an option accepts, if its description lists them.
std::vector<std::string> ValuesOf(const CLI::Option& option);

// The groups into which flags of generated verbs fall; HelpPage translates them.
inline constexpr char kFlags[] = "Flags";
inline constexpr char kRecordFlags[] = "Fields of the record (* = required)";
inline constexpr char kGlobalFlags[] = "Global flags";
inline constexpr char kRecordVerbs[] = "Records and their verbs";
inline constexpr char kVerbs[] = "Verbs";

// The type of a flag that needs no value, and may have one.
inline constexpr char kOrFalse[] = "[true|false]";

}  // namespace matchgo::help
