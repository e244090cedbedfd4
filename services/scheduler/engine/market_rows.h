// A piece of a market text as rows: read by one lane, line by line, until its first problem.
//
// Names are numbers of the lane that read the piece (market_names.h); ids are views. What needs
// other pieces is the market builder's. Pure. Test:
// tests/unit/services/scheduler/engine/market_reading_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "services/scheduler/engine/json_reader.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/market_line.h"
#include "services/scheduler/engine/market_names.h"

namespace matchgo::scheduler::engine {

struct LocatedProblem {
  int64_t line = 0;
  FieldProblem problem;
};

// The lists of a row stand one after the other in the pool of its piece, from `begin`. Lines are
// counted within the piece.
struct ParsedSwitcher {
  std::string_view id;
  uint32_t line = 0;
  Switcher values;
  uint64_t begin = 0;
  uint32_t skills = 0;
  uint32_t qualifications = 0;
  uint32_t prefs = 0;
  uint32_t aptitude = 0;  // pairs: a sector and a value
};

struct ParsedVacancy {
  std::string_view id;
  uint32_t line = 0;
  Vacancy values;
  uint64_t begin = 0;
  uint32_t required = 0;
  uint32_t nice = 0;
};

struct ParsedStart {
  std::string_view id;
  uint32_t line = 0;
  Start values;
  std::vector<int32_t> occupations;
  std::vector<int32_t> awards;
  std::vector<Module> modules;
};

struct ParsedContract {
  LineType type = LineType::kFrozen;
  uint32_t line = 0;
  TripleOf<std::string_view> triple;
};

struct MarketPiece {
  std::string_view text;  // whole lines
  bool first = false;     // of the file: here a byte order mark may stand

  // What Read fills in.
  size_t lane = 0;
  int64_t lines = 0;           // in the piece, if there is no problem
  int64_t last_line_read = 0;  // the last that was not blank
  int64_t lines_before = 0;    // the builder's: lines of the pieces before this one
  std::vector<ParsedSwitcher> switchers;
  std::vector<ParsedVacancy> vacancies;
  std::vector<ParsedStart> starts;
  std::vector<ParsedContract> contracts;
  std::vector<int32_t> pool;
  std::vector<int64_t> meta_lines;
  std::string_view seed;  // of the first meta line
  int32_t today = 0;
  std::optional<LocatedProblem> problem;  // the first
  std::optional<LocatedProblem> missing;  // the first field that only a bare market may leave out
  TextPool texts;

  // `line` is scratch.
  void Read(size_t lane_index, LaneNames& names, MarketLine& line);

 private:
  void Add(const MarketLine& line, LaneNames& names, int64_t number);
  void AddSwitcher(const SwitcherOf<std::string_view>& in, LaneNames& names, int64_t number);
  void AddVacancy(const VacancyOf<std::string_view>& in, LaneNames& names, int64_t number);
  void AddStart(const StartOf<std::string_view>& in, LaneNames& names, int64_t number);
  uint32_t Pool(const std::vector<std::string_view>& list, NameTable& names);
};

// Cuts a text at line feeds into pieces of about this size.
std::vector<MarketPiece> CutMarket(std::string_view text, size_t piece_bytes);

}  // namespace matchgo::scheduler::engine
