// The stages of a trajectory, what happens to it, and the tables of legal steps and exits.
//
// Checked while compiling: no step twice, every stage reachable, only a failed offer leads back (a
// contract whose cohort is cancelled before she started counts as one), one rule an exit. Pure.
// Test: tests/unit/services/trajectories/pipeline_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace matchgo::trajectories::domain {

// Numbers as on the wire, here and for ExitReason.
enum class Stage {
  kAangemeld = 1,
  kSelectie = 2,
  kIntroductie = 3,
  kContract = 4,
  kGestart = 5,
  kStartbekwaam = 6,
  kOpLoonwaarde = 7,
  kGediplomeerd = 8,
};
inline constexpr int kStageCount = 8;

enum class ExitReason {
  kWithdrew = 1,
  kRejected = 2,
  kEmployerWithdrew = 3,
  kAssessmentFailed = 4,
  kContractEnded = 5,
  kGroenpluk = 6,
  kCohortCancelled = 7,
  kOther = 8,
};
inline constexpr int kExitReasonCount = 8;

enum class EventKind {
  kQualified,       // eligible, tests passed
  kOfferPublished,  // the parties meet
  kOfferFailed,     // declined, expired or withdrawn
  kContractSigned,  // all accepted
  kContractVoided,  // ended before she started, as when the cohort is cancelled
  kStarted,
  kStartbekwaam,
  kLoonwaarde,
  kDiploma,
  kPaused,
  kResumed,
  kExited,
};
inline constexpr int kEventCount = 12;

// Which trajectories a step is for.
enum class Route { kAny, kLearning, kDirect };

struct Step {
  Stage from;
  EventKind event;
  Stage to;
  Route route;
};

inline constexpr auto kSteps = std::to_array<Step>({
    {Stage::kAangemeld, EventKind::kQualified, Stage::kSelectie, Route::kAny},
    {Stage::kSelectie, EventKind::kOfferPublished, Stage::kIntroductie, Route::kAny},
    {Stage::kIntroductie, EventKind::kOfferFailed, Stage::kSelectie, Route::kAny},
    {Stage::kIntroductie, EventKind::kContractSigned, Stage::kContract, Route::kAny},
    {Stage::kContract, EventKind::kContractVoided, Stage::kSelectie, Route::kAny},
    {Stage::kContract, EventKind::kStarted, Stage::kGestart, Route::kAny},
    {Stage::kGestart, EventKind::kStartbekwaam, Stage::kStartbekwaam, Route::kLearning},
    // A direct placement has nothing to learn first, and ends at the full wage.
    {Stage::kGestart, EventKind::kLoonwaarde, Stage::kOpLoonwaarde, Route::kDirect},
    {Stage::kStartbekwaam, EventKind::kLoonwaarde, Stage::kOpLoonwaarde, Route::kLearning},
    {Stage::kOpLoonwaarde, EventKind::kDiploma, Stage::kGediplomeerd, Route::kLearning},
});

constexpr bool Fits(Route route, bool direct) {
  return route == Route::kAny || (route == Route::kDirect) == direct;
}

// Where an event leads; nothing if it is illegal there.
constexpr std::optional<Stage> NextStage(Stage from, EventKind event, bool direct) {
  for (const Step& step : kSteps) {
    if (step.from == from && step.event == event && Fits(step.route, direct)) return step.to;
  }
  return std::nullopt;
}

constexpr Stage LastStage(bool direct) {
  return direct ? Stage::kOpLoonwaarde : Stage::kGediplomeerd;
}

// The event by which somebody records that a stage was reached; nothing where it all begins.
constexpr std::optional<EventKind> EventTo(Stage stage) {
  switch (stage) {
    case Stage::kAangemeld:
      return std::nullopt;
    case Stage::kSelectie:
      return EventKind::kQualified;
    case Stage::kIntroductie:
      return EventKind::kOfferPublished;
    case Stage::kContract:
      return EventKind::kContractSigned;
    case Stage::kGestart:
      return EventKind::kStarted;
    case Stage::kStartbekwaam:
      return EventKind::kStartbekwaam;
    case Stage::kOpLoonwaarde:
      return EventKind::kLoonwaarde;
    case Stage::kGediplomeerd:
      return EventKind::kDiploma;
  }
  return std::nullopt;
}

// Whose decision an early end is. What others decide about her needs a person who answers for it.
enum class Decider { kSwitcher, kOthers };

// When a trajectory may end early with a reason: in the stages from `first` to `last`.
struct ExitRule {
  ExitReason reason;
  Stage first;
  Stage last;
  Route route;
  Decider decider;
};

