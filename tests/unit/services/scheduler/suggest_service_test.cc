// SuggestContracts over gRPC: who may ask, what is refused, pages by token, nothing stored.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "common/rpc/channel.h"
#include "common/sql/event_log.h"
#include "services/scheduler/actions/refresh_view.h"
#include "tests/unit/services/scheduler/service_world.h"

namespace matchgo::scheduler {
namespace {

using testing::ElementsAre;

constexpr int kVacancies = 60;

class SuggestServiceTest : public ServiceWorld {
 protected:
  SuggestServiceTest() {
    profiles.Put(SwitcherAt("s0"));
    for (int i = 0; i < kVacancies; ++i) {
      domain::VacancyRecord vacancy = VacancyAt("v" + std::to_string(10 + i));
      vacancy.salary_max = 260000 + 500 * i;
      vacancies.Put(vacancy);
    }
    programmes.Put(StartAt("p1", "a"));
    EXPECT_TRUE(ViewRefresher(*deps).Refresh(By(Role::kService)).ok());
  }

  static v1::SuggestContractsRequest Anybody() {
    v1::SuggestContractsRequest request;
    auto* profile = request.mutable_profile();
    profile->add_skills("skills/care");
    profile->set_salary_now_cents(300000);
    profile->mutable_home()->set_x(1000);
    profile->mutable_home()->set_y(4000);
    return request;
  }
  StatusOr<v1::SuggestContractsResponse> Ask(const v1::SuggestContractsRequest& request,
                                             Role role = Role::kAnonymous,
                                             const std::string& id = "") {
    rpc::Caller::Options options;
    options.principal = {.role = role, .id = id, .tenant = {}};
    options.attempts_max = 1;
    rpc::Caller caller(options);
    return caller.Unary(*stub_, &Stub::SuggestContracts, request);
  }
};

TEST_F(SuggestServiceTest, TellsABestListWithItsDate) {
  const auto answer = Ask(Anybody());
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->suggestions_size(), 10) << "unless said otherwise";
  const v1::Suggestion& best = answer->suggestions(0);
  EXPECT_EQ(best.vacancy(), "employers/e1/vacancies/v69");
  EXPECT_EQ(best.occupation(), "occupations/nurse");
  EXPECT_EQ(best.start(), "opleiders/o1/programmes/p1/starts/a");
  EXPECT_THAT(best.learns(), ElementsAre("skills/wounds"));
  EXPECT_EQ(best.plan().hours(), 80);
  EXPECT_EQ(best.plan().study_hours_per_week(), 8) << "the default";
  EXPECT_EQ(best.score().fit(), 500);
  EXPECT_EQ(best.salary_max_cents(), 289500);
  EXPECT_TRUE(best.has_room());
  EXPECT_GE(best.sentences_size(), 5);
  EXPECT_EQ(answer->as_of().seconds(), clock.Now().micros() / 1'000'000);
  ASSERT_EQ(answer->feeds_size(), 2);
  EXPECT_EQ(answer->feeds(0).feed(), "vacancies");
  EXPECT_EQ(answer->feeds(0).sequence(), vacancies.sequence);
}

TEST_F(SuggestServiceTest, PagesHoldTogetherByTheirTokens) {
  v1::SuggestContractsRequest request = Anybody();
  std::vector<std::string> names;
  while (true) {
    const auto page = Ask(request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& one : page->suggestions()) names.push_back(one.vacancy());
    if (page->next_page_token().empty()) break;
    EXPECT_EQ(page->next_page_token().find("care"), std::string::npos);
    request.set_page_token(page->next_page_token());
  }
  ASSERT_EQ(names.size(), size_t{kVacancies});
  for (size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(names[i], "employers/e1/vacancies/v" + std::to_string(69 - i));
  }
  // A token belongs to its question.
  request.mutable_profile()->set_salary_now_cents(310000);
  EXPECT_EQ(ReasonOf(Ask(request).status()), "PAGE_TOKEN");
}

TEST_F(SuggestServiceTest, FiftyAreTheMost) {
  v1::SuggestContractsRequest request = Anybody();
  request.set_page_size(1000);
  EXPECT_EQ(Ask(request)->suggestions_size(), 50);
  request.set_page_size(4);
  EXPECT_EQ(Ask(request)->suggestions_size(), 4);
}

TEST_F(SuggestServiceTest, RefusesWhatIsNoQuestion) {
  struct Row {
    const char* name;
    std::function<void(v1::SuggestContractsRequest&)> spoil;
    const char* field;
    const char* reason;
  };
  const std::vector<Row> rows = {
      {"nobody", [](auto& r) { r.clear_profile(); }, "profile", "EITHER_OR"},
      {"two people", [](auto& r) { r.set_switcher("switchers/s0"); }, "profile", "EITHER_OR"},
      {"no switcher's name", [](auto& r) { r.set_switcher("people/s0"); }, "switcher",
       "RESOURCE_NAME"},
      {"no home", [](auto& r) { r.mutable_profile()->clear_home(); }, "profile.home", "REQUIRED"},
      {"no skill's name", [](auto& r) { r.mutable_profile()->add_skills("care"); },
       "profile.skills[1]", "RESOURCE_NAME"},
      {"a day that is none", [](auto& r) { r.mutable_profile()->set_available_from("2026-02-30"); },
       "profile.available_from", "DATE"},
      {"level nine", [](auto& r) { r.mutable_profile()->set_education_level(9); },
       "profile.education_level", "RANGE"},
      {"a negative page", [](auto& r) { r.set_page_size(-1); }, "page_size", "RANGE"},
      {"a forged token", [](auto& r) { r.set_page_token("abcd"); }, "page_token", "PAGE_TOKEN"},
      {"hours the wrong way round",
       [](auto& r) {
         r.mutable_profile()->set_hours_min(30);
         r.mutable_profile()->set_hours_max(20);
       },
       "profile.hours_max", "RANGE"},
  };
  for (const Row& row : rows) {
    v1::SuggestContractsRequest request = Anybody();
    row.spoil(request);
    const auto refused = Ask(request);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kInvalidArgument) << row.name;
    const auto violations = ViolationsOf(refused.status());
    ASSERT_FALSE(violations.empty()) << row.name;
    EXPECT_EQ(violations[0].field, row.field) << row.name;
    EXPECT_EQ(violations[0].reason, row.reason) << row.name;
  }
}

