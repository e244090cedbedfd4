#include "services/scheduler/engine/checker_scan.h"

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

#include "services/scheduler/engine/checker_reach.h"
#include "services/scheduler/engine/checker_sieve.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kWordBits = 64;

int64_t Square(int64_t value) { return value * value; }

// Contracts that those who are searched together may have when all are wanted.
constexpr size_t kFoundMax = 32'000;

// What is the same for the whole search.
struct Search {
  const CheckedTable& table;
  const Weights& weights;
  const CheckedRanks* ranks = nullptr;          // null: any feasible contract will do
  const CheckedSituation* situation = nullptr;  // with ranks
  bool all = false;                             // not only one of each switcher
  bool direct = true;                           // also without a start
  size_t every = 1;                             // in each so many-th group only
  CheckedBars bars = {};

  bool by_turn() const { return ranks != nullptr && ranks->by_turn(); }

  int32_t Bar(const CheckedSeats& seats) const {
    if (seats.TakesNothing()) return kCheckedShut;
    // By turn anything may be taken: who comes first decides.
    return seats.room || by_turn() ? 0 : static_cast<int32_t>(-std::get<3>(*seats.worst));
  }
  void SetBars();
};

void Search::SetBars() {
  bars.rows.assign(table.offers.size(), 0);
  bars.starts.assign(table.market.starts.size(), 0);
  if (situation != nullptr) {
    for (size_t row = 0; row < bars.rows.size(); ++row) {
      bars.rows[row] = Bar(situation->vacancies[static_cast<size_t>(table.offers[row].vacancy)]);
    }
    std::ranges::transform(situation->starts, bars.starts.begin(),
                           [this](const CheckedSeats& seats) { return Bar(seats); });
  }
  for (const CheckedBlock& block : table.blocks) {
    const auto rows = std::span(bars.rows).subspan(static_cast<size_t>(block.begin),
                                                   static_cast<size_t>(block.end - block.begin));
    bars.blocks.push_back(std::ranges::min(rows));
  }
}

// A syllabus of the group with the starts that she could take, as far as is known without the job.
struct Syllabus {
  const uint64_t* taught = nullptr;
  size_t course_begin = 0;  // the first that she can take
  size_t course_end = 0;
  int32_t gain = 0;  // there
};

// One lane's search, one neighbourhood after another.
class Scan {
 public:
  explicit Scan(const Search& search)
      : search_(search),
        table_(search.table),
        market_(search.table.market),
        weight_(search.weights.of),
        rules_(market_, search.weights, table_.teaching),
        sieve_(table_, search.weights, search.bars, search.direct),
        meets_(static_cast<size_t>(market_.skill_names.size() + market_.qualification_names.size()),
               0) {}

  void Enter(std::span<const int32_t> switchers) {
    switchers_ = switchers;
    reach_.Enter(table_, switchers, search_.bars, search_.direct, search_.every);
    own_scores_.clear();
    for (const int32_t s : switchers) own_scores_.push_back(ScoreOf(HoldingOf(s)));
    sieve_.Enter(reach_, switchers, own_scores_);
    found_here_ = 0;
  }

  // A contract that is wanted, of the switcher at this position of those who were entered.
  std::optional<Contract> First(size_t who) {
    found_.reset();
    able_ = false;
    s_ = switchers_[who];
    const std::span<const CheckedCandidate> rows = sieve_.RowsOf(who);
    if (rows.empty()) return found_;
    own_ = HoldingOf(s_);
    own_score_ = own_scores_[who];
    rules_.Visit(s_);
    MarkNeeds(1);
    for (size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
      const int32_t group = rows[begin].group;
      while (end < rows.size() && rows[end].group == group) ++end;
      if (InGroup(reach_.groups[static_cast<size_t>(group)], rows.subspan(begin, end - begin))) {
        break;
      }
    }
    MarkNeeds(0);
    return found_;
  }

  // Whether a feasible contract of hers that is not declined was worked out.
  bool able() const { return able_; }
  int64_t worked_out() const { return worked_out_; }
  const std::vector<CheckedContract>& all() const { return all_; }
  // Not when there were too many.
  bool complete() const { return complete_; }

