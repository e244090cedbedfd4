#include "services/matchgo/demo/words.h"

#include <gtest/gtest.h>

#include <set>

namespace matchgo::demo {
namespace {

namespace traj = trajectories::v1;
using terminal::Language;

constexpr char kCapitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";

TEST(WordsTest, EveryExitHasWordsOfItsOwnInBothLanguages) {
  std::set<std::string> words;
  for (int i = traj::EXIT_REASON_UNSPECIFIED + 1; i <= traj::ExitReason_MAX; ++i) {
    for (const Language language : {Language::kDutch, Language::kEnglish}) {
      const std::string word = ExitWord(static_cast<traj::ExitReason>(i), language);
      EXPECT_EQ(word.find_first_of(kCapitals), std::string::npos) << word;
      EXPECT_TRUE(words.insert(word).second) << word;
    }
  }
}

TEST(WordsTest, EveryStageHasAWordAndInEnglishWhatItMeans) {
  for (int i = traj::STAGE_UNSPECIFIED + 1; i <= traj::Stage_MAX; ++i) {
    const auto stage = static_cast<traj::Stage>(i);
    const std::string dutch = StageWord(stage, Language::kDutch);
    const std::string english = StageWord(stage, Language::kEnglish);
    EXPECT_NE(dutch, "onbekend") << i;
    EXPECT_EQ(dutch.find_first_of(kCapitals), std::string::npos) << dutch;
    EXPECT_EQ(english.find(dutch), 0u) << english;
    EXPECT_EQ(english != dutch, stage != traj::STAGE_CONTRACT) << english;
  }
}

// Titles that are no label of a skill would stand in Dutch in an English story.
TEST(WordsTest, EveryModuleOfTheCatalogueHasAnEnglishTitle) {
  const auto catalogue = programmes::builtin::LoadCatalogue();
  ASSERT_TRUE(catalogue.ok());
  int same = 0;
  int all = 0;
  for (const auto& programme : catalogue->programmes) {
    for (const auto& module : programme.modules) {
      ++all;
      EXPECT_EQ(ModuleWord(*catalogue, module.title, Language::kDutch), module.title);
      if (ModuleWord(*catalogue, module.title, Language::kEnglish) == module.title) ++same;
    }
  }
  // Some words are the same in both languages ("Mechatronica" is not).
  EXPECT_LT(same * 20, all) << same << " of " << all;
  EXPECT_EQ(ModuleWord(*catalogue, "Eerste hulp", Language::kEnglish), "First aid");
  EXPECT_EQ(ModuleWord(*catalogue, "Van niemand", Language::kEnglish), "Van niemand");
}

TEST(WordsTest, OccupationsGoByTheirLabel) {
  const auto catalogue = programmes::builtin::LoadCatalogue();
  ASSERT_TRUE(catalogue.ok());
  const auto& occupation = catalogue->occupations.front();
  EXPECT_EQ(OccupationWord(*catalogue, occupation.id, Language::kDutch), occupation.nl);
  EXPECT_EQ(OccupationWord(*catalogue, occupation.id, Language::kEnglish), occupation.en);
  EXPECT_EQ(OccupationWord(*catalogue, "o-nobody", Language::kDutch), "o-nobody");
}

}  // namespace
}  // namespace matchgo::demo
