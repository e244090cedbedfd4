#include "services/profiles/domain/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/profiles/examples.h"

namespace matchgo::profiles::domain {
namespace {

using ::testing::UnorderedElementsAreArray;

struct ProfileCase {
  const char* name;
  std::function<void(MatchingProfile&)> change;
  std::vector<std::string> wrong;  // "field REASON"
};

class ProfileTest : public ::testing::TestWithParam<ProfileCase> {};

TEST_P(ProfileTest, NamesAllThatIsWrong) {
  Switcher switcher = SwitcherValue();
  GetParam().change(switcher.profile);
  const Status status = Validate(switcher);
  std::vector<std::string> wrong;
  for (const Violation& found : ViolationsOf(status)) {
    wrong.push_back(found.field + " " + found.reason);
  }
  EXPECT_EQ(status.ok(), GetParam().wrong.empty());
  EXPECT_THAT(wrong, UnorderedElementsAreArray(GetParam().wrong));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, ProfileTest,
    ::testing::Values(
        ProfileCase{"Sound", [](MatchingProfile&) {}, {}},
        ProfileCase{"StillAtIt", [](MatchingProfile& p) { p.experience[0].to.reset(); }, {}},
        ProfileCase{"OneDayAtIt",
                    [](MatchingProfile& p) { p.experience[0].to = p.experience[0].from; },
                    {}},
        ProfileCase{"JobEndsBeforeItBegins",
                    [](MatchingProfile& p) { p.experience[0].to = p.experience[0].from - 1; },
                    {"switcher.profile.experience[0].to DATE_ORDER"}},
        ProfileCase{"TestEndsBeforeItWasTaken",
                    [](MatchingProfile& p) { p.tests[0].valid_until = p.tests[0].taken_on - 1; },
                    {"switcher.profile.tests[0].valid_until DATE_ORDER"}},
        ProfileCase{
            "ConsentStands", [](MatchingProfile& p) { p.consents[0].withdrawn_on.reset(); }, {}},
        ProfileCase{
            "ConsentTakenBackBefore",
            [](MatchingProfile& p) { p.consents[0].withdrawn_on = p.consents[0].given_on - 1; },
            {"switcher.profile.consents[0].withdrawn_on DATE_ORDER"}},
        ProfileCase{"HoursReversed",
                    [](MatchingProfile& p) { p.hours_min = p.hours_max + 1; },
                    {"switcher.profile.hours_min HOURS_ORDER"}},
        ProfileCase{"SkillTwice",
                    [](MatchingProfile& p) { p.skills.push_back(p.skills[0]); },
                    {"switcher.profile.skills[2].skill DUPLICATE"}},
        ProfileCase{"WishTwice",
                    [](MatchingProfile& p) {
                      p.sector_wishes = {"zorg", "zorg"};
                    },
                    {"switcher.profile.sector_wishes DUPLICATE"}},
        ProfileCase{"CredentialWithoutEvidence",
                    [](MatchingProfile& p) { p.skills[1].evidence.clear(); },
                    {"switcher.profile.skills[1].evidence EVIDENCE_MISSING"}},
        ProfileCase{"AssessedWithoutEvidence",
                    [](MatchingProfile& p) { p.skills[0].source = SkillSource::kAssessed; },
                    {"switcher.profile.skills[0].evidence EVIDENCE_MISSING"}},
        ProfileCase{"InferredNeedsNone",
                    [](MatchingProfile& p) { p.skills[0].source = SkillSource::kInferred; },
                    {}},
        ProfileCase{
            "PostcodeIsEnough", [](MatchingProfile& p) { p.home = {.postcode = "3511"}; }, {}},
        ProfileCase{"UnknownPostcode",
                    [](MatchingProfile& p) { p.home = {.postcode = "1000"}; },
                    {"switcher.profile.home.postcode POSTCODE_UNKNOWN"}},
        ProfileCase{"TownIsNotEnough",
                    [](MatchingProfile& p) { p.home = {.place = "Utrecht"}; },
                    {"switcher.profile.home REQUIRED"}},
        ProfileCase{"AllAtOnce",
                    [](MatchingProfile& p) {
                      p.home = {};
                      p.hours_min = p.hours_max + 1;
                      p.tests[0].valid_until = p.tests[0].taken_on - 1;
                    },
                    {"switcher.profile.home REQUIRED", "switcher.profile.hours_min HOURS_ORDER",
                     "switcher.profile.tests[0].valid_until DATE_ORDER"}}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace matchgo::profiles::domain
