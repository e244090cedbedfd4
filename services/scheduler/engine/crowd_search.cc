#include "services/scheduler/engine/crowd_search.h"

#include <algorithm>
#include <utility>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr uint32_t kAllLanes = (1U << kLanes) - 1;

CrowdBox BoxOf(const BlockBoxes& boxes, size_t block) {
  const auto low = [&boxes](int32_t origin, uint8_t square) {
    return origin + (int32_t{square} << boxes.shift);
  };
  const int32_t last = (1 << boxes.shift) - 1;
  return {.x_min = low(boxes.origin_x, boxes.x_min[block]),
          .x_max = low(boxes.origin_x, boxes.x_max[block]) + last,
          .y_min = low(boxes.origin_y, boxes.y_min[block]),
          .y_max = low(boxes.origin_y, boxes.y_max[block]) + last};
}

CrowdBox BoxOf(const Vacancy& vacancy) { return {vacancy.x, vacancy.x, vacancy.y, vacancy.y}; }

}  // namespace

CrowdSearch::CrowdSearch(const CandidateIndex& index, SimdLevel level)
    : index_(index),
      groups_(index.groups()),
      scan_(CrowdScanOf(level)),
      persons_(index, level),
      crowd_(index, scan_) {}

void CrowdSearch::Best(std::span<const Query> queries, std::span<Found> found) {
  CHECK(found.size() == queries.size());
  std::vector<Person> people;
  people.reserve(queries.size());
  thresholds_.clear();
  for (const Query& query : queries) {
    people.push_back(query.person);
    thresholds_.push_back(query.above ? query.above->score : 0);
  }
  crowd_.Enter(std::move(people), thresholds_);
  for (std::vector<Survivor>& lanes : found_) lanes.clear();
  const Admission* const admission = queries.front().admission;
  const int32_t* const floors = admission == nullptr ? nullptr : admission->floors_by_slot();
  for (const VacancyGroup& group : groups_.groups) LookAtGroup(group, floors);
  for (size_t i = 0; i < queries.size(); ++i) found[i] = persons_.BestOf(queries[i], found_[i]);
}

void CrowdSearch::LookAtGroup(const VacancyGroup& group, const int32_t* floors) {
  CrowdGroup* view = nullptr;
  for (int32_t b = group.first_block; b < group.first_block + group.block_count; ++b) {
    const auto block = static_cast<size_t>(b);
    if (!crowd_.MayReach(BoxOf(groups_.boxes, block))) continue;
    if (view == nullptr) {
      view = &crowd_.ViewOf(group);
      view->floors = floors;
    }
    scan_.survivors(crowd_.facts(), *view, block, kAllLanes, found_.data());
  }
}

uint32_t CrowdSearch::LanesInReach(std::span<const int32_t> slots) const {
  uint32_t lanes = 0;
  if (!crowd_.MayReach(BoxOf(groups_.boxes, static_cast<size_t>(slots.front()) / kLanes))) return 0;
  for (const int32_t slot : slots) {
    const int32_t v = groups_.details[static_cast<size_t>(slot)].vacancy;
    if (crowd_.MayReach(BoxOf(index_.market().vacancy(v)))) {
      lanes |= 1U << (static_cast<size_t>(slot) % kLanes);
    }
  }
  return lanes;
}

void CrowdSearch::Ask(std::span<const int32_t> switchers, const Admission& admission,
                      const CrowdAsks& asks, std::vector<BoundedSwitcher>& answers) {
  std::vector<Person> people;
  people.reserve(switchers.size());
  thresholds_.clear();
  for (const int32_t s : switchers) {
    people.push_back(PersonOf(index_.market(), s));
    thresholds_.push_back(std::max(0, admission.switcher_floor(s)));
  }
  crowd_.Enter(std::move(people), thresholds_);
  for (std::vector<Survivor>& lanes : found_) lanes.clear();
  CrowdGroup* view = nullptr;
  size_t end = 0;  // blocks of the group in view
  const std::span<const int32_t> slots = asks.slots;
  for (size_t i = 0, next = 0; i < slots.size(); i = next) {
    const size_t block = static_cast<size_t>(slots[i]) / kLanes;
    while (next < slots.size() && static_cast<size_t>(slots[next]) / kLanes == block) ++next;
    const uint32_t lanes = LanesInReach(slots.subspan(i, next - i));
    if (lanes == 0) continue;
    if (view == nullptr || block >= end) {
      const VacancyGroup& group = groups_.groups[static_cast<size_t>(groups_.GroupOf(slots[i]))];
      end = static_cast<size_t>(group.first_block) + static_cast<size_t>(group.block_count);
      view = &crowd_.ViewOf(group);
      view->floors = asks.floors.data();
    }
    scan_.survivors(crowd_.facts(), *view, block, lanes, found_.data());
  }
  for (size_t i = 0; i < switchers.size(); ++i) {
    for (const Survivor& lane : found_[i]) {
      if (thresholds_[i] > asks.most[static_cast<size_t>(lane.slot)]) continue;
      answers.push_back({.slot = lane.slot, .bound = lane.bound, .switcher = switchers[i]});
    }
  }
}

}  // namespace matchgo::scheduler::engine
