#include "services/scheduler/engine/market_builder.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/text_order.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kRowsAtOnce = 4096;

using Places = std::vector<int32_t>;  // the lane's number -> place in the column

void Rename(int32_t& name, const Places& place_of) {
  if (name != kNone) name = place_of[static_cast<size_t>(name)];
}

// Renames a list as a set, sorted, without repeats; the answer is its size.
size_t RenameSet(std::span<int32_t> names, const Places& place_of) {
  for (int32_t& name : names) Rename(name, place_of);
  std::ranges::sort(names);
  // Not std::ranges::unique: clang 14, which builds the fuzz target, cannot compile it.
  return static_cast<size_t>(std::unique(names.begin(), names.end()) - names.begin());
}

void RenameSet(std::vector<int32_t>& names, const Places& place_of) {
  names.resize(RenameSet(std::span<int32_t>(names), place_of));
}

// Moves a list down in its pool, to where the list before it ends now.
uint32_t MoveDown(int32_t*& to, std::span<const int32_t> list) {
  std::copy(list.begin(), list.end(), to);
  to += list.size();
  return static_cast<uint32_t>(list.size());
}

}  // namespace

// The first problem that a line has by itself, or by being a second meta line.
std::optional<LocatedProblem> MarketBuilder::FindProblemOfLines() {
  int64_t before = 0;
  int64_t metas = 0;
  for (MarketPiece& piece : pieces_) {
    piece.lines_before = before;
    const size_t allowed = metas == 0 ? 1 : 0;
    if (piece.meta_lines.size() > allowed) {
      return LocatedProblem{before + piece.meta_lines[allowed], {"t", "one meta line only"}};
    }
    if (piece.problem) {
      return LocatedProblem{before + piece.problem->line, piece.problem->problem};
    }
    metas += static_cast<int64_t>(piece.meta_lines.size());
    before += piece.lines;
  }
  if (metas > 0) return std::nullopt;
  int64_t last = 1;
  for (const MarketPiece& piece : pieces_) {
    if (piece.last_line_read > 0) last = piece.lines_before + piece.last_line_read;
  }
  return LocatedProblem{last, {"t", "a meta line"}};
}

// A repeated id is a problem at the later line.
template <class Row>
std::optional<LocatedProblem> MarketBuilder::OrderRows(std::vector<Row> MarketPiece::*rows,
                                                       IdColumn& ids,
                                                       std::vector<RowRef>& order) const {
  std::vector<TaggedText> sorted;
  size_t count = 0;
  size_t bytes = 0;
  for (const MarketPiece& piece : pieces_) count += (piece.*rows).size();
  sorted.reserve(count);
  for (uint64_t p = 0; p < pieces_.size(); ++p) {
    const std::vector<Row>& of_piece = pieces_[p].*rows;
    for (uint64_t i = 0; i < of_piece.size(); ++i) {
      sorted.push_back({of_piece[i].id, p << 32U | i});
      bytes += of_piece[i].id.size();
    }
  }
  SortTexts(sorted);
  ids.Reserve(count, bytes);
  order.reserve(count);
  // Tags grow with the lines, so the smallest tag is the first line.
  std::optional<uint64_t> repeated;
  for (size_t i = 0; i < sorted.size(); ++i) {
    const uint64_t tag = sorted[i].tag;
    if (i > 0 && sorted[i].text == sorted[i - 1].text) {
      repeated = std::min(tag, repeated.value_or(tag));
    }
    ids.Append(sorted[i].text);
    order.push_back({static_cast<uint32_t>(tag >> 32U), static_cast<uint32_t>(tag)});
  }
  if (!repeated) return std::nullopt;
  const MarketPiece& piece = pieces_[*repeated >> 32U];
  return LocatedProblem{piece.lines_before + (piece.*rows)[*repeated & 0xFFFFFFFFU].line,
                        {"id", "an id that no other line of this type has"}};
}

