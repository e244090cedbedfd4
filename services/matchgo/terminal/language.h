// The two languages in which the program speaks to people.
//
// Pick(language, nl, en) stands where a text is used, so both versions are read and changed
// together. Pure. Test: tests/unit/services/matchgo/terminal/terminal_test.cc
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace matchgo::terminal {

enum class Language { kDutch, kEnglish };

inline const char* Pick(Language language, const char* nl, const char* en) {
  return language == Language::kDutch ? nl : en;
}

// "nl", "nl_NL.UTF-8", "en", ...; nothing for other languages.
std::optional<Language> ParseLanguage(std::string_view text);

// "1.234.567" in Dutch, "1,234,567" in English.
std::string FormatCount(Language language, int64_t number);
// "€ 3.400" or "€3,400": whole euros of an amount in cents.
std::string FormatEuros(Language language, int64_t cents);

}  // namespace matchgo::terminal
