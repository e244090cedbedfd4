#include "services/vacancies/actions/import_vacancies.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "common/sql/event_log.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/vacancies/store_fixture.h"

namespace matchgo::vacancies {
namespace {

class ImportVacanciesTest : public StoreFixture {
 protected:
  ImportVacanciesTest() : entropy_(11) {}

  static domain::Vacancy Row(const char* reference) {
    domain::Vacancy vacancy = VacancyValue();
    vacancy.external_reference = reference;
    return vacancy;
  }
  std::vector<ImportResult> Import(const std::vector<domain::Vacancy>& contents, bool publish) {
    ImportBatch batch{.rows = {}, .publish = publish};
    for (const domain::Vacancy& content : contents) {
      batch.rows.push_back(PrepareRow(call_, entropy_, content, publish));
    }
    StatusOr<std::vector<ImportResult>> results =
        Write([&](sql::Tx& tx) { return ImportVacancies(tx, call_, batch); });
    EXPECT_THAT(results, IsOk());
    return results.ok() ? *std::move(results) : std::vector<ImportResult>(contents.size());
  }
  StatusOr<std::vector<domain::Vacancy>> All() {
    return Read([](sql::Tx& tx) {
      return store::VacancyStore(tx).ListVacancies({.sees_all = true}, {}, 1000);
    });
  }

  SeededEntropy entropy_;
};

TEST_F(ImportVacanciesTest, MakesNewOnesWithOneEventEach) {
  const std::vector<ImportResult> results = Import({Row("a"), Row("b"), Row("")}, false);
  for (const ImportResult& result : results) {
    EXPECT_EQ(result.outcome, ImportOutcome::kCreated);
    EXPECT_EQ(result.name.rfind("employers/e1/vacancies/", 0), 0u);
  }
  const StatusOr<std::vector<domain::Vacancy>> all = All();
  ASSERT_THAT(all, IsOk());
  EXPECT_EQ(all->size(), 3u);
  const auto events = Read([](sql::Tx& tx) { return sql::ReadEvents(tx, 1, 100); });
  ASSERT_THAT(events, IsOk());
  ASSERT_EQ(events->size(), 3u);
  EXPECT_EQ(events->front().kind, "vacancy.created");
  EXPECT_EQ(events->front().resource, results.front().name);
  EXPECT_EQ(events->front().version, 1);
}

TEST_F(ImportVacanciesTest, TheSameAgainChangesNothing) {
  const std::vector<ImportResult> first = Import({Row("a"), Row("b")}, true);
  const StatusOr<std::vector<domain::Vacancy>> before = All();
  const std::vector<ImportResult> again = Import({Row("a"), Row("b")}, true);
  for (size_t i = 0; i < again.size(); ++i) {
    EXPECT_EQ(again[i].outcome, ImportOutcome::kUnchanged);
    EXPECT_EQ(again[i].name, first[i].name);
  }
  EXPECT_EQ(*All(), *before);
}

TEST_F(ImportVacanciesTest, AKnownReferenceIsChanged) {
  const std::string name = Import({Row("a")}, false).front().name;
  domain::Vacancy changed = Row("a");
  changed.title = "Another title";
  const ImportResult result = Import({changed}, false).front();
  EXPECT_EQ(result.outcome, ImportOutcome::kUpdated);
  EXPECT_EQ(result.name, name);
  const StatusOr<std::vector<domain::Vacancy>> all = All();
  ASSERT_EQ(all->size(), 1u);
  EXPECT_EQ(all->front().title, "Another title");
  EXPECT_EQ(all->front().version, 2);
  EXPECT_EQ(all->front().state, domain::State::kDraft);
}

TEST_F(ImportVacanciesTest, AReferenceTwiceInABatchIsMadeOnce) {
  domain::Vacancy second = Row("a");
  second.title = "The later one";
  const std::vector<ImportResult> results = Import({Row("a"), second}, false);
  EXPECT_EQ(results[0].outcome, ImportOutcome::kCreated);
  EXPECT_EQ(results[1].outcome, ImportOutcome::kUpdated);
  EXPECT_EQ(results[0].name, results[1].name);
  EXPECT_EQ(All()->size(), 1u);
}

TEST_F(ImportVacanciesTest, PublishesADraftThatIsKnown) {
  Import({Row("a")}, false);
  EXPECT_EQ(Import({Row("a")}, true).front().outcome, ImportOutcome::kUpdated);
  EXPECT_EQ(All()->front().state, domain::State::kPublished);
}

struct RefusalCase {
  const char* name;
  std::function<void(domain::Vacancy&)> change;
  bool publish;
  const char* reason;
};

TEST_F(ImportVacanciesTest, RefusesARowAndKeepsTheOthers) {
  const RefusalCase cases[] = {
      {"unsound", [](domain::Vacancy& v) { v.hours_min = v.hours_max + 1; }, false, "HOURS_ORDER"},
      {"another's employer", [](domain::Vacancy& v) { v.employer = EmployerId("e2"); }, false,
       "NOT_FOUND"},
      {"over, to be published",
       [](domain::Vacancy& v) { v.expires_on = Day::FromCivil(2026, 11, 22); }, true,
       "VACANCY_EXPIRED"},
  };
  for (const RefusalCase& row : cases) {
    domain::Vacancy wrong = Row("wrong");
    row.change(wrong);
    const std::string good = std::string("good ") + row.name;
    const std::vector<ImportResult> results = Import({wrong, Row(good.c_str())}, row.publish);
    EXPECT_EQ(results[0].outcome, ImportOutcome::kRefused) << row.name;
    EXPECT_THAT(results[0].refused, HasReason(row.reason)) << row.name;
    EXPECT_EQ(results[0].name, "") << row.name;
    EXPECT_EQ(results[1].outcome, ImportOutcome::kCreated) << row.name;
  }
}

TEST_F(ImportVacanciesTest, RefusesAnEmployerThatIsNotThere) {
  call_.principal = {.role = Role::kOps, .id = "ops", .tenant = {}};
  domain::Vacancy row = Row("a");
  row.employer = EmployerId("e9");
  EXPECT_THAT(Import({row}, false).front().refused, HasReason("NOT_FOUND"));
}

TEST_F(ImportVacanciesTest, TakesNoSeatsAway) {
  Import({Row("a")}, true);
  domain::Vacancy fewer = Row("a");
  fewer.openings = 1;
  EXPECT_THAT(Import({fewer}, true).front().refused, HasReason("OPENINGS_LOWERED"));
  domain::Vacancy more = Row("a");
  more.openings = 5;
  EXPECT_EQ(Import({more}, true).front().outcome, ImportOutcome::kUpdated);
}

}  // namespace
}  // namespace matchgo::vacancies
