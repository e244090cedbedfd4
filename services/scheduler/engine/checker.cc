#include "services/scheduler/engine/checker.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "services/scheduler/engine/checker_clearing.h"
#include "services/scheduler/engine/checker_opening.h"
#include "services/scheduler/engine/checker_rules.h"
#include "services/scheduler/engine/checker_scan.h"
#include "services/scheduler/engine/checker_table.h"

namespace matchgo::scheduler::engine {
namespace {

std::string Show(const MarketContract& contract) {
  return "(" + contract.switcher + ", " + contract.vacancy + ", " +
         contract.start.value_or("null") + ")";
}

class Checker {
 public:
  Checker(const Market& market, const Outcome& outcome, const CheckOptions& options,
          Parallel& parallel)
      : market_(market),
        outcome_(outcome),
        parallel_(parallel),
        problems_kept_(options.problems_kept) {
    // Offers one after the other, and lists that are given, are for all contracts at once.
    const int64_t pairs = int64_t{market.switcher_count()} * market.vacancy_count();
    listed_ = market.bare || outcome.mechanism == "nested" || pairs <= options.pairs_listed_max;
    frozen_.insert(market.commitments.frozen.begin(), market.commitments.frozen.end());
    opened_ = pairs <= options.pairs_opened_max;
    declined_.insert(market.commitments.declined.begin(), market.commitments.declined.end());
  }

  CheckReport Run() {
    if (!CheckHeader()) return std::move(report_);
    FindMatches();
    if (listed_) {
      list_ = CheckedContracts(market_, outcome_.weights, outcome_.mechanism);
      report_.looked_at = static_cast<int64_t>(list_.size());
    } else {
      table_.emplace(market_);
      ranks_.emplace(market_, outcome_.mechanism == "priority");
      list_ = FeasibleOf(market_, outcome_.weights, table_->teaching, matches_, parallel_);
      RankByOrder(*ranks_, list_);
    }
    for (size_t i = 0; i < list_.size(); ++i) index_.emplace_back(list_[i].contract, i);
    std::ranges::sort(index_);
    held_.assign(market_.switchers.size(), std::nullopt);
    accounted_.assign(market_.switchers.size(), 0);
    by_vacancy_.resize(market_.vacancies.size());
    by_start_.resize(market_.starts.size());
    SettleRows();
    CheckMatches();
    SortRows();
    if (!listed_) SearchBlocking();
    CheckUnmatched();
    CheckCommitments();
    CheckCapacities();
    CheckBlocking();
    CheckClosed();
    CheckSummary();
    return std::move(report_);
  }

 private:
  void Report(std::string_view word, std::string text) {
    ++report_.problem_count;
    if (report_.problems.size() < problems_kept_) {
      report_.problems.push_back({std::string(word), std::move(text)});
    }
  }

  bool CheckHeader() {
    if (outcome_.market_digest != market_.digest) {
      Report("market_digest", "the outcome belongs to another market");
    }
    if (outcome_.seed != market_.seed) Report("seed", "the seed is not the market's");
    const auto& weights = outcome_.weights.of;
    const bool weights_ok = std::accumulate(weights.begin(), weights.end(), int64_t{0}) == 1000 &&
                            std::ranges::min(weights) >= 0;
    if (!weights_ok) Report("weights", "the weights do not sum to 1000");
    static const std::set<std::string> kMechanisms = {"score", "priority", "nested"};
    const bool mechanism_ok = kMechanisms.contains(outcome_.mechanism);
    if (!mechanism_ok) Report("mechanism", "no such mechanism");
    return weights_ok && mechanism_ok;
  }

  // What the match lines name, where all ids are known.
  void FindMatches() {
    matches_.resize(outcome_.matches.size());
    parallel_.For(matches_.size(), 1024, [this](int, size_t begin, size_t end) {
      for (size_t i = begin; i < end; ++i) matches_[i] = market_.Find(outcome_.matches[i].contract);
    });
  }

  std::optional<size_t> FindRow(const Contract& contract) const {
    const auto found =
        std::ranges::lower_bound(index_, contract, {}, &std::pair<Contract, size_t>::first);
    if (found == index_.end() || found->first != contract) return std::nullopt;
    return found->second;
  }

