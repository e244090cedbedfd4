// A market as plain structs with ids as strings: what a projection fills in and FormatMarket
// writes.
//
// Field names, units and ranges are those of the market/1 format (README.md). Nothing is checked
// here: BuildMarket (market_file.h) does that. `Text` is std::string, or a view while a file is
// read. Values; no thread rules. Test:
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

template <class Text>
struct SwitcherOf {
  Text id = {};
  std::vector<Text> skills = {};
  std::vector<Text> qualifications = {};
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
  std::vector<Text> prefs = {};
  std::vector<std::pair<Text, int64_t>> aptitude = {};  // sector -> 0..1000
  int64_t priority = 0;
};

template <class Text>
struct VacancyOf {
  Text id = {};
  int64_t openings = 0;
  std::vector<Text> required = {};
  std::vector<Text> nice = {};
  std::optional<Text> qualification = {};
  Text occupation = {};
  Text sector = {};
  int64_t x = 0;
  int64_t y = 0;
  int64_t salary_max = 0;
  int64_t hours = 0;
  int64_t latest_ready = 0;
};

template <class Text>
struct ModuleOf {
  Text id = {};
  std::vector<Text> skills = {};
  int64_t hours = 0;
  bool core = false;
  Recognition recognition = Recognition::kNone;
  std::vector<Text> after = {};
};

template <class Text>
struct StartOf {
  Text id = {};
  Text programme = {};
  int64_t capacity = 0;
  int64_t min = 0;
  int64_t begins = 0;
  int64_t entry_level = 1;
  std::vector<Text> occupations = {};
  std::vector<Text> awards = {};
  bool online = false;
  int64_t x = 0;
  int64_t y = 0;
  std::vector<ModuleOf<Text>> modules = {};
};

// A contract by ids; no start is a direct placement. Ordered as the format orders contracts.
template <class Text>
struct ContractOf {
  Text switcher = {};
  Text vacancy = {};
  std::optional<Text> start = {};

  friend bool operator==(const ContractOf<Text>&, const ContractOf<Text>&) = default;
  friend auto operator<=>(const ContractOf<Text>&, const ContractOf<Text>&) = default;
};

template <class Text>
struct TripleOf {
  ContractOf<Text> contract = {};
  int64_t score = 0;
  std::optional<int64_t> rank_s = {};
  std::optional<int64_t> rank_v = {};
  std::optional<int64_t> rank_p = {};
};

using MarketSwitcher = SwitcherOf<std::string>;
using MarketVacancy = VacancyOf<std::string>;
using MarketModule = ModuleOf<std::string>;
using MarketStart = StartOf<std::string>;
using MarketContract = ContractOf<std::string>;
using MarketTriple = TripleOf<std::string>;

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
