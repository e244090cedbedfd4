#include "services/scheduler/domain/round_lifecycle.h"

#include <algorithm>
#include <string>
#include <utility>

#include "services/scheduler/reasons.h"

namespace matchgo::scheduler::domain {
namespace {

struct Move {
  RoundState from;
  RoundEvent event;
  RoundState to;
};

// Everything else is illegal. Once offers are out a round cannot fail any more.
constexpr std::array kMoves = {
    Move{RoundState::kPlanned, RoundEvent::kOpen, RoundState::kCollecting},
    Move{RoundState::kCollecting, RoundEvent::kFreeze, RoundState::kFrozen},
    Move{RoundState::kFrozen, RoundEvent::kClear, RoundState::kCleared},
    Move{RoundState::kCleared, RoundEvent::kVerify, RoundState::kVerified},
    Move{RoundState::kVerified, RoundEvent::kPublish, RoundState::kPublished},
    Move{RoundState::kPublished, RoundEvent::kClose, RoundState::kClosed},
    Move{RoundState::kPlanned, RoundEvent::kFail, RoundState::kFailed},
    Move{RoundState::kCollecting, RoundEvent::kFail, RoundState::kFailed},
    Move{RoundState::kFrozen, RoundEvent::kFail, RoundState::kFailed},
    Move{RoundState::kCleared, RoundEvent::kFail, RoundState::kFailed},
    Move{RoundState::kVerified, RoundEvent::kFail, RoundState::kFailed},
    Move{RoundState::kPlanned, RoundEvent::kCancel, RoundState::kCancelled},
    Move{RoundState::kCollecting, RoundEvent::kCancel, RoundState::kCancelled},
};

std::string LegalEvents(RoundState state) {
  std::string legal;
  for (const Move& move : kMoves) {
    if (move.from != state) continue;
    if (!legal.empty()) legal += ", ";
    legal += RoundEventName(move.event);
  }
  return legal.empty() ? "none" : legal;
}

}  // namespace

std::string_view RoundStateName(RoundState state) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "",         "planned",   "collecting", "frozen", "cleared",
      "verified", "published", "closed",     "failed", "cancelled"};
  return kNames[static_cast<size_t>(state)];
}

std::optional<RoundState> ParseRoundState(std::string_view name) {
  for (const RoundState state : kRoundStates) {
    if (RoundStateName(state) == name) return state;
  }
  return std::nullopt;
}

std::string_view RoundEventName(RoundEvent event) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "open", "freeze", "clear", "verify", "publish", "close", "fail", "cancel"};
  return kNames[static_cast<size_t>(event)];
}

std::optional<RoundState> NextState(RoundState state, RoundEvent event) {
  for (const Move& move : kMoves) {
    if (move.from == state && move.event == event) return move.to;
  }
  return std::nullopt;
}

StatusOr<Round> Advance(Round round, RoundEvent event, Instant now) {
  const std::optional<RoundState> next = NextState(round.state, event);
  if (!next.has_value()) {
    return WithFact(Precondition(reasons::kRoundState), "legal", LegalEvents(round.state));
  }
  round.state = *next;
  round.steps.push_back({.state = *next, .time = now});
  round.update_time = now;
  return round;
}

bool HoldsTheMarket(RoundState state) {
  return state >= RoundState::kFrozen && state <= RoundState::kPublished;
}

Instant PhaseEnd(const Round& round) {
  Instant published = round.update_time;
  for (const RoundStep& step : round.steps) {
    if (step.state == RoundState::kPublished) published = step.time;
  }
  return published + std::chrono::hours(24) * kMatchPhaseDays;
}

std::optional<Instant> OfferDeadline(Instant now, int32_t working_days, Instant phase_end) {
  const Day day = DayOf(now);
  const int32_t days = AddWorkingDays(day, std::max(1, working_days)) - day;
  const Instant deadline = std::min(now + std::chrono::hours(24) * days, phase_end);
  if (deadline - now < kAnswerTimeLeast) return std::nullopt;
  return deadline;
}

}  // namespace matchgo::scheduler::domain