  void SettleRows() {
    settled_.declined.assign(list_.size(), 0);
    for (const Contract& contract : declined_) {
      if (const auto row = FindRow(contract)) settled_.declined[*row] = 1;
    }
    for (const Contract& contract : frozen_) {
      if (const auto row = FindRow(contract)) settled_.frozen.push_back(*row);
    }
  }

  // Rows by start, and those of the starts that run together with the direct ones. Without those
  // that nobody can take: after some answers these are most.
  void SortRows() {
    rows_of_start_.resize(market_.starts.size());
    std::vector<uint8_t> is_settled(market_.switchers.size(), 0);
    for (const size_t i : settled_.frozen) {
      is_settled[static_cast<size_t>(list_[i].contract.switcher)] = 1;
    }
    for (size_t i = 0; i < list_.size(); ++i) {
      const Contract& contract = list_[i].contract;
      if (settled_.declined[i] != 0) continue;
      if (is_settled[static_cast<size_t>(contract.switcher)] != 0) continue;
      if (contract.direct() || Runs(contract.start)) running_rows_.push_back(i);
      if (!contract.direct()) rows_of_start_[static_cast<size_t>(contract.start)].push_back(i);
    }
  }

  void Account(const std::string& switcher) {
    const auto s = market_.switcher_ids.Find(switcher);
    if (!s) {
      Report("unknown_id", switcher);
    } else if (++accounted_[static_cast<size_t>(*s)] > 1) {
      Report("switcher_twice", switcher);
    }
  }

  void CheckMatches() {
    const std::string* previous = nullptr;
    for (size_t i = 0; i < matches_.size(); ++i) {
      const OutcomeMatch& match = outcome_.matches[i];
      if (previous != nullptr && *previous >= match.contract.switcher) {
        Report("order", "match lines are not sorted by switcher");
      }
      previous = &match.contract.switcher;
      Account(match.contract.switcher);
      const std::optional<Contract>& contract = matches_[i];
      if (!contract) {
        Report("unknown_id", Show(match.contract));
        continue;
      }
      const std::optional<size_t> row = FindRow(*contract);
      if (!row) {
        Report("infeasible", Show(match.contract));
        continue;
      }
      CheckMatch(match, list_[*row]);
      held_[static_cast<size_t>(contract->switcher)] = *row;
      by_vacancy_[static_cast<size_t>(contract->vacancy)].push_back(*row);
      if (!contract->direct()) by_start_[static_cast<size_t>(contract->start)].push_back(*row);
    }
  }

  void CheckMatch(const OutcomeMatch& match, const CheckedContract& row) {
    if (match.score != row.score) Report("score", Show(match.contract));
    if (market_.bare) {
      if (match.ready || match.modules) Report("bare_fields", Show(match.contract));
      return;
    }
    if (match.ready != row.ready) Report("ready", Show(match.contract));
    std::vector<std::string> modules;
    if (!row.contract.direct()) {
      const std::span<const Module> all = market_.start_modules[row.contract.start];
      for (size_t i = 0; i < all.size(); ++i) {
        if ((row.modules >> i & 1U) != 0) modules.push_back(all[i].id);
      }
    }
    if (match.modules != modules) Report("modules", Show(match.contract));
  }

  // Per switcher who is said to be unmatched: whether any contract was possible.
  std::vector<bool> CouldMatch() {
    std::vector<bool> could(market_.switchers.size(), false);
    if (listed_) {
      for (const CheckedContract& row : list_) {
        if (!declined_.contains(row.contract)) {
          could[static_cast<size_t>(row.contract.switcher)] = true;
        }
      }
      return could;
    }
    std::vector<uint8_t> asked(market_.switchers.size(), 0);
    for (const OutcomeUnmatched& unmatched : outcome_.unmatched) {
      const auto s = market_.switcher_ids.Find(unmatched.switcher);
      if (!s) continue;
      const bool known = blocking_.able[static_cast<size_t>(*s)] != 0;
      could[static_cast<size_t>(*s)] = known;
      asked[static_cast<size_t>(*s)] = known ? 0 : 1;
    }
    const CheckedFindings findings = FindFeasible(*table_, asked, parallel_);
    report_.looked_at += findings.worked_out;
    for (const Contract& contract : findings.contracts) {
      could[static_cast<size_t>(contract.switcher)] = true;
    }
    return could;
  }

