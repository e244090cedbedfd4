#include "services/scheduler/engine/checker_scan.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <span>
#include <utility>

#include "services/scheduler/engine/checker_reach.h"

namespace matchgo::scheduler::engine {
namespace {

// Neighbours who share the lists of what may be within reach.
constexpr size_t kTileSwitchers = 64;
// Columns that are added up before it is asked whether any row is left.
constexpr int kColumnsAtOnce = 8;
constexpr size_t kWordBits = 64;

int64_t Square(int64_t value) { return value * value; }

// Contracts that a neighbourhood may have when all are wanted.
constexpr size_t kFoundMax = 4'000;

// What is the same for the whole search.
struct Search {
  const CheckedTable& table;
  const Weights& weights;
  const CheckedRanks* ranks = nullptr;          // null: any feasible contract will do
  const CheckedSituation* situation = nullptr;  // with ranks
  bool all = false;                             // not only one of each switcher
  bool direct = true;                           // also without a start
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
  bars.rows.assign(table.vacancies.size(), 0);
  bars.starts.assign(table.market.starts.size(), 0);
  if (situation != nullptr) {
    for (size_t row = 0; row < bars.rows.size(); ++row) {
      bars.rows[row] = Bar(situation->vacancies[static_cast<size_t>(table.vacancies[row])]);
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

// A start that she can take for a job of the group, as far as is known without the job.
struct Course {
  const uint64_t* taught = nullptr;
  int32_t start = 0;
  int32_t bar = 0;
  int32_t gain = 0;  // weighted time, if she had nothing to learn there
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
        has_(table_.set_words, 0),
        counts_(table_.groups.size(), 0),
        wishes_(static_cast<size_t>(market_.sector_names.size()), 0) {}

  void Enter(std::span<const int32_t> switchers) {
    reach_.Enter(table_, switchers, search_.bars, search_.direct);
    found_here_ = 0;
  }

  // A contract of hers that is wanted. REQUIRES: Enter with her among the switchers.
  std::optional<Contract> First(int32_t s) {
    found_.reset();
    able_ = false;
    s_ = s;
    if (!ReachesAny()) return found_;
    own_ = nullptr;
    if (search_.situation != nullptr && search_.situation->holds[static_cast<size_t>(s)]) {
      own_ = &*search_.situation->holds[static_cast<size_t>(s)];
    }
    own_score_ = own_ == nullptr ? 0 : static_cast<int32_t>(-std::get<3>(*own_));
    CollectSkills();
    CollectWishes();
    rules_.Visit(s);
    // Where any contract will do, most have one where they fit best.
    if (search_.situation == nullptr && !reach_.groups.empty() && InGroup(Likeliest())) {
      return found_;
    }
    for (const CheckedReachGroup& group : reach_.groups) {
      if (InGroup(group)) break;
    }
    return found_;
  }

  // Whether a feasible contract of hers that is not declined was worked out.
  bool able() const { return able_; }
  int64_t worked_out() const { return worked_out_; }
  const std::vector<CheckedContract>& all() const { return all_; }
  // Not when there were too many.
  bool complete() const { return complete_; }

 private:
  // Where hardly anything is looked at, not even that is in reach of most.
  bool ReachesAny() const {
    const Switcher& she = market_.switcher(s_);
    const int64_t reach = Square(she.max_dist);
    const auto reaches = [&](int32_t b) {
      return table_.blocks[static_cast<size_t>(b)].box.SquareTo(she.x, she.y) <= reach;
    };
    constexpr size_t kFew = 100;
    return reach_.blocks.size() > kFew || std::ranges::any_of(reach_.blocks, reaches);
  }

  void CollectSkills() {
    std::ranges::fill(has_, 0);
    std::ranges::fill(counts_, 0);
    for (const int32_t skill : market_.switcher_skills[s_]) {
      for (const CheckedMention& mention : table_.groups_of_need[skill]) {
        has_[mention.bit / kWordBits] |= uint64_t{1} << (mention.bit % kWordBits);
        ++counts_[static_cast<size_t>(mention.group)];
      }
    }
    for (const int32_t name : market_.switcher_qualifications[s_]) {
      const int32_t need = market_.skill_names.size() + name;
      for (const CheckedMention& mention : table_.groups_of_need[need]) {
        has_[mention.bit / kWordBits] |= uint64_t{1} << (mention.bit % kWordBits);
      }
    }
  }

  // The weighted preference and aptitude of every sector.
  void CollectWishes() {
    std::ranges::fill(wishes_, 500 * weight_[6]);
    for (const Aptitude& aptitude : market_.switcher_aptitude[s_]) {
      wishes_[static_cast<size_t>(aptitude.sector)] = aptitude.value * weight_[6];
    }
    const std::span<const int32_t> prefs = market_.switcher_prefs[s_];
    for (size_t i = 0; i < prefs.size() && i < 3; ++i) {
      wishes_[static_cast<size_t>(prefs[i])] += (i == 0 ? 1000 : i == 1 ? 667 : 333) * weight_[5];
    }
  }

  // More than any contract of the group scores, but for its time.
  int32_t MostIn(const CheckedReachGroup& group) const {
    const int32_t count = counts_[static_cast<size_t>(group.group)];
    const int64_t fit = count >= group.fewest_required
                            ? 1000
                            : std::min<int64_t>(count * group.fit_step >> 16, 1000);
    return weight_[0] * static_cast<int32_t>(fit) + 1000 * (weight_[1] + weight_[3] + weight_[4]) +
           wishes_[static_cast<size_t>(group.sector)];
  }

  const CheckedReachGroup& Likeliest() const {
    return *std::ranges::max_element(
        reach_.groups, {}, [this](const CheckedReachGroup& group) { return MostIn(group); });
  }

  // This and the next ones say whether to stop.
  bool InGroup(const CheckedReachGroup& mine) {
    const int32_t most = MostIn(mine);
    const int32_t bound = most + 1000 * weight_[2];
    if (bound < own_score_) return false;
    const bool direct =
        search_.direct && counts_[static_cast<size_t>(mine.group)] >= mine.fewest_required;
    if (!direct && mine.course_begin == mine.course_end) return false;
    const CheckedGroup& group = table_.groups[static_cast<size_t>(mine.group)];
    CollectCourses(mine, group, most);
    if (!direct && courses_.empty()) return false;
    const int32_t sharper = direct ? bound : most + best_gain_;
    CollectRows(mine, group, sharper);
    return std::ranges::any_of(rows_, [&](int32_t row) { return InRow(group, row, sharper); });
  }

  // The rows within reach whose needs she has or could learn at her courses.
  void CollectRows(const CheckedReachGroup& mine, const CheckedGroup& group, int32_t bound) {
    rows_.clear();
    missing_.clear();
    for (size_t word = 0; word < group.words; ++word) {
      const size_t bits = std::min(static_cast<size_t>(group.needs) - word * kWordBits, kWordBits);
      missing_.push_back(~uint64_t{0} >> (kWordBits - bits) & ~could_[word]);
    }
    const Switcher& she = market_.switcher(s_);
    const int64_t reach = Square(she.max_dist);
    for (size_t i = mine.block_begin; i < mine.block_end; ++i) {
      const auto b = static_cast<size_t>(reach_.blocks[i]);
      const CheckedBlock& block = table_.blocks[b];
      if (bound < search_.bars.blocks[b] || block.salary_max < she.salary_floor) continue;
      if (block.box.SquareTo(she.x, she.y) <= reach) CollectRows(block);
    }
  }

  // What most vacancies need has the lowest bits, so few columns close most rows.
  void CollectRows(const CheckedBlock& block) {
    const CheckedColumn* columns = table_.columns.data() + block.columns;
    const auto count = static_cast<size_t>(block.end - block.begin);
    CheckedColumn closed = {};
    for (size_t word = 0; word < closed.size(); ++word) {
      const size_t begin = word * kWordBits;
      if (count < begin + kWordBits) {
        closed[word] = ~uint64_t{0} << (count > begin ? count - begin : 0);
      }
    }
    for (const uint64_t missing : missing_) {
      uint64_t left = missing;
      while (left != 0) {
        for (int i = 0; i < kColumnsAtOnce && left != 0; ++i, left &= left - 1) {
          const CheckedColumn& column = columns[std::countr_zero(left)];
          closed[0] |= column[0];
          closed[1] |= column[1];
        }
        if ((closed[0] & closed[1]) == ~uint64_t{0}) return;
      }
      columns += kWordBits;
    }
    for (size_t word = 0; word < closed.size(); ++word) {
      for (uint64_t open = ~closed[word]; open != 0; open &= open - 1) {
        const auto at = static_cast<int32_t>(word * kWordBits) + std::countr_zero(open);
        rows_.push_back(block.begin + at);
      }
    }
  }

  // The starts that she can take, and what she has or could learn there.
  void CollectCourses(const CheckedReachGroup& mine, const CheckedGroup& group, int32_t most) {
    courses_.clear();
    best_gain_ = 0;
    could_.assign(has_.begin() + static_cast<std::ptrdiff_t>(group.set_begin),
                  has_.begin() + static_cast<std::ptrdiff_t>(group.set_begin + group.words));
    const Switcher& she = market_.switcher(s_);
    const int64_t reach = Square(she.max_dist);
    for (size_t c = mine.course_begin; c < mine.course_end; ++c) {
      const CheckedReachCourse& course = reach_.courses[c];
      const int64_t away = Square(int64_t{she.x} - course.x) + Square(int64_t{she.y} - course.y);
      // In one condition: each alone is hard to foresee.
      const auto rules = static_cast<unsigned>(course.begins >= she.available) &
                         static_cast<unsigned>(course.entry_level <= she.level) &
                         static_cast<unsigned>(course.online || away <= reach);
      if (rules == 0) continue;
      const int32_t days = course.begins - she.available;
      const int32_t gain = days >= 730 ? 0 : 1000 * (730 - days) / 730 * weight_[2];
      const int32_t bound = most + gain;
      if (bound < own_score_ || bound < course.bar) continue;
      if (search_.by_turn() && !Takes(search_.situation->starts, course.start, bound)) continue;
      const uint64_t* const taught = table_.taught.data() + course.taught;
      for (size_t word = 0; word < group.words; ++word) could_[word] |= taught[word];
      best_gain_ = std::max(best_gain_, gain);
      courses_.push_back(
          {.taught = taught, .start = course.start, .bar = course.bar, .gain = gain});
    }
  }

  // Whether a party would take a contract of hers that scores this.
  bool Takes(const std::vector<CheckedSeats>& seats, int32_t party, int32_t score) const {
    return seats[static_cast<size_t>(party)].Takes(search_.ranks->AtBest(s_, score));
  }

  bool InRow(const CheckedGroup& group, int32_t row, int32_t bound) {
    const int32_t bar = search_.bars.rows[static_cast<size_t>(row)];
    if (bar > bound) return false;
    if (!Allows(table_.offers[static_cast<size_t>(row)])) return false;
    const int32_t v = table_.vacancies[static_cast<size_t>(row)];
    if (search_.by_turn() && !Takes(search_.situation->vacancies, v, bound)) return false;
    if (!rules_.Job(v)) return false;
    const int32_t at_least = std::max(own_score_, bar);
    if (rules_.NeedsStart()) return InCourses(group, table_.NeedsOf(group, row), at_least);
    if (!search_.direct) return false;
    const auto contract = rules_.Direct();
    return contract && Take(*contract);
  }

  // The rules that need no skills, on what lies in a row: most end here.
  bool Allows(const CheckedOffer& offer) const {
    const Switcher& she = market_.switcher(s_);
    return offer.salary_max >= she.salary_floor && offer.hours >= she.hours_min &&
           offer.hours <= she.hours_max && offer.latest_ready >= she.available &&
           Square(int64_t{she.x} - offer.x) + Square(int64_t{she.y} - offer.y) <=
               Square(she.max_dist);
  }

  bool InCourses(const CheckedGroup& group, const uint64_t* needs, int32_t at_least) {
    const uint64_t* const has = has_.data() + group.set_begin;
    // More than any contract for this job scores, but for its time.
    const int64_t most = rules_.sure() + 1000 * weight_[1];
    for (const Course& course : courses_) {
      const int32_t least = std::max(at_least, course.bar);
      if (most + course.gain < least) continue;
      uint64_t lacking = 0;
      for (size_t word = 0; word < group.words; ++word) {
        lacking |= needs[word] & ~has[word] & ~course.taught[word];
      }
      if (lacking != 0) continue;
      const auto contract = rules_.Through(course.start, least);
      if (contract && Take(*contract)) return true;
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
  std::vector<CheckedContract> all_;
  size_t found_here_ = 0;  // of the neighbourhood
  bool complete_ = true;
  // Of the switcher.
  int32_t s_ = kNone;
  const CheckedRank* own_ = nullptr;
  int32_t own_score_ = 0;
  std::optional<Contract> found_;
  bool able_ = false;
  std::vector<uint64_t> has_;    // needs of all groups
  std::vector<int32_t> counts_;  // per group: skills of hers that it asks for
  std::vector<int32_t> wishes_;  // per sector
  // Of the group.
  std::vector<uint64_t> missing_;  // needs that she can learn nowhere
  std::vector<int32_t> rows_;
  std::vector<Course> courses_;
  std::vector<uint64_t> could_;
  int32_t best_gain_ = 0;
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
  const size_t tiles = (tour.size() + kTileSwitchers - 1) / kTileSwitchers;
  parallel.For(tiles, 1, [&](int lane, size_t begin, size_t end) {
    auto& scan = scans[static_cast<size_t>(lane)];
    if (scan == nullptr) scan = std::make_unique<Scan>(search);
    for (size_t tile = begin; tile < end; ++tile) {
      const size_t first = tile * kTileSwitchers;
      const size_t last = std::min(first + kTileSwitchers, tour.size());
      scan->Enter(std::span(tour).subspan(first, last - first));
      for (size_t i = first; i < last; ++i) {
        found[i] = scan->First(tour[i]);
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
  Search search{.table = table, .weights = any};
  search.SetBars();
  std::vector<std::unique_ptr<Scan>> scans;
  return Run(search, asked, parallel, scans);
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
