#include "services/matchgo/demo/fate.h"

#include <algorithm>
#include <string>

#include "common/random/random.h"

namespace matchgo::demo {
namespace {

namespace traj = trajectories::v1;

// The planned day of a stage, or `otherwise` where the plan has none.
Day PlannedDay(const traj::Trajectory& trajectory, traj::Stage stage, Day otherwise) {
  for (const traj::Milestone& milestone : trajectory.milestones()) {
    if (milestone.stage() != stage) continue;
    const std::string& text =
        milestone.planned_on().empty() ? milestone.actual_on() : milestone.planned_on();
    const auto day = ParseDay(text);
    if (day.ok()) return *day;
  }
  return otherwise;
}

Day ActualDay(const traj::Trajectory& trajectory, traj::Stage stage, Day otherwise) {
  for (const traj::Milestone& milestone : trajectory.milestones()) {
    if (milestone.stage() != stage) continue;
    const auto day = ParseDay(milestone.actual_on());
    if (day.ok()) return *day;
  }
  return otherwise;
}

bool Happens(Random& random, int permille) {
  return random.Chance(static_cast<uint64_t>(permille));
}

int32_t Days(Random& random, int32_t low, int32_t high) {
  return static_cast<int32_t>(random.Between(low, high));
}

void DrawExit(Random& random, const Behaviour& behaviour, bool direct, Fate* fate) {
  const bool early = Happens(random, behaviour.early_exit_permille);
  const bool late = Happens(random, behaviour.late_exit_permille);
  const bool failed = Happens(random, behaviour.failed_permille) && !direct;
  const bool groenpluk = Happens(random, behaviour.groenpluk_permille) && !direct;
  const bool ended = Happens(random, behaviour.contract_ended_permille) && !direct;
  const int32_t learning = std::max(fate->able_on - fate->begins_on, 44);
  const Day in_six_weeks = fate->begins_on + Days(random, 3, 41);
  const Day before_able = fate->begins_on + Days(random, 42, learning - 1);
  const bool employer = random.Chance(350);
  const Day between =
      fate->worth_on + Days(random, 5, std::max(fate->diploma_on - fate->worth_on, 10) - 1);
  if (early || late) {
    fate->exit_on = early ? in_six_weeks : before_able;
    fate->exit_stage = traj::STAGE_GESTART;
    fate->exit_reason = employer ? traj::EXIT_REASON_EMPLOYER_WITHDREW : traj::EXIT_REASON_WITHDREW;
    if (!early) fate->ill_on.reset();
  } else if (failed) {
    fate->exit_on = fate->able_on;
    fate->exit_stage = traj::STAGE_GESTART;
    fate->exit_reason = traj::EXIT_REASON_ASSESSMENT_FAILED;
  } else if (groenpluk || ended) {
    fate->exit_on = between;
    fate->exit_stage = traj::STAGE_OP_LOONWAARDE;
    fate->exit_reason = groenpluk ? traj::EXIT_REASON_GROENPLUK : traj::EXIT_REASON_CONTRACT_ENDED;
  }
}

}  // namespace

int32_t Fate::HoursDone(int32_t plan_hours, Day today) const {
  const int64_t all = std::max(able_on - begins_on, 1);
  const int64_t past = std::clamp<int64_t>(today - begins_on, 0, all);
  return static_cast<int32_t>(plan_hours * past / all);
}

Fate DrawFate(uint64_t seed, int64_t order, const Behaviour& behaviour,
              const traj::Trajectory& trajectory) {
  const Day signed_on = ActualDay(trajectory, traj::STAGE_CONTRACT, Day());
  // Whoever comes back after an exit has another fate.
  Random random(seed, "fate:" + std::to_string(order) + ":" + FormatDay(signed_on));
  Fate fate;
  fate.begins_on =
      ActualDay(trajectory, traj::STAGE_GESTART,
                std::max(PlannedDay(trajectory, traj::STAGE_GESTART, signed_on + 14), signed_on));
  const Day planned = PlannedDay(trajectory, traj::STAGE_STARTBEKWAAM, fate.begins_on + 150);
  const bool slow = random.Chance(300);
  const int32_t slip = slow ? Days(random, 14, 75) : Days(random, -10, 14);
  fate.able_on = std::max(planned + slip, fate.begins_on + 45);
  if (Happens(random, behaviour.pause_permille)) {
    fate.ill_on = fate.begins_on + Days(random, 10, 40);
    const int32_t length = Days(random, 14, 80);
    fate.back_on = *fate.ill_on + length;
    fate.able_on = std::max(fate.able_on, *fate.ill_on + 5) + length;
  }
  fate.worth_on = std::max(fate.begins_on + Days(random, 330, 420), fate.able_on + 60);
  fate.diploma_on = std::max(fate.begins_on + Days(random, 730, 1080), fate.worth_on + 60);
  DrawExit(random, behaviour, trajectory.direct(), &fate);
  return fate;
}

}  // namespace matchgo::demo
