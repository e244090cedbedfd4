#include "common/sql/migrate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/sql/database.h"
#include "tests/support/note_store.h"
#include "tests/support/status_matchers.h"

namespace matchgo::sql {
namespace {

StatusOr<std::unique_ptr<Database>> OpenWith(const std::filesystem::path& file,
                                             std::vector<Migration> migrations) {
  DatabaseOptions options;
  options.file = file;
  options.migrations = std::move(migrations);
  return Database::Open(std::move(options), TestClock());
}

const Migration kFirst{"0001", "first", "CREATE TABLE one (id BIGINT);"};
const Migration kSecond{"0002", "second",
                        "CREATE TABLE two (id BIGINT); INSERT INTO one VALUES (2);"};

std::vector<std::string> Applied(Database& database) {
  std::vector<std::string> versions;
  CHECK(database
            .Read(MakeCall(),
                  [&](Tx& tx) {
                    return tx.Select(
                        {"versions", "SELECT version FROM schema_migrations ORDER BY version", "t"},
                        {}, [&](const Row& row) {
                          versions.push_back(row.Text(0));
                          return absl::OkStatus();
                        });
                  })
            .ok());
  return versions;
}

TEST(MigrateTest, ReadsDbmatesFormat) {
  const Migration migration = ParseMigration(
      "0003", "x",
      "-- about\n-- migrate:up\nCREATE TABLE a (b);\n-- migrate:down\nDROP TABLE a;\n");
  EXPECT_EQ(migration.version, "0003");
  EXPECT_EQ(migration.name, "x");
  EXPECT_EQ(migration.up, "CREATE TABLE a (b);\n");
  EXPECT_EQ(ParseMigration("1", "x", "-- migrate:up\nSELECT 1;\n").up, "SELECT 1;\n");
}

TEST(MigrateTest, AppliesEachOnceInOrderAndOnlyWhatIsMissing) {
  const TempFolder folder;
  EXPECT_THAT(Applied(**OpenWith(folder / "a.db", {kFirst})),
              testing::ElementsAre("0001", "common.0001", "common.0002"));
  for (int again = 0; again < 2; ++again) {
    const auto database = OpenWith(folder / "a.db", {kFirst, kSecond});
    ASSERT_THAT(database, IsOk());
    EXPECT_THAT(Applied(**database),
                testing::ElementsAre("0001", "0002", "common.0001", "common.0002"));
    int64_t rows = 0;
    ASSERT_THAT((*database)->Read(MakeCall(),
                                  [&](Tx& tx) {
                                    return tx.Select({"count", "SELECT COUNT(*) FROM one", "i"}, {},
                                                     [&](const Row& row) {
                                                       rows = row.Int(0);
                                                       return absl::OkStatus();
                                                     });
                                  }),
                IsOk());
    EXPECT_EQ(rows, 1);
  }
}

TEST(MigrateTest, RefusesAChangedAndAnUnknownMigration) {
  const TempFolder folder;
  ASSERT_THAT(OpenWith(folder / "a.db", {kFirst, kSecond}), IsOk());
  Migration changed = kFirst;
  changed.up += " ";
  const auto refused = OpenWith(folder / "a.db", {changed, kSecond});
  EXPECT_THAT(refused, HasReason("MIGRATION_CHANGED"));
  EXPECT_THAT(FactsOf(refused.status()), testing::Contains(testing::Pair("migration", "0001")));
  const auto older = OpenWith(folder / "a.db", {kFirst});
  EXPECT_THAT(older, HasReason("MIGRATION_UNKNOWN"));
  EXPECT_THAT(FactsOf(older.status()), testing::Contains(testing::Pair("migration", "0002")));
  EXPECT_THAT(OpenWith(folder / "a.db", {kFirst, kSecond}), IsOk());
}

TEST(MigrateTest, AFailingMigrationLeavesNothingOfItself) {
  const TempFolder folder;
  const Migration broken{"0002", "broken",
                         "CREATE TABLE two (id BIGINT); INSERT INTO none VALUES (1);"};
  const auto failed = OpenWith(folder / "a.db", {kFirst, broken});
  EXPECT_THAT(failed, HasReason("MIGRATION_FAILED"));
  EXPECT_THAT(FactsOf(failed.status()), testing::Contains(testing::Pair("migration", "0002")));
  const auto mended = OpenWith(folder / "a.db", {kFirst, kSecond});
  ASSERT_THAT(mended, IsOk());
  EXPECT_THAT(Applied(**mended),
              testing::ElementsAre("0001", "0002", "common.0001", "common.0002"));
}

}  // namespace
}  // namespace matchgo::sql
