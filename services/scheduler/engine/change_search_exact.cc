// The exact half of ChangeSearch: plans, scores and changes of the lanes that survived.
#include <algorithm>
#include <bit>
#include <utility>

#include "services/scheduler/engine/change_search.h"
#include "services/scheduler/engine/plan.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr ChangeSet kFarther = SetOf(Dimension::kMaxDist);
constexpr ChangeSet kMoreStudy = SetOf(Dimension::kStudyHours);
constexpr ChangeSet kWider = SetOf(Dimension::kSector);
constexpr ChangeSet kLearned = SetOf(Dimension::kSkill);
// Only these can help without being indispensable.
constexpr std::array<ChangeSet, 8> kHelpful = {0,
                                               kFarther,
                                               kMoreStudy,
                                               kWider,
                                               kFarther | kMoreStudy,
                                               kFarther | kWider,
                                               kMoreStudy | kWider,
                                               kFarther | kMoreStudy | kWider};

}  // namespace

std::optional<size_t> ChangeSearch::BitOf(const View& view, int32_t skill) const {
  const std::span<const int32_t> pool = groups_.SkillsOf(view.lane.group);
  const auto at = std::ranges::lower_bound(pool, skill);
  if (at == pool.end() || *at != skill) return std::nullopt;
  return static_cast<size_t>(at - pool.begin());
}

bool ChangeSearch::Asks(const View& view, const std::vector<uint64_t>& masks, int32_t skill) const {
  const auto bit = BitOf(view, skill);
  return bit && (masks[view.masks + *bit / 64 * kLanes] >> (*bit % 64) & 1U) != 0;
}

// Weighted fit, nice, salary and aptitude, with one skill more and what a plan of the course
// teaches.
int32_t ChangeSearch::BaseOf(const View& view, int32_t skill, uint64_t plan,
                             const Course* course) const {
  const auto words = static_cast<size_t>(view.group->words);
  const auto bit = skill == kNone ? std::nullopt : BitOf(view, skill);
  const uint64_t* has = reach_.HasIn(*view.group);
  int32_t nice = 0;
  for (size_t w = 0; w < words; ++w) {
    uint64_t mastered = has[w];
    if (bit && *bit / 64 == w) mastered |= uint64_t{1} << (*bit % 64);
    for (uint64_t left = plan; left != 0; left &= left - 1) {
      const auto module = static_cast<size_t>(std::countr_zero(left));
      mastered |= groups_.taught[course->first_taught + module * words + w];
    }
    nice += std::popcount(groups_.nice[view.masks + w * kLanes] & mastered);
  }
  const int32_t held =
      view.asked - view.missing + (skill != kNone && Asks(view, groups_.required, skill) ? 1 : 0);
  const auto& weights = index_.weights().of;
  return view.plain + weights[kFit] * SharePart(held, view.asked) +
         weights[kNice] * SharePart(nice, view.nice);
}

void ChangeSearch::VisitPlain(const View& view) {
  if (view.missing == 0 && !view.lacks_qualification) {
    const auto day = rules_.NeededForDay(view.vacancy);
    if (!day) return;
    Consider({.vacancy = view.vacancy,
              .distance = view.lane.distance,
              .base = BaseOf(view, kNone, 0, nullptr)},
             view.lane.needed | *day);
    return;
  }
  for (const Course& course : groups_.CoursesOf(view.lane.group)) {
    if (!Leads(view, course) || UntaughtBy(view, course).count > 0) continue;
    if (MayHelp(view, false, OddsOf(view, course, false))) VisitCourse(view, course, kNone);
  }
}

// Missing skills that the course does not teach, and one of them.
ChangeSearch::Untaught ChangeSearch::UntaughtBy(const View& view, const Course& course) const {
  const uint64_t* all = ReachOf(view, course);
  Untaught untaught;
  for (size_t w = 0; w < missing_.size(); ++w) {
    const uint64_t bits = missing_[w] & ~all[w];
    if (bits == 0) continue;
    untaught.count += std::popcount(bits);
    untaught.bit = w * 64 + static_cast<size_t>(std::countr_zero(bits));
  }
  return untaught;
}

