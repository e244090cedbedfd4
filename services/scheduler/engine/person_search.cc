#include "services/scheduler/engine/person_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <numeric>

#include "common/base/check.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/feasibility.h"

namespace matchgo::scheduler::engine {
namespace {

// Farther than this, squares of distances do not fit the lanes; distances are then looked at one
// by one.
constexpr int32_t kLaneReachMax = 32'767;
constexpr int32_t kWishesUnknown = -1;

// The unit that makes a bound of `1000 * part / whole` with 16 bits behind the point, rounded up.
uint32_t UnitOf(int64_t step, int64_t whole) {
  return static_cast<uint32_t>(((kPartMax << 16) * step + whole - 1) / whole);
}

void PrepareTravel(int64_t reach, bool far, LanePerson& person) {
  person.reach_squared = far ? LanePerson::kEverywhere : static_cast<uint32_t>(reach);
  if (far || reach == 0) {
    person.travel_shift = 31;
    person.travel_round = 1;
    person.travel_unit = UnitOf(1, 1);
    return;
  }
  const auto width = static_cast<int>(std::bit_width(static_cast<uint64_t>(reach)));
  person.travel_shift = static_cast<uint32_t>(std::max(0, width - 12));
  person.travel_round = person.travel_shift == 0 ? 0 : 1;
  person.travel_unit = UnitOf(int64_t{1} << person.travel_shift, reach);
}

void PrepareSalary(const Switcher& facts, int32_t step, LanePerson& person) {
  const auto steps = [step](int64_t cents) {
    return static_cast<uint32_t>(std::min<int64_t>((cents + step - 1) / step, 1 << 20));
  };
  person.salary_floor = steps(facts.salary_floor);
  person.salary_now = std::min<uint32_t>(steps(facts.salary_now), UINT16_MAX);
  if (facts.salary_now < step) {
    person.salary_flat = static_cast<uint32_t>(kPartMax);
    person.salary_unit = 0;
  } else {
    person.salary_flat = 0;
    person.salary_unit = UnitOf(step, facts.salary_now);
  }
}

}  // namespace

PersonSearch::PersonSearch(const CandidateIndex& index, SimdLevel level)
    : index_(index),
      groups_(index.groups()),
      scan_(LaneScanOf(level)),
      focus_skills_(index.market().skill_names.size()),
      skills_(index.market().skill_names.size()),
      has_(static_cast<size_t>(groups_.word_count), 0),
      reachable_(has_.size(), 0),
      held_counts_(has_.size(), 0),
      within_counts_(has_.size(), 0),
      wishes_(static_cast<size_t>(index.market().sector_names.size()), kWishesUnknown),
      usable_(groups_.start_blocks.size(), 0),
      soonest_(groups_.syllabi.all.size(), kNever),
      first_slot_(soonest_.size(), kNone),
      known_starts_(soonest_.size(), 0),
      known_groups_(groups_.groups.size(), 0),
      syllabus_hours_(soonest_.size()) {
  size_t modules = 0;
  for (size_t i = 0; i < syllabus_hours_.size(); ++i) {
    syllabus_hours_[i].first = modules;
    modules += groups_.syllabi.all[i].module_count();
  }
  hours_.resize(modules, 0);
}

bool SearchTerms::Admit(const FeasibleContract& contract) const {
  const Place place = PlaceOf(contract);
  if (below && !Better(*below, place)) return false;
  if (above && !Better(place, *above)) return false;
  if (admission != nullptr && ((asks_switcher && !admission->SwitcherWants(place)) ||
                               (asks_vacancy && !admission->VacancyAdmits(place)) ||
                               (asks_start && !admission->StartAdmits(place)))) {
    return false;
  }
  return !std::ranges::binary_search(declined, contract.contract);
}

void PersonSearch::Begin(const Query& query) {
  CHECK(query.limit > 0);
  terms_ = {.below = query.below,
            .above = query.above,
            .admission = query.admission,
            .declined = query.declined,
            .prices = query.prices,
            .kinds = query.kinds};
  focus_.start_slot = kNone;
  counts_ = {};
  any_ = false;
  list_.Begin(query.limit, query.above, query.prices == nullptr ? 0 : 1);
  Begin(query.person);
}

Found PersonSearch::Best(const Query& query) {
  Begin(query);
  ProjectSkills();
  FindUsableStarts();
  RankGroups();
  for (const int32_t g : order_) {
    const RankedGroup& ranked = by_group_[static_cast<size_t>(g)];
    if (ranked.bound < list_.threshold()) {
      list_.LeaveOut();
      continue;
    }
    VisitGroup(ranked);
  }
  std::ranges::fill(has_, 0);
  End();
  return Take();
}

Found PersonSearch::Take() {
  const std::span<const FeasibleContract> best = list_.Sorted();
  return {.best = {best.begin(), best.end()}, .more = list_.left_out(), .any = any_};
}

void PersonSearch::BeginFocus(const Focus& focus, const SearchTerms& terms, int limit) {
  CHECK(limit > 0);
  for (const int32_t g : focus_.groups) {
    for (const int32_t skill : groups_.SkillsOf(g)) focus_skills_.Remove(skill);
  }
  focus_ = focus;
  terms_ = terms;
  counts_ = {};
  list_.Begin(limit, terms.above);
  for (const int32_t g : focus_.groups) {
    for (const int32_t skill : groups_.SkillsOf(g)) focus_skills_.Add(skill);
  }
}

void PersonSearch::Visit(const Person& person) {
  Begin(person);
  ProjectOnFocus();
  for (const int32_t g : focus_.groups) {
    const VacancyGroup& group = groups_.groups[static_cast<size_t>(g)];
    const RankedGroup ranked = Rank(g);
    const int32_t floor =
        terms_.asks_switcher && terms_.admission != nullptr && person.switcher != kNone
            ? terms_.admission->switcher_floor(person.switcher)
            : -1;
    if (ranked.bound < std::max({0, floor, list_.threshold()})) {
      if (ranked.bound >= 0) list_.LeaveOut();
    } else if (focus_.vacancy_slot == kNone) {
      VisitGroup(ranked);
    } else {
      VisitLane(ViewOf(ranked), {focus_.vacancy_slot, ranked.bound});
    }
    std::fill_n(has_.begin() + group.first_word, group.words, 0);
  }
  End();
}

void PersonSearch::Begin(const Person& person) {
  who_ = person;
  ++search_;
  std::ranges::fill(wishes_, kWishesUnknown);
  PreparePerson();
  for (const int32_t skill : who_.skills) skills_.Add(skill);
}

void PersonSearch::End() {
  for (const int32_t skill : who_.skills) skills_.Remove(skill);
}

void PersonSearch::ProjectSkills() {
  for (const int32_t skill : who_.skills) {
    for (const SkillBit bit : groups_.bits_of[skill]) has_[bit / 64] |= uint64_t{1} << (bit % 64);
  }
}

void PersonSearch::ProjectOnFocus() {
  for (const int32_t skill : who_.skills) {
    if (!focus_skills_.Has(skill)) continue;
    for (const int32_t g : focus_.groups) {
      const std::span<const int32_t> pool = groups_.SkillsOf(g);
      const auto at = std::ranges::lower_bound(pool, skill);
      if (at == pool.end() || *at != skill) continue;
      const auto bit = static_cast<size_t>(at - pool.begin());
      const auto first = static_cast<size_t>(groups_.groups[static_cast<size_t>(g)].first_word);
      has_[first + bit / 64] |= uint64_t{1} << (bit % 64);
    }
  }
}

LanePerson LanePersonOf(const CandidateIndex& index, const Switcher& facts) {
  const auto& weights = index.weights().of;
  const VacancyGroups& groups = index.groups();
  const int64_t reach = int64_t{facts.max_dist} * facts.max_dist;
  LanePerson person;
  person.x = facts.x;
  person.y = facts.y;
  PrepareTravel(reach, facts.max_dist > kLaneReachMax, person);
  person.hours_min = static_cast<uint32_t>(facts.hours_min);
  person.hours_max = static_cast<uint32_t>(facts.hours_max);
  PrepareSalary(facts, groups.salary_step, person);
  person.fit_weight = weights[kFit];
  person.travel_weight = weights[kTravel];
  person.salary_weight = weights[kSalary];
  person.available = facts.available;
  person.level = facts.level;
  const BlockBoxes& boxes = groups.boxes;
  const auto square = [&boxes](int32_t at, int32_t origin) {
    return static_cast<uint8_t>(std::clamp((at - origin) >> boxes.shift, 0, 255));
  };
  person.square_x = square(facts.x, boxes.origin_x);
  person.square_y = square(facts.y, boxes.origin_y);
  person.square_reach_squared =
      static_cast<uint16_t>(std::min<int64_t>(reach >> (2 * boxes.shift), UINT16_MAX));
  return person;
}

void PersonSearch::PreparePerson() {
  const Switcher& facts = who_.facts;
  reach_ = int64_t{facts.max_dist} * facts.max_dist;
  far_ = facts.max_dist > kLaneReachMax;
  person_ = LanePersonOf(index_, facts);
}

int32_t PersonSearch::WishesFor(int32_t sector) {
  int32_t& wishes = wishes_[static_cast<size_t>(sector)];
  if (wishes == kWishesUnknown) {
    const auto& weights = index_.weights().of;
    wishes = weights[kPreference] * PreferencePart(who_.prefs, sector) +
             weights[kAptitude] * AptitudePart(who_.aptitude, sector) +
             (terms_.prices == nullptr ? 0 : terms_.prices->bonus());
  }
  return wishes;
}

bool PersonSearch::LacksQualification(const VacancyGroup& group) const {
  return group.qualification != kNone &&
         !std::ranges::binary_search(who_.qualifications, group.qualification);
}

// Which starts take her, and when the first of each syllabus begins.
void PersonSearch::FindUsableStarts() {
  scan_.usable_starts(person_, groups_.start_blocks.data(), usable_.size(), usable_.data());
  for (size_t i = 0; i < soonest_.size(); ++i) {
    const int32_t slot = NextUsable(static_cast<int32_t>(i), groups_.syllabi.first[i]);
    first_slot_[i] = slot;
    const auto at = static_cast<size_t>(slot);
    soonest_[i] = slot == kNone ? kNever : groups_.start_blocks[at / kLanes].begins[at % kLanes];
    known_starts_[i] = search_;
  }
}

bool PersonSearch::TakesHer(size_t slot) const {
  const StartBlock& block = groups_.start_blocks[slot / kLanes];
  const size_t lane = slot % kLanes;
  return block.entry_level[lane] <= person_.level && block.begins[lane] >= person_.available &&
         ((block.online >> lane & 1U) != 0 ||
          DistanceSquared(person_.x, person_.y, block.x[lane], block.y[lane]) <= reach_);
}

// The first usable start of a syllabus from a slot on, or kNone.
int32_t PersonSearch::NextUsable(int32_t syllabus, int32_t from) const {
  const int32_t end = groups_.syllabi.first[static_cast<size_t>(syllabus) + 1];
  for (int32_t slot = from; slot < end;) {
    const auto at = static_cast<size_t>(slot);
    const uint32_t left = static_cast<uint32_t>(usable_[at / kLanes]) >> (at % kLanes);
    if (left == 0) {
      slot += static_cast<int32_t>(kLanes - at % kLanes);
      continue;
    }
    slot += std::countr_zero(left);
    if (slot >= end) return kNone;
    if (!far_ || TakesHer(static_cast<size_t>(slot))) return slot;
    ++slot;
  }
  return kNone;
}

// Within reach, and near enough for the group's bound less what travelling costs to count.
uint16_t PersonSearch::SquaresWorthwhile(const RankedGroup& ranked) const {
  const int64_t weight = index_.weights().of[kTravel];
  if (weight == 0) return person_.square_reach_squared;
  // One part in a thousand more, as parts are rounded.
  const int64_t affordable = int64_t{ranked.bound} - list_.threshold() + weight;
  if (affordable >= weight * kPartMax) return person_.square_reach_squared;
  const int64_t near = (reach_ / (weight * kPartMax) + 1) * affordable;
  return static_cast<uint16_t>(
      std::min<int64_t>(near >> (2 * groups_.boxes.shift), person_.square_reach_squared));
}

void PersonSearch::VisitGroup(const RankedGroup& ranked) {
  ++counts_.groups;
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(ranked.group)];
  const auto block_count = static_cast<size_t>(group.block_count);
  if (blocks_.size() < block_count + kLanes * 4) blocks_.resize(block_count + kLanes * 4);
  const uint16_t all_squares = person_.square_reach_squared;
  person_.square_reach_squared = SquaresWorthwhile(ranked);
  if (person_.square_reach_squared < all_squares) list_.LeaveOut();
  const size_t reachable = scan_.reachable_blocks(
      person_, groups_.boxes, static_cast<size_t>(group.first_block), block_count, blocks_.data());
  person_.square_reach_squared = all_squares;
  const size_t near = terms_.prices == nullptr ? reachable : Affordable(ranked, reachable);
  if (near == 0) return;
  counts_.blocks += static_cast<int64_t>(near);
  const GroupView view = ViewOf(ranked);
  survivors_.resize(std::max(survivors_.size(), near * kLanes));
  const size_t count =
      scan_.survivors(person_, LanesOf(view), blocks_.data(), near, survivors_.data());
  counts_.survivors += static_cast<int64_t>(count);
  list_.LeaveOut();  // lanes below the threshold, without a word
  const std::span<Survivor> survivors = std::span(survivors_).first(count);
  if (count > 1) {
    std::ranges::sort(survivors, BestBoundFirst());
  }
  for (const Survivor& survivor : survivors) {
    if (survivor.bound < list_.threshold()) {
      list_.LeaveOut();
      return;
    }
    VisitLane(view, survivor);
  }
}

