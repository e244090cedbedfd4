#include "services/programmes/store/programme_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/sql/database.h"
#include "common/time/clock.h"
#include "services/programmes/store/schema/migrations.h"
#include "tests/support/status_matchers.h"

namespace matchgo::programmes::store {
namespace {

class ProgrammeStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    sql::DatabaseOptions options;
    options.file = ":memory:";
    options.name = "programmes";
    options.migrations = schema::Migrations();
    auto opened = sql::Database::Open(std::move(options), clock_);
    ASSERT_THAT(opened, IsOk());
    database_ = *std::move(opened);
  }
  Status Write(const std::function<Status(ProgrammeStore&)>& work) {
    return database_->Write(call_, [&](sql::Tx& tx) {
      ProgrammeStore programmes(tx);
      return work(programmes);
    });
  }
  // An opleider "o" with a programme "p".
  void Fill() {
    ASSERT_THAT(Write([&](ProgrammeStore& programmes) {
                  domain::Opleider opleider;
                  opleider.id = OpleiderId("o");
                  opleider.revision.version = 1;
                  return programmes.Insert(opleider);
                }),
                IsOk());
    ASSERT_THAT(
        Write([&](ProgrammeStore& programmes) { return programmes.Insert(Programme("p")); }),
        IsOk());
  }
  static domain::Programme Programme(const std::string& id) {
    domain::Programme programme;
    programme.id = ProgrammeId(id);
    programme.opleider = OpleiderId("o");
    programme.title = "Verpleegkunde";
    programme.sector = "zorg";
    programme.revision.version = 1;
    return programme;
  }

  ManualClock clock_{Instant::FromMicros(0)};
  Call call_;
  std::unique_ptr<sql::Database> database_;
};

TEST_F(ProgrammeStoreTest, AnUpdateReplacesTheVersionBeforeItAndNoOther) {
  Fill();
  domain::Programme programme = Programme("p");
  programme.title = "Nieuw";
  programme.revision.version = 2;
  EXPECT_THAT(Write([&](ProgrammeStore& programmes) { return programmes.Update(programme); }),
              IsOk());
  EXPECT_THAT(Write([&](ProgrammeStore& programmes) { return programmes.Update(programme); }),
              HasReason("STALE"));
  EXPECT_THAT(Write([&](ProgrammeStore& programmes) -> Status {
                auto stored = programmes.GetProgramme(OpleiderId("o"), ProgrammeId("p"));
                if (!stored.ok()) return stored.status();
                EXPECT_EQ(stored->title, "Nieuw");
                EXPECT_EQ(stored->revision.version, 2);
                return absl::OkStatus();
              }),
              IsOk());
}

TEST_F(ProgrammeStoreTest, TheDatabaseItselfRefusesAReferenceTwice) {
  Fill();
  domain::Programme one = Programme("q");
  one.external_reference = "VP-1";
  domain::Programme two = Programme("r");
  two.external_reference = "VP-1";
  EXPECT_THAT(Write([&](ProgrammeStore& programmes) { return programmes.Insert(one); }), IsOk());
  EXPECT_THAT(Write([&](ProgrammeStore& programmes) { return programmes.Insert(two); }),
              HasReason("UNIQUE"));
  two.external_reference.clear();
  EXPECT_THAT(Write([&](ProgrammeStore& programmes) { return programmes.Insert(two); }), IsOk());
}

TEST_F(ProgrammeStoreTest, TheDatabaseItselfRefusesAProgrammeOfNobody) {
  EXPECT_THAT(Write([&](ProgrammeStore& programmes) { return programmes.Insert(Programme("p")); }),
              HasReason("CONSTRAINT"));
}

TEST_F(ProgrammeStoreTest, ListsInOrderOfIdAfterAnId) {
  Fill();
  for (const char* id : {"z", "b", "m"}) {
    ASSERT_THAT(Write([&](ProgrammeStore& programmes) { return programmes.Insert(Programme(id)); }),
                IsOk());
  }
  EXPECT_THAT(Write([&](ProgrammeStore& programmes) -> Status {
                auto rows = programmes.ListProgrammes(
                    {.opleider = OpleiderId("o"), .sector = "", .degree = 0, .state = 0}, "b", 2);
                if (!rows.ok()) return rows.status();
                EXPECT_EQ(rows->size(), 2U);
                EXPECT_EQ(rows->at(0).id, "m");
                EXPECT_EQ(rows->at(1).id, "p");
                return absl::OkStatus();
              }),
              IsOk());
}

// A store of before 0002 had no column for it.
TEST_F(ProgrammeStoreTest, WhoClosedBeforeThereWasAColumnForItIsListedAsClosed) {
  constexpr sql::Query kInsertThen{
      "insert_then", "INSERT INTO opleider (id, version, sequence, payload) VALUES (:p1, 1, 1, '')",
      ""};
  const auto file = std::filesystem::path(testing::TempDir()) / "opleiders_of_before.db";
  std::filesystem::remove(file);
  const auto open = [&](size_t migrations) {
    database_.reset();
    sql::DatabaseOptions options;
    options.file = file;
    options.name = "programmes";
    options.migrations = schema::Migrations();
    options.migrations.resize(std::min(migrations, options.migrations.size()));
    auto opened = sql::Database::Open(std::move(options), clock_);
    ASSERT_THAT(opened, IsOk());
    database_ = *std::move(opened);
  };
  open(1);
  ASSERT_THAT(database_->Write(call_,
                               [&](sql::Tx& tx) -> Status {
                                 for (const char* const id : {"active", "closed"}) {
                                   RETURN_IF_ERROR(tx.Execute(kInsertThen, {id}).status());
                                 }
                                 tx.AppendEvent({.kind = "opleider.closed",
                                                 .resource = "opleiders/closed",
                                                 .version = 2,
                                                 .tenant = TenantId("closed")});
                                 return absl::OkStatus();
                               }),
              IsOk());
  open(2);
  for (const auto& [state, id] : {std::pair{1, "active"}, std::pair{2, "closed"}}) {
    const auto listed = database_->Read(
        call_, [&](sql::Tx& tx) { return ProgrammeStore(tx).ListOpleiders(state, "", 10); });
    ASSERT_THAT(listed, IsOk());
    ASSERT_EQ(listed->size(), 1U) << id;
    EXPECT_EQ(listed->front().id, id);
  }
  database_.reset();
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace matchgo::programmes::store