TEST_F(SuggestServiceTest, IsForPeopleAndThoseWhoActForThem) {
  struct Row {
    Role role;
    const char* reason;
  };
  for (const Row& row :
       {Row{Role::kAnonymous, ""}, Row{Role::kSwitcher, ""}, Row{Role::kPartner, ""},
        Row{Role::kService, ""}, Row{Role::kOps, ""}, Row{Role::kAuditor, ""},
        Row{Role::kEmployer, "ROLE"}, Row{Role::kOpleiderUser, "ROLE"}, Row{Role::kCoach, "ROLE"},
        Row{Role::kOpleiderAdmin, "ROLE"}}) {
    EXPECT_EQ(ReasonOf(Ask(Anybody(), row.role, "x").status()), row.reason) << FormatRole(row.role);
  }
  v1::SuggestContractsRequest hers;
  hers.set_switcher("switchers/s0");
  EXPECT_TRUE(Ask(hers, Role::kSwitcher, "s0").ok());
  EXPECT_EQ(ReasonOf(Ask(hers, Role::kSwitcher, "s1").status()), "NOT_FOUND");
  EXPECT_EQ(ReasonOf(Ask(hers).status()), "NOT_FOUND");
}

TEST_F(SuggestServiceTest, StoresNothing) {
  const int64_t before = database->sequence();
  ASSERT_TRUE(Ask(Anybody()).ok());
  EXPECT_EQ(database->sequence(), before);
  EXPECT_EQ(metrics.Text().find("care"), std::string::npos);
}

}  // namespace
}  // namespace matchgo::scheduler
