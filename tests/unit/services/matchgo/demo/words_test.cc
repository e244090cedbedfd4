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

TEST(WordsTest, OnlyADiplomaEndsAsGediplomeerd) {
  namespace prog = programmes::v1;
  for (const Language language : {Language::kDutch, Language::kEnglish}) {
    EXPECT_EQ(EndWord(prog::Programme::DEGREE_BA, language).find("gediplomeerd"), 0u);
    for (const auto degree :
         {prog::Programme::DEGREE_MICROCREDENTIAL, prog::Programme::DEGREE_CERTIFICATE}) {
      EXPECT_EQ(EndWord(degree, language).find("diplom"), std::string::npos);
      EXPECT_EQ(LaterWord(degree, language).find("diplom"), std::string::npos);
    }
  }
}

TEST(WordsTest, SayWhyThisProgramme) {
  programmes::v1::Programme programme;
  programme.add_awards("bevoegdheid-vo-2-wiskunde");
  programme.mutable_label()->set_direct_contract(true);
  for (const char* id : {"m1", "m2", "m3"}) programme.add_modules()->set_id(id);
  scheduler::v1::Plan plan;
  plan.set_hours(84);
  plan.set_begins_on("2026-12-07");
  plan.set_ready_on("2027-06-21");
  plan.add_modules()->set_hours(84);
  plan.add_modules();  // nothing left to learn there
  vacancies::v1::Vacancy vacancy;
  vacancy.set_qualification("bevoegdheid-vo-2-wiskunde");
  vacancy.set_ready_by("2027-09-01");
  EXPECT_EQ(
      WhyProgramme(programme, plan, vacancy, "Bas", Language::kEnglish),
      (std::vector<std::string>{
          "It gives the formal qualification that the job asks.",
          "1 of its 3 modules are for startbekwaam, 84 hours together.",
          "What Bas can do already counts: 1 exempted.",
          "It begins on 2026-12-07; Bas is startbekwaam on 2027-06-21, and the employer waits "
          "until 2027-09-01.",
          "It has the FastSwitch label."}));
  vacancy.clear_qualification();
  EXPECT_EQ(WhyProgramme(programme, plan, vacancy, "Bas", Language::kDutch).front(),
            "De opleiding is voor precies dit beroep.");
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