void MarketBuilder::PlaceNames(Market& market) {
  skills_ = MergeNames(lanes_, &LaneNames::skills, market.skill_names);
  qualifications_ = MergeNames(lanes_, &LaneNames::qualifications, market.qualification_names);
  occupations_ = MergeNames(lanes_, &LaneNames::occupations, market.occupation_names);
  sectors_ = MergeNames(lanes_, &LaneNames::sectors, market.sector_names);
  parallel_.For(pieces_.size(), 1, [this](int, size_t begin, size_t end) {
    for (size_t p = begin; p < end; ++p) RenameRows(pieces_[p]);
  });
}

void MarketBuilder::RenameRows(MarketPiece& piece) const {
  const Places& skills = skills_[piece.lane];
  const Places& qualifications = qualifications_[piece.lane];
  const Places& occupations = occupations_[piece.lane];
  const Places& sectors = sectors_[piece.lane];
  std::vector<Aptitude> aptitude;
  for (ParsedSwitcher& row : piece.switchers) {
    int32_t* to = piece.pool.data() + row.begin;
    int32_t* from = to;
    const auto take = [&from](size_t count) {
      return std::span(std::exchange(from, from + count), count);
    };
    const std::span<int32_t> own_skills = take(row.skills);
    const std::span<int32_t> own_qualifications = take(row.qualifications);
    const std::span<int32_t> prefs = take(row.prefs);
    aptitude.clear();
    for (uint32_t i = 0; i < row.aptitude; ++i, from += 2) aptitude.push_back({from[0], from[1]});
    row.skills = MoveDown(to, own_skills.first(RenameSet(own_skills, skills)));
    row.qualifications =
        MoveDown(to, own_qualifications.first(RenameSet(own_qualifications, qualifications)));
    for (int32_t& name : prefs) Rename(name, sectors);
    MoveDown(to, prefs);
    for (Aptitude& one : aptitude) Rename(one.sector, sectors);
    std::ranges::sort(aptitude, {}, &Aptitude::sector);
    for (const Aptitude& one : aptitude) {
      *to++ = one.sector;
      *to++ = one.value;
    }
  }
  for (ParsedVacancy& row : piece.vacancies) {
    int32_t* to = piece.pool.data() + row.begin;
    const std::span<int32_t> required(to, row.required);
    const std::span<int32_t> nice(to + row.required, row.nice);
    row.required = MoveDown(to, required.first(RenameSet(required, skills)));
    row.nice = MoveDown(to, nice.first(RenameSet(nice, skills)));
    Rename(row.values.qualification, qualifications);
    Rename(row.values.occupation, occupations);
    Rename(row.values.sector, sectors);
  }
  for (ParsedStart& row : piece.starts) {
    RenameSet(row.occupations, occupations);
    RenameSet(row.awards, qualifications);
    for (Module& module : row.modules) RenameSet(module.skills, skills);
  }
}

template <class T, class ListOf>
Lists<T> MarketBuilder::GatherLists(std::span<const RowRef> order, ListOf list_of) const {
  std::vector<uint64_t> ends;
  ends.reserve(order.size());
  uint64_t end = 0;
  for (const RowRef& ref : order)
    ends.push_back(end += list_of(pieces_[ref.piece], ref.index).size());
  std::vector<T> values(end);
  parallel_.For(order.size(), kRowsAtOnce, [&](int, size_t first, size_t last) {
    for (size_t i = first; i < last; ++i) {
      const auto list = list_of(pieces_[order[i].piece], order[i].index);
      T* to = values.data() + (ends[i] - list.size());
      std::copy(list.begin(), list.end(), to);
    }
  });
  return Lists<T>(std::move(values), std::move(ends));
}

