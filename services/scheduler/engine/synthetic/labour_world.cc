#include "services/scheduler/engine/synthetic/labour_world.h"

#include <array>

namespace matchgo::scheduler::engine {
namespace {

constexpr int32_t kGeneralSkills = 200;
constexpr int32_t kSectorSkills = 150;
constexpr int32_t kOwnSkillsMin = 7;

constexpr std::array<std::string_view, 30> kSectorNames = {
    "zorg",      "welzijn",      "onderwijs", "ict",         "techniek",   "energie",
    "bouw",      "logistiek",    "voedsel",   "natuur",      "horeca",     "uiterlijke_verzorging",
    "media",     "klantcontact", "handel",    "transport",   "financien",  "facilitair",
    "overheid",  "veiligheid",   "industrie", "installatie", "schoonmaak", "kinderopvang",
    "juridisch", "personeel",    "onderzoek", "cultuur",     "toerisme",   "administratie"};

// Zipf's law: the weight falls as one over the rank.
int64_t ZipfWeight(int64_t scale, int64_t rank) { return scale / (rank + 4); }

WeightedChoice Zipf(int32_t count) {
  std::vector<int64_t> weights;
  weights.reserve(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; ++i) weights.push_back(ZipfWeight(1'000'000, i));
  return WeightedChoice(weights);
}

template <class T>
void Shuffle(Random& random, std::vector<T>& items) {
  for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random.Below(i)]);
}

bool Holds(const std::vector<int32_t>& items, int32_t item) {
  return std::ranges::find(items, item) != items.end();
}

// Collects the skills of a pool; a skill that is there already keeps its first weight.
struct PoolDraft {
  std::vector<int32_t> skills;
  std::vector<bool> general;
  std::vector<int64_t> weights;

  void Add(int32_t skill, int64_t weight, bool is_general) {
    if (Holds(skills, skill)) return;
    skills.push_back(skill);
    general.push_back(is_general);
    weights.push_back(weight);
  }
};

}  // namespace

LabourWorld::LabourWorld(uint64_t seed, const WorldSize& size) {
  Random random(seed, "labour world");
  general_ = Zipf(kGeneralSkills);
  in_sector_ = Zipf(kSectorSkills);
  NameThings(size);
  MakeOccupations(random, size);
  for (int32_t o = 0; o < size.occupations; ++o) MakePool(random, o);
  // Every occupation is served before any is served twice.
  for (int32_t i = 0; i < size.programmes; ++i) {
    MakeProgramme(random, i < size.occupations ? i : DrawDemand(random), i);
  }
  std::vector<int64_t> weights;
  weights.reserve(static_cast<size_t>(size.programmes));
  for (int32_t i = 0; i < size.programmes; ++i) weights.push_back(ZipfWeight(1'000'000, 20 + i));
  Shuffle(random, weights);
  programme_ = WeightedChoice(weights);
}

void LabourWorld::NameThings(const WorldSize& size) {
  for (int32_t i = 0; i < size.sectors; ++i) {
    const auto at = static_cast<size_t>(i);
    sectors_.push_back(at < kSectorNames.size() ? std::string(kSectorNames[at])
                                                : "sector" + std::to_string(i));
  }
  int32_t skill = kGeneralSkills + kSectorSkills * size.sectors;
  for (int32_t o = 0; o < size.occupations; ++o) {
    occupation_names_.push_back("o" + std::to_string(o));
    first_own_skill_.push_back(skill);
    skill += kOwnSkillsMin + (o % 4 == 3 ? 0 : 1);
  }
  first_own_skill_.push_back(skill);
  for (int32_t k = 0; k < skill; ++k) skill_names_.push_back("k" + std::to_string(k));
}

// Occupations of a sector stand together; some are large and most are small. Where much work is
// offered few people come from, which is what the market is for.
void LabourWorld::MakeOccupations(Random& random, const WorldSize& size) {
  std::vector<int64_t> shrinking;
  std::vector<int64_t> sector_weights;
  for (int32_t i = 0; i < size.sectors; ++i) {
    shrinking.push_back(random.Between(20, 100));
    sector_weights.push_back(120 - shrinking.back());
  }
  std::vector<int64_t> home;
  std::vector<int64_t> demand;
  for (int32_t o = 0; o < size.occupations; ++o) {
    SyntheticOccupation& made = occupations_.emplace_back();
    made.sector = static_cast<int32_t>(int64_t{o} * size.sectors / size.occupations);
    made.level = static_cast<int32_t>(2 + random.Below(5));
    made.salary = 205'000 + made.level * 27'000 + static_cast<int32_t>(random.Below(60)) * 1000;
    made.qualified = random.Chance(80);
    const int64_t factor = shrinking[static_cast<size_t>(made.sector)];
    const auto rank = static_cast<int64_t>(random.Below(40));
    home.push_back(ZipfWeight(factor * 1000, 4 + rank));
    demand.push_back(ZipfWeight((120 - factor) * 1000, 4 + rank));
  }
  for (int32_t o = 0; o < size.occupations; ++o) {
    std::vector<int32_t>& related = occupations_[static_cast<size_t>(o)].related;
    for (const int32_t step : {1, -1, 2}) {
      const int32_t other = (o + step + size.occupations) % size.occupations;
      if (other != o && !Holds(related, other)) related.push_back(other);
    }
    const auto far = static_cast<int32_t>(random.Below(static_cast<uint64_t>(size.occupations)));
    if (far != o && !Holds(related, far)) related.push_back(far);
    if (related.empty()) related.push_back(o);
  }
  home_ = WeightedChoice(home);
  demand_ = WeightedChoice(demand);
  sector_ = WeightedChoice(sector_weights);
}

