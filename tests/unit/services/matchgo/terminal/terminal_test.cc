#include "services/matchgo/terminal/terminal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/matchgo/terminal/language.h"

namespace matchgo::terminal {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(LanguageTest, IsReadFromLocales) {
  struct Row {
    const char* name;
    const char* text;
    std::optional<Language> language;
  };
  for (const Row& row : {Row{"plain Dutch", "nl", Language::kDutch},
                         Row{"Dutch locale", "nl_NL.UTF-8", Language::kDutch},
                         Row{"Flemish tag", "nl-BE", Language::kDutch},
                         Row{"English locale", "en_GB.UTF-8", Language::kEnglish},
                         Row{"the C locale", "C.UTF-8", std::nullopt},
                         Row{"a word that begins like one", "nlx", std::nullopt},
                         Row{"nothing", "", std::nullopt}}) {
    EXPECT_EQ(ParseLanguage(row.text), row.language) << row.name;
  }
}

TEST(NumberTest, IsGroupedAsEachLanguageDoes) {
  EXPECT_EQ(FormatCount(Language::kDutch, 1234567), "1.234.567");
  EXPECT_EQ(FormatCount(Language::kEnglish, 1234567), "1,234,567");
  EXPECT_EQ(FormatCount(Language::kEnglish, -1000), "-1,000");
  EXPECT_EQ(FormatCount(Language::kEnglish, 999), "999");
  EXPECT_EQ(FormatEuros(Language::kDutch, 340050), "€ 3.401");
  EXPECT_EQ(FormatEuros(Language::kEnglish, 340049), "€3,400");
}

TEST(TextTest, CountsCharactersAndNotBytes) {
  EXPECT_EQ(Width("één"), 3u);
  EXPECT_EQ(Fit("één", 5), "één  ");
  EXPECT_EQ(Fit("geïnteresseerd", 6), "geïnt…");
  EXPECT_EQ(Fit("abc", 0), "");
}

TEST(TextTest, WrapsAtSpacesAndIndentsEveryLine) {
  EXPECT_EQ(Wrap("een twee drie vier", 11, "  "), "  een twee\n  drie vier\n");
  EXPECT_EQ(Wrap("onbreekbaarlangwoord kort", 8, ""), "onbreekbaarlangwoord\nkort\n");
}

TEST(TableTest, AlignsAndGivesWayWhereTextIsLongest) {
  const std::string table =
      FormatTable({.colour = false, .width = 24}, {{"naam"}, {"aantal", Align::kRight}},
                  {{"een heel erg lange naam van iets", "7"}, {"kort", "1234"}});
  EXPECT_EQ(table,
            "naam              aantal\n"
            "────────────────  ──────\n"
            "een heel erg la…       7\n"
            "kort                1234\n");
}

TEST(TableTest, HasNoEscapesWithoutColour) {
  const std::vector<std::vector<std::string>> rows = {{"a"}};
  EXPECT_THAT(FormatTable({.colour = false}, {{"x"}}, rows), Not(HasSubstr("\x1b")));
  EXPECT_THAT(FormatTable({.colour = true}, {{"x"}}, rows), HasSubstr("\x1b[1m"));
}

TEST(BarsTest, AreAsLongAsTheirShare) {
  const std::string bars = FormatBars({.colour = false, .width = 40},
                                      {{"een", 100, ""}, {"half", 50, "klaar"}, {"niets", 0, ""}});
  const auto blocks = [&](const std::string& label) {
    const size_t begin = bars.find(label);
    const std::string line = bars.substr(begin, bars.find('\n', begin) - begin);
    size_t count = 0;
    for (size_t at = line.find("█"); at != std::string::npos; at = line.find("█", at + 1)) ++count;
    return count;
  };
  EXPECT_GE(blocks("een"), 10u);
  EXPECT_NEAR(static_cast<double>(blocks("half")), static_cast<double>(blocks("een")) / 2, 1.0);
  EXPECT_EQ(blocks("niets"), 0u);
  EXPECT_THAT(bars, HasSubstr("50  klaar"));
}

}  // namespace
}  // namespace matchgo::terminal
