// The Dutch of what services and the program itself say when they refuse: texts of reasons, and
// what was wanted instead.
//
// English texts come with the errors; each has one row in the table, and a test holds the table
// against the sources. A text of a newer service stays English. Pure. Test:
// tests/unit/services/matchgo/commands/error_words_test.cc
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/matchgo/terminal/language.h"

namespace matchgo::commands {

// The text in the reader's language, its numbers and names kept.
std::string ErrorWords(terminal::Language language, const std::string& english);

// What a fact beside a refusal is called: "legal" is "mag wel".
std::string FactWords(terminal::Language language, const std::string& key);

// The Dutch row of an English text, or nothing: for the test.
std::optional<std::string> DutchOf(std::string_view english);

}  // namespace matchgo::commands
