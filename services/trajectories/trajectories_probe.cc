#include "services/trajectories/trajectories_probe.h"

#include "common/kernel/sector.h"

namespace matchgo::trajectories {
namespace {

using domain::Stage;

// Months, roughly; the promise is six.
const std::vector<double>& DayBuckets() {
  static const std::vector<double> kBuckets{30,  60,  90,  120, 150, 180, 210,
                                            240, 270, 300, 365, 450, 540, 730};
  return kBuckets;
}

std::string Word(std::string_view word) { return std::string(word); }

}  // namespace

TrajectoriesProbe::TrajectoriesProbe(metrics::Metrics& metrics)
    : metrics_(metrics),
      startbekwaam_days_(metrics.AddHistogram(
          "matchgo_match_to_startbekwaam_days",
          "Days from the contract to accepted evidence of startbekwaam, without pauses.",
          DayBuckets())) {
  // Every family is there from the start, so that a dashboard finds them on the first day.
  RunningIn(Stage::kAangemeld, "none");
  Steps(Stage::kAangemeld, Stage::kSelectie, "none");
  Exits(Stage::kSelectie, domain::ExitReason::kWithdrew);
}

metrics::Counter TrajectoriesProbe::Steps(Stage from, Stage to, const std::string& sector) {
  const auto key = std::make_tuple(from, to, sector);
  const auto found = steps_.find(key);
  if (found != steps_.end()) return found->second;
  const metrics::Counter made = metrics_.AddCounter(
      "matchgo_stage_transitions_total",
      "Trajectories that moved from one stage to another; sector is none before an offer.",
      {{"from", Word(FormatStage(from))}, {"to", Word(FormatStage(to))}, {"sector", sector}});
  steps_.emplace(key, made);
  return made;
}

metrics::Counter TrajectoriesProbe::Exits(Stage stage, domain::ExitReason reason) {
  const auto key = std::make_pair(stage, reason);
  const auto found = exits_.find(key);
  if (found != exits_.end()) return found->second;
  const metrics::Counter made = metrics_.AddCounter(
      "matchgo_exits_total", "Trajectories that ended early, by the stage they were in and why.",
      {{"stage", Word(FormatStage(stage))}, {"reason", Word(FormatExit(reason))}});
  exits_.emplace(key, made);
  return made;
}

metrics::Gauge TrajectoriesProbe::RunningIn(Stage stage, const std::string& sector) {
  const auto key = std::make_pair(stage, sector);
  const auto found = running_.find(key);
  if (found != running_.end()) return found->second;
  const metrics::Gauge made = metrics_.AddGauge(
      "matchgo_trajectories",
      "Trajectories that run now, by stage and sector; sector is none before an offer.",
      {{"stage", Word(FormatStage(stage))}, {"sector", sector}});
  running_.emplace(key, made);
  return made;
}

void TrajectoriesProbe::Count(const std::vector<domain::Effect>& effects) {
  for (const domain::Effect& effect : effects) {
    switch (effect.kind) {
      case domain::Effect::Kind::kStep:
        Steps(effect.from, effect.to, Word(SectorLabel(effect.sector))).Add();
        break;
      case domain::Effect::Kind::kExit:
        Exits(effect.from, effect.reason.value_or(domain::ExitReason::kOther)).Add();
        break;
      case domain::Effect::Kind::kStartbekwaam:
        startbekwaam_days_.Observe(effect.days);
        break;
    }
  }
}

void TrajectoriesProbe::SetRunning(const std::vector<domain::Running>& running) {
  std::map<std::pair<Stage, std::string>, int64_t> counts;
  for (const auto& [key, gauge] : running_) counts[key] = 0;
  for (const domain::Running& row : running) {
    counts[{row.stage, Word(SectorLabel(row.sector))}] += row.count;
  }
  for (const auto& [key, count] : counts) {
    RunningIn(key.first, key.second).Set(static_cast<double>(count));
  }
}

}  // namespace matchgo::trajectories
