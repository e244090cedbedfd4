#include "services/matchgo/terminal/language.h"

#include <algorithm>

namespace matchgo::terminal {

std::optional<Language> ParseLanguage(std::string_view text) {
  const std::string_view head = text.substr(0, 2);
  const bool whole = text.size() == 2 || (text.size() > 2 && (text[2] == '_' || text[2] == '-'));
  if (!whole) return std::nullopt;
  if (head == "nl") return Language::kDutch;
  if (head == "en") return Language::kEnglish;
  return std::nullopt;
}

std::string FormatCount(Language language, int64_t number) {
  const std::string digits = std::to_string(number < 0 ? -number : number);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0)
      text.push_back(language == Language::kDutch ? '.' : ',');
    text.push_back(digits[i]);
  }
  return number < 0 ? "-" + text : text;
}

std::string FormatEuros(Language language, int64_t cents) {
  const std::string count = FormatCount(language, (cents + 50) / 100);
  return language == Language::kDutch ? "€ " + count : "€" + count;
}

}  // namespace matchgo::terminal