  void CheckUnmatched() {
    const std::vector<bool> could = CouldMatch();
    const std::string* previous = nullptr;
    for (const OutcomeUnmatched& unmatched : outcome_.unmatched) {
      if (previous != nullptr && *previous >= unmatched.switcher) {
        Report("order", "unmatched lines are not sorted by switcher");
      }
      previous = &unmatched.switcher;
      Account(unmatched.switcher);
      const auto s = market_.switcher_ids.Find(unmatched.switcher);
      if (!s) continue;
      const bool outcompeted = unmatched.why == WhyUnmatched::kOutcompeted;
      if (outcompeted != could[static_cast<size_t>(*s)]) {
        Report("why_unmatched", unmatched.switcher);
      }
    }
    for (int32_t s = 0; s < market_.switcher_count(); ++s) {
      if (accounted_[static_cast<size_t>(s)] == 0) {
        Report("switcher_missing", std::string(market_.switcher_ids[s]));
      }
    }
  }

  void CheckCommitments() {
    for (const Contract& contract : frozen_) {
      const auto& held = held_[static_cast<size_t>(contract.switcher)];
      if (!held || list_[*held].contract != contract) {
        Report("frozen_missing", Show(market_.Ids(contract)));
      }
    }
    for (const auto& held : held_) {
      if (held && declined_.contains(list_[*held].contract)) {
        Report("declined_matched", Show(market_.Ids(list_[*held].contract)));
      }
    }
  }

  bool IsFrozen(size_t row) const { return frozen_.contains(list_[row].contract); }

  void CheckCapacities() {
    for (int32_t v = 0; v < market_.vacancy_count(); ++v) {
      const auto held = static_cast<int64_t>(by_vacancy_[static_cast<size_t>(v)].size());
      if (held > market_.vacancy(v).openings) {
        Report("over_openings", std::string(market_.vacancy_ids[v]));
      }
    }
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      const std::vector<size_t>& rows = by_start_[static_cast<size_t>(p)];
      const auto held = static_cast<int64_t>(rows.size());
      const bool kept = std::ranges::any_of(rows, [this](size_t row) { return IsFrozen(row); });
      if (held > market_.start(p).capacity) {
        Report("over_capacity", std::string(market_.start_ids[p]));
      }
      if (held > 0 && held < market_.start(p).min && !kept) {
        Report("below_minimum", std::string(market_.start_ids[p]));
      }
    }
  }

  bool Runs(int32_t p) const { return !by_start_[static_cast<size_t>(p)].empty(); }

  // Whether a party with this room takes the contract: a free seat, or a worse holding to give up.
  template <class RankOf>
  bool Takes(const std::vector<size_t>& rows, int64_t room, int64_t rank, RankOf rank_of) const {
    if (static_cast<int64_t>(rows.size()) < room) return true;
    return std::ranges::any_of(
        rows, [&](size_t row) { return !IsFrozen(row) && rank_of(list_[row]) > rank; });
  }

  bool Blocks(const CheckedContract& row) const {
    const auto& held = held_[static_cast<size_t>(row.contract.switcher)];
    if (held && (list_[*held].rank_s <= row.rank_s || IsFrozen(*held))) return false;
    const int32_t v = row.contract.vacancy;
    const int32_t p = row.contract.start;
    if (p != kNone && !Runs(p)) return false;
    if (declined_.contains(row.contract)) return false;
    if (!Takes(by_vacancy_[static_cast<size_t>(v)], market_.vacancy(v).openings, row.rank_v,
               [](const CheckedContract& other) { return other.rank_v; })) {
      return false;
    }
    return p == kNone ||
           Takes(by_start_[static_cast<size_t>(p)], market_.start(p).capacity, row.rank_p,
                 [](const CheckedContract& other) { return other.rank_p; });
  }

  CheckedSeats SeatsOf(const std::vector<size_t>& rows, int64_t capacity) const {
    CheckedSeats seats{.room = static_cast<int64_t>(rows.size()) < capacity};
    for (const size_t row : rows) {
      if (IsFrozen(row)) continue;
      const CheckedRank rank = ranks_->Of(list_[row].contract, list_[row].score);
      if (!seats.worst || *seats.worst < rank) seats.worst = rank;
    }
    return seats;
  }

