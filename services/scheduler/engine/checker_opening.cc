#include "services/scheduler/engine/checker_opening.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace matchgo::scheduler::engine {
namespace {

// Rounds of searching; what is not known after them stays unknown.
constexpr int kRoundsMax = 16;
// How far below what it took last a start is searched, at first and then each time.
constexpr int64_t kFirstDepth = 10'000;
constexpr int64_t kDeeper = 10;

// A contract that somebody holds, or that was found.
struct Row {
  CheckedRank rank = {};
  Contract contract = {};
  int64_t score = 0;
  bool held = false;
  bool frozen = false;
};

using Place = std::pair<int32_t, int32_t>;  // party, row

// Some rows of each party.
class Parties {
 public:
  void Assign(std::vector<Place> places) {
    places_ = std::move(places);
    std::ranges::sort(places_);
  }
  std::span<const Place> Of(int32_t party) const {
    const auto first = std::ranges::lower_bound(places_, party, {}, &Place::first);
    return {first, std::ranges::upper_bound(places_, party, {}, &Place::first)};
  }

 private:
  std::vector<Place> places_;
};

// The parties of a contract; without a start the last has no rows.
using Three = std::array<int32_t, 3>;

Three PartiesOf(const Contract& contract) {
  return {contract.switcher, contract.vacancy, contract.start};
}

struct Rows {
  std::vector<Row> all;
  std::array<Parties, 3> held;   // by switcher, vacancy, start
  std::array<Parties, 3> found;  // those that nobody holds

  void Sort() {
    for (size_t side = 0; side < held.size(); ++side) {
      std::vector<Place> of_held;
      std::vector<Place> of_found;
      for (size_t i = 0; i < all.size(); ++i) {
        const int32_t party = PartiesOf(all[i].contract)[side];
        if (party == kNone) continue;
        (all[i].held ? of_held : of_found).emplace_back(party, static_cast<int32_t>(i));
      }
      held[side].Assign(std::move(of_held));
      found[side].Assign(std::move(of_found));
    }
  }
};

// What is the same for all trials.
struct Setting {
  const Market& market;
  const CheckedSituation& situation;
  const Rows& rows;
};

// The outcome of the rows that are known with one more start, or with several.
class Trial {
 public:
  Trial(const Setting& setting, std::span<const int32_t> opened)
      : setting_(setting), opened_(opened) {
    for (const int32_t p : opened_) {
      for (const auto& [party, row] : setting_.rows.found[2].Of(p)) Consider(row);
    }
    while (!waiting_.empty()) {
      const int32_t row = waiting_.begin()->second;
      waiting_.erase(waiting_.begin());
      Decide(row);
    }
  }

  // What a party takes now; side: 0 switchers, 1 vacancies, 2 starts.
  CheckedSeats Seats(size_t side, int32_t party, int64_t capacity) const {
    CheckedSeats seats;
    int64_t count = 0;
    ForTaken(side, party, [&](const Row& at) {
      ++count;
      if (!at.frozen && (!seats.worst || *seats.worst < at.rank)) seats.worst = at.rank;
    });
    seats.room = count < capacity;
    return seats;
  }

  // Parties of contracts that are taken now and were not, or the other way round.
  const std::set<int32_t>& changed(size_t side) const { return changed_[side]; }

  CheckedOpening Result() const {
    CheckedOpening opening{.known = true, .gained = gained_, .minima_kept = true};
    for (const int32_t p : opened_) opening.load += LoadOf(p);
    for (const int32_t p : changed_[2]) {
      const int64_t load = LoadOf(p);
      bool kept = false;
      ForTaken(2, p, [&kept](const Row& at) { kept = kept || at.frozen; });
      if (load > 0 && load < setting_.market.start(p).min && !kept) opening.minima_kept = false;
    }
    return opening;
  }

 private:
  const Row& At(int32_t row) const { return setting_.rows.all[static_cast<size_t>(row)]; }

  template <class Use>
  void ForTaken(size_t side, int32_t party, const Use& use) const {
    for (const auto& [ignored, row] : setting_.rows.held[side].Of(party)) {
      if (!given_up_.contains(row)) use(At(row));
    }
    const auto range = taken_[side].equal_range(party);
    for (auto it = range.first; it != range.second; ++it) use(At(it->second));
  }

  int64_t LoadOf(int32_t p) const {
    int64_t load = 0;
    ForTaken(2, p, [&load](const Row&) { ++load; });
    return load;
  }

  // Whether the start of the row is open. One that runs takes something, or all of it is frozen.
  bool MayBe(const Row& row) const {
    return row.held || row.contract.direct() ||
           std::ranges::binary_search(opened_, row.contract.start) ||
           !setting_.situation.starts[static_cast<size_t>(row.contract.start)].TakesNothing();
  }

  void Consider(int32_t row) {
    const Row& at = At(row);
    if (!at.frozen && MayBe(at) && seen_.insert(row).second) waiting_.emplace(at.rank, row);
  }

