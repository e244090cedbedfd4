// The numbers of the story, which a reader adds up.
#include "services/matchgo/demo/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace matchgo::demo {
namespace {

using terminal::Language;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

DemoNumbers Numbers() {
  DemoNumbers numbers;
  numbers.switchers = 2000;
  auto* summary = numbers.rounds.emplace_back().mutable_summary();
  numbers.rounds[0].set_title("2026-09");
  summary->set_placed(704);
  summary->set_placed_bound(820);
  summary->set_total_score(859);
  summary->set_score_bound(1000);
  summary->set_contracts(811);
  numbers.contracts = {
      .signed_in_all = 811, .people = 786, .active = 700, .ended = {{"WITHDREW", 111}}, .again = 3};
  auto* stage = numbers.funnel.add_stages();
  stage->set_stage(trajectories::v1::STAGE_AANGEMELD);
  stage->set_reached(2024);
  return numbers;
}

// Without the ends of lines.
std::string Told(const DemoNumbers& numbers, Language language) {
  std::istringstream words(FormatNumbers(numbers, {.language = language, .style = {}}));
  std::string text;
  for (std::string word; words >> word;) text += (text.empty() ? "" : " ") + word;
  return text;
}

TEST(StoryNumbersTest, SayWhenEachWasCounted) {
  EXPECT_THAT(Told(Numbers(), Language::kEnglish),
              AllOf(HasSubstr("before any answer 704 people were placed, of at most 820"),
                    HasSubstr("after answers and repair 811"), HasSubstr(" 86 % ")));
  EXPECT_THAT(Told(Numbers(), Language::kDutch),
              HasSubstr("voor de antwoorden waren 704 mensen geplaatst"));
}

TEST(StoryNumbersTest, ExplainWhyContractsAreMoreThanPeople) {
  EXPECT_THAT(Told(Numbers(), Language::kEnglish),
              AllOf(HasSubstr("786 people signed 811 contracts; all of them ran"),
                    HasSubstr("25 times it was not somebody's first: 3 after a group that did not "
                              "run, 22 after a contract that ended otherwise.")));
  DemoNumbers once = Numbers();
  once.contracts.people = once.contracts.signed_in_all;
  once.contracts.again = 0;
  EXPECT_THAT(Told(once, Language::kEnglish), Not(HasSubstr("not somebody's first")));
}

TEST(StoryNumbersTest, ExplainWhyTrajectoriesAreMoreThanPeople) {
  EXPECT_THAT(Told(Numbers(), Language::kEnglish),
              HasSubstr("2024 of 2000 people, since whoever left and takes part again"));
  DemoNumbers nobody_back = Numbers();
  nobody_back.switchers = 2024;
  EXPECT_THAT(Told(nobody_back, Language::kEnglish), Not(HasSubstr("takes part again begins")));
}

}  // namespace
}  // namespace matchgo::demo
