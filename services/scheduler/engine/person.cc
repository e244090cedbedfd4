#include "services/scheduler/engine/person.h"

#include <algorithm>
#include <optional>
#include <string>

#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {
namespace {

std::vector<int32_t> Known(const IdColumn& names, const std::vector<std::string>& wanted) {
  std::vector<int32_t> known;
  for (const std::string& name : wanted) {
    if (const std::optional<int32_t> index = names.Find(name)) known.push_back(*index);
  }
  return known;
}

std::vector<int32_t> KnownSet(const IdColumn& names, const std::vector<std::string>& wanted) {
  std::vector<int32_t> known = Known(names, wanted);
  std::ranges::sort(known);
  known.erase(std::unique(known.begin(), known.end()), known.end());
  return known;
}

template <class T>
std::vector<T> Copy(std::span<const T> list) {
  return {list.begin(), list.end()};
}

}  // namespace

Person PersonOf(const Market& market, int32_t switcher) {
  return {.switcher = switcher,
          .facts = market.switcher(switcher),
          .skills = market.switcher_skills[switcher],
          .qualifications = market.switcher_qualifications[switcher],
          .prefs = market.switcher_prefs[switcher],
          .aptitude = market.switcher_aptitude[switcher],
          .lottery = LotteryHash(market.seed, market.switcher_ids[switcher])};
}

Profile::Profile(const Market& market, const MarketSwitcher& in)
    : facts(FactsOf(in)),
      skills(KnownSet(market.skill_names, in.skills)),
      qualifications(KnownSet(market.qualification_names, in.qualifications)),
      lottery(LotteryHash(market.seed, in.id)) {
  // The rank of a preference counts, also behind a sector that has no vacancy.
  for (const std::string& sector : in.prefs) {
    prefs.push_back(market.sector_names.Find(sector).value_or(kNone));
  }
  for (const auto& [sector, value] : in.aptitude) {
    if (const std::optional<int32_t> index = market.sector_names.Find(sector)) {
      aptitude.push_back({*index, Narrow(value)});
    }
  }
  std::ranges::sort(aptitude, {}, &Aptitude::sector);
}

Profile::Profile(const Person& person)
    : switcher(person.switcher),
      facts(person.facts),
      skills(Copy(person.skills)),
      qualifications(Copy(person.qualifications)),
      prefs(Copy(person.prefs)),
      aptitude(Copy(person.aptitude)),
      lottery(person.lottery) {}

Person Profile::person() const {
  return {.switcher = switcher,
          .facts = facts,
          .skills = skills,
          .qualifications = qualifications,
          .prefs = prefs,
          .aptitude = aptitude,
          .lottery = lottery};
}

}  // namespace matchgo::scheduler::engine
