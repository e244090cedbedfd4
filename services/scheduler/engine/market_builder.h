// Collects the lines of a market and makes the value: canonical order, interned names, and the
// rules that need more than one line.
//
// Lines may come in any order; the market does not depend on it. Used by market_file.cc only. Not
// thread-safe. Test: tests/unit/services/scheduler/engine/market_errors_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/scheduler/engine/json_reader.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/market_line.h"

namespace matchgo::scheduler::engine {

struct LocatedProblem {
  int64_t line = 0;
  FieldProblem problem;
};

// Names in the order of first sight; Finish sorts them and tells where each went.
class Interner {
 public:
  int32_t Add(std::string_view name);
  std::vector<int32_t> Finish(IdColumn& column) const;

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, int32_t, Hash, std::equal_to<>> index_;
  std::vector<std::string> names_;
};

class MarketBuilder {
 public:
  // The problem is this line's.
  std::optional<FieldProblem> Add(const MarketLine& line, int64_t number);
  // REQUIRES: called once, last.
  std::optional<LocatedProblem> Finish(Market& market);

 private:
  struct SwitcherRow {
    std::string id;
    int64_t line = 0;
    Switcher values;
    std::vector<int32_t> skills, qualifications, prefs;
    std::vector<Aptitude> aptitude;
  };
  struct VacancyRow {
    std::string id;
    int64_t line = 0;
    Vacancy values;
    std::vector<int32_t> required, nice;
  };
  struct StartRow {
    std::string id;
    int64_t line = 0;
    Start values;
    std::vector<int32_t> occupations, awards;
    std::vector<Module> modules;
  };
  struct ContractRow {
    LineType type = LineType::kFrozen;
    int64_t line = 0;
    MarketTriple triple;
  };

  void AddSwitcher(const MarketSwitcher& in, int64_t number);
  void AddVacancy(const MarketVacancy& in, int64_t number);
  void AddStart(const MarketStart& in, int64_t number);
  void PlaceNames(Market& market);
  void PlaceSwitchers(Market& market);
  void PlaceVacancies(Market& market);
  void PlaceStarts(Market& market);
  std::optional<LocatedProblem> PlaceContracts(Market& market);
  std::optional<LocatedProblem> PlaceContract(Market& market, const ContractRow& row);
  std::optional<LocatedProblem> CheckFrozen(const Market& market) const;

  Interner skills_, qualifications_, occupations_, sectors_;
  std::vector<SwitcherRow> switchers_;
  std::vector<VacancyRow> vacancies_;
  std::vector<StartRow> starts_;
  std::vector<ContractRow> contracts_;
  bool has_meta_ = false;
  std::string seed_;
  int32_t today_ = 0;
  int64_t last_line_ = 0;
  std::optional<LocatedProblem> missing_;
};

}  // namespace matchgo::scheduler::engine