  // The outcome as its parties see it; a start that does not run takes nobody.
  void SearchBlocking() {
    for (const auto& held : held_) {
      situation_.settled.push_back(held && IsFrozen(*held) ? 1 : 0);
      auto& holds = situation_.holds.emplace_back();
      if (held) holds = ranks_->Of(list_[*held].contract, list_[*held].score);
    }
    for (int32_t v = 0; v < market_.vacancy_count(); ++v) {
      situation_.vacancies.push_back(
          SeatsOf(by_vacancy_[static_cast<size_t>(v)], market_.vacancy(v).openings));
    }
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      situation_.starts.push_back(
          Runs(p) ? SeatsOf(by_start_[static_cast<size_t>(p)], market_.start(p).capacity)
                  : CheckedSeats());
    }
    blocking_ = FindBlocking(*table_, outcome_.weights, *ranks_, situation_, parallel_);
    report_.looked_at += blocking_.worked_out;
  }

  void CheckBlocking() {
    for (const Contract& contract : blocking_.contracts) {
      ++report_.blocking;
      Report("blocking", Show(market_.Ids(contract)));
    }
    if (!listed_) return;
    for (const CheckedContract& row : list_) {
      if (!Blocks(row)) continue;
      ++report_.blocking;
      Report("blocking", Show(market_.Ids(row.contract)));
    }
    if (outcome_.mechanism != "nested") return;
    // Stable is not enough there: it has to be the one that is best for the switchers.
    const CheckedClearing best =
        ClearPlainly(market_, list_, running_rows_, settled_, outcome_.mechanism);
    for (int32_t s = 0; s < market_.switcher_count(); ++s) {
      const auto& held = held_[static_cast<size_t>(s)];
      const int64_t row = held ? static_cast<int64_t>(*held) : -1;
      if (row != best.held[static_cast<size_t>(s)]) {
        Report("not_switcher_optimal", std::string(market_.switcher_ids[s]));
      }
    }
  }

