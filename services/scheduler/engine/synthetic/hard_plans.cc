#include "services/scheduler/engine/synthetic/hard_plans.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kModules = 64;
constexpr size_t kChain = 8;
constexpr size_t kSkills = 20;
constexpr size_t kTaughtBy = 3;

// The skills that every vacancy of the occupation asks for, and nobody learned anywhere else.
std::string HardSkill(const LabourWorld& world, int32_t occupation, size_t which) {
  return world.OccupationName(occupation) + "h" + std::to_string(which);
}

}  // namespace

void MakeHard(Random& random, const LabourWorld& world, MarketSwitcher& switcher) {
  // Two in five know one of the twenty for two occupations: plans differ from person to person.
  for (int i = 0; i < 2; ++i) {
    const int32_t occupation = world.DrawDemand(random);
    if (!random.Chance(400)) continue;
    const std::string skill = HardSkill(world, occupation, random.Below(kSkills));
    if (std::ranges::find(switcher.skills, skill) == switcher.skills.end()) {
      switcher.skills.push_back(skill);
    }
  }
  switcher.study_hours = 16 + static_cast<int64_t>(random.Below(9));
}

void MakeHard(Random& random, const LabourWorld& world, int32_t occupation,
              MarketVacancy& vacancy) {
  vacancy.required.clear();
  for (size_t i = 0; i < kSkills; ++i) vacancy.required.push_back(HardSkill(world, occupation, i));
  vacancy.qualification.reset();
  vacancy.latest_ready = 1500 + static_cast<int64_t>(random.Below(1000));
}

void MakeHard(Random& random, const LabourWorld& world, int32_t occupation, MarketStart& start) {
  start.occupations = {world.OccupationName(occupation)};
  start.awards.clear();
  std::vector<size_t> slots(kModules);
  for (size_t i = 0; i < kModules; ++i) slots[i] = i;
  for (size_t i = kModules; i > 1; --i) std::swap(slots[i - 1], slots[random.Below(i)]);
  std::vector<MarketModule> modules(kModules);
  for (size_t i = 0; i < kModules; ++i) {
    MarketModule& module = modules[i];
    module.id = (i < 10 ? "m0" : "m") + std::to_string(i);
    module.hours = random.Between(20, 120);
    module.recognition = static_cast<Recognition>(random.Below(3));
    if (i % kChain != 0) module.after = {modules[i - 1].id};
  }
  // 60 of the 64 modules teach one of the skills each; the other four are only on the way.
  for (size_t i = 0; i < kSkills * kTaughtBy; ++i) {
    modules[slots[i]].skills.push_back(HardSkill(world, occupation, i % kSkills));
  }
  start.modules = std::move(modules);
}

}  // namespace matchgo::scheduler::engine
