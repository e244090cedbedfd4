// Every state of a trajectory × every event, against a table written by hand; and long random
// lives.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "common/random/random.h"
#include "services/trajectories/domain/pipeline.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/trajectories/some_trajectory.h"

namespace matchgo::trajectories::domain {
namespace {

enum class Condition { kRunning, kPaused, kExited };

// What the readers of the product expect; not derived from kSteps.
std::optional<Stage> Expected(Stage from, EventKind event, bool direct) {
  using S = Stage;
  using E = EventKind;
  static const std::map<std::tuple<S, E, bool>, S> kLegal{
      {{S::kAangemeld, E::kQualified, false}, S::kSelectie},
      {{S::kAangemeld, E::kQualified, true}, S::kSelectie},
      {{S::kSelectie, E::kOfferPublished, false}, S::kIntroductie},
      {{S::kSelectie, E::kOfferPublished, true}, S::kIntroductie},
      {{S::kIntroductie, E::kOfferFailed, false}, S::kSelectie},
      {{S::kIntroductie, E::kOfferFailed, true}, S::kSelectie},
      {{S::kIntroductie, E::kContractSigned, false}, S::kContract},
      {{S::kIntroductie, E::kContractSigned, true}, S::kContract},
      {{S::kContract, E::kContractVoided, false}, S::kSelectie},
      {{S::kContract, E::kContractVoided, true}, S::kSelectie},
      {{S::kContract, E::kStarted, false}, S::kGestart},
      {{S::kContract, E::kStarted, true}, S::kGestart},
      {{S::kGestart, E::kStartbekwaam, false}, S::kStartbekwaam},
      {{S::kGestart, E::kLoonwaarde, true}, S::kOpLoonwaarde},
      {{S::kStartbekwaam, E::kLoonwaarde, false}, S::kOpLoonwaarde},
      {{S::kOpLoonwaarde, E::kDiploma, false}, S::kGediplomeerd},
  };
  const auto found = kLegal.find({from, event, direct});
  return found == kLegal.end() ? std::nullopt : std::optional<Stage>(found->second);
}

// The reason an event is refused with in a state; "" if it is legal.
std::string ExpectedReason(const Trajectory& trajectory, Condition condition, EventKind event) {
  if (condition == Condition::kExited || trajectory.finished) return "TRAJECTORY_ENDED";
  const bool paused = condition == Condition::kPaused;
  if (event == EventKind::kExited) return "";
  if (event == EventKind::kResumed) return paused ? "" : "NOT_PAUSED";
  if (event == EventKind::kPaused) {
    if (paused) return "PAUSED";
    return trajectory.stage < Stage::kContract ? "NOT_STARTED" : "";
  }
  const auto to = Expected(trajectory.stage, event, trajectory.direct);
  if (!to.has_value()) return "ILLEGAL_STAGE";
  return paused && *to > trajectory.stage ? "PAUSED" : "";
}

Event AnyEvent(EventKind kind, Day on, bool direct) {
  Event event;
  event.kind = kind;
  event.on = on;
  event.actor_role = "OPS";
  event.actor = "p.jansen";
  event.explanation = "sealed";
  event.pause_reason = "CARE";
  event.agreement = SomeAgreement(direct);
  event.evidence = {SomeEvidence(EvidenceKind::kMicrocredential, on),
                    SomeEvidence(EvidenceKind::kDiploma, on)};
  return event;
}

TEST(TrajectoriesPipelineTest, EveryStateTimesEveryEvent) {
  const Day today = On("2029-01-01");
  int legal = 0;
  int refused = 0;
  for (int number = 1; number <= kStageCount; ++number) {
    for (const bool direct : {false, true}) {
      const auto stage = static_cast<Stage>(number);
      if (direct && (stage == Stage::kStartbekwaam || stage == Stage::kGediplomeerd)) continue;
      for (const auto condition : {Condition::kRunning, Condition::kPaused, Condition::kExited}) {
        Trajectory before = At(stage, direct);
        ASSERT_EQ(before.stage, stage);
        before.direct = direct;  // also before an offer said so
        if (condition == Condition::kPaused) {
          before.pauses.push_back({.from = before.history.back().on, .to = {}, .reason = "CARE"});
        }
        if (condition == Condition::kExited) before.exit = Exit{};
        for (int kind = 0; kind < kEventCount; ++kind) {
          const auto event = static_cast<EventKind>(kind);
          SCOPED_TRACE(std::string(FormatStage(stage)) + (direct ? " direct " : " ") +
                       std::string(FormatEvent(event)) + " condition " +
                       std::to_string(static_cast<int>(condition)));
          const auto moved = Advance(before, AnyEvent(event, today, direct), Noon(today));
          const std::string reason = ExpectedReason(before, condition, event);
          ASSERT_EQ(ReasonOf(moved.status()), reason);
          if (!moved.ok()) {
            ++refused;
            if (reason == "ILLEGAL_STAGE") {
              ASSERT_EQ(FactsOf(moved.status()).size(), 1U);
              EXPECT_EQ(FactsOf(moved.status())[0].first, "legal");
            }
            continue;
          }
          ++legal;
          const auto to = Expected(stage, event, direct);
          EXPECT_EQ(moved->next.stage, to.value_or(stage));
          EXPECT_EQ(moved->next.history.size(), before.history.size() + 1);
          EXPECT_EQ(moved->next.ended(),
                    event == EventKind::kExited || moved->next.stage == LastStage(direct));
        }
      }
    }
  }
  // 14 states by stage and route, three conditions each, twelve events.
  EXPECT_EQ(legal + refused, 14 * 3 * kEventCount);
  EXPECT_GT(legal, 40);
}

// In which stages a reason may end a trajectory, A(angemeld) to O(p loonwaarde), with a start; and
// without, where the full wage is the end. What the readers of the product expect; not derived from
// kExits. What others decide about her needs a person and a why.
struct ExitRow {
  ExitReason reason;
  const char* learning;
  const char* direct;
  bool others;
};
constexpr ExitRow kExitRows[] = {
    {ExitReason::kWithdrew, "ASICGBO", "ASICG", false},
    {ExitReason::kRejected, "ASI", "ASI", true},
    {ExitReason::kEmployerWithdrew, "ICGBO", "ICG", true},
    {ExitReason::kAssessmentFailed, "GBO", "", true},
    {ExitReason::kContractEnded, "CGBO", "CG", true},
    {ExitReason::kGroenpluk, "ASICGBO", "", false},
    {ExitReason::kCohortCancelled, "SIC", "", true},
    {ExitReason::kOther, "ASICGBO", "ASICG", true},
};

// Without a name or without a why an exit is refused if others decide it, and only then; told by a
// neighbour it is taken as it is.
void ExpectADecider(const Trajectory& before, Event event, bool others) {
  const auto refused = [&] { return ReasonOf(Advance(before, event, Noon(*event.on)).status()); };
  event.explanation.clear();
  EXPECT_EQ(refused(), others ? "REQUIRED" : "");
  for (const char* nobody : {"", "coach", "system"}) {
    event.actor = nobody;
    EXPECT_EQ(refused(), others ? "HUMAN_REQUIRED" : "") << nobody;
  }
  event.from_feed = true;
  EXPECT_EQ(refused(), "");
}

TEST(TrajectoriesPipelineTest, EveryStateTimesEveryReasonToLeave) {
  constexpr std::string_view kLetters = "ASICGBO";
  const Day today = On("2029-01-01");
  int left = 0;
  for (int number = 1; number < kStageCount; ++number) {
    const auto stage = static_cast<Stage>(number);
    for (const bool direct : {false, true}) {
      if (direct && stage >= Stage::kStartbekwaam) continue;
      for (const auto condition : {Condition::kRunning, Condition::kPaused}) {
        Trajectory before = At(stage, direct);
        before.direct = direct;
        if (condition == Condition::kPaused) {
          before.pauses.push_back({.from = before.history.back().on, .to = {}, .reason = "CARE"});
        }
        for (const ExitRow& row : kExitRows) {
          SCOPED_TRACE(std::string(FormatStage(stage)) + (direct ? " direct " : " ") +
                       std::string(FormatExit(row.reason)));
          Event event = AnyEvent(EventKind::kExited, today, direct);
          event.exit_reason = row.reason;
          const auto moved = Advance(before, event, Noon(today));
          const std::string_view stages = direct ? row.direct : row.learning;
          if (stages.find(kLetters[static_cast<size_t>(number) - 1]) == std::string_view::npos) {
            EXPECT_EQ(ReasonOf(moved.status()), "ILLEGAL_EXIT");
            ASSERT_EQ(FactsOf(moved.status()).size(), 1U);
            EXPECT_EQ(FactsOf(moved.status())[0].first, "legal");
            EXPECT_EQ(FactsOf(moved.status())[0].second, LegalExits(before));
            EXPECT_EQ(LegalExits(before).find(FormatExit(row.reason)), std::string::npos);
            continue;
          }
          ASSERT_THAT(moved, IsOk());
          EXPECT_EQ(moved->next.exit, (Exit{.reason = row.reason,
                                            .on = today,
                                            .stage = stage,
                                            .actor = "p.jansen",
                                            .explanation = "sealed"}));
          EXPECT_EQ(moved->next.history.back().actor, "p.jansen");
          ExpectADecider(before, event, row.others);
          EXPECT_FALSE(moved->next.paused());
          EXPECT_NE(LegalExits(before).find(FormatExit(row.reason)), std::string::npos);
          ++left;
        }
      }
    }
  }
  // 39 ways out for who learns, 18 for who is placed directly; running and paused.
  EXPECT_EQ(left, 2 * (39 + 18));
}

// However events and their days come, a life stays in order.
TEST(TrajectoriesPipelineTest, RandomLivesStayInOrder) {
  constexpr uint64_t kSeed = 20261121;
  for (uint64_t life = 0; life < 1000; ++life) {
    Random random(kSeed, "life:" + std::to_string(life));
    Day today = On("2026-02-01");
    Trajectory trajectory =
        Begin(TrajectoryId("t"), SwitcherId("s"), "", today, Noon(today), "", "");
    const bool direct = random.Chance(300);
    for (int step = 0; step < 60 && !trajectory.ended(); ++step) {
      today = today + static_cast<int32_t>(random.Between(0, 40));
      auto kind = static_cast<EventKind>(random.Below(kEventCount));
      if (kind == EventKind::kExited && !random.Chance(50)) kind = EventKind::kResumed;
      Event event = AnyEvent(kind, today - static_cast<int32_t>(random.Between(-3, 20)), direct);
      event.from_feed = random.Chance(500);
      const Trajectory before = trajectory;
      const auto moved = Advance(trajectory, event, Noon(today));
      if (!moved.ok()) continue;
      trajectory = moved->next;
      SCOPED_TRACE("life " + std::to_string(life) + " step " + std::to_string(step));
      ASSERT_EQ(trajectory.history.size(), before.history.size() + 1);
      ASSERT_GE(trajectory.history.back().on, before.history.back().on);
      ASSERT_LE(trajectory.history.back().on, today);
      Day last = On("2026-02-01");
      for (const Milestone& milestone : trajectory.milestones) {
        if (!milestone.actual.has_value()) continue;
        ASSERT_GE(*milestone.actual, last);
        last = *milestone.actual;
      }
      for (size_t i = 0; i < trajectory.pauses.size(); ++i) {
        const Pause& pause = trajectory.pauses[i];
        ASSERT_TRUE(pause.to.has_value() || i + 1 == trajectory.pauses.size());
        ASSERT_GE(pause.to.value_or(pause.from), pause.from);
      }
      if (trajectory.match_to_startbekwaam_days.has_value()) {
        ASSERT_GE(*trajectory.match_to_startbekwaam_days, 0);
      }
    }
  }
}

}  // namespace
}  // namespace matchgo::trajectories::domain
