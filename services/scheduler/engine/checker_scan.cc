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
        has_(table_.set_words, 0),
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
    const auto reaches = [&](const CheckedReachBlock& near) {
      return table_.blocks[static_cast<size_t>(near.block)].box.SquareTo(she.x, she.y) <= reach;
    };
    constexpr size_t kFew = 100;
    return reach_.blocks.size() > kFew || std::ranges::any_of(reach_.blocks, reaches);
  }

  void CollectSkills() {
    std::ranges::fill(has_, 0);
    const auto collect = [this](int32_t need) {
      for (const uint32_t bit : table_.bits_of_need[need]) {
        has_[bit / kWordBits] |= uint64_t{1} << (bit % kWordBits);
      }
    };
    for (const int32_t skill : market_.switcher_skills[s_]) collect(skill);
    for (const int32_t name : market_.switcher_qualifications[s_]) {
      collect(market_.skill_names.size() + name);
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

  // What she has of a group's needs, a qualification included.
  int32_t CountIn(const CheckedGroup& group) const {
    int32_t count = 0;
    for (size_t word = 0; word < group.words; ++word) {
      count += std::popcount(has_[group.set_begin + word]);
    }
    return count;
  }

  // At least the fit of somebody who has so many of the needs.
  static int32_t MostFit(int32_t count, int32_t fit_step) {
    return fit_step == 0
               ? 1000
               : static_cast<int32_t>(std::min<int64_t>(int64_t{count} * fit_step >> 16, 1000));
  }

  // More than any contract of the group scores, but for its fit and time.
  int32_t MostBeside(const CheckedReachGroup& group) const {
    return 1000 * (weight_[1] + weight_[3] + weight_[4]) +
           wishes_[static_cast<size_t>(group.sector)];
  }

  int32_t MostIn(const CheckedReachGroup& mine) const {
    const CheckedGroup& group = table_.groups[static_cast<size_t>(mine.group)];
    return weight_[0] * MostFit(CountIn(group), group.fit_step) + MostBeside(mine);
  }

  const CheckedReachGroup& Likeliest() const {
    return *std::ranges::max_element(
        reach_.groups, {}, [this](const CheckedReachGroup& group) { return MostIn(group); });
  }

  // This and the next ones say whether to stop.
  bool InGroup(const CheckedReachGroup& mine) {
    const CheckedGroup& group = table_.groups[static_cast<size_t>(mine.group)];
    beside_ = MostBeside(mine);
    const int32_t most = MostIn(mine);
    if (most + 1000 * weight_[2] < own_score_) return false;
    const bool direct = search_.direct && CountIn(group) >= group.fewest_required;
    if (!direct && mine.syllabus_begin == mine.syllabus_end) return false;
    CollectSyllabi(mine, group, most);
    if (!direct && syllabi_.empty()) return false;
    if (direct) best_gain_ = 1000 * weight_[2];
    CollectRows(mine, group, most + best_gain_);
    return std::ranges::any_of(rows_, [&](int32_t row) { return InRow(group, row); });
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
      const CheckedReachBlock& near = reach_.blocks[i];
      const auto b = static_cast<size_t>(near.block);
      const CheckedBlock& block = table_.blocks[b];
      if (bound < search_.bars.blocks[b] || block.salary_max < she.salary_floor) continue;
      if (block.box.SquareTo(she.x, she.y) <= reach) CollectRows(block, near.closed);
    }
  }

  // What most vacancies need has the lowest bits, so few columns close most rows.
  void CollectRows(const CheckedBlock& block, CheckedColumn closed) {
    const CheckedColumn* columns = table_.columns.data() + block.columns;
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

  // The syllabi with a start that she can take, and what she has or could learn there.
  void CollectSyllabi(const CheckedReachGroup& mine, const CheckedGroup& group, int32_t most) {
    syllabi_.clear();
    best_gain_ = 0;
    could_.assign(has_.begin() + static_cast<std::ptrdiff_t>(group.set_begin),
                  has_.begin() + static_cast<std::ptrdiff_t>(group.set_begin + group.words));
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
        const uint64_t* const taught = table_.taught.data() + syllabus.taught;
        for (size_t word = 0; word < group.words; ++word) could_[word] |= taught[word];
        best_gain_ = std::max(best_gain_, gain);
        syllabi_.push_back({taught, c, syllabus.course_end, gain});
        break;
      }
    }
  }

  // Whether a party would take a contract of hers that scores this.
  bool Takes(const std::vector<CheckedSeats>& seats, int32_t party, int32_t score) const {
    return seats[static_cast<size_t>(party)].Takes(search_.ranks->AtBest(s_, score));
  }

  bool InRow(const CheckedGroup& group, int32_t row) {
    const CheckedOffer& offer = table_.offers[static_cast<size_t>(row)];
    if (!Allows(offer)) return false;
    const uint64_t* const needs = table_.NeedsOf(group, row);
    const uint64_t* const has = has_.data() + group.set_begin;
    int32_t count = 0;
    uint64_t lacking = 0;
    for (size_t word = 0; word < group.words; ++word) {
      count += std::popcount(needs[word] & has[word]);
      lacking |= needs[word] & ~has[word];
    }
    const int32_t most = weight_[0] * MostFit(count, offer.fit_step) + beside_;
    const int32_t at_least = std::max(own_score_, search_.bars.rows[static_cast<size_t>(row)]);
    if (most + best_gain_ < at_least) return false;
    if (lacking != 0 ? !CollectTeaching(needs, has, group.words, at_least - most)
                     : !search_.direct) {
      return false;
    }
    const bool by_turn = search_.by_turn();
    if (by_turn && !Takes(search_.situation->vacancies, offer.vacancy, most + best_gain_)) {
      return false;
    }
    if (!rules_.Job(offer.vacancy)) return false;
    if (rules_.NeedsStart()) return InCourses(offer, at_least);
    const auto contract = rules_.Direct();
    return contract && Take(*contract);
  }

  // Her syllabi that gain as much and teach what she lacks, if there are any.
  bool CollectTeaching(const uint64_t* needs, const uint64_t* has, size_t words,
                       int32_t least_gain) {
    teaching_.clear();
    for (const Syllabus& syllabus : syllabi_) {
      if (syllabus.gain < least_gain) continue;
      uint64_t lacking = 0;
      for (size_t word = 0; word < words; ++word) {
        lacking |= needs[word] & ~has[word] & ~syllabus.taught[word];
      }
      if (lacking == 0) teaching_.push_back(&syllabus);
    }
    return !teaching_.empty();
  }

  // The rules that need no skills, on what lies in a row: most end here.
  bool Allows(const CheckedOffer& offer) const {
    const Switcher& she = market_.switcher(s_);
    return offer.salary_max >= she.salary_floor && offer.hours >= she.hours_min &&
           offer.hours <= she.hours_max && offer.latest_ready >= she.available &&
           Square(int64_t{she.x} - offer.x) + Square(int64_t{she.y} - offer.y) <=
               Square(she.max_dist);
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
  std::vector<int32_t> wishes_;  // per sector
  // Of the group.
  std::vector<uint64_t> missing_;  // needs that she can learn nowhere
  std::vector<int32_t> rows_;
  std::vector<Syllabus> syllabi_;
  std::vector<uint64_t> could_;
  int32_t best_gain_ = 0;                  // of a start, or without one
  int32_t beside_ = 0;                     // MostBeside
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
