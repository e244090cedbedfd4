#include "services/profiles/domain/obstacles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/unit/services/profiles/examples.h"

namespace matchgo::profiles::domain {
namespace {

using ::testing::ElementsAreArray;

const Day kToday = Day::FromCivil(2026, 11, 23);

struct ObstacleCase {
  const char* name;
  std::function<void(Switcher&)> change;
  std::vector<Obstacle> obstacles;
};

class ObstaclesTest : public ::testing::TestWithParam<ObstacleCase> {};

TEST_P(ObstaclesTest, AreAllThatKeepsHerOut) {
  Switcher switcher = SwitcherValue();
  GetParam().change(switcher);
  EXPECT_THAT(ObstaclesOf(switcher, kToday), ElementsAreArray(GetParam().obstacles));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, ObstaclesTest,
    ::testing::Values(
        ObstacleCase{"None", [](Switcher&) {}, {}},
        ObstacleCase{"NeverConsented",
                     [](Switcher& s) { s.profile.consents.clear(); },
                     {Obstacle::kNoConsent}},
        ObstacleCase{"ConsentedToResearchOnly",
                     [](Switcher& s) { s.profile.consents[0].purpose = ConsentPurpose::kResearch; },
                     {Obstacle::kNoConsent}},
        ObstacleCase{
            "ConsentFromToday", [](Switcher& s) { s.profile.consents[0].given_on = kToday; }, {}},
        ObstacleCase{"ConsentFromTomorrow",
                     [](Switcher& s) { s.profile.consents[0].given_on = kToday + 1; },
                     {Obstacle::kNoConsent}},
        ObstacleCase{"ConsentTakenBackTomorrow",
                     [](Switcher& s) { s.profile.consents[0].withdrawn_on = kToday + 1; },
                     {}},
        ObstacleCase{"ConsentTakenBackToday",
                     [](Switcher& s) { s.profile.consents[0].withdrawn_on = kToday; },
                     {Obstacle::kNoConsent}},
        ObstacleCase{
            "AssociateDegree", [](Switcher& s) { s.profile.education[0].nlqf_level = 5; }, {}},
        ObstacleCase{"Mbo4",
                     [](Switcher& s) { s.profile.education[0].nlqf_level = 4; },
                     {Obstacle::kEducation}},
        ObstacleCase{"StudyNotFinished",
                     [](Switcher& s) { s.profile.education[0].year.reset(); },
                     {Obstacle::kEducation}},
        ObstacleCase{"NoExperience",
                     [](Switcher& s) { s.profile.experience.clear(); },
                     {Obstacle::kNoExperience}},
        ObstacleCase{"PassedJust",
                     [](Switcher& s) { s.profile.tests[0].score = s.profile.tests[0].norm; },
                     {}},
        ObstacleCase{"FailedJust",
                     [](Switcher& s) { s.profile.tests[0].score = s.profile.tests[0].norm - 1; },
                     {Obstacle::kNoValidTest}},
        ObstacleCase{
            "TestCountsToday", [](Switcher& s) { s.profile.tests[0].valid_until = kToday; }, {}},
        ObstacleCase{"TestEndedYesterday",
                     [](Switcher& s) { s.profile.tests[0].valid_until = kToday - 1; },
                     {Obstacle::kNoValidTest}},
        ObstacleCase{"TestNotYetTaken",
                     [](Switcher& s) { s.profile.tests[0].taken_on = kToday + 1; },
                     {Obstacle::kNoValidTest}},
        ObstacleCase{
            "Confirmed180DaysAgo", [](Switcher& s) { s.last_confirmed = kToday - 180; }, {}},
        ObstacleCase{"Confirmed181DaysAgo",
                     [](Switcher& s) { s.last_confirmed = kToday - 181; },
                     {Obstacle::kStale}},
        ObstacleCase{"DutchB1", [](Switcher& s) { s.profile.languages[0].level = 3; }, {}},
        ObstacleCase{"DutchA2",
                     [](Switcher& s) { s.profile.languages[0].level = 2; },
                     {Obstacle::kLanguage}},
        ObstacleCase{"OtherLanguage",
                     [](Switcher& s) { s.profile.languages[0].language = "de"; },
                     {Obstacle::kLanguage}},
        ObstacleCase{
            "Withdrew", [](Switcher& s) { s.state = State::kWithdrawn; }, {Obstacle::kWithdrawn}},
        ObstacleCase{"PostcodeWithoutPoint",
                     [](Switcher& s) { s.profile.home = {.postcode = "3511"}; },
                     {Obstacle::kNoLocation}},
        ObstacleCase{"Everything",
                     [](Switcher& s) {
                       s.profile = {};
                       s.state = State::kWithdrawn;
                       s.last_confirmed = kToday - 1000;
                     },
                     {Obstacle::kNoConsent, Obstacle::kEducation, Obstacle::kNoExperience,
                      Obstacle::kNoValidTest, Obstacle::kStale, Obstacle::kLanguage,
                      Obstacle::kWithdrawn, Obstacle::kNoLocation}}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace matchgo::profiles::domain
