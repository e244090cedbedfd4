#include "services/scheduler/engine/checker_sieve.h"

#include <algorithm>
#include <bit>

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kWordBits = 64;

int64_t Square(int64_t value) { return value * value; }

template <class Use>
void ForBits(uint64_t left, const Use& use) {
  for (; left != 0; left &= left - 1) use(static_cast<size_t>(std::countr_zero(left)));
}

}  // namespace

CheckedSieve::CheckedSieve(const CheckedTable& table, const Weights& weights,
                           const CheckedBars& bars, bool direct)
    : table_(table),
      market_(table.market),
      weight_(weights.of),
      bars_(bars),
      direct_(direct),
      keep_(CheckedKeeps().back()),
      rows_(PeopleSet::kMost),
      wishes_(static_cast<size_t>(market_.sector_names.size()) * PeopleSet::kMost, 0),
      having_(static_cast<size_t>(market_.skill_names.size() + market_.qualification_names.size())),
      takers_(market_.starts.size()),
      near_(PeopleSet::kMost) {}

void CheckedSieve::Enter(const CheckedReach& reach, std::span<const int32_t> switchers,
                         std::span<const int32_t> own) {
  CollectSwitchers(switchers, own);
  known_.assign(market_.starts.size(), 0);
  for (auto& rows : rows_) rows.clear();
  for (size_t g = 0; g < reach.groups.size(); ++g) {
    const CheckedReachGroup& mine = reach.groups[g];
    const CheckedGroup& group = table_.groups[static_cast<size_t>(mine.group)];
    EnterGroup(reach, mine);
    if (!direct_ && syllabi_.empty()) continue;
    for (size_t i = mine.block_begin; i < mine.block_end; ++i) {
      const CheckedBlock& block = table_.blocks[static_cast<size_t>(reach.blocks[i])];
      for (int32_t row = block.begin; row < block.end; ++row) {
        InRow(group, static_cast<int32_t>(g), row);
      }
    }
  }
}

void CheckedSieve::CollectSwitchers(std::span<const int32_t> switchers,
                                    std::span<const int32_t> own) {
  for (const int32_t need : touched_) having_[static_cast<size_t>(need)] = {};
  touched_.clear();
  her_.clear();
  area_ = {};
  shortest_ = std::numeric_limits<int64_t>::max();
  longest_ = 0;
  for (size_t who = 0; who < switchers.size(); ++who) {
    const Switcher& she = market_.switcher(switchers[who]);
    const int64_t reach = Square(she.max_dist);
    her_.push_back(
        {she.x, she.y, reach, she.salary_floor, she.salary_now, she.available, own[who]});
    area_.Add(she.x, she.y);
    shortest_ = std::min(shortest_, reach);
    longest_ = std::max(longest_, reach);
    CollectNeeds(who, switchers[who]);
    CollectWishes(who, switchers[who]);
  }
  BuildLadders(switchers);
}

void CheckedSieve::CollectNeeds(size_t who, int32_t s) {
  const auto add = [&](int32_t need) {
    having_[static_cast<size_t>(need)].Add(who);
    touched_.push_back(need);
  };
  for (const int32_t skill : market_.switcher_skills[s]) add(skill);
  for (const int32_t name : market_.switcher_qualifications[s]) {
    add(market_.skill_names.size() + name);
  }
}

// The preference and aptitude of every sector.
void CheckedSieve::CollectWishes(size_t who, int32_t s) {
  const auto at = [&](int32_t sector) -> int32_t& {
    return wishes_[static_cast<size_t>(sector) * PeopleSet::kMost + who];
  };
  for (int32_t sector = 0; sector < market_.sector_names.size(); ++sector) {
    at(sector) = 500 * weight_[6];
  }
  for (const Aptitude& aptitude : market_.switcher_aptitude[s]) {
    at(aptitude.sector) = aptitude.value * weight_[6];
  }
  const std::span<const int32_t> prefs = market_.switcher_prefs[s];
  for (size_t i = 0; i < prefs.size() && i < 3; ++i) {
    at(prefs[i]) += (i == 0 ? 1000 : i == 1 ? 667 : 333) * weight_[5];
  }
}

void CheckedSieve::BuildLadders(std::span<const int32_t> switchers) {
  std::vector<int32_t> values;
  const auto build = [&](PeopleLadder& ladder, const auto& value_of) {
    values.clear();
    for (const int32_t s : switchers) values.push_back(value_of(market_.switcher(s)));
    ladder.Build(values);
  };
  build(floors_, [](const Switcher& she) { return she.salary_floor; });
  build(hours_min_, [](const Switcher& she) { return she.hours_min; });
  build(hours_max_, [](const Switcher& she) { return -she.hours_max; });
  build(available_, [](const Switcher& she) { return she.available; });
  build(levels_, [](const Switcher& she) { return -she.level; });
}

PeopleSet CheckedSieve::NearTo(int32_t x, int32_t y) const {
  PeopleSet near;
  for (size_t who = 0; who < her_.size(); ++who) {
    const Her& she = her_[who];
    const int64_t away = Square(int64_t{she.x} - x) + Square(int64_t{she.y} - y);
    if (away <= she.reach) near.Add(who);
  }
  return near;
}

