// StoreFixture: a database of vacancies in memory, with one employer in it.
//
// For tests of the store and of actions that run in a transaction. The caller is that employer;
// one thread.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <type_traits>
#include <utility>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/service/call.h"
#include "common/sql/database.h"
#include "common/time/clock.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/store/schema/migrations.h"
#include "services/vacancies/store/vacancy_events.h"
#include "services/vacancies/store/vacancy_payload.h"
#include "services/vacancies/store/vacancy_store.h"
#include "tests/unit/services/vacancies/examples.h"

namespace matchgo::vacancies {

class StoreFixture : public ::testing::Test {
 protected:
  StoreFixture() : clock_(StartOf(Day::FromCivil(2026, 11, 23))) {
    StatusOr<std::unique_ptr<sql::Database>> opened = sql::Database::Open(
        {.file = ":memory:", .name = "vacancies", .migrations = store::schema::Migrations()},
        clock_);
    CHECK(opened.ok());
    database_ = *std::move(opened);
    call_.now = clock_.Now();
    call_.principal = {.role = Role::kEmployer, .id = "hr", .tenant = TenantId("e1")};
    CHECK(Write([](sql::Tx& tx) {
            domain::Employer employer = EmployerValue();
            employer.sequence = tx.AppendEvent(store::EventOf(store::kEmployerCreated, employer));
            return store::VacancyStore(tx).InsertEmployer(employer);
          }).ok());
  }

  template <class F>
  auto Write(F work) -> std::invoke_result_t<F, sql::Tx&> {
    return database_->Write(call_, std::move(work));
  }
  template <class F>
  auto Read(F work) -> std::invoke_result_t<F, sql::Tx&> {
    return database_->Read(call_, std::move(work));
  }

  // A vacancy as an action would leave it.
  Status Insert(domain::Vacancy vacancy) {
    return Write([&](sql::Tx& tx) -> Status {
      vacancy.sequence = tx.AppendEvent(store::EventOf(store::kVacancyCreated, vacancy));
      ASSIGN_OR_RETURN(const bool inserted,
                       store::VacancyStore(tx).InsertIfNew(vacancy, vacancy.sequence,
                                                           store::EncodePayload(vacancy, "")));
      return inserted ? absl::OkStatus() : Exists(reasons::kExists);
    });
  }

  ManualClock clock_;
  Call call_;
  std::unique_ptr<sql::Database> database_;
};

}  // namespace matchgo::vacancies
