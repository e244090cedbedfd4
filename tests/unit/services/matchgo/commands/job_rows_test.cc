#include "services/matchgo/commands/job_rows.h"

#include <gtest/gtest.h>

namespace matchgo::commands {
namespace {

void Add(const char* vacancy, const char* start, const char* begins_on,
         scheduler::v1::SuggestContractsResponse* answer) {
  auto* one = answer->add_suggestions();
  one->set_vacancy(vacancy);
  one->set_start(start);
  one->mutable_plan()->set_begins_on(begins_on);
}

TEST(JobRowsTest, HaveAJobWithItsProgrammeOnceWithTheSoonestStart) {
  constexpr char kRolling[] = "opleiders/o/programmes/p/starts/s1";
  scheduler::v1::SuggestContractsResponse answer;
  Add("employers/e/vacancies/a", kRolling, "2027-03-01", &answer);
  Add("employers/e/vacancies/b", "", "2027-01-01", &answer);
  Add("employers/e/vacancies/a", kRolling, "2027-02-01", &answer);
  Add("employers/e/vacancies/a", "opleiders/o/programmes/p/starts/s2", "2027-09-01", &answer);
  Add("employers/e/vacancies/a", "opleiders/o/programmes/q/starts/s1", "2027-02-01", &answer);
  const std::vector<JobRow> rows = JobRows(answer);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].soonest.plan().begins_on(), "2027-02-01");
  EXPECT_EQ(rows[0].starts, 3);
  EXPECT_EQ(rows[1].soonest.vacancy(), "employers/e/vacancies/b");
  EXPECT_EQ(rows[1].starts, 0) << "it needs none";
  EXPECT_EQ(rows[2].starts, 1) << "another programme is another way";
}

TEST(JobRowsTest, SayKilometresAsTheSentencesDo) {
  EXPECT_EQ(FormatKilometres(terminal::Language::kEnglish, 124), "12.4");
  EXPECT_EQ(FormatKilometres(terminal::Language::kDutch, 5), "0,5");
}

}  // namespace
}  // namespace matchgo::commands
