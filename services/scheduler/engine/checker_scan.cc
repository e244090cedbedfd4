#include "services/scheduler/engine/checker_scan.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <memory>
#include <span>
#include <utility>

namespace matchgo::scheduler::engine {
namespace {

// Neighbours who share the lists of what may be within reach.
constexpr size_t kTileSwitchers = 128;
constexpr int64_t kNever = std::numeric_limits<int64_t>::max();

int64_t Square(int64_t value) { return value * value; }

// What is the same for the whole search.
struct Search {
  const CheckedTable& table;
  const Weights& weights;
  const CheckedRanks* ranks = nullptr;          // null: any feasible contract will do
  const CheckedSituation* situation = nullptr;  // with ranks
  // A score below takes no seat: per row, and per block.
  std::vector<int64_t> row_bars = {};
  std::vector<int64_t> block_bars = {};

  // A score below is not taken.
  int64_t Bar(const CheckedSeats& seats) const {
    if (seats.TakesNothing()) return kNever;
    return seats.room || ranks->by_turn() ? 0 : -std::get<3>(*seats.worst);
  }
};

struct TileGroup {
  int32_t group = 0;
  size_t block_begin = 0;
  size_t block_end = 0;
  size_t course_begin = 0;
  size_t course_end = 0;
};

struct TileCourse {
  CheckedBits taught = {};
  int64_t bar = 0;  // a score below takes no seat
  int32_t start = 0;
  int32_t begins = 0;
  int32_t entry_level = 0;
  int32_t x = 0;
  int32_t y = 0;
  bool online = false;
};

// One lane's search, one tile after another.
class Scan {
 public:
  explicit Scan(const Search& search)
      : search_(search),
        table_(search.table),
        market_(search.table.market),
        rules_(market_, search.weights, table_.teaching),
        has_(table_.groups.size()),
        counts_(table_.groups.size(), 0),
        wishes_(static_cast<size_t>(market_.sector_names.size()), 0) {}

  void Enter(std::span<const int32_t> switchers) {
    CheckedBox area;
    int64_t reach = 0;
    int32_t earliest = INT32_MAX;
    for (const int32_t s : switchers) {
      const Switcher& she = market_.switcher(s);
      area.Add(she.x, she.y);
      reach = std::max<int64_t>(reach, she.max_dist);
      earliest = std::min(earliest, she.available);
    }
    groups_.clear();
    blocks_.clear();
    courses_.clear();
    for (size_t g = 0; g < table_.groups.size(); ++g) {
      AddGroup(static_cast<int32_t>(g), area, Square(reach), earliest);
    }
  }

  // A contract of hers that is wanted. REQUIRES: Enter with her among the switchers.
  std::optional<Contract> First(int32_t s) {
    s_ = s;
    rules_.Visit(s);
    own_ = nullptr;
    if (search_.situation != nullptr && search_.situation->holds[static_cast<size_t>(s)]) {
      own_ = &*search_.situation->holds[static_cast<size_t>(s)];
    }
    own_score_ = own_ == nullptr ? 0 : -std::get<3>(*own_);
    CollectSkills();
    CollectWishes();
    for (const TileGroup& group : groups_) {
      if (const auto found = InGroup(group)) return found;
    }
    return std::nullopt;
  }

  int64_t worked_out() const { return worked_out_; }

 private:
  void AddGroup(int32_t g, const CheckedBox& area, int64_t reach, int32_t earliest) {
    const CheckedGroup& group = table_.groups[static_cast<size_t>(g)];
    TileGroup tile{.group = g, .block_begin = blocks_.size(), .course_begin = courses_.size()};
    for (int32_t b = group.block_begin; b < group.block_end; ++b) {
      if (table_.blocks[static_cast<size_t>(b)].box.SquareTo(area) <= reach) blocks_.push_back(b);
    }
    tile.block_end = blocks_.size();
    if (tile.block_begin == tile.block_end) return;
    for (int32_t c = group.course_begin; c < group.course_end; ++c) {
      const CheckedCourse& course = table_.courses[static_cast<size_t>(c)];
      const Start& start = market_.start(course.start);
      int64_t bar = 0;
      if (search_.situation != nullptr) {
        bar = search_.Bar(search_.situation->starts[static_cast<size_t>(course.start)]);
      }
      CheckedBox place;
      place.Add(start.x, start.y);
      if (bar == kNever || start.begins < earliest) continue;
      if (!start.online && place.SquareTo(area) > reach) continue;
      courses_.push_back({.taught = course.taught,
                          .bar = bar,
                          .start = course.start,
                          .begins = start.begins,
                          .entry_level = start.entry_level,
                          .x = start.x,
                          .y = start.y,
                          .online = start.online});
    }
    tile.course_end = courses_.size();
    groups_.push_back(tile);
  }

