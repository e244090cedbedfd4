#include "services/matchgo/roles.h"

#include "services/profiles/module.h"
#include "services/programmes/module.h"
#include "services/scheduler/module.h"
#include "services/trajectories/module.h"
#include "services/vacancies/module.h"

namespace matchgo {

const std::vector<ServiceRole>& ServiceRoles() {
  static const auto* const roles = new std::vector<ServiceRole>{
      {"profiles", "switchers: wie zij zijn, wat zij kunnen en willen",
       "switchers: who they are, what they can and want", profiles::MakeProfilesModule},
      {"vacancies", "werkgevers en vacatures", "employers and vacancies",
       vacancies::MakeVacanciesModule},
      {"programmes", "opleiders, opleidingen, starts en de woordenlijst",
       "opleiders, programmes, starts and the vocabulary", programmes::MakeProgrammesModule},
      {"scheduler", "rondes, aanbod, plaatsen en contracten", "rounds, offers, seats and contracts",
       scheduler::MakeSchedulerModule},
      {"trajectories", "de weg van selectie tot diploma", "the way from selectie to diploma",
       trajectories::MakeTrajectoriesModule}};
  return *roles;
}

std::vector<ModuleFactory> AllFactories() {
  std::vector<ModuleFactory> factories;
  for (const ServiceRole& role : ServiceRoles()) factories.push_back(role.factory);
  return factories;
}

}  // namespace matchgo
