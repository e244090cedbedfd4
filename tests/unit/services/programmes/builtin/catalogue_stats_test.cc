#include "services/programmes/builtin/catalogue_stats.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "tests/unit/services/programmes/builtin/outside_data.h"

namespace matchgo::programmes::builtin {
namespace {

using Key = std::pair<std::string, std::string>;

std::map<Key, StatRow> RowsOfCatalogue() {
  const StatusOr<Catalogue>& catalogue = SharedCatalogue();
  EXPECT_TRUE(catalogue.ok()) << catalogue.status().ToString();
  std::map<Key, StatRow> rows;
  if (!catalogue.ok()) return rows;
  for (const StatRow& row : CatalogueStats(*catalogue)) rows[{row.group, row.key}] = row;
  return rows;
}

struct Expected {
  const char* group;
  const char* key;
  std::optional<int32_t> report;
  int32_t recount;
};

// The differences that were found by hand between the report's tables and its annex.
const Expected kExpected[] = {
    {"projects", "granted", 36, 36},
    {"year", "2019", 4, 4},
    {"year", "2020", 22, 22},
    {"year", "2021", 10, 10},
    {"institution_type", "ROC", 28, 28},
    {"institution_type", "AOC", 4, 4},
    {"institution_type", "VI", 4, 4},
    {"partner_count_band", "1", 28, 28},
    {"partner_count_band", "<10", 5, 5},
    {"partner_count_band", ">=10", 3, 3},
    {"domain", "ZW", 11, 10},
    {"domain", "TP", 8, 9},
    {"domain", "BI", 4, 3},
    {"domain", "VNL", 3, 3},
    {"domain", "NTV", 3, 2},
    {"domain", "HB", 1, 3},
    {"domain", "ICT", 1, 1},
    {"level", "1", 11, 11},
    {"level", "2", 30, 28},
    {"level", "3", 34, 31},
    {"level", "4", 34, 29},
    {"level", "all", 3, 0},
    {"level", "unknown", 8, 13},
    {"learning_mix", "online", 34, 27},
    {"learning_mix", "klassikaal", 18, 5},
    {"learning_mix", "werkplekleren", 31, 12},
    {"learning_mix", "zelfstudie", 5, 2},
    {"learning_mix", "not_stated", 2, 6},
    {"flexibility", "own_pace", 27, 6},
    {"flexibility", "flexible_times", 22, 9},
    {"flexibility", "flexible_start", 20, 7},
    {"flexibility", "own_order", 21, 3},
    {"flexibility", "location_flexible", std::nullopt, 10},
    {"flexibility", "prior_learning_validation", 29, 14},
    {"flexibility", "formal_exemptions", 19, 4},
    {"cornerstone", "modular", 35, 35},
    {"cornerstone", "digital_content", 32, 32},
    {"cornerstone", "intake_validation", 30, 30},
    {"cornerstone", "online_environment", 27, 27},
    {"cornerstone", "guidance", 32, 32},
};

TEST(CatalogueStatsTest, RecountsWhatTheReportPrints) {
  const auto rows = RowsOfCatalogue();
  for (const Expected& expected : kExpected) {
    const auto found = rows.find({expected.group, expected.key});
    ASSERT_NE(found, rows.end()) << expected.group << " " << expected.key;
    const StatRow& row = found->second;
    EXPECT_EQ(row.report, expected.report) << expected.group << " " << expected.key;
    EXPECT_EQ(row.recount, expected.recount) << expected.group << " " << expected.key;
    EXPECT_EQ(row.differs, expected.report && *expected.report != expected.recount)
        << expected.group << " " << expected.key;
  }
}

TEST(CatalogueStatsTest, EveryFigureCanBeRecounted) {
  for (const auto& [key, row] : RowsOfCatalogue()) {
    EXPECT_TRUE(row.recount.has_value()) << key.first << " " << key.second;
    EXPECT_FALSE(row.label_nl.empty());
  }
}

TEST(CatalogueStatsTest, AnUnknownGroupHasNoRecount) {
  Catalogue catalogue;
  catalogue.report_figures.push_back({"weather", "rain", "regen", 3});
  const auto rows = CatalogueStats(catalogue);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].recount, std::nullopt);
  EXPECT_FALSE(rows[0].differs);
}

}  // namespace
}  // namespace matchgo::programmes::builtin
