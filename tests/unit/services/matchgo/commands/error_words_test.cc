#include "services/matchgo/commands/error_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace matchgo::commands {
namespace {

using terminal::Language;

TEST(ErrorWordsTest, KeepNumbersNamesAndPlaces) {
  struct Row {
    const char* en;
    const char* nl;
  };
  for (const Row& row :
       {Row{"there is no such record", "zo'n record is er niet"},
        Row{"at most 200 characters", "hoogstens 200 tekens"},
        Row{"a date such as 2026-11-21", "een datum zoals 2026-11-21"},
        Row{"3 to 30 EC in total", "samen 3 tot 30 EC"},
        Row{"one of STATE_OPEN, STATE_CLOSED", "een van STATE_OPEN, STATE_CLOSED"},
        Row{"--set a.b: there is no such setting", "--set a.b: zo'n instelling is er niet"},
        Row{"1..1000", "1..1000"}, Row{"a text of tomorrow", "a text of tomorrow"}}) {
    EXPECT_EQ(ErrorWords(Language::kDutch, row.en), row.nl);
    EXPECT_EQ(ErrorWords(Language::kEnglish, row.en), row.en);
  }
}

TEST(ErrorWordsTest, NameTheFactsBesideARefusal) {
  EXPECT_EQ(FactWords(Language::kDutch, "legal"), "mag wel");
  EXPECT_EQ(FactWords(Language::kEnglish, "legal"), "legal");
  EXPECT_EQ(FactWords(Language::kDutch, "of_tomorrow"), "of_tomorrow");
}

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// A literal at `at`, with those that follow it and belong to it; `at` moves behind them.
std::string LiteralAt(const std::string& source, size_t* at) {
  std::string text;
  while (*at < source.size() && source[*at] == '"') {
    size_t end = *at + 1;
    while (end < source.size() && source[end] != '"') end += source[end] == '\\' ? 2 : 1;
    text += source.substr(*at + 1, end - *at - 1);
    *at = std::min(source.find_first_not_of(" \n", end + 1), source.size());
  }
  return text;
}

bool IsWord(const std::string& text) {
  return text.size() > 2 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == text.npos;
}

// What follows a reason word, be it a literal or a constant of a reasons.h: the text of the reason,
// or what a violation wanted instead. A text that is put together is found as its first piece.
std::set<std::string> TextsIn(const std::string& source) {
  std::set<std::string> found;
  bool after_word = false;
  for (size_t at = 0; at < source.size();) {
    if (source[at] == '"') {
      const std::string text = LiteralAt(source, &at);
      if (after_word && !IsWord(text)) found.insert(text);
      after_word = IsWord(text) && at < source.size() && source[at] == ',';
      continue;
    }
    if (source.compare(at, 10, "reasons::k") == 0 || source.compare(at, 3, ", k") == 0) {
      at = source.find_first_of(",)};", at + 1);
      after_word = at != std::string::npos && source[at] == ',';
      continue;
    }
    if (std::string_view(", \n").find(source[at]) == std::string_view::npos) after_word = false;
    ++at;
  }
  return found;
}

// Who adds a reason or a rule gives it its Dutch row too.
TEST(ErrorWordsTest, HaveDutchForWhatEverySourceSays) {
  const std::filesystem::path root = MATCHGO_SOURCE_DIR;
  // Built-in data, whose faults stop a build; files that hold both languages, or no errors.
  constexpr const char* kOthers[] = {"/builtin/",       "/record_words.cc", "/next_step.cc",
                                     "/explanation.cc", "/context.cc",      "/engine/"};
  size_t count = 0;
  for (const char* room : {"common", "services"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / room)) {
      const std::string ending = entry.path().extension();
      const std::string path = entry.path().lexically_relative(root);
      if (ending != ".cc" && ending != ".h") continue;
      if (std::any_of(std::begin(kOthers), std::end(kOthers),
                      [&](const char* other) { return path.find(other) != std::string::npos; })) {
        continue;
      }
      for (const std::string& text : TextsIn(ReadAll(entry.path()))) {
        ++count;
        const bool numbers = text.find_first_not_of("0123456789.") == std::string::npos;
        const bool piece = text.ends_with(' ');  // see the rows of the test above
        EXPECT_TRUE(numbers || piece || DutchOf(text).has_value()) << path << ": " << text;
      }
    }
  }
  EXPECT_GT(count, 100U);
}

}  // namespace
}  // namespace matchgo::commands