std::span<const int64_t> ChangeSearch::HoursOf(int32_t syllabus) {
  const auto at = static_cast<size_t>(syllabus);
  const Syllabus& modules = groups_.syllabi.all[at];
  if (hours_[at].empty()) {
    hours_[at].resize(modules.module_count() + 1, 0);
    modules.RemainingHours(skills_, hours_[at]);
  }
  return std::span(hours_[at]).first(modules.module_count());
}

// Whether the core modules leave time, however much she studies.
bool ChangeSearch::MayBeReady(const View& view, const Course& course,
                              std::span<const int64_t> hours) const {
  const Syllabus& modules = groups_.syllabi.all[static_cast<size_t>(course.syllabus)];
  int64_t mandatory = 0;
  for (uint64_t left = modules.plans().mandatory(); left != 0; left &= left - 1) {
    mandatory += hours[static_cast<size_t>(std::countr_zero(left))];
  }
  const int32_t study = rules_.most_study();
  if (mandatory > 0 && study == 0) return false;
  const int32_t begins = reach_.StartsOf(course.syllabus).front().begins;
  return ReadyDay(begins, mandatory, study) <= view.latest_ready;
}

// Her contracts with the starts of one course, all with the same plan. `skill`: one that she would
// add, or kNone.
void ChangeSearch::VisitCourse(const View& view, const Course& course, int32_t skill) {
  const Syllabus& modules = groups_.syllabi.all[static_cast<size_t>(course.syllabus)];
  std::span<const int64_t> hours = HoursOf(course.syllabus);
  if (skill != kNone && modules.plans().TeachersOf(skill) != 0) {
    trial_hours_.resize(modules.module_count());
    skills_.Add(skill);
    modules.RemainingHours(skills_, trial_hours_);
    skills_.Remove(skill);
    hours = trial_hours_;
  }
  if (!MayBeReady(view, course, hours)) return;
  std::vector<uint64_t> teachers;
  const std::span<const int32_t> pool = groups_.SkillsOf(view.lane.group);
  for (size_t w = 0; w < missing_.size(); ++w) {
    for (uint64_t left = missing_[w]; left != 0; left &= left - 1) {
      const size_t bit = w * 64 + static_cast<size_t>(std::countr_zero(left));
      if (pool[bit] == skill) continue;
      teachers.push_back(groups_.teachers[course.first_teacher + bit]);
      if (teachers.back() == 0) return;
    }
  }
  if (teachers.empty() && !view.lacks_qualification) return;  // nothing to learn
  const Plan plan = FindPlan(modules.plans(), hours, std::move(teachers));
  Prospect prospect{.vacancy = view.vacancy,
                    .distance = view.lane.distance,
                    .hours = plan.hours,
                    .modules = plan.modules,
                    .base = BaseOf(view, skill, plan.modules, &course),
                    .skill = skill};
  const int32_t study = rules_.most_study();
  if (plan.hours > 0 && study == 0) return;
  for (const OpenStart& open : reach_.StartsOf(course.syllabus)) {
    const int64_t ready = ReadyDay(open.begins, plan.hours, study);
    if (ready > view.latest_ready) return;  // later ones are ready later
    prospect.start = open.start;
    prospect.start_distance = open.distance;
    Consider(prospect, view.lane.needed | open.needed);
  }
}

// Skills taught by a syllabus that she lacks, ascending.
const std::vector<int32_t>& ChangeSearch::LackingIn(int32_t syllabus) {
  const auto at = static_cast<size_t>(syllabus);
  std::vector<int32_t>& lacking = lacking_[at];
  if (std::exchange(lacking_known_[at], 1) != 0) return lacking;
  const Syllabi& syllabi = groups_.syllabi;
  const int32_t any = syllabi.starts[static_cast<size_t>(syllabi.first[at])];
  for (const Module& module : market_.start_modules[any]) {
    for (const int32_t skill : module.skills) {
      if (!skills_.Has(skill)) lacking.push_back(skill);
    }
  }
  std::ranges::sort(lacking);
  lacking.erase(std::unique(lacking.begin(), lacking.end()), lacking.end());
  return lacking;
}

