// Syllabus: the modules of a start, arranged for people. Starts that teach the same for the same
// occupations and awards share one.
//
// Knows what a module still costs somebody; which set of modules is cheapest is plan.h's business.
// Immutable after construction, safe to share. Test:
// tests/property/engine_search_property_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/plan.h"

namespace matchgo::scheduler::engine {

// A set of skills as bits by skill number.
class SkillSet {
 public:
  explicit SkillSet(int32_t skill_count) : words_(static_cast<size_t>(skill_count) / 64 + 1, 0) {}

  void Add(int32_t skill) { Word(skill) |= Bit(skill); }
  void Remove(int32_t skill) { Word(skill) &= ~Bit(skill); }
  bool Has(int32_t skill) const {
    return (words_[static_cast<size_t>(skill) / 64] & Bit(skill)) != 0;
  }

 private:
  uint64_t& Word(int32_t skill) { return words_[static_cast<size_t>(skill) / 64]; }
  static uint64_t Bit(int32_t skill) { return uint64_t{1} << (static_cast<uint32_t>(skill) % 64); }

  std::vector<uint64_t> words_;
};

class Syllabus {
 public:
  explicit Syllabus(std::span<const Module> modules);

  const PlanIndex& plans() const { return plans_; }
  size_t module_count() const { return shapes_.size(); }
  // What each module still costs somebody with these skills. `hours` has room for all modules.
  void RemainingHours(const SkillSet& skills, std::span<int64_t> hours) const;
  size_t bytes() const;

 private:
  struct Shape {
    int32_t hours = 0;
    int32_t first_skill = 0;
    int32_t skill_count = 0;
    Recognition recognition = Recognition::kNone;
  };
  PlanIndex plans_;
  std::vector<Shape> shapes_;
  std::vector<int32_t> skills_;
};

// All starts, those of one syllabus together, soonest first. A position in `starts` is a slot.
struct Syllabi {
  std::vector<Syllabus> all;
  std::vector<int32_t> starts;
  std::vector<int32_t> first;  // slots of syllabus i: [first[i], first[i + 1])
};
Syllabi ShareSyllabi(const Market& market);

}  // namespace matchgo::scheduler::engine
