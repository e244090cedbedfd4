#include "services/profiles/rpc/reply_seal.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "common/base/check.h"
#include "common/sql/database.h"
#include "common/time/clock.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/profiles/examples.h"

namespace matchgo::profiles::rpc {
namespace {

class ReplySealTest : public ::testing::Test {
 protected:
  ReplySealTest() : clock_(Instant::FromMicros(0)) {
    auto vault = Vault::Open({.folder = ":memory:"}, clock_);
    auto database =
        sql::Database::Open({.file = ":memory:", .name = "profiles", .migrations = {}}, clock_);
    CHECK(vault.ok() && database.ok());
    vault_ = *std::move(vault);
    database_ = *std::move(database);
  }

  // Sealed, looked at, and opened again.
  template <class Reply>
  StatusOr<std::string> Again(const matchgo::rpc::ReplySeal<Reply>& seal, const Reply& reply,
                              const std::string& erased = "") {
    return database_->Write(Call(), [&](sql::Tx& tx) -> StatusOr<std::string> {
      const StatusOr<std::string> sealed =
          seal.seal(tx, seal.subject(reply), reply.SerializeAsString());
      if (!sealed.ok()) return sealed;
      EXPECT_EQ(sealed->find("Wilhelmina"), std::string::npos);
      if (!erased.empty()) {
        EXPECT_THAT(vault_->Destroy(erased), IsOk());
      }
      return seal.open(tx, *sealed);
    });
  }
  static v1::Switcher Named(const char* id) {
    v1::Switcher switcher = SwitcherMessage();
    switcher.set_name(std::string("switchers/") + id);
    return switcher;
  }

  ManualClock clock_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<sql::Database> database_;
};

TEST_F(ReplySealTest, OneReplyComesBackAndGoesWithItsKey) {
  EXPECT_EQ(SealOne(*vault_).subject(Named("s1")), "s1");
  const StatusOr<std::string> again = Again(SealOne(*vault_), Named("s1"));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(*again, Named("s1").SerializeAsString());
  EXPECT_THAT(Again(SealOne(*vault_), Named("s1"), "s1"), HasReason("ERASED"));
}

TEST_F(ReplySealTest, ManyRepliesComeBackInOrder) {
  v1::BatchCreateSwitchersResponse reply;
  for (const char* id : {"s1", "s2", "s3"}) *reply.add_switchers() = Named(id);
  const StatusOr<std::string> again = Again(SealMany(*vault_), reply);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(*again, reply.SerializeAsString());
  EXPECT_THAT(Again(SealMany(*vault_), reply, "s2"), HasReason("ERASED"));
}

}  // namespace
}  // namespace matchgo::profiles::rpc
