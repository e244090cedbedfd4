// Markets and outcomes as text that is stored: whom a line is about, the market of a repair.
//
// A repair clears the frozen market with other seats and other commitments. Only those lines are
// kept; with them the frozen text becomes the repair's again, byte for byte but for the order of
// lines, which no digest minds. Pure. Test: tests/unit/services/scheduler/market_text_test.cc
#pragma once

#include <string>
#include <string_view>

#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::domain {

// What a line of a market or outcome says about itself, as views into it.
struct LineLabel {
  std::string_view kind;     // "switcher", "vacancy", "match", ...
  std::string_view id;       // of a switcher, vacancy or start
  std::string_view subject;  // the switcher it is about; "" for nobody
};
LineLabel LabelOf(std::string_view line);

// The lines in which the market of a repair differs from the frozen one: vacancies and starts whose
// seats changed, and all its frozen and declined lines. `now` is `frozen` with other seats and
// commitments.
std::string RepairLines(std::string_view frozen_text, const engine::Market& frozen,
                        const engine::Market& now);
// The frozen text with those lines instead.
std::string MarketOfRepair(std::string_view frozen_text, std::string_view repair_lines);

}  // namespace matchgo::scheduler::domain