void MarketBuilder::PlaceSwitchers(Market& market) const {
  using Pool = std::span<const int32_t>;
  market.switchers.reserve(switchers_.size());
  for (const RowRef& ref : switchers_) {
    market.switchers.push_back(pieces_[ref.piece].switchers[ref.index].values);
  }
  market.switcher_skills = GatherLists<int32_t>(switchers_, [](const MarketPiece& p, uint32_t i) {
    const ParsedSwitcher& row = p.switchers[i];
    return Pool(p.pool).subspan(row.begin, row.skills);
  });
  market.switcher_qualifications =
      GatherLists<int32_t>(switchers_, [](const MarketPiece& p, uint32_t i) {
        const ParsedSwitcher& row = p.switchers[i];
        return Pool(p.pool).subspan(row.begin + row.skills, row.qualifications);
      });
  market.switcher_prefs = GatherLists<int32_t>(switchers_, [](const MarketPiece& p, uint32_t i) {
    const ParsedSwitcher& row = p.switchers[i];
    return Pool(p.pool).subspan(row.begin + row.skills + row.qualifications, row.prefs);
  });
  // Aptitude stands in the pool as pairs of numbers.
  std::vector<uint64_t> ends;
  std::vector<Aptitude> values;
  ends.reserve(switchers_.size());
  for (const RowRef& ref : switchers_) {
    const MarketPiece& piece = pieces_[ref.piece];
    const ParsedSwitcher& row = piece.switchers[ref.index];
    const int32_t* at = piece.pool.data() + row.begin + row.skills + row.qualifications + row.prefs;
    for (uint32_t i = 0; i < row.aptitude; ++i, at += 2) values.push_back({at[0], at[1]});
    ends.push_back(values.size());
  }
  values.shrink_to_fit();
  market.switcher_aptitude = Lists<Aptitude>(std::move(values), std::move(ends));
}

void MarketBuilder::PlaceVacancies(Market& market) const {
  using Pool = std::span<const int32_t>;
  market.vacancies.reserve(vacancies_.size());
  for (const RowRef& ref : vacancies_) {
    market.vacancies.push_back(pieces_[ref.piece].vacancies[ref.index].values);
  }
  market.vacancy_required = GatherLists<int32_t>(vacancies_, [](const MarketPiece& p, uint32_t i) {
    const ParsedVacancy& row = p.vacancies[i];
    return Pool(p.pool).subspan(row.begin, row.required);
  });
  market.vacancy_nice = GatherLists<int32_t>(vacancies_, [](const MarketPiece& p, uint32_t i) {
    const ParsedVacancy& row = p.vacancies[i];
    return Pool(p.pool).subspan(row.begin + row.required, row.nice);
  });
}

void MarketBuilder::PlaceStarts(Market& market) {
  for (const RowRef& ref : starts_) {
    const ParsedStart& row = pieces_[ref.piece].starts[ref.index];
    market.starts.push_back(row.values);
    market.start_occupations.Append(row.occupations);
    market.start_awards.Append(row.awards);
    market.start_modules.Append(row.modules);
  }
}

std::optional<LocatedProblem> MarketBuilder::PlaceContracts(Market& market) const {
  std::optional<LocatedProblem> dangling;
  std::vector<std::pair<Contract, int64_t>> triple_lines;
  for (const MarketPiece& piece : pieces_) {
    for (const ParsedContract& row : piece.contracts) {
      const int64_t line = piece.lines_before + row.line;
      const auto& ids = row.triple.contract;
      const auto s = market.switcher_ids.Find(ids.switcher);
      const auto v = market.vacancy_ids.Find(ids.vacancy);
      const auto p = ids.start ? market.start_ids.Find(*ids.start) : std::optional(kNone);
      if (!s) dangling = LocatedProblem{line, {"s", "the id of a switcher line"}};
      if (s && !v) dangling = LocatedProblem{line, {"v", "the id of a vacancy line"}};
      if (s && v && !p) dangling = LocatedProblem{line, {"p", "the id of a start line, or null"}};
      if (dangling) break;
      const Contract contract{*s, *v, *p};
      if (row.type == LineType::kFrozen) market.commitments.frozen.push_back(contract);
      if (row.type == LineType::kDeclined) market.commitments.declined.push_back(contract);
      if (row.type != LineType::kTriple) continue;
      triple_lines.emplace_back(contract, line);
      market.triples.push_back({.contract = contract,
                                .score = Narrow(row.triple.score),
                                .rank_s = Narrow(row.triple.rank_s.value_or(0)),
                                .rank_v = Narrow(row.triple.rank_v.value_or(0)),
                                .rank_p = Narrow(row.triple.rank_p.value_or(0))});
    }
    if (dangling) break;
  }
  std::ranges::sort(triple_lines);
  std::optional<int64_t> repeated;
  for (size_t i = 1; i < triple_lines.size(); ++i) {
    const int64_t line = triple_lines[i].second;
    if (triple_lines[i].first == triple_lines[i - 1].first) {
      repeated = std::min(line, repeated.value_or(line));
    }
  }
  // A repeat was seen before what dangles, as reading ended there.
  if (repeated) return LocatedProblem{*repeated, {"s", "no triple twice"}};
  if (dangling) return dangling;
  std::ranges::sort(market.triples, {}, &GivenTriple::contract);
  std::ranges::sort(market.commitments.declined);
  std::vector<Contract>& declined = market.commitments.declined;
  declined.erase(std::unique(declined.begin(), declined.end()), declined.end());
  return std::nullopt;
}

