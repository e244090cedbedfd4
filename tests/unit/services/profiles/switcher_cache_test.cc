#include "services/profiles/rpc/switcher_cache.h"

#include <gtest/gtest.h>

#include "services/profiles/rpc/switcher_codec.h"
#include "tests/unit/services/profiles/examples.h"

namespace matchgo::profiles::rpc {
namespace {

const Day kToday = Day::FromCivil(2026, 11, 23);

class SwitcherCacheTest : public ::testing::Test {
 protected:
  void Keep(int64_t version) {
    domain::Switcher switcher = SwitcherValue();
    switcher.version = version;
    cache_.Keep(switcher, Encode(switcher, kToday), kToday);
  }
  bool Find(Role role, const char* id, const char* tenant, Day today = kToday) {
    const auto found =
        cache_.Find({.role = role, .id = id, .tenant = TenantId(tenant)}, SwitcherId("s1"), today);
    reply_ = found == nullptr ? v1::Switcher() : *found;
    return found != nullptr;
  }

  SwitcherCache cache_;
  v1::Switcher reply_;
};

TEST_F(SwitcherCacheTest, TellsTheIdentityToThoseWhoMayKnow) {
  Keep(1);
  struct Case {
    const char* name;
    Role role;
    const char* id;
    const char* tenant;
    bool found;
    bool identity;
  };
  const Case cases[] = {
      {"herself", Role::kSwitcher, "s1", "p1", true, true},
      {"another switcher of her partner", Role::kSwitcher, "s2", "p1", false, false},
      {"her partner", Role::kPartner, "x", "p1", true, true},
      {"another partner", Role::kPartner, "x", "p2", false, false},
      {"operations", Role::kOps, "x", "", true, true},
      {"a service", Role::kService, "x", "", true, false},
      {"an auditor", Role::kAuditor, "x", "", true, false},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(Find(row.role, row.id, row.tenant), row.found) << row.name;
    EXPECT_EQ(reply_.has_identity(), row.identity) << row.name;
  }
}

TEST_F(SwitcherCacheTest, IsGoodForOneDay) {
  Keep(1);
  EXPECT_TRUE(Find(Role::kOps, "", ""));
  EXPECT_FALSE(Find(Role::kOps, "", "", kToday + 1));
}

TEST_F(SwitcherCacheTest, NeverGoesBack) {
  Keep(1);
  cache_.Forget(SwitcherId("s1"), 2);
  EXPECT_FALSE(Find(Role::kOps, "", ""));
  Keep(1);  // a reader that was slow
  EXPECT_FALSE(Find(Role::kOps, "", ""));
  Keep(2);
  EXPECT_TRUE(Find(Role::kOps, "", ""));
}

}  // namespace
}  // namespace matchgo::profiles::rpc
