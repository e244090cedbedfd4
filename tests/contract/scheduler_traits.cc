#include "services/profiles/module.h"
#include "services/programmes/module.h"
#include "services/scheduler/module.h"
#include "services/vacancies/module.h"
#include "tests/contract/resource_traits.h"

namespace matchgo::contract {

std::vector<ResourceTraits> SchedulerTraits() {
  ResourceTraits traits;
  traits.package = "matchgo.scheduler.v1";
  traits.service = "SchedulerService";
  traits.resource = "Round";
  traits.plural = "Rounds";
  traits.watch = "WatchMatches";
  traits.database = "scheduler.db";
  // A round begins when the feeds have been read once, so the neighbours must be there.
  traits.modules = {profiles::MakeProfilesModule, vacancies::MakeVacanciesModule,
                    programmes::MakeProgrammesModule, scheduler::MakeSchedulerModule};
  traits.record = R"({"title": "ronde $N", "answer_working_days": 5})";
  traits.listed_by_id = false;
  traits.retire_verb = "Advance";
  traits.retire_request = R"({"until": "STATE_CLOSED"})";
  traits.ending_verb = "Cancel";
  traits.creator = [](const std::string&) { return kOps; };
  return {traits};
}

}  // namespace matchgo::contract