 private:
  const CheckedRank* HoldingOf(int32_t s) const {
    if (search_.situation == nullptr) return nullptr;
    const auto& holding = search_.situation->holds[static_cast<size_t>(s)];
    return holding ? &*holding : nullptr;
  }

  static int32_t ScoreOf(const CheckedRank* holding) {
    return holding == nullptr ? 0 : static_cast<int32_t>(-std::get<3>(*holding));
  }

  // What she has of all needs.
  void MarkNeeds(uint8_t mark) {
    const auto set = [&](int32_t need) { meets_[static_cast<size_t>(need)] = mark; };
    for (const int32_t skill : market_.switcher_skills[s_]) set(skill);
    for (const int32_t name : market_.switcher_qualifications[s_]) {
      set(market_.skill_names.size() + name);
    }
  }

  // This and the next ones say whether to stop.
  bool InGroup(const CheckedReachGroup& mine, std::span<const CheckedCandidate> rows) {
    const CheckedGroup& group = table_.groups[static_cast<size_t>(mine.group)];
    has_.assign(group.words, 0);
    const std::span<const int32_t> names = table_.NamesOf(group);
    for (size_t bit = 0; bit < names.size(); ++bit) {
      const uint64_t meets = meets_[static_cast<size_t>(names[bit])];
      has_[bit / kWordBits] |= meets << (bit % kWordBits);
    }
    syllabi_known_ = false;
    return std::ranges::any_of(
        rows, [&](const CheckedCandidate& candidate) { return InRow(mine, group, candidate); });
  }

  // By the rules that need no job. In one condition: each alone is hard to foresee.
  bool CanTake(const CheckedReachCourse& course) const {
    const Switcher& she = market_.switcher(s_);
    const int64_t away = Square(int64_t{she.x} - course.x) + Square(int64_t{she.y} - course.y);
    return (static_cast<unsigned>(course.begins >= she.available) &
            static_cast<unsigned>(course.entry_level <= she.level) &
            static_cast<unsigned>(course.online || away <= Square(she.max_dist))) != 0;
  }

  // The weighted time, if she had nothing to learn there. REQUIRES: CanTake.
  int32_t GainOf(const CheckedReachCourse& course) const {
    const int32_t days = course.begins - market_.switcher(s_).available;
    return days >= 730 ? 0 : 1000 * (730 - days) / 730 * weight_[2];
  }

  // The syllabi of a group with a start that she can take.
  void CollectSyllabi(const CheckedReachGroup& mine) {
    syllabi_known_ = true;
    syllabi_.clear();
    const int32_t most = 1000 * (1000 - weight_[2]);
    for (size_t y = mine.syllabus_begin; y < mine.syllabus_end; ++y) {
      const CheckedReachSyllabus& syllabus = reach_.syllabi[y];
      for (size_t c = syllabus.course_begin; c < syllabus.course_end; ++c) {
        const CheckedReachCourse& course = reach_.courses[c];
        if (!CanTake(course)) continue;
        const int32_t gain = GainOf(course);
        const int32_t bound = most + gain;
        if (bound < own_score_) break;  // later ones gain less
        if (bound < course.bar) continue;
        if (search_.by_turn() && !Takes(search_.situation->starts, course.start, bound)) continue;
        syllabi_.push_back({table_.taught.data() + syllabus.taught, c, syllabus.course_end, gain});
        break;
      }
    }
  }

  // Whether a party would take a contract of hers that scores this.
  bool Takes(const std::vector<CheckedSeats>& seats, int32_t party, int32_t score) const {
    return seats[static_cast<size_t>(party)].Takes(search_.ranks->AtBest(s_, score));
  }

