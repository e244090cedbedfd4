// A made-up labour market in outline: sectors, occupations with the skills they ask for, and the
// programmes that lead to them. Synthetic markets are drawn from it.
//
// Nothing here is a finding about real work; README.md of this folder lists what is assumed.
// Made from a seed, integers only, immutable afterwards. Test:
// tests/unit/services/scheduler/engine/synthetic_market_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/market_input.h"
#include "services/scheduler/engine/synthetic/weighted_choice.h"

namespace matchgo::scheduler::engine {

struct WorldSize {
  int32_t sectors = 30;
  int32_t occupations = 1200;
  int32_t programmes = 1500;
};

// What an occupation may ask for; the chance of being asked is in `draw`.
struct SkillPool {
  std::vector<int32_t> skills;  // all different
  std::vector<bool> general;    // asked everywhere, so nobody is sent to school for it
  WeightedChoice draw;          // indices of skills
  WeightedChoice teach;         // the same without the general ones
};

struct SyntheticOccupation {
  int32_t sector = 0;
  int32_t level = 4;
  int32_t salary = 0;  // euro cents a month, what is usual
  bool qualified = false;
  std::vector<int32_t> related;
  SkillPool pool;
};

// A programme without place and date.
struct SyntheticProgramme {
  std::string id;
  int32_t entry_level = 3;
  bool online = false;
  std::vector<int32_t> occupations;
  std::vector<std::string> awards;
  std::vector<MarketModule> modules;
};

class LabourWorld {
 public:
  LabourWorld(uint64_t seed, const WorldSize& size);

  const std::vector<std::string>& sectors() const { return sectors_; }
  const std::vector<SyntheticOccupation>& occupations() const { return occupations_; }
  const std::vector<SyntheticProgramme>& programmes() const { return programmes_; }
  const std::string& SkillName(int32_t skill) const {
    return skill_names_[static_cast<size_t>(skill)];
  }
  int32_t skill_count() const { return static_cast<int32_t>(skill_names_.size()); }
  const std::string& OccupationName(int32_t occupation) const {
    return occupation_names_[static_cast<size_t>(occupation)];
  }
  static std::string QualificationName(int32_t occupation);

  // Where people work now, where work is offered, and what is taught.
  int32_t DrawHome(Random& random) const;
  int32_t DrawDemand(Random& random) const;
  int32_t DrawProgramme(Random& random) const;
  int32_t DrawSector(Random& random) const;
  // Skills that many people have, whatever their work.
  int32_t DrawGeneralSkill(Random& random) const;

 private:
  void NameThings(const WorldSize& size);
  void MakeOccupations(Random& random, const WorldSize& size);
  void MakePool(Random& random, int32_t occupation);
  void MakeProgramme(Random& random, int32_t occupation, int32_t number);
  std::vector<MarketModule> MakeModules(Random& random, const std::vector<int32_t>& occupations);

  std::vector<std::string> sectors_;
  std::vector<std::string> skill_names_;
  std::vector<std::string> occupation_names_;
  std::vector<SyntheticOccupation> occupations_;
  std::vector<SyntheticProgramme> programmes_;
  std::vector<int32_t> first_own_skill_;  // per occupation, and one past the last
  WeightedChoice home_, demand_, programme_, sector_, general_, in_sector_;
};

}  // namespace matchgo::scheduler::engine