void LabourWorld::MakePool(Random& random, int32_t occupation) {
  SyntheticOccupation& made = occupations_[static_cast<size_t>(occupation)];
  const int32_t sector_first = kGeneralSkills + made.sector * kSectorSkills;
  const auto own_of = [this](int32_t o) {
    std::vector<int32_t> own;
    const auto at = static_cast<size_t>(o);
    for (int32_t k = first_own_skill_[at]; k < first_own_skill_[at + 1]; ++k) own.push_back(k);
    return own;
  };
  PoolDraft draft;
  std::vector<int32_t> own = own_of(occupation);
  Shuffle(random, own);
  for (size_t i = 0; i < own.size(); ++i) {
    draft.Add(own[i], ZipfWeight(2400, static_cast<int64_t>(i)), false);
  }
  const int64_t sector_count = random.Between(16, 28);
  for (int64_t i = 0; i < sector_count; ++i) {
    const auto rank = static_cast<int32_t>(in_sector_.Draw(random));
    draft.Add(sector_first + rank, ZipfWeight(2400, i), false);
  }
  const int64_t general_count = random.Between(10, 16);
  for (int64_t i = 0; i < general_count; ++i) {
    draft.Add(DrawGeneralSkill(random), ZipfWeight(2400, i), true);
  }
  for (size_t i = 0; i < 2 && i < made.related.size(); ++i) {
    std::vector<int32_t> theirs = own_of(made.related[i]);
    Shuffle(random, theirs);
    theirs.resize(std::min<size_t>(theirs.size(), 2 + random.Below(4)));
    for (const int32_t skill : theirs) draft.Add(skill, 120, false);
  }
  made.pool.draw = WeightedChoice(draft.weights);
  for (size_t i = 0; i < draft.weights.size(); ++i) {
    if (draft.general[i]) draft.weights[i] = 0;
  }
  made.pool.teach = WeightedChoice(draft.weights);
  made.pool.skills = std::move(draft.skills);
  made.pool.general = std::move(draft.general);
}

void LabourWorld::MakeProgramme(Random& random, int32_t occupation, int32_t number) {
  SyntheticProgramme& made = programmes_.emplace_back();
  const SyntheticOccupation& main = occupations_[static_cast<size_t>(occupation)];
  made.id = "g" + std::to_string(number);
  made.occupations.push_back(occupation);
  const uint64_t more = random.Below(3);
  for (size_t i = 0; i < more && i < main.related.size(); ++i) {
    if (!Holds(made.occupations, main.related[i])) made.occupations.push_back(main.related[i]);
  }
  made.entry_level = std::max(1, main.level - static_cast<int32_t>(random.Below(3)));
  made.online = random.Chance(200);
  for (const int32_t o : made.occupations) {
    if (!occupations_[static_cast<size_t>(o)].qualified) continue;
    if (o == occupation || random.Chance(500)) made.awards.push_back(QualificationName(o));
  }
  made.modules = MakeModules(random, made.occupations);
}

// Each skill in one module, some in two: then there is something to choose.
std::vector<MarketModule> LabourWorld::MakeModules(Random& random,
                                                   const std::vector<int32_t>& occupations) {
  const auto count = static_cast<size_t>(random.Between(4, 12));
  std::vector<int32_t> taught;
  const size_t wanted = count * 5;
  for (size_t tries = 0; tries < wanted * 8 && taught.size() < wanted; ++tries) {
    const size_t which = random.Chance(600) ? 0 : random.Below(occupations.size());
    const auto& pool = occupations_[static_cast<size_t>(occupations[which])].pool;
    const int32_t skill = pool.skills[pool.teach.Draw(random)];
    if (!Holds(taught, skill)) taught.push_back(skill);
  }
  std::vector<MarketModule> modules(count);
  for (size_t i = 0; i < count; ++i) {
    MarketModule& module = modules[i];
    module.id = "m" + std::to_string(i + 1);
    module.hours = 28 * random.Between(1, 4);
    module.core = random.Chance(200);
    const uint64_t kind = random.Below(10);
    module.recognition = kind < 3   ? Recognition::kNone
                         : kind < 6 ? Recognition::kExempt
                                    : Recognition::kAccelerate;
    if (i > 0 && random.Chance(250)) module.after = {modules[random.Below(i)].id};
  }
  for (size_t i = 0; i < taught.size(); ++i) {
    modules[i % count].skills.push_back(SkillName(taught[i]));
    const size_t other = random.Below(count);
    if (other != i % count && random.Chance(200)) {
      modules[other].skills.push_back(SkillName(taught[i]));
    }
  }
  return modules;
}

std::string LabourWorld::QualificationName(int32_t occupation) {
  return "q" + std::to_string(occupation);
}

int32_t LabourWorld::DrawHome(Random& random) const {
  return static_cast<int32_t>(home_.Draw(random));
}
int32_t LabourWorld::DrawDemand(Random& random) const {
  return static_cast<int32_t>(demand_.Draw(random));
}
int32_t LabourWorld::DrawProgramme(Random& random) const {
  return static_cast<int32_t>(programme_.Draw(random));
}
int32_t LabourWorld::DrawSector(Random& random) const {
  return static_cast<int32_t>(sector_.Draw(random));
}
int32_t LabourWorld::DrawGeneralSkill(Random& random) const {
  return static_cast<int32_t>(general_.Draw(random));
}

}  // namespace matchgo::scheduler::engine
