#include "services/scheduler/engine/checker.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "services/scheduler/engine/checker_clearing.h"
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
      : market_(market), outcome_(outcome), parallel_(parallel) {
    // Offers one after the other, and lists that are given, are for all contracts at once.
    const int64_t pairs = int64_t{market.switcher_count()} * market.vacancy_count();
    listed_ = market.bare || outcome.mechanism == "nested" || pairs <= options.pairs_listed_max;
    frozen_.insert(market.commitments.frozen.begin(), market.commitments.frozen.end());
    declined_.insert(market.commitments.declined.begin(), market.commitments.declined.end());
  }

  CheckReport Run() {
    if (!CheckHeader()) return std::move(report_);
    if (listed_) {
      list_ = CheckedContracts(market_, outcome_.weights, outcome_.mechanism);
      report_.looked_at = static_cast<int64_t>(list_.size());
    } else {
      table_.emplace(market_);
      ranks_.emplace(market_, outcome_.mechanism == "priority");
      list_ = MatchedContracts();
      report_.not_checked = {"closed.load", "reopening", "summary.total_score_minima_ignored"};
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
    if (report_.problems.size() < kProblemsMax) {
      report_.problems.push_back({std::string(word), std::move(text)});
    }
  }

  bool CheckHeader() {
    if (outcome_.market_digest != market_.digest) {
      Report("market_digest", "the outcome belongs to another market");
    }
    if (outcome_.seed != market_.seed) Report("seed", "the seed is not the market's");
    int64_t sum = 0;
    bool negative = false;
    for (const int32_t weight : outcome_.weights.of) {
      sum += weight;
      negative = negative || weight < 0;
    }
    const bool weights_ok = sum == 1000 && !negative;
    if (!weights_ok) Report("weights", "the weights do not sum to 1000");
    static const std::set<std::string> kMechanisms = {"score", "priority", "nested"};
    const bool mechanism_ok = kMechanisms.contains(outcome_.mechanism);
    if (!mechanism_ok) Report("mechanism", "no such mechanism");
    return weights_ok && mechanism_ok;
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

  // The contracts of the match lines, as far as they are feasible.
  std::vector<CheckedContract> MatchedContracts() {
    std::vector<std::optional<CheckedContract>> found(outcome_.matches.size());
    std::vector<std::unique_ptr<CheckedRules>> lanes(static_cast<size_t>(parallel_.lanes()));
    parallel_.For(found.size(), 1024, [&](int lane, size_t begin, size_t end) {
      auto& rules = lanes[static_cast<size_t>(lane)];
      if (rules == nullptr) {
        rules = std::make_unique<CheckedRules>(market_, outcome_.weights, table_->teaching);
      }
      for (size_t i = begin; i < end; ++i) {
        const std::optional<Contract> contract = market_.Find(outcome_.matches[i].contract);
        if (contract) found[i] = rules->Find(*contract);
      }
    });
    std::map<Contract, CheckedContract> different;
    for (const auto& contract : found) {
      if (contract) different.emplace(contract->contract, *contract);
    }
    std::vector<CheckedContract> list;
    list.reserve(different.size());
    for (const auto& [ignored, contract] : different) list.push_back(contract);
    RankByOrder(*ranks_, list);
    return list;
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
    for (const OutcomeMatch& match : outcome_.matches) {
      if (previous != nullptr && *previous >= match.contract.switcher) {
        Report("order", "match lines are not sorted by switcher");
      }
      previous = &match.contract.switcher;
      Account(match.contract.switcher);
      const std::optional<Contract> contract = market_.Find(match.contract);
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
      if (s) asked[static_cast<size_t>(*s)] = 1;
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

  void SearchBlocking() {
    CheckedSituation situation;
    for (const auto& held : held_) {
      situation.settled.push_back(held && IsFrozen(*held) ? 1 : 0);
      auto& holds = situation.holds.emplace_back();
      if (held) holds = ranks_->Of(list_[*held].contract, list_[*held].score);
    }
    for (int32_t v = 0; v < market_.vacancy_count(); ++v) {
      situation.vacancies.push_back(
          SeatsOf(by_vacancy_[static_cast<size_t>(v)], market_.vacancy(v).openings));
    }
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      situation.starts.push_back(
          Runs(p) ? SeatsOf(by_start_[static_cast<size_t>(p)], market_.start(p).capacity)
                  : CheckedSeats());
    }
    const CheckedFindings findings =
        FindBlocking(*table_, outcome_.weights, *ranks_, situation, parallel_);
    report_.looked_at += findings.worked_out;
    for (const Contract& contract : findings.contracts) {
      ++report_.blocking;
      Report("blocking", Show(market_.Ids(contract)));
    }
  }

  void CheckBlocking() {
    if (!listed_) return SearchBlocking();
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
    if (!listed_) return CheckClosedMinima();
    int64_t total = 0;
    for (const auto& held : held_) total += held ? list_[*held].score : 0;
    for (const OutcomeClosed& closed : outcome_.closed) CheckClosedLine(closed, total);
  }

  void CheckClosedMinima() {
    for (const OutcomeClosed& closed : outcome_.closed) {
      const Start& start = market_.start(*market_.start_ids.Find(closed.start));
      if (closed.min != start.min) Report("closed_min", closed.start);
      if (closed.load < 0 || closed.load > start.capacity) Report("closed_load", closed.start);
    }
  }

  void CheckClosedLine(const OutcomeClosed& closed, int64_t total) {
    const int32_t p = *market_.start_ids.Find(closed.start);
    if (closed.min != market_.start(p).min) Report("closed_min", closed.start);
    const std::vector<size_t>& more = rows_of_start_[static_cast<size_t>(p)];
    if (more.empty()) {
      // Opening it changes nothing.
      if (closed.load != 0) Report("closed_load", closed.start);
      return;
    }
    std::vector<size_t> rows(running_rows_.size() + more.size());
    std::ranges::merge(running_rows_, more, rows.begin());
    const CheckedClearing with = ClearPlainly(market_, list_, rows, settled_, outcome_.mechanism);
    if (closed.load != with.participants[static_cast<size_t>(p)]) {
      Report("closed_load", closed.start);
    }
    if (outcome_.mechanism == "score" && with.total_score > total && AllKeepTheirMinimum(with)) {
      Report("reopenable", closed.start);
    }
  }

  // Runs whatever its minimum: somebody in it is frozen.
  bool IsKept(int32_t p) const {
    return std::ranges::any_of(settled_.frozen,
                               [&](size_t i) { return list_[i].contract.start == p; });
  }

  bool AllKeepTheirMinimum(const CheckedClearing& clearing) const {
    for (int32_t p = 0; p < market_.start_count(); ++p) {
      const int64_t load = clearing.participants[static_cast<size_t>(p)];
      if (load > 0 && load < market_.start(p).min && !IsKept(p)) return false;
    }
    return true;
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
    if (listed_ && outcome_.version == kEngineVersion) CheckOwnSummary();
  }

  // Further fields of the summary that this engine writes.
  void CheckOwnSummary() {
    std::vector<size_t> rows(list_.size());
    std::iota(rows.begin(), rows.end(), size_t{0});
    const CheckedClearing all = ClearPlainly(market_, list_, rows, settled_, outcome_.mechanism);
    if (outcome_.summary.total_score_minima_ignored != all.total_score) {
      Report("summary", "summary.total_score_minima_ignored");
    }
  }

  const Market& market_;
  const Outcome& outcome_;
  Parallel& parallel_;
  bool listed_ = true;  // all contracts are in list_; else only those of the match lines
  std::optional<CheckedTable> table_;
  std::optional<CheckedRanks> ranks_;
  CheckReport report_;
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
