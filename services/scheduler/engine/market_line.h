// One line of a market file, read field by field: everything a line alone can get wrong.
//
// What needs other lines (references, duplicates, frozen contracts) is the market builder's.
// Pure. Test: tests/unit/services/scheduler/engine/market_errors_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "services/scheduler/engine/json_reader.h"
#include "services/scheduler/engine/market_input.h"

namespace matchgo::scheduler::engine {

enum class LineType : uint8_t { kMeta, kSwitcher, kVacancy, kStart, kFrozen, kDeclined, kTriple };

// Only the member that `type` names is meaningful; frozen and declined use triple.contract. Texts
// are views into the line or the pool. One value is read into again and again.
struct MarketLine {
  LineType type = LineType::kMeta;
  std::string_view seed;
  int64_t today = 0;
  SwitcherOf<std::string_view> switcher;
  VacancyOf<std::string_view> vacancy;
  StartOf<std::string_view> start;
  TripleOf<std::string_view> triple;
  // The first field that only a market with triples may leave out; empty if there is none.
  std::string missing_unless_bare;
};

// False with the problem when the line breaks a rule.
bool ReadMarketLine(std::string_view text, TextPool& pool, MarketLine& line, FieldProblem& problem);

}  // namespace matchgo::scheduler::engine
