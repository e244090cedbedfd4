#include "services/scheduler/engine/crowd.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "common/base/check.h"
#include "services/scheduler/engine/person_search.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kBits = PeopleSet::kBits;
// Hours of a lane without a vacancy.
constexpr int32_t kNoHours = 255;

template <class Use>
void ForBits(uint64_t left, const Use& use) {
  for (; left != 0; left &= left - 1) use(static_cast<size_t>(std::countr_zero(left)));
}

void Subtract(PeopleSet& from, const PeopleSet& others) {
  for (size_t w = 0; w < PeopleSet::kWords; ++w) from.words()[w] &= ~others.words()[w];
}

int64_t Gap(int64_t low, int64_t high, int64_t from, int64_t to) {
  return std::max<int64_t>({0, low - to, from - high});
}

}  // namespace

Crowd::Crowd(const CandidateIndex& index, const CrowdScan& scan)
    : index_(index),
      groups_(index.groups()),
      scan_(scan),
      having_(static_cast<size_t>(index.market().skill_names.size())),
      leads_(groups_.syllabi.all.size()),
      lacking_(static_cast<size_t>(index.market().qualification_names.size())),
      wishes_(static_cast<size_t>(index.market().sector_names.size())) {
  for (Leads& leads : leads_) leads.soonest.fill(kNever);
  const auto& weights = index.weights().of;
  group_.blocks = groups_.blocks.data();
  group_.weights = {weights[kFit], weights[kTravel], weights[kSalary]};
}

void Crowd::Leave() {
  for (const int32_t skill : touched_) having_[static_cast<size_t>(skill)] = {};
  touched_.clear();
  for (Leads& leads : leads_) {
    if (!leads.who.Empty()) leads.soonest.fill(kNever);
    leads.who = {};
    leads.known = false;
  }
  for (Lacking& lacking : lacking_) lacking = {};
  for (Wishes& wishes : wishes_) wishes.known = false;
  facts_.hours.fill({});
  facts_.reach_squared.fill(0);
  salary_floors_.clear();
}

void Crowd::Enter(std::vector<Person> people, std::span<const int32_t> thresholds) {
  CHECK(!people.empty() && people.size() <= kMost && people.size() == thresholds.size());
  Leave();
  people_ = std::move(people);
  area_ = {.x_min = kNever, .x_max = -kNever, .y_min = kNever, .y_max = -kNever};
  reach_most_ = 0;
  for (size_t i = 0; i < people_.size(); ++i) EnterPerson(i, thresholds[i]);
  std::vector<int32_t> values(people_.size());
  const auto build = [&](PeopleLadder& ladder, const auto& value_of) {
    for (size_t i = 0; i < people_.size(); ++i) values[i] = value_of(people_[i].facts);
    ladder.Build(values);
  };
  build(facts_.available, [](const Switcher& she) { return Days16(she.available); });
  build(levels_, [](const Switcher& she) { return -int32_t{she.level}; });
  facts_.salary_floor.Build(salary_floors_);
}

void Crowd::EnterPerson(size_t who, int32_t threshold) {
  const Person& person = people_[who];
  const Switcher& facts = person.facts;
  const LanePerson lane = LanePersonOf(index_, facts);
  facts_.Set(who, lane, threshold);
  salary_floors_.push_back(static_cast<int32_t>(lane.salary_floor));
  area_.x_min = std::min(area_.x_min, facts.x);
  area_.x_max = std::max(area_.x_max, facts.x);
  area_.y_min = std::min(area_.y_min, facts.y);
  area_.y_max = std::max(area_.y_max, facts.y);
  reach_most_ = std::max(reach_most_, int64_t{facts.max_dist} * facts.max_dist);
  const int32_t most = std::min<int32_t>(facts.hours_max, kNoHours - 1);
  for (int32_t hours = facts.hours_min; hours <= most; ++hours) {
    facts_.hours[static_cast<size_t>(hours)].Add(who);
  }
  for (const int32_t skill : person.skills) {
    having_[static_cast<size_t>(skill)].Add(who);
    touched_.push_back(skill);
  }
}

bool Crowd::MayReach(const CrowdBox& box) const {
  const int64_t dx = Gap(area_.x_min, area_.x_max, box.x_min, box.x_max);
  const int64_t dy = Gap(area_.y_min, area_.y_max, box.y_min, box.y_max);
  return dx * dx + dy * dy <= reach_most_;
}

