// The aggregates of the Flexprojecten report, recounted from the built-in projects.
//
// The report was made from full applications and the projects here from its annex, a summary, so
// the two differ and both are shown. Pure. Test:
// tests/unit/services/programmes/builtin/catalogue_stats_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/programmes/builtin/builtin.h"

namespace matchgo::programmes::builtin {

struct StatRow {
  std::string group{};  // "domain", "level", ...; level counts stated and inferred levels
  std::string key{};
  std::string label_nl{};
  std::optional<int32_t> report{};   // absent: the report prints no such figure
  std::optional<int32_t> recount{};  // absent: cannot be recounted from the annex
  bool differs = false;              // both are there and are not equal
};

// One row per printed figure, in the order of the data file.
std::vector<StatRow> CatalogueStats(const Catalogue& catalogue);

}  // namespace matchgo::programmes::builtin
