// The frozen market: one immutable value with everything a clearing may look at, and nothing else.
//
// Switchers, vacancies and starts stand in canonical order (ids bytewise), so comparing indices is
// comparing ids; names are interned, lists are sorted spans in pools. Made by ParseMarket or
// BuildMarket (market_file.h), which check every rule of the format. Never changed afterwards, so
// safe to share between threads. Test: tests/unit/services/scheduler/engine/market_file_test.cc
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/scheduler/engine/market_input.h"

namespace matchgo::scheduler::engine {

// The start of a direct placement, and "no such name" for qualifications.
inline constexpr int32_t kNone = -1;

// A contract by indices in a market. kNone sorts before any start, as null does before any id.
struct Contract {
  int32_t switcher = 0;
  int32_t vacancy = 0;
  int32_t start = kNone;

  bool direct() const { return start == kNone; }
  friend bool operator==(const Contract&, const Contract&) = default;
  friend auto operator<=>(const Contract&, const Contract&) = default;
};

// Sorted unique names in one pool.
class IdColumn {
 public:
  // REQUIRES: names ascending bytewise, all different.
  void Append(std::string_view name);
  void Reserve(size_t names, size_t bytes);
  int32_t size() const { return static_cast<int32_t>(ends_.size()); }
  std::string_view operator[](int32_t index) const;
  std::optional<int32_t> Find(std::string_view name) const;

 private:
  std::string bytes_;
  std::vector<uint64_t> ends_;
};

// Many short lists in one pool; list i was appended as the i-th.
template <class T>
class Lists {
 public:
  Lists() = default;
  // List i is values[ends[i - 1] .. ends[i]).
  Lists(std::vector<T> values, std::vector<uint64_t> ends)
      : values_(std::move(values)), ends_(std::move(ends)) {}

  void Append(std::span<const T> list) {
    values_.insert(values_.end(), list.begin(), list.end());
    ends_.push_back(values_.size());
  }
  std::span<const T> operator[](int32_t index) const {
    const auto i = static_cast<size_t>(index);
    const uint64_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::span<const T>(values_).subspan(begin, ends_[i] - begin);
  }
  size_t bytes() const {
    return values_.capacity() * sizeof(T) + ends_.capacity() * sizeof(uint64_t);
  }

 private:
  std::vector<T> values_;
  std::vector<uint64_t> ends_;
};

struct Switcher {
  int32_t level = 1;
  int32_t x = 0;
  int32_t y = 0;
  int32_t max_dist = 0;
  int32_t salary_now = 0;
  int32_t salary_floor = 0;
  int32_t hours_min = 0;
  int32_t hours_max = 0;
  int32_t study_hours = 0;
  int32_t available = 0;
  int32_t priority = 0;
};

// What was checked to lie within the ranges of the format.
inline int32_t Narrow(int64_t value) { return static_cast<int32_t>(value); }

template <class Text>
Switcher FactsOf(const SwitcherOf<Text>& in) {
  return {.level = Narrow(in.level),
          .x = Narrow(in.x),
          .y = Narrow(in.y),
          .max_dist = Narrow(in.max_dist),
          .salary_now = Narrow(in.salary_now),
          .salary_floor = Narrow(in.salary_floor),
          .hours_min = Narrow(in.hours_min),
          .hours_max = Narrow(in.hours_max),
          .study_hours = Narrow(in.study_hours),
          .available = Narrow(in.available),
          .priority = Narrow(in.priority)};
}

struct Vacancy {
  int32_t openings = 0;
  int32_t qualification = kNone;
  int32_t occupation = kNone;
  int32_t sector = kNone;
  int32_t x = 0;
  int32_t y = 0;
  int32_t salary_max = 0;
  int32_t hours = 0;
  int32_t latest_ready = 0;
};

struct Start {
  int32_t capacity = 0;
  int32_t min = 0;
  int32_t begins = 0;
  int32_t entry_level = 1;
  int32_t x = 0;
  int32_t y = 0;
  bool online = false;
};

// One module of a start. Modules of a start are sorted by id; bit i of a module set is the i-th.
struct Module {
  std::string id;
  std::vector<int32_t> skills;  // sorted
  int32_t hours = 0;
  bool core = false;
  Recognition recognition = Recognition::kNone;
  uint64_t after = 0;  // direct prerequisites
};

struct GivenTriple {
  Contract contract;
  int32_t score = 0;
  int32_t rank_s = 0;  // 0: not given
  int32_t rank_v = 0;
  int32_t rank_p = 0;
};

struct Aptitude {
  int32_t sector = 0;
  int32_t value = 0;
};

// What is settled before a clearing: accepted contracts that stay and contracts that were refused.
// Both sorted and without repeats.
struct Commitments {
  std::vector<Contract> frozen = {};
  std::vector<Contract> declined = {};
};

struct Market {
  std::string seed;
  int32_t today = 0;
  std::string digest;  // "sha256:" and 64 hex digits
  bool bare = false;   // the feasible set is `triples`; attributes may be absent

  IdColumn switcher_ids;
  IdColumn vacancy_ids;
  IdColumn start_ids;
  IdColumn skill_names;
  IdColumn qualification_names;
  IdColumn occupation_names;
  IdColumn sector_names;

  std::vector<Switcher> switchers;
  Lists<int32_t> switcher_skills;          // sorted
  Lists<int32_t> switcher_qualifications;  // sorted
  Lists<int32_t> switcher_prefs;           // in the order of preference
  Lists<Aptitude> switcher_aptitude;       // sorted by sector

  std::vector<Vacancy> vacancies;
  Lists<int32_t> vacancy_required;  // sorted
  Lists<int32_t> vacancy_nice;      // sorted

  std::vector<Start> starts;
  Lists<int32_t> start_occupations;  // sorted
  Lists<int32_t> start_awards;       // sorted
  Lists<Module> start_modules;       // sorted by id

  std::vector<GivenTriple> triples;  // sorted by contract
  Commitments commitments;           // of the file's frozen and declined lines

  int32_t switcher_count() const { return static_cast<int32_t>(switchers.size()); }
  int32_t vacancy_count() const { return static_cast<int32_t>(vacancies.size()); }
  int32_t start_count() const { return static_cast<int32_t>(starts.size()); }
  const Switcher& switcher(int32_t s) const { return switchers[static_cast<size_t>(s)]; }
  const Vacancy& vacancy(int32_t v) const { return vacancies[static_cast<size_t>(v)]; }
  const Start& start(int32_t p) const { return starts[static_cast<size_t>(p)]; }

  // The ids of a contract.
  MarketContract Ids(const Contract& contract) const;
  // The indices of a contract, or nothing when an id is unknown.
  std::optional<Contract> Find(const MarketContract& contract) const;
  // The line of `triples` with this contract, or null.
  const GivenTriple* FindTriple(const Contract& contract) const;
};

// Ids of the modules in a set, ascending. REQUIRES: start is a start of the market.
std::vector<std::string> ModuleIds(const Market& market, int32_t start, uint64_t modules);

}  // namespace matchgo::scheduler::engine
