#include "services/scheduler/engine/score.h"

#include <algorithm>
#include <bit>

#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/reasons.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr int32_t kAptitudeUnknown = 500;

bool Has(std::span<const int32_t> sorted, int32_t name) {
  return std::ranges::binary_search(sorted, name);
}

bool Teaches(std::span<const Module> modules, uint64_t set, int32_t skill) {
  for (size_t i = 0; i < modules.size(); ++i) {
    if ((set >> i & 1U) != 0 && Has(modules[i].skills, skill)) return true;
  }
  return false;
}

int32_t FitOf(std::span<const int32_t> required, std::span<const int32_t> skills) {
  const auto held = std::ranges::count_if(required, [&](int32_t k) { return Has(skills, k); });
  return SharePart(held, static_cast<int64_t>(required.size()));
}

int32_t NiceOf(std::span<const int32_t> nice, std::span<const int32_t> skills,
               std::span<const Module> modules, uint64_t set) {
  const auto held = std::ranges::count_if(
      nice, [&](int32_t k) { return Has(skills, k) || Teaches(modules, set, k); });
  return SharePart(held, static_cast<int64_t>(nice.size()));
}

uint64_t Fnv1a(uint64_t hash, std::string_view bytes) {
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return hash;
}

std::vector<uint64_t> HashAll(std::string_view seed, const IdColumn& ids) {
  std::vector<uint64_t> hashes;
  hashes.reserve(static_cast<size_t>(ids.size()));
  for (int32_t i = 0; i < ids.size(); ++i) hashes.push_back(LotteryHash(seed, ids[i]));
  return hashes;
}

}  // namespace

int32_t PreferencePart(std::span<const int32_t> prefs, int32_t sector) {
  static constexpr std::array<int32_t, 3> kByRank = {1000, 667, 333};
  for (size_t i = 0; i < std::min(prefs.size(), kByRank.size()); ++i) {
    if (prefs[i] == sector) return kByRank[i];
  }
  return 0;
}

int32_t AptitudePart(std::span<const Aptitude> aptitude, int32_t sector) {
  const auto found = std::ranges::lower_bound(aptitude, sector, {}, &Aptitude::sector);
  return found != aptitude.end() && found->sector == sector ? found->value : kAptitudeUnknown;
}

Status Validate(const Weights& weights) {
  int64_t sum = 0;
  bool negative = false;
  for (const int32_t weight : weights.of) {
    sum += weight;
    negative = negative || weight < 0;
  }
  if (negative || sum != 1000) {
    return Invalid(Reason{reasons::kWeightsInvalid,
                          "seven non-negative integer weights that sum to 1000 are wanted"});
  }
  return absl::OkStatus();
}

ScoreParts PartsOf(const Market& market, const Person& person, int32_t vacancy, int32_t start,
                   uint64_t modules, int32_t ready) {
  const Switcher& s = person.facts;
  const Vacancy& v = market.vacancy(vacancy);
  std::span<const Module> all;
  if (start != kNone) all = market.start_modules[start];
  ScoreParts parts{};
  parts[kFit] = FitOf(market.vacancy_required[vacancy], person.skills);
  parts[kNice] = NiceOf(market.vacancy_nice[vacancy], person.skills, all, modules);
  parts[kTime] = TimePart(int64_t{ready} - s.available);
  parts[kTravel] =
      TravelPart(int64_t{s.max_dist} * s.max_dist, DistanceSquared(s.x, s.y, v.x, v.y));
  parts[kSalary] = SalaryPart(v.salary_max, s.salary_now);
  parts[kPreference] = PreferencePart(person.prefs, v.sector);
  parts[kAptitude] = AptitudePart(person.aptitude, v.sector);
  return parts;
}

ScoreParts PartsOf(const Market& market, const Contract& contract, uint64_t modules,
                   int32_t ready) {
  return PartsOf(market, PersonOf(market, contract.switcher), contract.vacancy, contract.start,
                 modules, ready);
}

int32_t ScoreOf(const ScoreParts& parts, const Weights& weights) {
  int32_t score = 0;
  for (size_t i = 0; i < kPartCount; ++i) score += weights.of[i] * parts[i];
  return score;
}

uint64_t LotteryHash(std::string_view seed, std::string_view id) {
  return Fnv1a(Fnv1a(Fnv1a(0xcbf29ce484222325U, seed), "|"), id);
}

Lottery::Lottery(const Market& market)
    : switcher_(HashAll(market.seed, market.switcher_ids)),
      vacancy_(HashAll(market.seed, market.vacancy_ids)),
      start_(HashAll(market.seed, market.start_ids)),
      direct_(LotteryHash(market.seed, "-")) {}

uint64_t Lottery::KeyOf(const Contract& contract) const {
  const uint64_t start = contract.direct() ? direct_ : start_[static_cast<size_t>(contract.start)];
  return SwitcherHash(contract.switcher) ^
         std::rotl(vacancy_[static_cast<size_t>(contract.vacancy)], 21) ^ std::rotl(start, 42);
}

}  // namespace matchgo::scheduler::engine