  // Whether fewer seats than there are went to better ones, or for good.
  bool HasRoom(const Row& row) const {
    const Three parties = PartiesOf(row.contract);
    for (size_t side = 0; side < parties.size(); ++side) {
      const int32_t party = parties[side];
      if (party == kNone) continue;
      int64_t before = 0;
      ForTaken(side, party, [&](const Row& other) {
        if (other.frozen || other.rank < row.rank) ++before;
      });
      const int64_t capacity = side == 0   ? 1
                               : side == 1 ? setting_.market.vacancy(party).openings
                                           : setting_.market.start(party).capacity;
      if (before >= capacity) return false;
    }
    return true;
  }

  // REQUIRES: all that rank before it are decided.
  void Decide(int32_t row) {
    const Row& at = At(row);
    const bool taken = HasRoom(at);
    if (taken == at.held) return;
    gained_ += taken ? at.score : -at.score;
    if (!taken) given_up_.insert(row);
    const Three parties = PartiesOf(at.contract);
    for (size_t side = 0; side < parties.size(); ++side) {
      if (parties[side] == kNone) continue;
      changed_[side].insert(parties[side]);
      if (taken) taken_[side].emplace(parties[side], row);
      // A seat that is taken may cost somebody hers; one that is given up may please somebody.
      const auto& others = taken ? setting_.rows.held[side] : setting_.rows.found[side];
      for (const auto& [ignored, other] : others.Of(parties[side])) {
        if (at.rank < At(other).rank) Consider(other);
      }
    }
  }

  const Setting& setting_;
  const std::span<const int32_t> opened_;  // ascending
  std::set<std::pair<CheckedRank, int32_t>> waiting_;
  std::set<int32_t> seen_;
  std::set<int32_t> given_up_;
  std::array<std::multimap<int32_t, int32_t>, 3> taken_;  // by party
  std::array<std::set<int32_t>, 3> changed_;
  int64_t gained_ = 0;
};

// Parties that take more than was searched for.
struct Unsearched {
  std::vector<int32_t> switchers = {};
  std::vector<int32_t> vacancies = {};
  std::vector<int32_t> starts = {};

  bool Empty() const { return switchers.empty() && vacancies.empty() && starts.empty(); }
  void Add(const Unsearched& other) {
    switchers.insert(switchers.end(), other.switchers.begin(), other.switchers.end());
    vacancies.insert(vacancies.end(), other.vacancies.begin(), other.vacancies.end());
    starts.insert(starts.end(), other.starts.begin(), other.starts.end());
  }
  void Sort() {
    for (auto* parties : {&switchers, &vacancies, &starts}) {
      std::ranges::sort(*parties);
      parties->erase(std::unique(parties->begin(), parties->end()), parties->end());
    }
  }
};

bool Covers(const CheckedSeats& searched, const CheckedSeats& now) {
  if (searched.room) return true;
  if (now.room) return false;
  return !now.worst || (searched.worst && !(*searched.worst < *now.worst));
}

class Openings {
 public:
  Openings(const CheckedTable& table, const Weights& weights, const CheckedRanks& ranks,
           const CheckedHoldings& holdings, std::span<const int32_t> closed, Parallel& parallel)
      : market_(table.market),
        table_(table),
        weights_(weights),
        ranks_(ranks),
        situation_(holdings.situation),
        closed_(closed.begin(), closed.end()),
        parallel_(parallel),
        searched_(holdings.situation),
        depth_(market_.starts.size(), 0) {
    for (size_t i = 0; i < holdings.held.size(); ++i) {
      const CheckedContract& row = holdings.held[i];
      rows_.all.push_back({.rank = ranks.Of(row.contract, row.score),
                           .contract = row.contract,
                           .score = row.score,
                           .held = true,
                           .frozen = holdings.frozen[i] != 0});
      known_.push_back(row.contract);
    }
    std::ranges::sort(known_);
  }

  CheckedOpenings Run() {
    // The last is that of all.
    std::vector<CheckedOpening> openings(closed_.size() + 1);
    // Those that run will be asked next, so they are at once.
    Unsearched missing{.starts = closed_};
    for (int32_t p = 0; p < market_.start_count() && !ranks_.by_turn(); ++p) {
      const CheckedSeats& seats = situation_.starts[static_cast<size_t>(p)];
      if (!seats.room && seats.worst) missing.starts.push_back(p);
    }
    missing.Sort();
    for (int round = 0; round == 0 || (round < kRoundsMax && !missing.Empty()); ++round) {
      if (!Search(missing)) break;
      rows_.Sort();
      std::vector<Unsearched> of(openings.size());
      parallel_.For(openings.size(), 1, [&](int, size_t begin, size_t end) {
        for (size_t i = begin; i < end; ++i) {
          const std::span<const int32_t> every(closed_);
          const auto opened = i < closed_.size() ? every.subspan(i, 1) : every;
          if (!openings[i].known) openings[i] = Try(opened, of[i]);
        }
      });
      missing = {};
      for (const Unsearched& more : of) missing.Add(more);
      missing.Sort();
    }
    CheckedOpenings result{.all = openings.back()};
    openings.pop_back();
    result.each = std::move(openings);
    return result;
  }

