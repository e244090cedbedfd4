// The exact half of PersonSearch: plans and scores of the lanes that survived.
#include <algorithm>
#include <bit>

#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/person_search.h"

namespace matchgo::scheduler::engine {

void PersonSearch::VisitLane(const GroupView& view, const Survivor& survivor) {
  const VacancyGroup& group = *view.group;
  const Switcher& facts = who_.facts;
  const auto slot = static_cast<size_t>(survivor.slot);
  const SlotDetail& detail = groups_.details[slot];
  const int32_t price = terms_.prices == nullptr ? 0 : terms_.prices->OfVacancy(detail.vacancy);
  if (survivor.bound - price < list_.threshold()) {
    list_.LeaveOut();
    return;
  }
  const LaneBlock& block = groups_.blocks[slot / kLanes];
  const int64_t distance =
      DistanceSquared(facts.x, facts.y, block.origin_x + block.x[slot % kLanes],
                      block.origin_y + block.y[slot % kLanes]);
  const uint8_t hours = block.hours[slot % kLanes];
  if (distance > reach_ || detail.salary_max < facts.salary_floor || hours < facts.hours_min ||
      hours > facts.hours_max) {
    return;
  }
  ++counts_.exact;
  const auto words = static_cast<size_t>(group.words);
  const size_t masks = group.first_mask +
                       (slot / kLanes - static_cast<size_t>(group.first_block)) * words * kLanes +
                       slot % kLanes;
  int32_t held = 0;
  int32_t asked = 0;
  LaneView lane{.slot = survivor.slot, .nice = &groups_.nice[masks]};
  bool complete = true;
  missing_.resize(words);
  for (size_t w = 0; w < words; ++w) {
    const uint64_t required = groups_.required[masks + w * kLanes];
    asked += std::popcount(required);
    held += std::popcount(required & view.has[w]);
    missing_[w] = required & ~view.has[w];
    complete = complete && missing_[w] == 0;
    lane.nice_count += std::popcount(lane.nice[w * kLanes]);
  }
  const auto& weights = index_.weights().of;
  lane.base = view.wishes + weights[kFit] * SharePart(held, asked) +
              weights[kTravel] * TravelPart(reach_, distance) +
              weights[kSalary] * SalaryPart(detail.salary_max, facts.salary_now) - price;
  if (complete && !view.lacks_qualification) {
    if (focus_.start_slot == kNone) OfferDirect(view, lane);
    return;
  }
  for (int32_t c = 0; c < group.course_count; ++c) {
    VisitCourse(view, lane, static_cast<size_t>(c));
  }
}

int32_t PersonSearch::NiceWith(const GroupView& view, const LaneView& lane,
                               const uint64_t* taught) const {
  if (lane.nice_count == 0) return static_cast<int32_t>(kPartMax);
  int32_t held = 0;
  for (size_t w = 0; w < static_cast<size_t>(view.group->words); ++w) {
    const uint64_t skills = taught == nullptr ? view.has[w] : view.has[w] | taught[w];
    held += std::popcount(lane.nice[w * kLanes] & skills);
  }
  return SharePart(held, lane.nice_count);
}

void PersonSearch::OfferDirect(const GroupView& view, const LaneView& lane) {
  const Switcher& facts = who_.facts;
  const SlotDetail& detail = groups_.details[static_cast<size_t>(lane.slot)];
  if (facts.available > detail.latest_ready) return;
  const auto& weights = index_.weights().of;
  Offer(view, lane, kNone,
        lane.base + weights[kNice] * NiceWith(view, lane, nullptr) + weights[kTime] * TimePart(0),
        facts.available, 0);
}

std::span<const int64_t> PersonSearch::HoursOf(int32_t syllabus) {
  SyllabusHours& state = syllabus_hours_[static_cast<size_t>(syllabus)];
  const Syllabus& modules = groups_.syllabi.all[static_cast<size_t>(syllabus)];
  const std::span<int64_t> hours = std::span(hours_).subspan(state.first, modules.module_count());
  if (state.search != search_) {
    state.search = search_;
    modules.RemainingHours(skills_, hours);
    state.mandatory = 0;
    for (uint64_t left = modules.plans().mandatory(); left != 0; left &= left - 1) {
      state.mandatory += hours[static_cast<size_t>(std::countr_zero(left))];
    }
  }
  return hours;
}

// Who teaches each missing skill of the lane; false when nobody in the course teaches one.
bool PersonSearch::Teachers(const Course& course, const GroupView& view) {
  teachers_.clear();
  for (size_t w = 0; w < static_cast<size_t>(view.group->words); ++w) {
    for (uint64_t left = missing_[w]; left != 0; left &= left - 1) {
      const size_t bit = w * 64 + static_cast<size_t>(std::countr_zero(left));
      teachers_.push_back(groups_.teachers[course.first_teacher + bit]);
      if (teachers_.back() == 0) return false;
    }
  }
  return true;
}

void PersonSearch::VisitCourse(const GroupView& view, const LaneView& lane, size_t c) {
  const VacancyGroup& group = *view.group;
  const Course& course = groups_.courses[static_cast<size_t>(group.first_course) + c];
  if (!Leads(course, view.lacks_qualification) || !Teachers(course, view)) return;
  const auto at = static_cast<size_t>(course.syllabus);
  const SlotDetail& detail = groups_.details[static_cast<size_t>(lane.slot)];
  if (soonest_[at] > detail.latest_ready) return;
  const std::span<const int64_t> hours = HoursOf(course.syllabus);
  const int32_t study = who_.facts.study_hours;
  const int64_t mandatory = syllabus_hours_[at].mandatory;
  if (mandatory > 0 && study == 0) return;
  const int64_t ready = ReadyDay(soonest_[at], mandatory, study);
  if (ready > detail.latest_ready) return;
  const auto& weights = index_.weights().of;
  const uint64_t* all = &groups_.course_reach[static_cast<size_t>(group.first_reach) +
                                              c * static_cast<size_t>(group.words)];
  const int32_t bound =
      lane.base + weights[kNice] * NiceWith(view, lane, all) +
      weights[kTime] * TimePart(ready - person_.available) -
      (terms_.prices == nullptr ? 0 : terms_.prices->FloorOfSyllabus(course.syllabus));
  if (bound < list_.threshold()) {
    list_.LeaveOut();
    return;
  }
  ++counts_.plans;
  const Plan plan = FindPlan(groups_.syllabi.all[at].plans(), hours, teachers_);
  if (plan.hours > 0 && study == 0) return;
  OfferStarts(view, lane, course, plan);
}

void PersonSearch::OfferStarts(const GroupView& view, const LaneView& lane, const Course& course,
                               const Plan& plan) {
  const VacancyGroup& group = *view.group;
  const auto words = static_cast<size_t>(group.words);
  plan_skills_.assign(words, 0);
  for (uint64_t left = plan.modules; left != 0; left &= left - 1) {
    const auto module = static_cast<size_t>(std::countr_zero(left));
    for (size_t w = 0; w < words; ++w) {
      plan_skills_[w] |= groups_.taught[course.first_taught + module * words + w];
    }
  }
  const auto& weights = index_.weights().of;
  const int32_t base = lane.base + weights[kNice] * NiceWith(view, lane, plan_skills_.data());
  const SlotDetail& detail = groups_.details[static_cast<size_t>(lane.slot)];
  for (int32_t slot = first_slot_[static_cast<size_t>(course.syllabus)]; slot != kNone;
       slot = NextUsable(course.syllabus, slot + 1)) {
    const auto at = static_cast<size_t>(slot);
    const int64_t ready = ReadyDay(groups_.start_blocks[at / kLanes].begins[at % kLanes],
                                   plan.hours, who_.facts.study_hours);
    if (ready > detail.latest_ready) return;  // later starts are ready later
    const int32_t score = base + weights[kTime] * TimePart(ready - person_.available);
    if (score < list_.threshold()) {
      list_.LeaveOut();
      return;
    }
    const int32_t start = groups_.syllabi.starts[at];
    Offer(view, lane, start, score - (terms_.prices == nullptr ? 0 : terms_.prices->OfStart(start)),
          static_cast<int32_t>(ready), plan.modules);
  }
}

void PersonSearch::Offer(const GroupView& view, const LaneView& lane, int32_t start, int32_t score,
                         int32_t ready, uint64_t modules) {
  const SlotDetail& detail = groups_.details[static_cast<size_t>(lane.slot)];
  const FeasibleContract contract{.contract = {who_.switcher, detail.vacancy, start},
                                  .score = score,
                                  .ready = ready,
                                  .key = index_.KeyOf(who_.lottery, detail.vacancy, start),
                                  .modules = modules};
  any_ = any_ || !std::ranges::binary_search(terms_.declined, contract.contract);
  if (!terms_.Admit(contract)) return;
  ++counts_.offers;
  if (terms_.kinds.empty()) {
    list_.Offer(contract);
  } else {
    list_.OfferOfKind(contract, terms_.kinds[static_cast<size_t>(view.group->occupation)]);
  }
}

}  // namespace matchgo::scheduler::engine
