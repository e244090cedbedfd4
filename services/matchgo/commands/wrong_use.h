// What the program says when a command line is wrong: which word, what was perhaps meant, where
// to read more. Exit code 2.
//
// Texts in both languages, or one JSON object with --json; on stderr. Test:
// tests/unit/services/matchgo/commands/wrong_use_test.cc
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

// A validator: the value is one of these words.
std::function<std::string(const std::string&)> OneOf(const Context& context,
                                                     std::vector<std::string> words);
// A validator: a whole number between the two, inclusive.
std::function<std::string(const std::string&)> Between(const Context& context, int64_t least,
                                                       int64_t most);

// Words that are no verb or flag: reported, true. Looks at the words only.
bool ReportUnknownWord(const Context& context, const CLI::App& app,
                       const std::vector<std::string>& words);

// Any other complaint of the parser.
void ReportParseError(const Context& context, const CLI::App& app,
                      const std::vector<std::string>& words, const CLI::ParseError& error);

}  // namespace matchgo::commands