// Where travel is too far for lanes, maybe somebody too many.
const Crowd::Leads& Crowd::LeadsOf(size_t syllabus) {
  Leads& leads = leads_[syllabus];
  if (leads.known) return leads;
  leads.known = true;
  const Syllabi& syllabi = groups_.syllabi;
  for (int32_t slot = syllabi.first[syllabus]; slot < syllabi.first[syllabus + 1]; ++slot) {
    const auto at = static_cast<size_t>(slot);
    const StartBlock& block = groups_.start_blocks[at / kLanes];
    const size_t lane = at % kLanes;
    const int32_t begins = block.begins[lane];
    PeopleSet takers = facts_.available.UpTo(Days16(begins));
    takers &= levels_.UpTo(-block.entry_level[lane]);
    if ((block.online >> lane & 1U) == 0) {
      const CrowdBox point = {block.x[lane], block.x[lane], block.y[lane], block.y[lane]};
      if (!MayReach(point)) continue;
      takers &= scan_.near(facts_, point);
    }
    // Starts of a syllabus stand soonest first.
    Subtract(takers, leads.who);
    takers.ForEach([&](size_t who) {
      const Switcher& facts = people_[who].facts;
      if (begins < facts.available || block.entry_level[lane] > facts.level) return;
      leads.soonest[who] = begins;
      leads.who.Add(who);
    });
  }
  return leads;
}

const PeopleSet& Crowd::LackingOf(int32_t qualification) {
  Lacking& lacking = lacking_[static_cast<size_t>(qualification)];
  if (!lacking.known) {
    lacking.known = true;
    for (size_t i = 0; i < people_.size(); ++i) {
      if (!std::ranges::binary_search(people_[i].qualifications, qualification)) {
        lacking.who.Add(i);
      }
    }
  }
  return lacking.who;
}

const ByPerson& Crowd::WishesFor(int32_t sector) {
  Wishes& wishes = wishes_[static_cast<size_t>(sector)];
  if (!wishes.known) {
    wishes.known = true;
    const auto& weights = index_.weights().of;
    for (size_t i = 0; i < people_.size(); ++i) {
      wishes.weighted[i] = weights[kPreference] * PreferencePart(people_[i].prefs, sector) +
                           weights[kAptitude] * AptitudePart(people_[i].aptitude, sector);
    }
  }
  return wishes.weighted;
}

CrowdGroup& Crowd::ViewOf(const VacancyGroup& group) {
  group_.required = groups_.required.data() + group.first_mask;
  group_.first_block = static_cast<size_t>(group.first_block);
  group_.words = static_cast<size_t>(group.words);
  group_.lacking = group.qualification == kNone ? PeopleSet() : LackingOf(group.qualification);
  GatherSkills(group);
  GatherCourses(group);
  GatherRest(group);
  return group_;
}

void Crowd::GatherSkills(const VacancyGroup& group) {
  group_.has.assign(group_.words * kBits, {});
  for (size_t bit = 0; bit < static_cast<size_t>(group.skill_count); ++bit) {
    const int32_t skill = groups_.skills[static_cast<size_t>(group.first_skill) + bit];
    group_.has[bit] = having_[static_cast<size_t>(skill)];
  }
  group_.reachable = group_.has;
  group_.masks.resize(group_.words);
  for (size_t w = 0; w < group_.words; ++w) {
    std::copy_n(&group_.has[w * kBits], kBits, group_.masks[w].begin());
    scan_.turn(group_.masks[w]);
  }
}

void Crowd::GatherCourses(const VacancyGroup& group) {
  const size_t words = group_.words;
  group_.soonest.fill(kNever);
  group_.courses.clear();
  for (size_t c = 0; c < static_cast<size_t>(group.course_count); ++c) {
    const Course& course = groups_.courses[static_cast<size_t>(group.first_course) + c];
    const Leads& leads = LeadsOf(static_cast<size_t>(course.syllabus));
    PeopleSet who = leads.who;
    if (!course.awards) Subtract(who, group_.lacking);
    if (who.Empty()) continue;
    // Where one lacks the qualification, maybe too soon.
    scan_.lower(group_.soonest, leads.soonest);
    const uint64_t* all = &groups_.course_reach[static_cast<size_t>(group.first_reach) + c * words];
    group_.courses.push_back({.teaches = all, .who = who});
    for (size_t w = 0; w < words; ++w) {
      ForBits(all[w], [&](size_t bit) { group_.reachable[w * kBits + bit] |= who; });
    }
  }
}

void Crowd::GatherRest(const VacancyGroup& group) {
  const ByPerson& wishes = WishesFor(group.sector);
  const auto& weights = index_.weights().of;
  constexpr auto kWhole = static_cast<int32_t>(kPartMax);
  for (size_t i = 0; i < people_.size(); ++i) {
    const int32_t soonest = group_.soonest[i];
    const int32_t rest = wishes[i] + weights[kNice] * kWhole;
    const int64_t waiting = int64_t{soonest} - people_[i].facts.available;
    group_.rest[i] = rest + weights[kTime] * kWhole;
    group_.rest[kMost + i] =
        soonest == kNever ? kImpossible : rest + weights[kTime] * TimePart(waiting);
    group_.soonest[i] = Days16(soonest);
  }
}

}  // namespace matchgo::scheduler::engine
