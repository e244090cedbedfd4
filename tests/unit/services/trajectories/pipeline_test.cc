#include "services/trajectories/domain/pipeline.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/trajectories/some_trajectory.h"

namespace matchgo::trajectories::domain {
namespace {

std::string FactOf(const Status& status, const std::string& key) {
  for (const auto& [name, value] : FactsOf(status)) {
    if (name == key) return value;
  }
  return "";
}

TEST(PipelineTest, LeadsFromSelectieToDiploma) {
  const Trajectory trajectory = At(Stage::kGediplomeerd);
  EXPECT_EQ(trajectory.stage, Stage::kGediplomeerd);
  EXPECT_TRUE(trajectory.finished);
  EXPECT_EQ(trajectory.contract, "contracts/c1");
  EXPECT_EQ(trajectory.plan_hours, 360);
  EXPECT_EQ(trajectory.history.size(), 8U);
  EXPECT_EQ(trajectory.history.back().event, "DIPLOMA");
  EXPECT_EQ(trajectory.at(Stage::kGediplomeerd).evidence.size(), 1U);
}

TEST(PipelineTest, ADirectPlacementEndsAtTheFullWage) {
  const Trajectory trajectory = At(Stage::kOpLoonwaarde, true);
  EXPECT_EQ(trajectory.stage, Stage::kOpLoonwaarde);
  EXPECT_TRUE(trajectory.finished);
  EXPECT_FALSE(trajectory.at(Stage::kStartbekwaam).actual.has_value());
  EXPECT_FALSE(trajectory.match_to_startbekwaam_days.has_value());
  const auto refused =
      Advance(At(Stage::kGestart, true), EventFor(Stage::kStartbekwaam), Noon(On("2026-09-28")));
  EXPECT_THAT(refused, HasReason("ILLEGAL_STAGE"));
  EXPECT_EQ(FactOf(refused.status(), "legal"), "OP_LOONWAARDE");
}

TEST(PipelineTest, CountsDaysFromContractToEvidenceWithoutPauses) {
  EXPECT_EQ(At(Stage::kStartbekwaam).match_to_startbekwaam_days, 210);
  Trajectory trajectory = At(Stage::kGestart);
  Event pause;
  pause.kind = EventKind::kPaused;
  pause.on = On("2026-05-01");
  pause.pause_reason = "ILLNESS";
  trajectory = Advance(trajectory, pause, Noon(On("2026-05-03")))->next;
  EXPECT_THAT(Advance(trajectory, EventFor(Stage::kStartbekwaam), Noon(On("2026-09-28"))),
              HasReason("PAUSED"));
  Event resume;
  resume.kind = EventKind::kResumed;
  resume.on = On("2026-05-31");
  trajectory = Advance(trajectory, resume, Noon(On("2026-06-01")))->next;
  const auto ready = Advance(trajectory, EventFor(Stage::kStartbekwaam), Noon(On("2026-09-28")));
  ASSERT_THAT(ready, IsOk());
  EXPECT_EQ(ready->next.match_to_startbekwaam_days, 180);
  ASSERT_EQ(ready->effects.size(), 2U);
  EXPECT_EQ(ready->effects[1].kind, Effect::Kind::kStartbekwaam);
  EXPECT_EQ(ready->effects[1].days, 180);
}

struct EvidenceRow {
  const char* name;
  Stage to;
  std::vector<Evidence> evidence;
  const char* reason;
};

TEST(PipelineTest, SomeStagesNeedEvidence) {
  const Day ready = On("2026-09-28");
  const Day diploma = On("2028-06-01");
  const EvidenceRow rows[] = {
      {"none", Stage::kStartbekwaam, {}, "EVIDENCE_REQUIRED"},
      {"of another kind",
       Stage::kStartbekwaam,
       {SomeEvidence(EvidenceKind::kEmployerStatement, ready)},
       "EVIDENCE_REQUIRED"},
      {"issued too late",
       Stage::kStartbekwaam,
       {SomeEvidence(EvidenceKind::kMicrocredential, ready + 1)},
       "EVIDENCE_REQUIRED"},
      {"an assessment", Stage::kStartbekwaam, {SomeEvidence(EvidenceKind::kAssessment, ready)}, ""},
      {"no diploma",
       Stage::kGediplomeerd,
       {SomeEvidence(EvidenceKind::kMicrocredential, diploma)},
       "EVIDENCE_REQUIRED"},
      {"a diploma", Stage::kGediplomeerd, {SomeEvidence(EvidenceKind::kDiploma, diploma)}, ""},
      {"full wage needs none", Stage::kOpLoonwaarde, {}, ""},
  };
  for (const EvidenceRow& row : rows) {
    SCOPED_TRACE(row.name);
    Event event = EventFor(row.to);
    event.evidence = row.evidence;
    const auto before = static_cast<Stage>(static_cast<int>(row.to) - 1);
    const auto moved = Advance(At(before), event, Noon(*event.on));
    EXPECT_EQ(ReasonOf(moved.status()), row.reason);
  }
}

TEST(PipelineTest, DaysOutOfOrderAreRefusedWithTheirField) {
  Event event = EventFor(Stage::kGestart);
  event.on = On("2026-03-01");  // signed a day later
  auto refused = Advance(At(Stage::kContract), event, Noon(On("2026-04-01")));
  EXPECT_THAT(refused, HasReason("DATE_ORDER"));
  EXPECT_EQ(ViolationsOf(refused.status())[0].field, "occurred_on");
  event.on = On("2026-04-02");
  EXPECT_THAT(Advance(At(Stage::kContract), event, Noon(On("2026-04-01"))),
              HasReason("DATE_ORDER"));
  event.from_feed = true;
  const auto moved = Advance(At(Stage::kContract), event, Noon(On("2026-04-01")));
  ASSERT_THAT(moved, IsOk());
  EXPECT_EQ(moved->next.at(Stage::kGestart).actual, On("2026-04-01"));
}

TEST(PipelineTest, WhatIsIllegalAnywayIsSaidBeforeTheDay) {
  Event event = EventFor(Stage::kGediplomeerd);
  event.on = On("2020-01-01");
  EXPECT_THAT(Advance(At(Stage::kGestart), event, Noon(On("2026-04-02"))),
              HasReason("ILLEGAL_STAGE"));
}

TEST(PipelineTest, AFailedOfferTakesTheAgreementAway) {
  Event event;
  event.kind = EventKind::kOfferFailed;
  const auto back = Advance(At(Stage::kIntroductie), event, Noon(On("2026-02-25")));
  ASSERT_THAT(back, IsOk());
  EXPECT_EQ(back->next.stage, Stage::kSelectie);
  EXPECT_EQ(back->next.vacancy, "");
  EXPECT_EQ(back->next.sector, "");
  EXPECT_FALSE(back->next.at(Stage::kIntroductie).actual.has_value());
  ASSERT_EQ(back->effects.size(), 1U);
  EXPECT_EQ(back->effects[0].sector, "zorg") << "where it happened";
}

TEST(PipelineTest, HoursAndCoachChangeUntilTheEnd) {
  const auto changed =
      Change(At(Stage::kGestart), {.coach = "c7", .hours_done = 40}, Noon(On("2026-05-01")));
  ASSERT_THAT(changed, IsOk());
  EXPECT_EQ(changed->coach, "c7");
  EXPECT_EQ(changed->hours_done, 40);
  EXPECT_EQ(changed->progress_on, On("2026-05-01"));
  EXPECT_THAT(
      Change(At(Stage::kGediplomeerd), {.coach = "c7", .hours_done = {}}, Noon(On("2028-07-01"))),
      HasReason("TRAJECTORY_ENDED"));
}

}  // namespace
}  // namespace matchgo::trajectories::domain