  bool InRow(const CheckedReachGroup& mine, const CheckedGroup& group,
             const CheckedCandidate& candidate) {
    const CheckedOffer& offer = table_.offers[static_cast<size_t>(candidate.row)];
    const uint64_t* const needs = table_.NeedsOf(group, candidate.row);
    uint64_t lacking = 0;
    for (size_t word = 0; word < group.words; ++word) lacking |= needs[word] & ~has_[word];
    const int32_t most = candidate.most;
    const int32_t at_least =
        std::max(own_score_, search_.bars.rows[static_cast<size_t>(candidate.row)]);
    int32_t gain = 1000 * weight_[2];
    if (lacking == 0) {
      if (!search_.direct) return false;
    } else {
      if (!syllabi_known_) CollectSyllabi(mine);
      gain = CollectTeaching(needs, group.words, at_least - most);
      if (teaching_.empty()) return false;
    }
    if (search_.by_turn() && !Takes(search_.situation->vacancies, offer.vacancy, most + gain)) {
      return false;
    }
    if (!rules_.Job(offer.vacancy)) return false;
    if (rules_.NeedsStart()) return InCourses(offer, at_least);
    const auto contract = rules_.Direct();
    return contract && Take(*contract);
  }

  // Her syllabi that gain as much and teach what she lacks; returns the most that one gains.
  int32_t CollectTeaching(const uint64_t* needs, size_t words, int32_t least_gain) {
    teaching_.clear();
    int32_t most = 0;
    for (const Syllabus& syllabus : syllabi_) {
      if (syllabus.gain < least_gain) continue;
      uint64_t lacking = 0;
      for (size_t word = 0; word < words; ++word) {
        lacking |= needs[word] & ~has_[word] & ~syllabus.taught[word];
      }
      if (lacking != 0) continue;
      teaching_.push_back(&syllabus);
      most = std::max(most, syllabus.gain);
    }
    return most;
  }

  bool InCourses(const CheckedOffer& offer, int32_t at_least) {
    // More than any contract for this job scores, but for its time.
    const int64_t most = rules_.sure() + 1000 * weight_[1];
    for (const Syllabus* const syllabus : teaching_) {
      for (size_t c = syllabus->course_begin; c < syllabus->course_end; ++c) {
        const CheckedReachCourse& course = reach_.courses[c];
        if (course.begins > offer.latest_ready) break;
        if (!CanTake(course)) continue;
        const int64_t bound = most + GainOf(course);
        if (bound < at_least) break;  // later ones gain less
        if (bound < course.bar) continue;
        const auto contract = rules_.Through(course.start, std::max(at_least, course.bar));
        if (contract && Take(*contract)) return true;
      }
    }
    return false;
  }

  // Keeps what is wanted.
  bool Take(const CheckedContract& found) {
    ++worked_out_;
    if (!Wanted(found)) return false;
    if (!search_.all) {
      found_ = found.contract;
      return true;
    }
    if (found_here_ == kFoundMax) {
      complete_ = false;
      return true;
    }
    ++found_here_;
    all_.push_back(found);
    return false;
  }

  bool Wanted(const CheckedContract& found) {
    const Contract& contract = found.contract;
    if (std::ranges::binary_search(market_.commitments.declined, contract)) return false;
    able_ = true;
    if (search_.situation == nullptr) return true;
    const CheckedRank rank = search_.ranks->Of(contract, found.score);
    if (own_ != nullptr && !(rank < *own_)) return false;
    const CheckedSituation& situation = *search_.situation;
    return situation.vacancies[static_cast<size_t>(contract.vacancy)].Takes(rank) &&
           (contract.direct() || situation.starts[static_cast<size_t>(contract.start)].Takes(rank));
  }

  const Search& search_;
  const CheckedTable& table_;
  const Market& market_;
  const std::array<int32_t, kPartCount>& weight_;
  CheckedRules rules_;
  CheckedReach reach_;
  CheckedSieve sieve_;
  std::span<const int32_t> switchers_;
  std::vector<int32_t> own_scores_;
  std::vector<CheckedContract> all_;
  size_t found_here_ = 0;  // of the neighbourhood
  bool complete_ = true;
  // Of the switcher.
  int32_t s_ = kNone;
  const CheckedRank* own_ = nullptr;
  int32_t own_score_ = 0;
  std::optional<Contract> found_;
  bool able_ = false;
  std::vector<uint8_t> meets_;  // per need of all
  // Of the group.
  std::vector<uint64_t> has_;  // of its needs
  std::vector<Syllabus> syllabi_;
  bool syllabi_known_ = false;
  std::vector<const Syllabus*> teaching_;  // of the row
  int64_t worked_out_ = 0;
};