  void CheckClosed() {
    std::vector<std::string> wanted;
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      if (!Runs(p)) wanted.emplace_back(market_.start_ids[p]);
    }
    std::vector<std::string> given;
    for (const OutcomeClosed& closed : outcome_.closed) given.push_back(closed.start);
    if (given != wanted) {
      Report("closed", "the closed lines are not the starts without participants, sorted");
      return;
    }
    const CheckedOpenings openings = listed_ ? OpenListed() : OpenSearched();
    all_open_ = openings.all;
    for (size_t i = 0; i < given.size(); ++i) CheckClosedLine(outcome_.closed[i], openings.each[i]);
    const auto unknown = std::ranges::count(openings.each, false, &CheckedOpening::known);
    if (unknown == 0) return;
    const std::string of = " of " + std::to_string(unknown) + " closed starts";
    report_.not_checked.push_back("load" + of);
    if (outcome_.mechanism == "score") report_.not_checked.push_back("reopening" + of);
  }

  CheckedOpenings OpenListed() const {
    int64_t total = 0;
    for (const auto& held : held_) total += held ? list_[*held].score : 0;
    std::vector<size_t> all(list_.size());
    std::iota(all.begin(), all.end(), size_t{0});
    CheckedOpenings openings{.all = {.known = true}};
    openings.all.gained =
        ClearPlainly(market_, list_, all, settled_, outcome_.mechanism).total_score - total;
    for (const OutcomeClosed& closed : outcome_.closed) {
      const int32_t p = *market_.start_ids.Find(closed.start);
      const std::vector<size_t>& more = rows_of_start_[static_cast<size_t>(p)];
      // Opening one that nobody can take changes nothing.
      CheckedOpening& opening = openings.each.emplace_back(CheckedOpening{.known = true});
      if (more.empty()) continue;
      std::vector<size_t> rows(running_rows_.size() + more.size());
      std::ranges::merge(running_rows_, more, rows.begin());
      opening = OpenPlainly(market_, list_, rows, settled_, outcome_.mechanism, p, total);
    }
    return openings;
  }

  CheckedOpenings OpenSearched() {
    std::vector<int32_t> closed;
    for (const OutcomeClosed& line : outcome_.closed) {
      closed.push_back(*market_.start_ids.Find(line.start));
    }
    // What follows from an opening is known only of what is otherwise right.
    if (!report_.ok() || !opened_) return {.each = std::vector<CheckedOpening>(closed.size())};
    std::vector<uint8_t> frozen;
    for (size_t i = 0; i < list_.size(); ++i) frozen.push_back(IsFrozen(i) ? 1 : 0);
    const CheckedHoldings holdings{.situation = situation_, .held = list_, .frozen = frozen};
    return OpenEach(*table_, outcome_.weights, *ranks_, holdings, closed, parallel_);
  }

  void CheckClosedLine(const OutcomeClosed& closed, const CheckedOpening& opening) {
    const Start& start = market_.start(*market_.start_ids.Find(closed.start));
    if (closed.min != start.min) Report("closed_min", closed.start);
    const bool possible = closed.load >= 0 && closed.load <= start.capacity;
    if (opening.known ? closed.load != opening.load : !possible) {
      Report("closed_load", closed.start);
    }
    if (outcome_.mechanism == "score" && opening.gained > 0 && opening.minima_kept) {
      Report("reopenable", closed.start);
    }
  }

  void CheckSummary() {
    std::map<std::string_view, int64_t> wanted;
    wanted["switchers"] = market_.switcher_count();
    wanted["starts"] = market_.start_count();
    for (const Vacancy& vacancy : market_.vacancies) wanted["openings"] += vacancy.openings;
    for (const OutcomeMatch& match : outcome_.matches) {
      ++wanted["matched"];
      wanted["seats_filled"] += match.contract.start ? 1 : 0;
      wanted["total_score"] += match.score;
    }
    for (int32_t p = 0; p < market_.start_count(); ++p) wanted["running"] += Runs(p) ? 1 : 0;
    const OutcomeSummary& summary = outcome_.summary;
    const std::pair<std::string_view, int64_t> given[] = {
        {"switchers", summary.switchers},    {"matched", summary.matched},
        {"openings", summary.openings},      {"starts", summary.starts},
        {"running", summary.running},        {"seats_filled", summary.seats_filled},
        {"total_score", summary.total_score}};
    for (const auto& [name, value] : given) {
      if (value != wanted[name]) Report("summary", "summary." + std::string(name));
    }
    // A further field of the summary, as this version of the engine writes it.
    if (outcome_.version != kEngineVersion || !all_open_.known) {
      report_.not_checked.emplace_back("summary.total_score_minima_ignored");
    } else if (summary.total_score_minima_ignored != wanted["total_score"] + all_open_.gained) {
      Report("summary", "summary.total_score_minima_ignored");
    }
  }

  const Market& market_;
  const Outcome& outcome_;
  Parallel& parallel_;
  const size_t problems_kept_;
  bool opened_ = true;  // closed starts are opened
  bool listed_ = true;  // all contracts are in list_; else only those of the match lines
  std::optional<CheckedTable> table_;
  std::optional<CheckedRanks> ranks_;
  CheckedSituation situation_;
  CheckedFindings blocking_;
  CheckedOpening all_open_;  // if all closed starts were opened
  CheckReport report_;
  std::vector<std::optional<Contract>> matches_;  // per match line
  std::set<Contract> frozen_;
  std::set<Contract> declined_;
  std::vector<CheckedContract> list_;
  std::vector<std::pair<Contract, size_t>> index_;  // sorted
  SettledRows settled_;
  std::vector<size_t> running_rows_;                // ascending
  std::vector<std::vector<size_t>> rows_of_start_;  // ascending
  std::vector<std::optional<size_t>> held_;         // per switcher: row
  std::vector<int32_t> accounted_;                  // per switcher: lines about her
  std::vector<std::vector<size_t>> by_vacancy_;     // rows held
  std::vector<std::vector<size_t>> by_start_;
};

}  // namespace

CheckReport CheckOutcome(const Market& market, const Outcome& outcome) {
  SerialParallel serial;
  return CheckOutcome(market, outcome, {}, serial);
}

CheckReport CheckOutcome(const Market& market, const Outcome& outcome, const CheckOptions& options,
                         Parallel& parallel) {
  return Checker(market, outcome, options, parallel).Run();
}

}  // namespace matchgo::scheduler::engine