const PeopleSet& CheckedSieve::TakersOf(const CheckedReachCourse& course) {
  const auto p = static_cast<size_t>(course.start);
  PeopleSet& takers = takers_[p];
  if (known_[p] != 0) return takers;
  known_[p] = 1;
  takers = available_.UpTo(course.begins);
  takers &= levels_.UpTo(-course.entry_level);
  const bool near_all = course.online || area_.MostSquareTo(course.x, course.y) <= shortest_;
  if (!near_all) takers &= NearTo(course.x, course.y);
  return takers;
}

void CheckedSieve::EnterGroup(const CheckedReach& reach, const CheckedReachGroup& mine) {
  const CheckedGroup& group = table_.groups[static_cast<size_t>(mine.group)];
  has_.clear();
  for (const int32_t need : table_.NamesOf(group)) {
    has_.push_back(having_[static_cast<size_t>(need)]);
  }
  could_ = has_;
  syllabi_.clear();
  for (size_t y = mine.syllabus_begin; y < mine.syllabus_end; ++y) {
    const CheckedReachSyllabus& syllabus = reach.syllabi[y];
    PeopleSet takers;
    for (size_t c = syllabus.course_begin; c < syllabus.course_end; ++c) {
      takers |= TakersOf(reach.courses[c]);
    }
    if (takers.Empty()) continue;
    const uint64_t* const taught = table_.taught.data() + syllabus.taught;
    syllabi_.push_back({taught, takers});
    for (size_t word = 0; word < group.words; ++word) {
      ForBits(taught[word], [&](size_t bit) { could_[word * kWordBits + bit] |= takers; });
    }
  }
}

void CheckedSieve::InRow(const CheckedGroup& group, int32_t at, int32_t row) {
  const int32_t bar = bars_.rows[static_cast<size_t>(row)];
  const CheckedOffer& offer = table_.offers[static_cast<size_t>(row)];
  if (bar == kCheckedShut || area_.SquareTo(offer.x, offer.y) > longest_) return;
  PeopleSet asked = floors_.UpTo(offer.salary_max);
  asked &= hours_min_.UpTo(offer.hours);
  asked &= hours_max_.UpTo(-offer.hours);
  asked &= available_.UpTo(offer.latest_ready);
  KeepWithNeeds(group, row, asked);
  const int32_t* const wishes =
      wishes_.data() + static_cast<size_t>(group.sector) * PeopleSet::kMost;
  const auto away_from = [&offer](const Her& she) {
    return Square(int64_t{she.x} - offer.x) + Square(int64_t{she.y} - offer.y);
  };
  const auto least_of = [&](const Her& she) { return std::max(she.own, bar) - 1000 * weight_[2]; };
  // Those for whom it is not too far, nor too far to be worth it: as below, without a division.
  // Without a branch: it is hard to foresee.
  const int32_t beside = 1000 * (weight_[0] + weight_[1] + weight_[4]);
  size_t near = 0;
  asked.ForEach([&](size_t who) {
    const Her& she = her_[who];
    const int64_t left = she.reach - away_from(she);
    const int64_t wanted = least_of(she) - beside - wishes[who];
    near_[near] = who;
    near += static_cast<size_t>(left >= 0) &
            static_cast<size_t>(1000 * weight_[3] * left >= wanted * she.reach);
  });
  for (size_t i = 0; i < near; ++i) {
    const size_t who = near_[i];
    const Her& she = her_[who];
    if (offer.salary_max < she.salary_floor || offer.latest_ready < she.available) continue;
    const int64_t travel = she.reach == 0 ? 1000 : 1000 * (she.reach - away_from(she)) / she.reach;
    const int64_t pay = offer.salary_max >= she.salary_now
                            ? 1000
                            : int64_t{1000} * offer.salary_max / she.salary_now;
    int64_t most = 1000 * weight_[1] + weight_[3] * travel + weight_[4] * pay + wishes[who];
    if (most + 1000 * weight_[0] < least_of(she)) continue;
    most += weight_[0] * MostFit(group, row, who);
    if (most >= least_of(she)) rows_[who].push_back({at, row, static_cast<int32_t>(most)});
  }
}

int32_t CheckedSieve::MostFit(const CheckedGroup& group, int32_t row, size_t who) const {
  const uint64_t* const needs = table_.NeedsOf(group, row);
  int64_t count = 0;
  for (size_t word = 0; word < group.words; ++word) {
    ForBits(needs[word],
            [&](size_t bit) { count += has_[word * kWordBits + bit].Has(who) ? 1 : 0; });
  }
  const int32_t step = table_.offers[static_cast<size_t>(row)].fit_step;
  return step == 0 ? 1000 : static_cast<int32_t>(std::min<int64_t>(count * step >> 16, 1000));
}

// Leaves those who have every need, or have or learn every need with one syllabus.
void CheckedSieve::KeepWithNeeds(const CheckedGroup& group, int32_t row, PeopleSet& asked) {
  const uint64_t* const needs = table_.NeedsOf(group, row);
  keep_(could_.data(), needs, group.words, asked);
  if (asked.Empty()) return;
  PeopleSet able;
  if (direct_) {
    able = asked;
    keep_(has_.data(), needs, group.words, able);
  }
  untaught_.resize(group.words);
  for (const Syllabus& syllabus : syllabi_) {
    for (size_t word = 0; word < group.words; ++word) {
      untaught_[word] = needs[word] & ~syllabus.taught[word];
    }
    PeopleSet learning = asked;
    learning &= syllabus.takers;
    keep_(has_.data(), untaught_.data(), group.words, learning);
    able |= learning;
  }
  asked = able;
}

}  // namespace matchgo::scheduler::engine