 private:
  CheckedOpening Try(std::span<const int32_t> opened, Unsearched& missing) const {
    const Setting setting{.market = market_, .situation = situation_, .rows = rows_};
    const Trial trial(setting, opened);
    for (const int32_t s : trial.changed(0)) {
      const CheckedSeats now = trial.Seats(0, s, 1);
      const auto& wanted = searched_.holds[static_cast<size_t>(s)];
      if (wanted && (!now.worst || *wanted < *now.worst)) missing.switchers.push_back(s);
    }
    for (const int32_t v : trial.changed(1)) {
      const CheckedSeats now = trial.Seats(1, v, market_.vacancy(v).openings);
      if (!Covers(searched_.vacancies[static_cast<size_t>(v)], now)) missing.vacancies.push_back(v);
    }
    for (const int32_t q : trial.changed(2)) {
      const CheckedSeats now = trial.Seats(2, q, market_.start(q).capacity);
      if (!Covers(searched_.starts[static_cast<size_t>(q)], now)) missing.starts.push_back(q);
    }
    return missing.Empty() ? trial.Result() : CheckedOpening();
  }

  // Takes down what these parties would take if they took more. False when that is too much.
  bool Search(const Unsearched& missing) {
    for (const int32_t s : missing.switchers) searched_.holds[static_cast<size_t>(s)].reset();
    for (const int32_t v : missing.vacancies) {
      searched_.vacancies[static_cast<size_t>(v)] = {.room = market_.vacancy(v).openings > 0};
    }
    for (const int32_t p : missing.starts) Deepen(p);
    std::vector<uint8_t> all;
    for (const uint8_t settled : searched_.settled) all.push_back(settled == 0 ? 1 : 0);
    std::vector<CheckedContract> found;
    bool complete = true;
    const auto look = [&](const CheckedSituation& situation, const std::vector<uint8_t>& asked,
                          bool direct) {
      const auto more =
          FindAllBlocking(table_, weights_, ranks_, situation, asked, direct, parallel_);
      complete = complete && more;
      if (more) found.insert(found.end(), more->begin(), more->end());
    };
    if (!missing.starts.empty()) {
      CheckedSituation only = searched_;
      only.starts.assign(only.starts.size(), {});
      for (const int32_t p : missing.starts) {
        only.starts[static_cast<size_t>(p)] = searched_.starts[static_cast<size_t>(p)];
      }
      look(only, all, false);
    }
    if (!missing.vacancies.empty()) {
      CheckedSituation only = searched_;
      only.vacancies.assign(only.vacancies.size(), {});
      for (const int32_t v : missing.vacancies) {
        only.vacancies[static_cast<size_t>(v)] = searched_.vacancies[static_cast<size_t>(v)];
      }
      look(only, all, true);
    }
    if (!missing.switchers.empty()) {
      std::vector<uint8_t> asked(all.size(), 0);
      for (const int32_t s : missing.switchers) asked[static_cast<size_t>(s)] = 1;
      look(searched_, asked, true);
    }
    Keep(std::move(found));
    return complete;
  }

  // A start takes what is a little worse than before; at last anything.
  void Deepen(int32_t p) {
    const auto at = static_cast<size_t>(p);
    CheckedSeats& seats = searched_.starts[at];
    const CheckedSeats& now = situation_.starts[at];
    depth_[at] = depth_[at] == 0 ? kFirstDepth : depth_[at] * kDeeper;
    const int64_t score = now.worst ? -std::get<3>(*now.worst) - depth_[at] : 0;
    if (ranks_.by_turn() || score <= 0) {
      seats = {.room = market_.start(p).capacity > 0};
    } else {
      seats = {.worst = ranks_.AtBest(0, score)};
    }
  }

  void Keep(std::vector<CheckedContract> found) {
    std::ranges::sort(found, {}, &CheckedContract::contract);
    const size_t before = known_.size();
    for (const CheckedContract& row : found) {
      const auto old = known_.begin() + static_cast<std::ptrdiff_t>(before);
      if (std::binary_search(known_.begin(), old, row.contract)) continue;
      if (known_.size() > before && known_.back() == row.contract) continue;  // twice
      known_.push_back(row.contract);
      rows_.all.push_back({.rank = ranks_.Of(row.contract, row.score),
                           .contract = row.contract,
                           .score = row.score});
    }
    std::ranges::sort(known_);
  }

  const Market& market_;
  const CheckedTable& table_;
  const Weights& weights_;
  const CheckedRanks& ranks_;
  const CheckedSituation& situation_;
  const std::vector<int32_t> closed_;
  Parallel& parallel_;
  CheckedSituation searched_;  // as far as contracts were searched for
  std::vector<int64_t> depth_;
  Rows rows_;
  std::vector<Contract> known_;  // of rows_
};

}  // namespace

CheckedOpenings OpenEach(const CheckedTable& table, const Weights& weights,
                         const CheckedRanks& ranks, const CheckedHoldings& holdings,
                         std::span<const int32_t> closed, Parallel& parallel) {
  return Openings(table, weights, ranks, holdings, closed, parallel).Run();
}

}  // namespace matchgo::scheduler::engine
