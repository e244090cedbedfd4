#include "services/scheduler/engine/syllabus.h"

#include <algorithm>
#include <compare>
#include <numeric>
#include <tuple>

namespace matchgo::scheduler::engine {
namespace {

std::weak_ordering Compare(const Module& a, const Module& b) {
  if (const auto order = a.id <=> b.id; order != 0) return order;
  if (const auto order = a.hours <=> b.hours; order != 0) return order;
  if (const auto order = a.core <=> b.core; order != 0) return order;
  if (const auto order = a.recognition <=> b.recognition; order != 0) return order;
  if (const auto order = a.after <=> b.after; order != 0) return order;
  return a.skills <=> b.skills;
}

std::weak_ordering Compare(std::span<const Module> a, std::span<const Module> b) {
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (const auto order = Compare(a[i], b[i]); order != 0) return order;
  }
  return a.size() <=> b.size();
}

std::weak_ordering CompareOffers(const Market& market, int32_t a, int32_t b) {
  if (const auto order = Compare(market.start_modules[a], market.start_modules[b]); order != 0) {
    return order;
  }
  const auto compare = [a, b](const Lists<int32_t>& lists) {
    return std::lexicographical_compare_three_way(lists[a].begin(), lists[a].end(),
                                                  lists[b].begin(), lists[b].end());
  };
  if (const auto order = compare(market.start_occupations); order != 0) return order;
  return compare(market.start_awards);
}

}  // namespace

Syllabus::Syllabus(std::span<const Module> modules) : plans_(modules) {
  for (const Module& module : modules) {
    shapes_.push_back({.hours = module.hours,
                       .first_skill = static_cast<int32_t>(skills_.size()),
                       .skill_count = static_cast<int32_t>(module.skills.size()),
                       .recognition = module.recognition});
    skills_.insert(skills_.end(), module.skills.begin(), module.skills.end());
  }
}

void Syllabus::RemainingHours(const SkillSet& skills, std::span<int64_t> hours) const {
  for (size_t i = 0; i < shapes_.size(); ++i) {
    const Shape& shape = shapes_[i];
    hours[i] = shape.hours;
    if (shape.recognition == Recognition::kNone || shape.skill_count == 0) continue;
    int64_t missing = 0;
    for (int32_t k = 0; k < shape.skill_count; ++k) {
      missing +=
          skills.Has(skills_[static_cast<size_t>(shape.first_skill) + static_cast<size_t>(k)]) ? 0
                                                                                               : 1;
    }
    if (shape.recognition == Recognition::kExempt) {
      if (missing == 0) hours[i] = 0;
    } else {
      hours[i] = (shape.hours * missing + shape.skill_count - 1) / shape.skill_count;
    }
  }
}

size_t Syllabus::bytes() const {
  return sizeof(*this) + plans_.bytes() + shapes_.capacity() * sizeof(Shape) +
         skills_.capacity() * sizeof(int32_t);
}

Syllabi ShareSyllabi(const Market& market) {
  Syllabi syllabi;
  syllabi.starts.resize(market.starts.size());
  std::iota(syllabi.starts.begin(), syllabi.starts.end(), 0);
  std::ranges::sort(syllabi.starts, [&](int32_t a, int32_t b) {
    if (const auto order = CompareOffers(market, a, b); order != 0) return order < 0;
    return std::tuple(market.start(a).begins, a) < std::tuple(market.start(b).begins, b);
  });
  for (size_t i = 0; i < syllabi.starts.size(); ++i) {
    const int32_t p = syllabi.starts[i];
    if (i > 0 && CompareOffers(market, syllabi.starts[i - 1], p) == 0) continue;
    syllabi.all.emplace_back(market.start_modules[p]);
    syllabi.first.push_back(static_cast<int32_t>(i));
  }
  syllabi.first.push_back(static_cast<int32_t>(syllabi.starts.size()));
  return syllabi;
}

}  // namespace matchgo::scheduler::engine
