// Markets and outcomes as text that is stored: whom a line is about, the market of a repair.
//
// A repair clears the frozen market with other seats and other commitments. Only those lines are
// kept; with them the frozen text becomes the repair's again, byte for byte but for the order of
// lines, which no digest minds. Pure. Test: tests/unit/services/scheduler/market_text_test.cc
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::domain {

// What a line of a market or outcome says about itself, as views into it.
struct LineLabel {
  std::string_view kind;     // "switcher", "vacancy", "match", ...
  std::string_view id;       // of a switcher, vacancy or start
  std::string_view subject;  // the switcher it is about; "" for nobody
};
LineLabel LabelOf(std::string_view line);

// Calls `visit` with every line that is not empty, without its end.
template <class Visit>
void ForEachLine(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// The line with more names in the list that follows `list`, in order, each once. Names have no
// escapes.
std::string WithNames(std::string line, std::string_view list,
                      const std::vector<std::string>& more);
// The text with these lines, in place of those of the same kind and id.
std::string WithLines(std::string_view text, std::string_view lines);

// The lines in which the market of a repair differs from the frozen one: vacancies and starts whose
// seats changed, and all its frozen and declined lines. `now` is `frozen` with other seats and
// commitments.
std::string RepairLines(std::string_view frozen_text, const engine::Market& frozen,
                        const engine::Market& now);
// The frozen text with those lines instead.
std::string MarketOfRepair(std::string_view frozen_text, std::string_view repair_lines);

}  // namespace matchgo::scheduler::domain
