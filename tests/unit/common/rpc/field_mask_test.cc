#include "common/rpc/field_mask.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/echo/echo_service.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

using echo::pb::Echo;
using google::protobuf::FieldMask;

FieldMask Mask(const std::vector<std::string>& paths) {
  FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

Echo Stored() {
  Echo echo = echo::ValidEcho("old");
  echo.set_name("echoes/1");
  echo.set_owner("owner");
  echo.set_version(4);
  echo.set_weight(2);
  echo.add_tags("a");
  echo.mutable_main()->set_id("m");
  echo.mutable_main()->set_count(3);
  return echo;
}

TEST(FieldMaskTest, CopiesNamedFieldsOnly) {
  Echo from = echo::ValidEcho("new");
  from.set_times(9);
  Echo to = Stored();
  ASSERT_THAT(ApplyMask(Mask({"text"}), from, &to), IsOk());
  EXPECT_EQ(to.text(), "new");
  EXPECT_EQ(to.times(), 2);
}

TEST(FieldMaskTest, AnAbsentFieldInTheMaskIsCleared) {
  Echo to = Stored();
  ASSERT_THAT(ApplyMask(Mask({"weight", "tags", "main"}), Echo(), &to), IsOk());
  EXPECT_FALSE(to.has_weight());
  EXPECT_EQ(to.tags_size(), 0);
  EXPECT_FALSE(to.has_main());
}

TEST(FieldMaskTest, ReachesIntoMessages) {
  Echo from;
  from.mutable_main()->set_id("other");
  from.mutable_main()->set_count(1);
  Echo to = Stored();
  ASSERT_THAT(ApplyMask(Mask({"main.count"}), from, &to), IsOk());
  EXPECT_EQ(to.main().id(), "m");
  EXPECT_EQ(to.main().count(), 1);
}

TEST(FieldMaskTest, EmptyMeansAllThatIsSet) {
  Echo from;
  from.set_text("new");
  from.set_name("echoes/stolen");
  from.set_version(99);
  from.set_owner("thief");
  from.add_tags("b");
  Echo to = Stored();
  ASSERT_THAT(ApplyMask(FieldMask(), from, &to), IsOk());
  Echo wanted = Stored();
  wanted.set_text("new");
  wanted.set_tags(0, "b");
  EXPECT_EQ(to.SerializeAsString(), wanted.SerializeAsString());
}

TEST(FieldMaskTest, StarReplacesAllThatMayBeWritten) {
  Echo to = Stored();
  ASSERT_THAT(ApplyMask(Mask({"*"}), echo::ValidEcho("new"), &to), IsOk());
  EXPECT_EQ(to.text(), "new");
  EXPECT_FALSE(to.has_weight());
  EXPECT_EQ(to.owner(), "owner");
  EXPECT_EQ(to.version(), 4);
}

TEST(FieldMaskTest, RefusesWhatItMust) {
  struct Row {
    const char* name;
    std::vector<std::string> paths;
    const char* reason;
  };
  const std::vector<Row> rows = {
      {"unknown field", {"nothing"}, "FIELD_MASK"},
      {"unknown inner field", {"main.nothing"}, "FIELD_MASK"},
      {"into a scalar", {"text.length"}, "FIELD_MASK"},
      {"into a list", {"parts.id"}, "FIELD_MASK"},
      {"empty path", {""}, "FIELD_MASK"},
      {"trailing dot", {"main."}, "FIELD_MASK"},
      {"star among others", {"*", "text"}, "FIELD_MASK"},
      {"too many", std::vector<std::string>(101, "text"), "FIELD_MASK"},
      {"output only", {"version"}, "FIELD_FORBIDDEN"},
      {"immutable", {"owner"}, "FIELD_FORBIDDEN"},
      {"output only inside", {"inner.version"}, "FIELD_FORBIDDEN"},
      {"good one first", {"text", "name"}, "FIELD_FORBIDDEN"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Echo to = Stored();
    EXPECT_THAT(ApplyMask(Mask(row.paths), echo::ValidEcho("new"), &to), HasReason(row.reason));
    EXPECT_EQ(to.SerializeAsString(), Stored().SerializeAsString());
  }
}

TEST(FieldMaskTest, NothingIsSmuggledInsideAMessage) {
  Echo from;
  from.mutable_inner()->set_text("x");
  from.mutable_inner()->set_version(99);
  Echo to;
  ASSERT_THAT(ApplyMask(Mask({"inner"}), from, &to), IsOk());
  EXPECT_EQ(to.inner().text(), "x");
  EXPECT_EQ(to.inner().version(), 0);
}

TEST(FieldMaskTest, ClearsOutputOnlyAtEveryDepth) {
  Echo echo = Stored();
  echo.mutable_inner()->set_version(7);
  ClearOutputOnly(&echo);
  EXPECT_EQ(echo.name(), "");
  EXPECT_EQ(echo.inner().version(), 0);
  EXPECT_EQ(echo.owner(), "owner");
}

}  // namespace
}  // namespace matchgo::rpc
