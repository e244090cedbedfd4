#include "services/vacancies/store/vacancy_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/vacancies/store_fixture.h"

namespace matchgo::vacancies::store {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;

class VacancyStoreTest : public StoreFixture {
 protected:
  StatusOr<domain::Vacancy> Get(const char* employer, const char* id) {
    return Read([&](sql::Tx& tx) {
      return VacancyStore(tx).GetVacancy(EmployerId(employer), VacancyId(id));
    });
  }
  std::vector<std::string> List(const VacancyFilter& filter, const VacancyKey& after = {},
                                int limit = 100) {
    const StatusOr<std::vector<domain::Vacancy>> found =
        Read([&](sql::Tx& tx) { return VacancyStore(tx).ListVacancies(filter, after, limit); });
    EXPECT_THAT(found, IsOk());
    std::vector<std::string> ids;
    for (const domain::Vacancy& vacancy : *found) ids.push_back(vacancy.id.value());
    return ids;
  }
};

TEST_F(VacancyStoreTest, GivesBackWhatWasStored) {
  domain::Vacancy vacancy = VacancyValue();
  vacancy.external_reference = "hr-1";
  ASSERT_THAT(Insert(vacancy), IsOk());
  const StatusOr<domain::Vacancy> found = Get("e1", "v1");
  ASSERT_THAT(found, IsOk());
  vacancy.sequence = 2;
  EXPECT_EQ(*found, vacancy);
  EXPECT_THAT(Get("e2", "v1"), HasReason("NOT_FOUND"));
  EXPECT_THAT(Get("e1", "v2"), HasReason("NOT_FOUND"));
}

TEST_F(VacancyStoreTest, AReferenceIsTakenOncePerEmployer) {
  domain::Vacancy vacancy = VacancyValue();
  vacancy.external_reference = "hr-1";
  ASSERT_THAT(Insert(vacancy), IsOk());
  vacancy.id = VacancyId("v2");
  EXPECT_THAT(Insert(vacancy), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(Insert(vacancy), HasReason("EXISTS"));
  vacancy.employer = EmployerId("e2");
  EXPECT_THAT(Insert(vacancy), IsOk());
}

TEST_F(VacancyStoreTest, AnyNumberOfVacanciesHasNoReference) {
  domain::Vacancy vacancy = VacancyValue();
  ASSERT_THAT(Insert(vacancy), IsOk());
  vacancy.id = VacancyId("v2");
  EXPECT_THAT(Insert(vacancy), IsOk());
}

TEST_F(VacancyStoreTest, ASaveNeedsTheVersionBefore) {
  domain::Vacancy vacancy = VacancyValue();
  ASSERT_THAT(Insert(vacancy), IsOk());
  vacancy.version = 2;
  vacancy.title = "Two";
  const auto update = [&](sql::Tx& tx) { return VacancyStore(tx).UpdateVacancy(vacancy); };
  EXPECT_THAT(Write(update), IsOk());
  EXPECT_EQ(Get("e1", "v1")->title, "Two");
  EXPECT_THAT(Write(update), HasReason("STALE"));
  vacancy.version = 4;
  EXPECT_THAT(Write(update), HasReason("STALE"));
}

class VacancyListTest : public VacancyStoreTest {
 protected:
  VacancyListTest() {
    Add("e1", "b", domain::State::kPublished, "zorg", "hr-1");
    Add("e1", "a", domain::State::kDraft, "zorg", "hr-2");
    Add("e1", "c", domain::State::kClosed, "ict", "");
    Add("e2", "a2", domain::State::kPublished, "ict", "hr-1");
    Add("e2", "b2", domain::State::kDraft, "ict", "");
  }
  void Add(const char* employer, const char* id, domain::State state, const char* sector,
           const char* reference) {
    domain::Vacancy vacancy = VacancyValue();
    vacancy.employer = EmployerId(employer);
    vacancy.id = VacancyId(id);
    vacancy.state = state;
    vacancy.sector = sector;
    vacancy.occupation = OccupationId(std::string("o-") + sector);
    vacancy.external_reference = reference;
    ASSERT_THAT(Insert(vacancy), IsOk());
  }
};

TEST_F(VacancyListTest, FiltersAndShowsOnlyWhatMayBeSeen) {
  const EmployerId e1("e1");
  struct Case {
    const char* name;
    VacancyFilter filter;
    std::vector<std::string> ids;
  };
  const Case cases[] = {
      {"everything", {.sees_all = true}, {"a", "b", "c", "a2", "b2"}},
      {"a stranger", {}, {"b", "a2"}},
      {"an employer sees its own", {.sees_of = e1}, {"a", "b", "c", "a2"}},
      {"of one employer", {.employer = e1, .sees_all = true}, {"a", "b", "c"}},
      {"of one employer, a stranger", {.employer = e1}, {"b"}},
      {"of one employer, itself", {.employer = e1, .sees_of = e1}, {"a", "b", "c"}},
      {"by state", {.state = domain::State::kDraft, .sees_all = true}, {"a", "b2"}},
      {"drafts of a stranger", {.state = domain::State::kDraft}, {}},
      {"own drafts", {.employer = e1, .state = domain::State::kDraft, .sees_of = e1}, {"a"}},
      {"by sector", {.sector = "ict", .sees_all = true}, {"c", "a2", "b2"}},
      {"own by sector", {.employer = e1, .sector = "ict", .sees_all = true}, {"c"}},
      {"by occupation", {.occupation = OccupationId("o-zorg"), .sees_all = true}, {"a", "b"}},
      {"by reference", {.external_reference = "hr-1", .sees_all = true}, {"b", "a2"}},
      {"own by reference", {.employer = e1, .external_reference = "hr-2", .sees_of = e1}, {"a"}},
      {"a stranger by reference", {.employer = e1, .external_reference = "hr-2"}, {}},
      {"by reference and sector",
       {.employer = e1, .sector = "ict", .external_reference = "hr-2", .sees_all = true},
       {}},
      {"nobody", {.employer = EmployerId("e9"), .sees_all = true}, {}},
  };
  for (const Case& row : cases) {
    EXPECT_THAT(List(row.filter), ElementsAreArray(row.ids)) << row.name;
  }
}

TEST_F(VacancyListTest, GoesOnAfterAKey) {
  const VacancyFilter all{.sees_all = true};
  EXPECT_THAT(List(all, {}, 2), ElementsAre("a", "b"));
  EXPECT_THAT(List(all, {EmployerId("e1"), VacancyId("b")}, 2), ElementsAre("c", "a2"));
  EXPECT_THAT(List(all, {EmployerId("e2"), VacancyId("a2")}, 2), ElementsAre("b2"));
  const VacancyFilter own{.employer = EmployerId("e1"), .sees_all = true};
  EXPECT_THAT(List(own, {EmployerId("e1"), VacancyId("a")}), ElementsAre("b", "c"));
  const VacancyFilter one{
      .employer = EmployerId("e1"), .external_reference = "hr-1", .sees_all = true};
  EXPECT_THAT(List(one, {EmployerId("e1"), VacancyId("b")}), ElementsAre());
}

TEST_F(VacancyStoreTest, TheFeedShowsEachRecordOnceAsItIs) {
  domain::Vacancy vacancy = VacancyValue();
  ASSERT_THAT(Insert(vacancy), IsOk());
  vacancy.version = 2;
  vacancy.title = "Two";
  ASSERT_THAT(Write([&](sql::Tx& tx) {
                vacancy.sequence = tx.AppendEvent(EventOf(kVacancyChanged, vacancy));
                return VacancyStore(tx).UpdateVacancy(vacancy);
              }),
              IsOk());
  const StatusOr<Changes> read = Read([](sql::Tx& tx) { return ReadChanges(tx, 0, 10); });
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->last_sequence, 3);
  ASSERT_EQ(read->changes.size(), 2u);
  EXPECT_EQ(read->changes[0].event.sequence, 1);
  EXPECT_EQ(read->changes[0].employer->display_name, "Zorggroep Midden");
  EXPECT_EQ(read->changes[1].event.sequence, 3);
  EXPECT_EQ(read->changes[1].event.kind, "vacancy.changed");
  EXPECT_EQ(read->changes[1].vacancy->title, "Two");
}

TEST_F(VacancyStoreTest, TheFeedEndsWhereItIsAndRefusesTheFuture) {
  const StatusOr<Changes> end = Read([](sql::Tx& tx) { return ReadChanges(tx, 1, 10); });
  ASSERT_THAT(end, IsOk());
  EXPECT_TRUE(end->changes.empty());
  EXPECT_EQ(end->last_sequence, 1);
  const StatusOr<Changes> future = Read([](sql::Tx& tx) { return ReadChanges(tx, 2, 10); });
  EXPECT_THAT(future, StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(future, HasReason("FELL_BEHIND"));
}

}  // namespace
}  // namespace matchgo::vacancies::store