// Keeps the listed blocks with a vacancy whose price leaves enough, and says how many they are.
size_t PersonSearch::Affordable(const RankedGroup& ranked, size_t count) {
  const std::span<int32_t> blocks = std::span(blocks_).first(count);
  // Not std::ranges::remove_if: clang 14, which reads this for clang-tidy, cannot compile it.
  const auto end = std::remove_if(blocks.begin(), blocks.end(), [&](int32_t block) {
    return ranked.bound - terms_.prices->FloorOfBlock(block) < list_.threshold();
  });
  return static_cast<size_t>(end - blocks.begin());
}

PersonSearch::GroupView PersonSearch::ViewOf(const RankedGroup& ranked) {
  const VacancyGroup& group = groups_.groups[static_cast<size_t>(ranked.group)];
  return {.group = &group,
          .has = has_.data() + group.first_word,
          .lacks_qualification = ranked.lacks_qualification,
          .wishes = WishesFor(group.sector),
          .soonest = ranked.soonest};
}

LaneGroup PersonSearch::LanesOf(const GroupView& view) const {
  const VacancyGroup& group = *view.group;
  const auto& weights = index_.weights().of;
  constexpr auto kWhole = static_cast<int32_t>(kPartMax);
  const int32_t shared = view.wishes + weights[kNice] * kWhole;
  LaneGroup lanes{.blocks = groups_.blocks.data(),
                  .required = groups_.required.data() + group.first_mask,
                  .first_block = static_cast<size_t>(group.first_block),
                  .words = static_cast<size_t>(group.words),
                  .has = view.has,
                  .reachable = reachable_.data() + group.first_word,
                  .rest_lacking = kImpossible,
                  .threshold = list_.threshold()};
  if (terms_.admission != nullptr && terms_.asks_vacancy) {
    lanes.floors = terms_.admission->floors_by_slot();
  }
  if (view.soonest != kNever) {
    lanes.rest_lacking =
        shared + weights[kTime] * TimePart(int64_t{view.soonest} - person_.available);
    lanes.ready_lacking = Days16(view.soonest);
  }
  lanes.rest_complete = lanes.rest_lacking;
  lanes.ready_complete = lanes.ready_lacking;
  if (!view.lacks_qualification) {
    lanes.rest_complete = shared + weights[kTime] * kWhole;
    lanes.ready_complete = Days16(person_.available);
  }
  return lanes;
}

}  // namespace matchgo::scheduler::engine
