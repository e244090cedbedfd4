#include "services/trajectories/module.h"
#include "tests/contract/resource_traits.h"

namespace matchgo::contract {

std::vector<ResourceTraits> TrajectoriesTraits() {
  ResourceTraits traits;
  traits.package = "matchgo.trajectories.v1";
  traits.service = "TrajectoryService";
  traits.resource = "Trajectory";
  traits.plural = "Trajectories";
  traits.watch = "WatchTrajectories";
  traits.database = "trajectories.db";
  traits.modules = {trajectories::MakeTrajectoriesModule};
  traits.record = R"({"switcher": "switchers/sanne$N", "sector": "zorg", "plan_hours": 400})";
  traits.changed = {"coach", "coach-7"};
  traits.kept = {"hours_done", "40"};
  traits.output_only = "stage";
  traits.creator = [](const std::string&) { return kOps; };
  traits.foreign_reader = Principal{.role = Role::kSwitcher, .id = "somebody-else", .tenant = {}};
  traits.foreign_writer =
      Principal{.role = Role::kCoach, .id = "coach-9", .tenant = TenantId("elsewhere")};
  return {traits};
}

}  // namespace matchgo::contract
