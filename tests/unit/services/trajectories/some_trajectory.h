// Trajectories for tests: at any stage, with the days that belong to it.
//
// Signed on 2026-03-02, begins on 2026-04-01, planned ready on 2026-09-28 (180 days), 360 hours.
// Used by the tests of this folder and by tests/property.
#pragma once

#include <string>

#include "common/kernel/person.h"
#include "services/trajectories/domain/pipeline.h"

namespace matchgo::trajectories::domain {

inline Day On(const char* text) { return *ParseDay(text); }
inline Instant Noon(Day day) { return StartOf(day) + std::chrono::hours(12); }

inline Agreement SomeAgreement(bool direct = false) {
  return {.offer = "offers/o1",
          .contract = "contracts/c1",
          .vacancy = "employers/e1/vacancies/v1",
          .start = direct ? "" : "opleiders/p1/programmes/g1/starts/s1",
          .sector = "zorg",
          .begins_on = On("2026-04-01"),
          .ready_on = On("2026-09-28"),
          .plan_hours = 360};
}

inline Evidence SomeEvidence(EvidenceKind kind, Day issued_on) {
  return {.kind = kind, .reference = "r1", .issuer = "p1", .issued_on = issued_on};
}

// The event that leads to a stage, on the day it does here, with all it needs.
inline Event EventFor(Stage stage, bool direct = false) {
  static constexpr const char* kDays[] = {"",           "2026-02-01", "2026-02-02",
                                          "2026-02-20", "2026-03-02", "2026-04-01",
                                          "2026-09-28", "2027-04-01", "2028-06-01"};
  Event event;
  event.kind = EventTo(stage).value_or(EventKind::kQualified);
  event.on = On(kDays[static_cast<size_t>(stage)]);
  event.actor_role = "COACH";
  event.actor = "coach-7";
  if (stage == Stage::kIntroductie || stage == Stage::kContract) {
    event.agreement = SomeAgreement(direct);
  }
  if (stage == Stage::kStartbekwaam) {
    event.evidence = {SomeEvidence(EvidenceKind::kMicrocredential, *event.on)};
  }
  if (stage == Stage::kGediplomeerd) {
    event.evidence = {SomeEvidence(EvidenceKind::kDiploma, *event.on)};
  }
  return event;
}

// A trajectory that has reached `stage`. REQUIRES: it is on her route.
inline Trajectory At(Stage stage, bool direct = false) {
  Trajectory trajectory = Begin(TrajectoryId("t1"), SwitcherId("s1"), "partner1", On("2026-02-01"),
                                Noon(On("2026-02-01")), "SERVICE", std::string(kProcess));
  while (trajectory.stage < stage) {
    auto next = static_cast<Stage>(static_cast<int>(trajectory.stage) + 1);
    if (direct && next == Stage::kStartbekwaam) next = Stage::kOpLoonwaarde;
    const Event event = EventFor(next, direct);
    auto moved = Advance(trajectory, event, Noon(*event.on));
    if (!moved.ok()) return trajectory;
    trajectory = moved->next;
  }
  return trajectory;
}

}  // namespace matchgo::trajectories::domain
