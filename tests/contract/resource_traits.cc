#include "tests/contract/resource_traits.h"

namespace matchgo::contract {

std::vector<ResourceTraits> AllResources() {
  std::vector<ResourceTraits> all;
  const auto add = [&all](const std::vector<ResourceTraits>& some) {
    all.insert(all.end(), some.begin(), some.end());
  };
  add(ProfilesTraits());
  add(VacanciesTraits());
  add(ProgrammesTraits());
  add(SchedulerTraits());
  add(TrajectoriesTraits());
  return all;
}

}  // namespace matchgo::contract
