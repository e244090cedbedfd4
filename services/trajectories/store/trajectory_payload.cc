#include "services/trajectories/store/trajectory_payload.h"

#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "common/time/timestamp.h"

namespace matchgo::trajectories::store {
namespace {

std::string FormatMaybe(const std::optional<Day>& day) {
  return day.has_value() ? FormatDay(*day) : std::string();
}

StatusOr<std::optional<Day>> DecodeDay(const std::string& text) {
  if (text.empty()) return std::optional<Day>();
  ASSIGN_OR_RETURN(const Day day, ParseDay(text));
  return std::optional<Day>(day);
}

v1::Stage StageOf(domain::Stage stage) { return static_cast<v1::Stage>(stage); }

// A message may hold no stage yet, or one of a newer version.
domain::Stage DecodeStage(v1::Stage stage) {
  if (stage < v1::STAGE_AANGEMELD || stage > v1::STAGE_GEDIPLOMEERD) {
    return domain::Stage::kAangemeld;
  }
  return static_cast<domain::Stage>(stage);
}

void FillEvidence(const domain::Evidence& evidence, v1::Evidence* message) {
  message->set_kind(static_cast<v1::Evidence::Kind>(evidence.kind));
  message->set_reference(evidence.reference);
  message->set_issuer(evidence.issuer);
  message->set_issued_on(FormatDay(evidence.issued_on));
}

void FillMilestones(const domain::Trajectory& trajectory, v1::Trajectory* message) {
  message->clear_milestones();
  for (int number = 1; number <= domain::kStageCount; ++number) {
    const auto stage = static_cast<domain::Stage>(number);
    const domain::Milestone& from = trajectory.at(stage);
    v1::Milestone* const to = message->add_milestones();
    to->set_stage(StageOf(stage));
    to->set_target_on(FormatMaybe(from.target));
    to->set_planned_on(FormatMaybe(from.planned));
    to->set_forecast_on(FormatMaybe(from.forecast));
    to->set_actual_on(FormatMaybe(from.actual));
    for (const domain::Evidence& evidence : from.evidence) {
      FillEvidence(evidence, to->add_evidence());
    }
  }
}

void FillPast(const domain::Trajectory& trajectory, v1::Trajectory* message) {
  message->clear_pauses();
  for (const domain::Pause& pause : trajectory.pauses) {
    v1::Trajectory::Pause* const to = message->add_pauses();
    to->set_from(FormatDay(pause.from));
    to->set_to(FormatMaybe(pause.to));
    to->set_reason(pause.reason);
  }
  message->clear_history();
  for (const domain::HistoryEntry& entry : trajectory.history) {
    v1::Trajectory::HistoryEntry* const to = message->add_history();
    to->set_from(StageOf(entry.from));
    to->set_to(StageOf(entry.to));
    to->set_event(entry.event);
    FillTime(entry.time, to->mutable_time());
    to->set_on(FormatDay(entry.on));
    to->set_actor_role(entry.actor_role);
    to->set_actor(entry.actor);
  }
  message->clear_exit();
  if (trajectory.exit.has_value()) {
    v1::Trajectory::Exit* const exit = message->mutable_exit();
    exit->set_reason(static_cast<v1::ExitReason>(trajectory.exit->reason));
    exit->set_on(FormatDay(trajectory.exit->on));
    exit->set_stage(StageOf(trajectory.exit->stage));
    exit->set_actor(trajectory.exit->actor);
    exit->set_explanation(trajectory.exit->explanation);
  }
}

Status DecodeMilestones(const v1::Trajectory& message, domain::Trajectory* trajectory) {
  for (const v1::Milestone& from : message.milestones()) {
    domain::Milestone& to = trajectory->at(DecodeStage(from.stage()));
    ASSIGN_OR_RETURN(to.target, DecodeDay(from.target_on()));
    ASSIGN_OR_RETURN(to.planned, DecodeDay(from.planned_on()));
    ASSIGN_OR_RETURN(to.forecast, DecodeDay(from.forecast_on()));
    ASSIGN_OR_RETURN(to.actual, DecodeDay(from.actual_on()));
    for (const v1::Evidence& evidence : from.evidence()) {
      ASSIGN_OR_RETURN(domain::Evidence item, Decode(evidence));
      to.evidence.push_back(std::move(item));
    }
  }
  return absl::OkStatus();
}

Status DecodePast(const v1::Trajectory& message, domain::Trajectory* trajectory) {
  for (const v1::Trajectory::Pause& from : message.pauses()) {
    domain::Pause pause;
    ASSIGN_OR_RETURN(pause.from, ParseDay(from.from()));
    ASSIGN_OR_RETURN(pause.to, DecodeDay(from.to()));
    pause.reason = from.reason();
    trajectory->pauses.push_back(std::move(pause));
  }
  for (const v1::Trajectory::HistoryEntry& from : message.history()) {
    domain::HistoryEntry entry;
    entry.from = DecodeStage(from.from());
    entry.to = DecodeStage(from.to());
    entry.event = from.event();
    entry.time = DecodeTime(from.time());
    ASSIGN_OR_RETURN(entry.on, ParseDay(from.on()));
    entry.actor_role = from.actor_role();
    entry.actor = from.actor();
    trajectory->history.push_back(std::move(entry));
  }
  if (message.has_exit()) {
    domain::Exit exit;
    exit.reason = static_cast<domain::ExitReason>(message.exit().reason());
    ASSIGN_OR_RETURN(exit.on, ParseDay(message.exit().on()));
    exit.stage = DecodeStage(message.exit().stage());
    exit.actor = message.exit().actor();
    exit.explanation = message.exit().explanation();
    trajectory->exit = std::move(exit);
  }
  return absl::OkStatus();
}

// "switchers/{id}" -> id; names of one segment more are not ours to cut.
std::string IdIn(const std::string& name) { return domain::OwnerIn(name); }

}  // namespace

void Fill(const domain::Trajectory& trajectory, v1::Trajectory* message) {
  message->set_name(trajectory.name());
  message->set_switcher("switchers/" + trajectory.switcher.value());
  message->set_contract(trajectory.contract);
  message->set_vacancy(trajectory.vacancy);
  message->set_start(trajectory.start);
  message->set_sector(trajectory.sector);
  message->set_stage(StageOf(trajectory.stage));
  message->set_direct(trajectory.direct);
  FillMilestones(trajectory, message);
  FillPast(trajectory, message);
  message->set_finished(trajectory.finished);
  message->set_overdue(trajectory.overdue);
  message->clear_risks();
  for (const domain::Risk risk : trajectory.risks) {
    message->add_risks(static_cast<v1::Trajectory::Risk>(risk));
  }
  message->set_plan_hours(trajectory.plan_hours);
  message->set_hours_done(trajectory.hours_done);
  message->set_coach(trajectory.coach);
  message->clear_match_to_startbekwaam_days();
  if (trajectory.match_to_startbekwaam_days.has_value()) {
    message->set_match_to_startbekwaam_days(*trajectory.match_to_startbekwaam_days);
  }
  FillTime(trajectory.revision.created, message->mutable_create_time());
  FillTime(trajectory.revision.updated, message->mutable_update_time());
  message->set_sequence(trajectory.revision.sequence);
}

StatusOr<domain::Evidence> Decode(const v1::Evidence& message) {
  domain::Evidence evidence;
  evidence.kind = static_cast<domain::EvidenceKind>(message.kind());
  evidence.reference = message.reference();
  evidence.issuer = message.issuer();
  ASSIGN_OR_RETURN(evidence.issued_on, ParseDay(message.issued_on()));
  return evidence;
}

StatusOr<domain::Trajectory> Decode(const v1::Trajectory& message) {
  domain::Trajectory trajectory;
  trajectory.id = TrajectoryId(IdIn(message.name()));
  trajectory.switcher = SwitcherId(IdIn(message.switcher()));
  trajectory.contract = message.contract();
  trajectory.vacancy = message.vacancy();
  trajectory.start = message.start();
  trajectory.sector = message.sector();
  trajectory.stage = DecodeStage(message.stage());
  trajectory.direct = message.direct();
  RETURN_IF_ERROR(DecodeMilestones(message, &trajectory));
  RETURN_IF_ERROR(DecodePast(message, &trajectory));
  trajectory.finished = message.finished();
  trajectory.overdue = message.overdue();
  for (const int risk : message.risks()) {
    trajectory.risks.push_back(static_cast<domain::Risk>(risk));
  }
  trajectory.plan_hours = message.plan_hours();
  trajectory.hours_done = message.hours_done();
  trajectory.coach = message.coach();
  if (message.has_match_to_startbekwaam_days()) {
    trajectory.match_to_startbekwaam_days = message.match_to_startbekwaam_days();
  }
  trajectory.revision.created = DecodeTime(message.create_time());
  trajectory.revision.updated = DecodeTime(message.update_time());
  trajectory.revision.sequence = message.sequence();
  return trajectory;
}

StatusOr<domain::Trajectory> Decode(const Stored& stored) {
  v1::Trajectory message;
  if (!message.ParseFromString(stored.bytes)) return Internal("a stored payload can't be read");
  ASSIGN_OR_RETURN(domain::Trajectory trajectory, Decode(message));
  trajectory.revision.version = stored.version;
  trajectory.partner = stored.parties.partner;
  trajectory.offer = stored.offer;
  trajectory.progress_on = stored.progress_on;
  return trajectory;
}

StatusOr<std::string> EncodeOver(const std::string& bytes_before,
                                 const domain::Trajectory& trajectory) {
  v1::Trajectory message;
  if (!message.ParseFromString(bytes_before)) return Internal("a stored payload can't be read");
  Fill(trajectory, &message);
  return message.SerializeAsString();
}

}  // namespace matchgo::trajectories::store
