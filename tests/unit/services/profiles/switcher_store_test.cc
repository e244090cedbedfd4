#include "services/profiles/store/switcher_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/base/check.h"
#include "common/sql/database.h"
#include "common/time/clock.h"
#include "services/profiles/store/schema/migrations.h"
#include "services/profiles/store/switcher_events.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/profiles/examples.h"

namespace matchgo::profiles::store {
namespace {

using ::testing::ElementsAre;

constexpr sql::Query kRawColumns{"raw_columns", "SELECT identity, profile FROM switcher", "tt"};

class SwitcherStoreTest : public ::testing::Test {
 protected:
  SwitcherStoreTest() : clock_(StartOf(Day::FromCivil(2026, 11, 23))) {
    auto vault = Vault::Open({.folder = ":memory:"}, clock_);
    auto database = sql::Database::Open(
        {.file = ":memory:", .name = "profiles", .migrations = schema::Migrations()}, clock_);
    CHECK(vault.ok() && database.ok());
    vault_ = *std::move(vault);
    database_ = *std::move(database);
    call_.now = clock_.Now();
  }

  Status Insert(domain::Switcher switcher) {
    return database_->Write(call_, [&](sql::Tx& tx) {
      switcher.sequence = tx.AppendEvent(EventOf(kSwitcherCreated, switcher));
      return SwitcherStore(tx, *vault_).Insert(switcher);
    });
  }
  Status Update(domain::Switcher switcher) {
    return database_->Write(call_, [&](sql::Tx& tx) {
      switcher.sequence = tx.AppendEvent(EventOf(kSwitcherChanged, switcher));
      return SwitcherStore(tx, *vault_).Update(switcher);
    });
  }
  StatusOr<domain::Switcher> Get(const char* id) {
    return database_->Read(
        call_, [&](sql::Tx& tx) { return SwitcherStore(tx, *vault_).Get(SwitcherId(id)); });
  }
  std::vector<std::string> List(const SwitcherFilter& filter, const char* after = "") {
    const auto found = database_->Read(call_, [&](sql::Tx& tx) {
      return SwitcherStore(tx, *vault_).ListProfiles(filter, SwitcherId(after), 10);
    });
    EXPECT_THAT(found, IsOk());
    std::vector<std::string> ids;
    for (const domain::Switcher& switcher : *found) {
      EXPECT_EQ(switcher.identity, std::nullopt);
      ids.push_back(switcher.id.value());
    }
    return ids;
  }
  StatusOr<Changes> Changed(int64_t after) {
    return database_->Read(call_, [&](sql::Tx& tx) { return ReadChanges(tx, *vault_, after, 10); });
  }

  ManualClock clock_;
  Call call_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<sql::Database> database_;
};

TEST_F(SwitcherStoreTest, GivesBackWhatWasStored) {
  domain::Switcher switcher = SwitcherValue();
  ASSERT_THAT(Insert(switcher), IsOk());
  switcher.sequence = 1;
  EXPECT_EQ(*Get("s1"), switcher);
  EXPECT_THAT(Get("s2"), HasReason("NOT_FOUND"));
}

TEST_F(SwitcherStoreTest, ASaveNeedsTheVersionBefore) {
  domain::Switcher switcher = SwitcherValue();
  ASSERT_THAT(Insert(switcher), IsOk());
  switcher.version = 2;
  switcher.identity->full_name = "Somebody Else";
  EXPECT_THAT(Update(switcher), IsOk());
  EXPECT_EQ(Get("s1")->identity->full_name, "Somebody Else");
  EXPECT_THAT(Update(switcher), HasReason("STALE"));
}

TEST_F(SwitcherStoreTest, IdentityAndProfileAreSealedApart) {
  ASSERT_THAT(Insert(SwitcherValue()), IsOk());
  ASSERT_THAT(database_->Read(call_,
                              [&](sql::Tx& tx) {
                                return tx.Select(kRawColumns, {}, [&](const sql::Row& row) {
                                  EXPECT_NE(row.Text(0), row.Text(1));
                                  EXPECT_THAT(vault_->Open("s2", row.Text(0)),
                                              ::testing::Not(IsOk()));
                                  return absl::OkStatus();
                                });
                              }),
              IsOk());
}

TEST_F(SwitcherStoreTest, ListsByPartnerAndState) {
  for (const char* id : {"a", "b", "c"}) {
    domain::Switcher switcher = SwitcherValue();
    switcher.id = SwitcherId(id);
    switcher.partner = TenantId(*id == 'b' ? "p2" : "p1");
    if (*id == 'c') switcher.state = domain::State::kWithdrawn;
    ASSERT_THAT(Insert(switcher), IsOk());
  }
  EXPECT_THAT(List({}), ElementsAre("a", "b", "c"));
  EXPECT_THAT(List({}, "a"), ElementsAre("b", "c"));
  EXPECT_THAT(List({.partner = TenantId("p1")}), ElementsAre("a", "c"));
  EXPECT_THAT(List({.partner = TenantId("p1")}, "a"), ElementsAre("c"));
  EXPECT_THAT(List({.state = domain::State::kWithdrawn}), ElementsAre("c"));
  EXPECT_THAT(List({.partner = TenantId("p2"), .state = domain::State::kWithdrawn}), ElementsAre());
}

TEST_F(SwitcherStoreTest, TheFeedShowsEachSwitcherOnceAsSheIs) {
  domain::Switcher switcher = SwitcherValue();
  ASSERT_THAT(Insert(switcher), IsOk());
  switcher.version = 2;
  ASSERT_THAT(Update(switcher), IsOk());
  const StatusOr<Changes> read = Changed(0);
  ASSERT_THAT(read, IsOk());
  ASSERT_EQ(read->changes.size(), 1u);
  EXPECT_EQ(read->changes[0].event.sequence, 2);
  EXPECT_EQ(read->changes[0].event.resource, "switchers/s1");
  EXPECT_EQ(read->changes[0].switcher->version, 2);
  EXPECT_EQ(read->changes[0].switcher->identity, std::nullopt);
  EXPECT_THAT(Changed(3), HasReason("FELL_BEHIND"));
}

TEST_F(SwitcherStoreTest, WhoseKeyIsGoneIsGone) {
  ASSERT_THAT(Insert(SwitcherValue()), IsOk());
  ASSERT_THAT(vault_->Destroy("s1"), IsOk());
  EXPECT_THAT(Get("s1"), HasReason("ERASED"));
  EXPECT_THAT(List({}), ElementsAre());
  const StatusOr<Changes> read = Changed(0);
  ASSERT_THAT(read, IsOk());
  ASSERT_EQ(read->changes.size(), 1u);
  EXPECT_EQ(read->changes[0].switcher, std::nullopt);
}

}  // namespace
}  // namespace matchgo::profiles::store