void ChangeSearch::VisitWithSkill(const View& view) {
  const std::span<const int32_t> pool = groups_.SkillsOf(view.lane.group);
  if (view.missing <= 1 && !view.lacks_qualification) {
    const auto day = rules_.NeededForDay(view.vacancy);
    const uint64_t* has = reach_.HasIn(*view.group);
    for (size_t w = 0; day && w < missing_.size(); ++w) {
      const uint64_t nice = groups_.nice[view.masks + w * kLanes] & ~has[w];
      for (uint64_t left = view.missing == 1 ? missing_[w] : nice; left != 0; left &= left - 1) {
        const int32_t skill = pool[w * 64 + static_cast<size_t>(std::countr_zero(left))];
        Consider({.vacancy = view.vacancy,
                  .distance = view.lane.distance,
                  .base = BaseOf(view, skill, 0, nullptr),
                  .skill = skill},
                 view.lane.needed | *day);
      }
    }
    if (view.missing == 0) return;  // with a start there is nothing to learn
  }
  for (const Course& course : groups_.CoursesOf(view.lane.group)) {
    if (!Leads(view, course)) continue;
    const Untaught untaught = UntaughtBy(view, course);
    if (untaught.count > 1 || !MayHelp(view, true, OddsOf(view, course, true))) continue;
    if (untaught.count == 1) {
      VisitCourse(view, course, pool[untaught.bit]);
    } else {
      VisitCourseWithSkills(view, course);
    }
  }
}

// The course teaches all that is missing: one skill more, of those that are asked or that the
// course teaches, may still spare hours or score.
void ChangeSearch::VisitCourseWithSkills(const View& view, const Course& course) {
  const std::span<const int32_t> pool = groups_.SkillsOf(view.lane.group);
  const uint64_t* has = reach_.HasIn(*view.group);
  Odds odds = OddsOf(view, course, true);
  std::vector<int32_t> candidates;
  for (size_t w = 0; w < missing_.size(); ++w) {
    for (uint64_t left = missing_[w]; left != 0; left &= left - 1) {
      candidates.push_back(pool[w * 64 + static_cast<size_t>(std::countr_zero(left))]);
    }
  }
  odds.asked = false;
  if (MayHelp(view, true, odds)) {
    for (size_t w = 0; w < missing_.size(); ++w) {
      uint64_t left = groups_.nice[view.masks + w * kLanes] & ~has[w];
      for (; left != 0; left &= left - 1) {
        candidates.push_back(pool[w * 64 + static_cast<size_t>(std::countr_zero(left))]);
      }
    }
  }
  --odds.nice;
  if (MayHelp(view, true, odds)) {
    const std::vector<int32_t>& taught = LackingIn(course.syllabus);
    candidates.insert(candidates.end(), taught.begin(), taught.end());
  }
  std::ranges::sort(candidates);
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  for (const int32_t skill : candidates) VisitCourse(view, course, skill);
}

// Offers the sets of as many dimensions as are looked at now that hold what is needed.
void ChangeSearch::Consider(const Prospect& prospect, ChangeSet needed) {
  if (prospect.skill != kNone) needed |= kLearned;
  ChangeSet helpful = (kFarther | kWider) & ~needed;
  if (prospect.hours > 0) helpful |= kMoreStudy;
  if (SizeOf(needed | helpful) > dimensions_) more_may_do_ = true;
  const int spare = dimensions_ - SizeOf(needed);
  for (const ChangeSet extra : kHelpful) {
    if (SizeOf(extra) == spare && (extra & ~helpful) == 0) Offer(prospect, needed | extra);
  }
}

void ChangeSearch::Offer(const Prospect& prospect, ChangeSet set) {
  std::optional<Change>& best =
      dimensions_ == 1 ? single_[static_cast<size_t>(std::countr_zero(set))] : joint_;
  if (best && best->set < set) return;
  const auto change =
      rules_.Smallest(prospect, set, best && best->set == set ? best : std::nullopt);
  if (change && (!best || IsSmaller(person_, *change, *best))) best = change;
}

}  // namespace matchgo::scheduler::engine
