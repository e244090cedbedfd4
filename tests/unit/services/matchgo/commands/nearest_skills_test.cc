#include "services/matchgo/commands/nearest_skills.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matchgo::commands {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

const std::vector<KnownSkill> kVocabulary = {
    {"k-solder-electronics", "elektronica solderen", "solder electronics"},
    {"k-electronics", "elektronica", "electronics"},
    {"k-plan-nursing-care", "verpleegkundige zorg plannen", "plan nursing care"},
    {"k-first-aid", "eerste hulp", "first aid"}};

TEST(NearestSkillsTest, ShareWordsOrAreSpeltAlike) {
  const auto id = [](const char* text) { return Field(&KnownSkill::id, text); };
  EXPECT_THAT(NearestSkills("k-solder-electronic", kVocabulary),
              ElementsAre(id("k-solder-electronics")));
  EXPECT_THAT(NearestSkills("skills/elektronica", kVocabulary),
              ElementsAre(id("k-electronics"), id("k-solder-electronics")));
  EXPECT_THAT(NearestSkills("nursing", kVocabulary), ElementsAre(id("k-plan-nursing-care")));
  EXPECT_THAT(NearestSkills("k-frist-ait", kVocabulary), ElementsAre(id("k-first-aid")));
  EXPECT_THAT(NearestSkills("k-xyz", kVocabulary), IsEmpty());
}

}  // namespace
}  // namespace matchgo::commands
