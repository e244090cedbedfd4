#include "services/matchgo/demo/population.h"

#include "common/base/check.h"
#include "services/matchgo/demo/demand.h"
#include "services/matchgo/demo/people.h"

namespace matchgo::demo {
namespace {

constexpr int32_t kVacanciesPerEmployer = 4;

}  // namespace

Population MakePopulation(const programmes::builtin::Catalogue& catalogue,
                          const PopulationOptions& options) {
  CHECK(options.switchers >= 0 && options.vacancies >= 0);
  const PersonMaker people(catalogue, options.seed, options.today);
  const DemandMaker demand(catalogue, options.seed, options.today);
  Population population;
  for (int32_t i = 0; i < options.switchers; ++i) population.people.push_back(people.Make(i));
  for (int32_t i = 0; i < options.vacancies; ++i) {
    // Employers come in as their first vacancy does, so that a longer list only adds.
    const size_t employer = static_cast<size_t>(i / kVacanciesPerEmployer);
    if (employer == population.employers.size()) {
      population.employers.push_back(demand.MakeEmployer(static_cast<int32_t>(employer)));
    }
    population.vacancies.push_back(demand.MakeVacancy(i, population.employers[employer], employer));
  }
  return population;
}

}  // namespace matchgo::demo