inline constexpr auto kExits = std::to_array<ExitRule>({
    // She may always stop, and no list of reasons is complete.
    {ExitReason::kWithdrew, Stage::kAangemeld, Stage::kOpLoonwaarde, Route::kAny,
     Decider::kSwitcher},
    // Says so little that it must not be the way around a name.
    {ExitReason::kOther, Stage::kAangemeld, Stage::kOpLoonwaarde, Route::kAny, Decider::kOthers},
    // Hired away on a normal contract before the diploma. That may be anybody's offer, also before
    // she began; whoever is placed directly has no diploma to lose.
    {ExitReason::kGroenpluk, Stage::kAangemeld, Stage::kOpLoonwaarde, Route::kLearning,
     Decider::kSwitcher},
    // Not eligible, a suitability test failed, or turned down when they met: who has signed is in.
    {ExitReason::kRejected, Stage::kAangemeld, Stage::kIntroductie, Route::kAny, Decider::kOthers},
    // Needs an employer who was in it.
    {ExitReason::kEmployerWithdrew, Stage::kIntroductie, Stage::kOpLoonwaarde, Route::kAny,
     Decider::kOthers},
    // Needs a signed contract.
    {ExitReason::kContractEnded, Stage::kContract, Stage::kOpLoonwaarde, Route::kAny,
     Decider::kOthers},
    // Of what was learned: of the microcredential, later of the diploma. Tests before the start
    // reject.
    {ExitReason::kAssessmentFailed, Stage::kGestart, Stage::kOpLoonwaarde, Route::kLearning,
     Decider::kOthers},
    // Before the start: her offer or contract hung on it, or she was back in selection and nothing
    // took its place.
    {ExitReason::kCohortCancelled, Stage::kSelectie, Stage::kContract, Route::kLearning,
     Decider::kOthers},
});

constexpr bool MayExit(Stage stage, ExitReason reason, bool direct) {
  for (const ExitRule& rule : kExits) {
    if (rule.reason != reason) continue;
    return rule.first <= stage && stage <= rule.last && Fits(rule.route, direct);
  }
  return false;
}

constexpr bool OthersDecide(ExitReason reason) {
  for (const ExitRule& rule : kExits) {
    if (rule.reason == reason) return rule.decider == Decider::kOthers;
  }
  return true;
}

namespace checks {

consteval bool EveryExitHasOneRuleBeforeTheDiploma() {
  for (int number = 1; number <= kExitReasonCount; ++number) {
    int rules = 0;
    for (const ExitRule& rule : kExits) {
      if (rule.reason != static_cast<ExitReason>(number)) continue;
      if (rule.first > rule.last || rule.last >= Stage::kGediplomeerd) return false;
      ++rules;
    }
    if (rules != 1) return false;
  }
  return true;
}

consteval bool NoStepTwice() {
  for (size_t i = 0; i < kSteps.size(); ++i) {
    for (size_t k = i + 1; k < kSteps.size(); ++k) {
      if (kSteps[i].from == kSteps[k].from && kSteps[i].event == kSteps[k].event) return false;
    }
  }
  return true;
}

consteval bool OnlyAFailedOfferLeadsBack() {
  for (const Step& step : kSteps) {
    const bool back = step.to <= step.from;
    const bool failed =
        step.event == EventKind::kOfferFailed || step.event == EventKind::kContractVoided;
    if (back != failed || (back && step.to != Stage::kSelectie)) return false;
  }
  return true;
}

consteval bool LeadsToTheEnd(bool direct) {
  Stage stage = Stage::kAangemeld;
  for (int i = 0; i < kStageCount && stage != LastStage(direct); ++i) {
    for (const Step& step : kSteps) {
      if (step.from == stage && step.to > stage && Fits(step.route, direct)) {
        stage = step.to;
        break;
      }
    }
  }
  return stage == LastStage(direct);
}

static_assert(EveryExitHasOneRuleBeforeTheDiploma());
static_assert(NoStepTwice());
static_assert(OnlyAFailedOfferLeadsBack());
static_assert(LeadsToTheEnd(true) && LeadsToTheEnd(false));

}  // namespace checks

// "OP_LOONWAARDE", "CONTRACT_SIGNED", "GROENPLUK": as on the wire and in metrics.
constexpr std::string_view FormatStage(Stage stage) {
  constexpr std::array<std::string_view, kStageCount + 1> kWords{
      "",        "AANGEMELD",    "SELECTIE",      "INTRODUCTIE", "CONTRACT",
      "GESTART", "STARTBEKWAAM", "OP_LOONWAARDE", "GEDIPLOMEERD"};
  return kWords[static_cast<size_t>(stage)];
}
constexpr std::string_view FormatEvent(EventKind event) {
  constexpr std::array<std::string_view, kEventCount> kWords{
      "QUALIFIED",       "OFFER_PUBLISHED", "OFFER_FAILED", "CONTRACT_SIGNED",
      "CONTRACT_VOIDED", "STARTED",         "STARTBEKWAAM", "LOONWAARDE",
      "DIPLOMA",         "PAUSED",          "RESUMED",      "EXITED"};
  return kWords[static_cast<size_t>(event)];
}
constexpr std::string_view FormatExit(ExitReason reason) {
  constexpr std::array<std::string_view, kExitReasonCount + 1> kWords{"",
                                                                      "WITHDREW",
                                                                      "REJECTED",
                                                                      "EMPLOYER_WITHDREW",
                                                                      "ASSESSMENT_FAILED",
                                                                      "CONTRACT_ENDED",
                                                                      "GROENPLUK",
                                                                      "COHORT_CANCELLED",
                                                                      "OTHER"};
  return kWords[static_cast<size_t>(reason)];
}

}  // namespace matchgo::trajectories::domain