  void CollectSkills() {
    std::ranges::fill(has_, CheckedBits());
    std::ranges::fill(counts_, 0);
    for (const int32_t skill : market_.switcher_skills[s_]) {
      for (const CheckedMention& mention : table_.groups_of_skill[skill]) {
        has_[static_cast<size_t>(mention.group)].Add(mention.bit);
        ++counts_[static_cast<size_t>(mention.group)];
      }
    }
  }

  // The weighted preference and aptitude of every sector.
  void CollectWishes() {
    const auto& weight = search_.weights.of;
    std::ranges::fill(wishes_, int64_t{500} * weight[6]);
    for (const Aptitude& aptitude : market_.switcher_aptitude[s_]) {
      wishes_[static_cast<size_t>(aptitude.sector)] = int64_t{aptitude.value} * weight[6];
    }
    const std::span<const int32_t> prefs = market_.switcher_prefs[s_];
    for (size_t i = 0; i < prefs.size() && i < 3; ++i) {
      wishes_[static_cast<size_t>(prefs[i])] += (i == 0 ? 1000 : i == 1 ? 667 : 333) * weight[5];
    }
  }

  std::optional<Contract> InGroup(const TileGroup& tile) {
    const auto g = static_cast<size_t>(tile.group);
    const CheckedGroup& group = table_.groups[g];
    const auto& weight = search_.weights.of;
    const int64_t count = counts_[g];
    const int64_t fewest = group.fewest_required;
    const int64_t fit = count >= fewest ? 1000 : 1000 * count / fewest;
    // More than any contract of the group scores, but for its time.
    const int64_t most = weight[0] * fit + int64_t{1000} * (weight[1] + weight[3] + weight[4]) +
                         wishes_[static_cast<size_t>(group.sector)];
    if (most + int64_t{1000} * weight[2] < own_score_) return std::nullopt;
    CheckedBits could = has_[g];
    int64_t time = count >= fewest ? 1000 : -1;
    usable_.clear();
    for (size_t c = tile.course_begin; c < tile.course_end; ++c) {
      const int64_t course_time = UsableAt(courses_[c], most);
      if (course_time < 0) continue;
      time = std::max(time, course_time);
      could.Add(courses_[c].taught);
      usable_.push_back(c);
    }
    if (time < 0) return std::nullopt;
    const int64_t bound = most + time * weight[2];
    if (bound < own_score_) return std::nullopt;
    const Switcher& she = market_.switcher(s_);
    for (size_t i = tile.block_begin; i < tile.block_end; ++i) {
      const auto b = static_cast<size_t>(blocks_[i]);
      const CheckedBlock& block = table_.blocks[b];
      if (!block.common.Without(could).Empty() || block.salary_max < she.salary_floor) continue;
      if (search_.situation != nullptr && bound < search_.block_bars[b]) continue;
      if (block.box.SquareTo(she.x, she.y) > Square(she.max_dist)) continue;
      if (const auto found = InBlock(block, could, bound)) return found;
    }
    return std::nullopt;
  }

  // The best time of the course for her, or -1 when she cannot have anything wanted from it.
  int64_t UsableAt(const TileCourse& course, int64_t most) const {
    const Switcher& she = market_.switcher(s_);
    if (course.begins < she.available || she.level < course.entry_level) return -1;
    if (!course.online && Square(int64_t{she.x} - course.x) + Square(int64_t{she.y} - course.y) >
                              Square(she.max_dist)) {
      return -1;
    }
    const int64_t days = int64_t{course.begins} - she.available;
    const int64_t time = days >= 730 ? 0 : 1000 * (730 - days) / 730;
    const int64_t bound = most + time * search_.weights.of[2];
    return bound < own_score_ || bound < course.bar ? -1 : time;
  }

  std::optional<Contract> InBlock(const CheckedBlock& block, const CheckedBits& could,
                                  int64_t bound) {
    // Without branches: few rows pass, and which is hard to foresee.
    const CheckedBits* const rows = &table_.needs[static_cast<size_t>(block.begin)];
    const int32_t count = block.end - block.begin;
    uint32_t passing = 0;
    for (int32_t i = 0; i < count; ++i) {
      passing |= static_cast<uint32_t>(rows[i].Without(could).Empty()) << static_cast<uint32_t>(i);
    }
    for (; passing != 0; passing &= passing - 1) {
      const int32_t row = block.begin + std::countr_zero(passing);
      const CheckedBits& needs = table_.needs[static_cast<size_t>(row)];
      int64_t at_least = own_score_;
      if (search_.situation != nullptr) {
        const int64_t bar = search_.row_bars[static_cast<size_t>(row)];
        if (bar > bound) continue;
        at_least = std::max(at_least, bar);
      }
      if (!Allows(table_.offers[static_cast<size_t>(row)])) continue;
      const int32_t v = table_.vacancies[static_cast<size_t>(row)];
      if (search_.situation != nullptr &&
          !search_.situation->vacancies[static_cast<size_t>(v)].Takes(
              search_.ranks->AtBest(s_, bound))) {
        continue;
      }
      if (!rules_.Job(v)) continue;
      if (const auto found = InJob(v, needs, at_least)) return found;
    }
    return std::nullopt;
  }

