// A market as plain structs with ids as strings: what a projection fills in and FormatMarket
// writes.
//
// Field names, units and ranges are those of the market/1 format (README.md). Nothing is checked
// here: BuildMarket (market_file.h) does that. Values; no thread rules. Test:
// tests/unit/services/scheduler/engine/market_file_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace matchgo::scheduler::engine {

// What a module asks of somebody who masters part of it.
enum class Recognition : uint8_t { kNone, kExempt, kAccelerate };

struct MarketSwitcher {
  std::string id = {};
  std::vector<std::string> skills = {};
  std::vector<std::string> qualifications = {};
  int64_t level = 1;
  int64_t x = 0;
  int64_t y = 0;
  int64_t max_dist = 0;
  int64_t salary_now = 0;
  int64_t salary_floor = 0;
  int64_t hours_min = 0;
  int64_t hours_max = 0;
  int64_t study_hours = 0;
  int64_t available = 0;
  std::vector<std::string> prefs = {};
  std::vector<std::pair<std::string, int64_t>> aptitude = {};  // sector -> 0..1000
  int64_t priority = 0;
};

struct MarketVacancy {
  std::string id = {};
  int64_t openings = 0;
  std::vector<std::string> required = {};
  std::vector<std::string> nice = {};
  std::optional<std::string> qualification = {};
  std::string occupation = {};
  std::string sector = {};
  int64_t x = 0;
  int64_t y = 0;
  int64_t salary_max = 0;
  int64_t hours = 0;
  int64_t latest_ready = 0;
};

struct MarketModule {
  std::string id = {};
  std::vector<std::string> skills = {};
  int64_t hours = 0;
  bool core = false;
  Recognition recognition = Recognition::kNone;
  std::vector<std::string> after = {};
};

struct MarketStart {
  std::string id = {};
  std::string programme = {};
  int64_t capacity = 0;
  int64_t min = 0;
  int64_t begins = 0;
  int64_t entry_level = 1;
  std::vector<std::string> occupations = {};
  std::vector<std::string> awards = {};
  bool online = false;
  int64_t x = 0;
  int64_t y = 0;
  std::vector<MarketModule> modules = {};
};

// A contract by ids; no start is a direct placement. Ordered as the format orders contracts.
struct MarketContract {
  std::string switcher = {};
  std::string vacancy = {};
  std::optional<std::string> start = {};

  friend bool operator==(const MarketContract&, const MarketContract&) = default;
  friend auto operator<=>(const MarketContract&, const MarketContract&) = default;
};

struct MarketTriple {
  MarketContract contract = {};
  int64_t score = 0;
  std::optional<int64_t> rank_s = {};
  std::optional<int64_t> rank_v = {};
  std::optional<int64_t> rank_p = {};
};

// With triples the market is bare: only ids, openings, capacity and min are written.
struct MarketInput {
  std::string seed = {};
  int64_t today = 0;
  std::vector<MarketSwitcher> switchers = {};
  std::vector<MarketVacancy> vacancies = {};
  std::vector<MarketStart> starts = {};
  std::vector<MarketContract> frozen = {};
  std::vector<MarketContract> declined = {};
  std::vector<MarketTriple> triples = {};
};

}  // namespace matchgo::scheduler::engine
