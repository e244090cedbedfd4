// Makes the market of the pieces of a text: canonical order, sorted names, and the rules that need
// more than one line.
//
// The market, or the problem with the smallest line number, is the same for any cut into pieces,
// any number of lanes and any order of lines. Used by market_file.cc only. Not thread-safe. Test:
// tests/unit/services/scheduler/engine/market_errors_test.cc, market_reading_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/market_names.h"
#include "services/scheduler/engine/market_rows.h"
#include "services/scheduler/engine/parallel.h"

namespace matchgo::scheduler::engine {

class MarketBuilder {
 public:
  // The pieces in the order of the text, each read; `lanes` are the names they were read with.
  MarketBuilder(std::span<MarketPiece> pieces, std::span<const LaneNames> lanes, Parallel& parallel)
      : pieces_(pieces), lanes_(lanes), parallel_(parallel) {}

  // REQUIRES: called once. Empties the pieces.
  std::optional<LocatedProblem> Build(Market& market);

 private:
  // A row by its piece and its index there.
  struct RowRef {
    uint32_t piece = 0;
    uint32_t index = 0;
  };
  using Renaming = std::vector<std::vector<int32_t>>;  // per lane: its number -> place in a column

  std::optional<LocatedProblem> FindProblemOfLines();
  template <class Row>
  std::optional<LocatedProblem> OrderRows(std::vector<Row> MarketPiece::*rows, IdColumn& ids,
                                          std::vector<RowRef>& order) const;
  void PlaceNames(Market& market);
  void RenameRows(MarketPiece& piece) const;
  // The lists that `list_of` finds in the pools, in the order of the rows.
  template <class T, class ListOf>
  Lists<T> GatherLists(std::span<const RowRef> order, ListOf list_of) const;
  void PlaceSwitchers(Market& market) const;
  void PlaceVacancies(Market& market) const;
  void PlaceStarts(Market& market);
  std::optional<LocatedProblem> PlaceContracts(Market& market) const;
  std::optional<LocatedProblem> CheckFrozen(const Market& market) const;

  std::span<MarketPiece> pieces_;
  std::span<const LaneNames> lanes_;
  Parallel& parallel_;
  Renaming skills_, qualifications_, occupations_, sectors_;
  std::vector<RowRef> switchers_, vacancies_, starts_;
};

}  // namespace matchgo::scheduler::engine