  // The rules that need no skills, on what lies in a row: most end here.
  bool Allows(const CheckedOffer& offer) const {
    const Switcher& she = market_.switcher(s_);
    return offer.salary_max >= she.salary_floor && offer.hours >= she.hours_min &&
           offer.hours <= she.hours_max && offer.latest_ready >= she.available &&
           Square(int64_t{she.x} - offer.x) + Square(int64_t{she.y} - offer.y) <=
               Square(she.max_dist);
  }

  std::optional<Contract> InJob(int32_t v, const CheckedBits& needs, int64_t at_least) {
    if (!rules_.NeedsStart()) {
      ++worked_out_;
      const auto contract = rules_.Direct();
      if (contract && Wanted(*contract)) return contract->contract;
      return std::nullopt;
    }
    const CheckedBits lacking = needs.Without(HasFor(v));
    for (const size_t c : usable_) {
      const TileCourse& course = courses_[c];
      if (!lacking.Without(course.taught).Empty()) continue;
      const int64_t bar = std::max(at_least, course.bar);
      const auto contract = rules_.Through(course.start, bar);
      if (!contract) continue;
      ++worked_out_;
      if (Wanted(*contract)) return contract->contract;
    }
    return std::nullopt;
  }

  const CheckedBits& HasFor(int32_t v) const {
    return has_[static_cast<size_t>(table_.group_of[static_cast<size_t>(v)])];
  }

  bool Wanted(const CheckedContract& found) const {
    const Contract& contract = found.contract;
    if (std::ranges::binary_search(market_.commitments.declined, contract)) return false;
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
  CheckedRules rules_;
  // Of the tile.
  std::vector<TileGroup> groups_;
  std::vector<int32_t> blocks_;
  std::vector<TileCourse> courses_;
  // Of the switcher.
  int32_t s_ = kNone;
  const CheckedRank* own_ = nullptr;
  int64_t own_score_ = 0;
  std::vector<CheckedBits> has_;  // per group
  std::vector<int32_t> counts_;   // per group: skills of hers that it asks for
  std::vector<int64_t> wishes_;   // per sector
  std::vector<size_t> usable_;    // courses of the group
  int64_t worked_out_ = 0;
};

CheckedFindings Run(const Search& search, const std::vector<uint8_t>& asked, Parallel& parallel) {
  std::vector<int32_t> tour;
  for (const int32_t s : search.table.tour) {
    if (asked[static_cast<size_t>(s)] != 0) tour.push_back(s);
  }
  std::vector<std::unique_ptr<Scan>> scans(static_cast<size_t>(parallel.lanes()));
  std::vector<std::optional<Contract>> found(tour.size());
  const size_t tiles = (tour.size() + kTileSwitchers - 1) / kTileSwitchers;
  parallel.For(tiles, 1, [&](int lane, size_t begin, size_t end) {
    auto& scan = scans[static_cast<size_t>(lane)];
    if (scan == nullptr) scan = std::make_unique<Scan>(search);
    for (size_t tile = begin; tile < end; ++tile) {
      const size_t first = tile * kTileSwitchers;
      const size_t last = std::min(first + kTileSwitchers, tour.size());
      scan->Enter(std::span(tour).subspan(first, last - first));
      for (size_t i = first; i < last; ++i) found[i] = scan->First(tour[i]);
    }
  });
  CheckedFindings findings;
  for (const auto& contract : found) {
    if (contract) findings.contracts.push_back(*contract);
  }
  std::ranges::sort(findings.contracts);
  for (const auto& scan : scans) findings.worked_out += scan == nullptr ? 0 : scan->worked_out();
  return findings;
}

}  // namespace

CheckedFindings FindBlocking(const CheckedTable& table, const Weights& weights,
                             const CheckedRanks& ranks, const CheckedSituation& situation,
                             Parallel& parallel) {
  Search search{.table = table, .weights = weights, .ranks = &ranks, .situation = &situation};
  for (const int32_t v : table.vacancies) {
    search.row_bars.push_back(search.Bar(situation.vacancies[static_cast<size_t>(v)]));
  }
  for (const CheckedBlock& block : table.blocks) {
    const auto rows = std::span(search.row_bars)
                          .subspan(static_cast<size_t>(block.begin),
                                   static_cast<size_t>(block.end - block.begin));
    search.block_bars.push_back(std::ranges::min(rows));
  }
  std::vector<uint8_t> asked;
  for (const uint8_t settled : situation.settled) asked.push_back(settled == 0 ? 1 : 0);
  return Run(search, asked, parallel);
}

CheckedFindings FindFeasible(const CheckedTable& table, const std::vector<uint8_t>& asked,
                             Parallel& parallel) {
  const Weights any;
  return Run({.table = table, .weights = any}, asked, parallel);
}

}  // namespace matchgo::scheduler::engine