// Calls First for each who is asked; `scans` are left for what else they know.
CheckedFindings Run(const Search& search, const std::vector<uint8_t>& asked, Parallel& parallel,
                    std::vector<std::unique_ptr<Scan>>& scans) {
  std::vector<int32_t> tour;
  for (const int32_t s : search.table.tour) {
    if (asked[static_cast<size_t>(s)] != 0) tour.push_back(s);
  }
  scans.resize(static_cast<size_t>(parallel.lanes()));
  CheckedFindings findings;
  findings.able.assign(asked.size(), 0);
  std::vector<std::optional<Contract>> found(tour.size());
  constexpr size_t kTile = PeopleSet::kMost;
  const size_t tiles = (tour.size() + kTile - 1) / kTile;
  parallel.For(tiles, 1, [&](int lane, size_t begin, size_t end) {
    auto& scan = scans[static_cast<size_t>(lane)];
    if (scan == nullptr) scan = std::make_unique<Scan>(search);
    for (size_t tile = begin; tile < end; ++tile) {
      const size_t first = tile * kTile;
      const size_t last = std::min(first + kTile, tour.size());
      scan->Enter(std::span(tour).subspan(first, last - first));
      for (size_t i = first; i < last; ++i) {
        found[i] = scan->First(i - first);
        findings.able[static_cast<size_t>(tour[i])] = scan->able() ? 1 : 0;
      }
    }
  });
  for (const auto& contract : found) {
    if (contract) findings.contracts.push_back(*contract);
  }
  std::ranges::sort(findings.contracts);
  for (const auto& scan : scans) findings.worked_out += scan == nullptr ? 0 : scan->worked_out();
  return findings;
}

std::vector<uint8_t> Unsettled(const CheckedSituation& situation) {
  std::vector<uint8_t> asked;
  for (const uint8_t settled : situation.settled) asked.push_back(settled == 0 ? 1 : 0);
  return asked;
}

}  // namespace

CheckedFindings FindBlocking(const CheckedTable& table, const Weights& weights,
                             const CheckedRanks& ranks, const CheckedSituation& situation,
                             Parallel& parallel) {
  Search search{.table = table, .weights = weights, .ranks = &ranks, .situation = &situation};
  search.SetBars();
  std::vector<std::unique_ptr<Scan>> scans;
  return Run(search, Unsettled(situation), parallel, scans);
}

CheckedFindings FindFeasible(const CheckedTable& table, const std::vector<uint8_t>& asked,
                             Parallel& parallel) {
  const Weights any;
  std::vector<uint8_t> left = asked;
  CheckedFindings findings;
  findings.able.assign(asked.size(), 0);
  // Most have some nearly anywhere, so a few groups come first.
  constexpr size_t kFew = 8;
  for (const size_t every : {kFew, size_t{1}}) {
    Search search{.table = table, .weights = any, .every = every};
    search.SetBars();
    std::vector<std::unique_ptr<Scan>> scans;
    const CheckedFindings more = Run(search, left, parallel, scans);
    findings.worked_out += more.worked_out;
    for (const Contract& contract : more.contracts) {
      const auto s = static_cast<size_t>(contract.switcher);
      findings.contracts.push_back(contract);
      findings.able[s] = 1;
      left[s] = 0;
    }
  }
  std::ranges::sort(findings.contracts);
  return findings;
}

std::optional<std::vector<CheckedContract>> FindAllBlocking(const CheckedTable& table,
                                                            const Weights& weights,
                                                            const CheckedRanks& ranks,
                                                            const CheckedSituation& situation,
                                                            const std::vector<uint8_t>& asked,
                                                            bool direct, Parallel& parallel) {
  Search search{.table = table,
                .weights = weights,
                .ranks = &ranks,
                .situation = &situation,
                .all = true,
                .direct = direct};
  search.SetBars();
  std::vector<std::unique_ptr<Scan>> scans;
  Run(search, asked, parallel, scans);
  std::vector<CheckedContract> all;
  for (const auto& scan : scans) {
    if (scan == nullptr) continue;
    if (!scan->complete()) return std::nullopt;
    all.insert(all.end(), scan->all().begin(), scan->all().end());
  }
  std::ranges::sort(all, {}, &CheckedContract::contract);
  return all;
}

}  // namespace matchgo::scheduler::engine