std::optional<LocatedProblem> MarketBuilder::CheckFrozen(const Market& market) const {
  std::vector<int32_t> held(market.switchers.size(), 0);
  std::vector<int32_t> openings(market.vacancies.size(), 0);
  std::vector<int32_t> places(market.starts.size(), 0);
  size_t next = 0;  // frozen contracts still stand in the order of the lines
  for (const MarketPiece& piece : pieces_) {
    for (const ParsedContract& row : piece.contracts) {
      if (row.type != LineType::kFrozen) continue;
      const Contract contract = market.commitments.frozen[next++];
      const auto problem = [&](std::string_view field, std::string_view wanted) {
        return LocatedProblem{piece.lines_before + row.line,
                              {std::string(field), std::string(wanted)}};
      };
      if (++held[static_cast<size_t>(contract.switcher)] > 1) {
        return problem("s", "one frozen contract a switcher");
      }
      if (std::ranges::binary_search(market.commitments.declined, contract)) {
        return problem("s", "a contract that is not declined");
      }
      if (!Check(market, contract).feasible) return problem("s", "a feasible contract");
      if (++openings[static_cast<size_t>(contract.vacancy)] >
          market.vacancy(contract.vacancy).openings) {
        return problem("v", "no more frozen contracts than openings");
      }
      if (!contract.direct() &&
          ++places[static_cast<size_t>(contract.start)] > market.start(contract.start).capacity) {
        return problem("p", "no more frozen contracts than capacity");
      }
    }
  }
  return std::nullopt;
}

std::optional<LocatedProblem> MarketBuilder::Build(Market& market) {
  if (auto problem = FindProblemOfLines()) return problem;
  std::optional<LocatedProblem> missing;
  for (const MarketPiece& piece : pieces_) {
    market.bare =
        market.bare || std::ranges::any_of(piece.contracts, [](const ParsedContract& row) {
          return row.type == LineType::kTriple;
        });
    if (piece.missing && !missing) {
      missing = LocatedProblem{piece.lines_before + piece.missing->line, piece.missing->problem};
    }
    if (piece.meta_lines.empty()) continue;
    market.seed = std::string(piece.seed);
    market.today = piece.today;
  }
  if (!market.bare && missing) return missing;
  if (auto found = OrderRows(&MarketPiece::switchers, market.switcher_ids, switchers_))
    return found;
  if (auto found = OrderRows(&MarketPiece::vacancies, market.vacancy_ids, vacancies_)) return found;
  if (auto found = OrderRows(&MarketPiece::starts, market.start_ids, starts_)) return found;
  PlaceNames(market);
  PlaceSwitchers(market);
  PlaceVacancies(market);
  PlaceStarts(market);
  if (auto problem = PlaceContracts(market)) return problem;
  if (auto problem = CheckFrozen(market)) return problem;
  std::ranges::sort(market.commitments.frozen);
  return std::nullopt;
}

}  // namespace matchgo::scheduler::engine
