#include "services/matchgo/commands/score_sum.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matchgo::commands {
namespace {

using terminal::Language;
using testing::HasSubstr;

scheduler::v1::Score Sample() {
  scheduler::v1::Score score;
  score.set_fit(333);
  score.set_nice(1000);
  score.set_salary(500);
  score.set_total(333 * 300 + 1000 * 100 + 500 * 150);
  return score;
}

TEST(ScoreSumTest, ShowsEveryTermAndTheTotal) {
  const std::string sum = ScoreSum(Language::kEnglish, Sample(), {});
  EXPECT_THAT(sum, HasSubstr("fit            333/1000 × 300 =     99.9\n"));
  EXPECT_THAT(sum, HasSubstr("salary         500/1000 × 150 =       75\n"));
  EXPECT_THAT(sum, HasSubstr("274.9 of 1000\n"));
  EXPECT_THAT(ScoreSum(Language::kDutch, Sample(), {}), HasSubstr("99,9"));
}

TEST(ScoreSumTest, TermsAddUpToTheTotal) {
  scheduler::v1::Round round;
  round.mutable_weights()->set_fit(700);
  round.mutable_weights()->set_nice(300);
  for (const auto& [name, of, total] :
       {std::tuple{"default weights", scheduler::v1::Round(), 274'900},
        std::tuple{"own weights", round, 333 * 700 + 1000 * 300}}) {
    int64_t sum = 0;
    for (const auto& term : ScoreTerms(Sample(), of)) {
      sum += term["points_thousandths"].get<int64_t>();
    }
    EXPECT_EQ(sum, total) << name;
  }
}

TEST(FormatPointsTest, KeepsWhatCounts) {
  EXPECT_EQ(FormatPoints(Language::kEnglish, 596'650), "596.65");
  EXPECT_EQ(FormatPoints(Language::kDutch, 99'900), "99,9");
  EXPECT_EQ(FormatPoints(Language::kEnglish, 75'000), "75");
  EXPECT_EQ(FormatPoints(Language::kEnglish, 5), "0.005");
  EXPECT_EQ(FormatPoints(Language::kEnglish, 443'211'350), "443,211.35");
}

}  // namespace
}  // namespace matchgo::commands
