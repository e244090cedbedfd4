#include "services/trajectories/rpc/trajectory_codec.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "common/rpc/etag.h"
#include "common/rpc/field_mask.h"
#include "common/rpc/resource_name.h"
#include "services/trajectories/rpc/sealed_reasons.h"
#include "services/trajectories/store/trajectory_payload.h"

namespace matchgo::trajectories {
namespace {

// Nearest rank: the least value that `percent` of all don't exceed.
int32_t Percentile(const std::vector<int32_t>& ascending, size_t percent) {
  if (ascending.empty()) return 0;
  const size_t rank = (ascending.size() * percent + 99) / 100;
  return ascending[rank == 0 ? 0 : rank - 1];
}

template <class Key>
int32_t CountIn(const std::map<Key, int32_t>& counts, Key key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

StatusOr<TrajectoryId> ParseTrajectoryName(const std::string& name, std::string_view field) {
  return rpc::ParseOne<TrajectoryId>(names::kTrajectory, name, field);
}

StatusOr<Target> DecodeTarget(const std::string& name, const std::string& etag,
                              std::string_view field) {
  ASSIGN_OR_RETURN(TrajectoryId id, ParseTrajectoryName(name, field));
  return Target{.id = std::move(id), .version = rpc::VersionOf(etag)};
}

StatusOr<std::optional<Day>> DecodeDay(const std::string& text) {
  if (text.empty()) return std::optional<Day>();
  ASSIGN_OR_RETURN(const Day day, ParseDay(text));
  return std::optional<Day>(day);
}

domain::Trajectory DecodeDraft(const v1::Trajectory& message) {
  domain::Trajectory draft;
  draft.switcher = SwitcherId(domain::OwnerIn(message.switcher()));
  draft.contract = message.contract();
  draft.vacancy = message.vacancy();
  draft.start = message.start();
  draft.sector = message.sector();
  draft.plan_hours = message.plan_hours();
  draft.hours_done = message.hours_done();
  draft.coach = message.coach();
  return draft;
}

StatusOr<domain::Event> DecodeAdvance(const v1::AdvanceTrajectoryRequest& request) {
  domain::Event event;
  ASSIGN_OR_RETURN(event.on, DecodeDay(request.occurred_on()));
  for (const v1::Evidence& evidence : request.evidence()) {
    ASSIGN_OR_RETURN(domain::Evidence item, store::Decode(evidence));
    event.evidence.push_back(std::move(item));
  }
  return event;
}

StatusOr<domain::Edit> DecodeEdit(const v1::UpdateTrajectoryRequest& request) {
  const v1::Trajectory& sent = request.trajectory();
  // Names what is unknown or set by the service, in the words of every other update.
  v1::Trajectory ignored;
  RETURN_IF_ERROR(rpc::ApplyMask(request.update_mask(), sent, &ignored));
  domain::Edit edit;
  if (request.update_mask().paths().empty()) {
    if (!sent.coach().empty()) edit.coach = sent.coach();
    if (sent.hours_done() != 0) edit.hours_done = sent.hours_done();
    return edit;
  }
  for (const std::string& path : request.update_mask().paths()) {
    const bool all = path == "*";
    if (!all && path != "coach" && path != "hours_done") {
      return Forbidden({"FIELD_FORBIDDEN", "only coach and hours_done are changed by hand"});
    }
    if (all || path == "coach") edit.coach = sent.coach();
    if (all || path == "hours_done") edit.hours_done = sent.hours_done();
  }
  return edit;
}

store::TrajectoryFilter DecodeFilter(const v1::ListTrajectoriesRequest& request) {
  store::TrajectoryFilter filter;
  if (request.stage() != v1::STAGE_UNSPECIFIED) {
    filter.stage = static_cast<domain::Stage>(request.stage());
  }
  if (request.has_ended()) filter.ended = request.ended();
  filter.at_risk = request.at_risk();
  filter.switcher = domain::OwnerIn(request.switcher());
  return filter;
}

StatusOr<v1::Trajectory> Encode(const domain::Trajectory& trajectory, Vault& vault) {
  v1::Trajectory message;
  store::Fill(trajectory, &message);
  RETURN_IF_ERROR(OpenReasons(vault, &message));
  message.set_etag(rpc::EtagOf(trajectory.revision.version));
  return message;
}

StatusOr<v1::Trajectory> EncodeStored(const store::Stored& stored, Vault& vault) {
  v1::Trajectory message;
  if (!message.ParseFromString(stored.bytes)) return Internal("a stored payload can't be read");
  RETURN_IF_ERROR(OpenReasons(vault, &message));
  message.set_etag(rpc::EtagOf(stored.version));
  return message;
}

v1::Funnel EncodeFunnel(const domain::FunnelCounts& counts) {
  v1::Funnel funnel;
  for (int number = 1; number <= domain::kStageCount; ++number) {
    const auto stage = static_cast<domain::Stage>(number);
    v1::Funnel::StageCount* const count = funnel.add_stages();
    count->set_stage(static_cast<v1::Stage>(number));
    count->set_reached(CountIn(counts.reached, stage));
    count->set_current(CountIn(counts.current, stage));
  }
  for (const domain::FunnelCounts::Exits& exits : counts.exits) {
    v1::Funnel::ExitCount* const count = funnel.add_exits();
    count->set_stage(static_cast<v1::Stage>(exits.stage));
    count->set_reason(static_cast<v1::ExitReason>(exits.reason));
    count->set_count(exits.count);
  }
  funnel.set_match_to_startbekwaam_days_p50(Percentile(counts.startbekwaam_days, 50));
  funnel.set_match_to_startbekwaam_days_p90(Percentile(counts.startbekwaam_days, 90));
  funnel.set_startbekwaam_count(static_cast<int32_t>(counts.startbekwaam_days.size()));
  return funnel;
}

}  // namespace matchgo::trajectories
