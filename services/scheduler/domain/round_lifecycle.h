// The life of a round: planned -> collecting -> frozen -> cleared -> verified -> published ->
// closed, or failed; or cancelled before it is frozen.
//
// A table of every state and event; an illegal move is refused with what would be legal. Also when
// answers are due. Pure. Test: tests/unit/services/scheduler/lifecycle_test.cc
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "common/base/status.h"
#include "services/scheduler/domain/round.h"

namespace matchgo::scheduler::domain {

enum class RoundEvent : uint8_t {
  kOpen,
  kFreeze,
  kClear,
  kVerify,
  kPublish,
  kClose,
  kFail,
  kCancel
};

inline constexpr std::array<RoundState, 9> kRoundStates = {
    RoundState::kPlanned, RoundState::kCollecting, RoundState::kFrozen,
    RoundState::kCleared, RoundState::kVerified,   RoundState::kPublished,
    RoundState::kClosed,  RoundState::kFailed,     RoundState::kCancelled};
inline constexpr std::array<RoundEvent, 8> kRoundEvents = {
    RoundEvent::kOpen,    RoundEvent::kFreeze, RoundEvent::kClear, RoundEvent::kVerify,
    RoundEvent::kPublish, RoundEvent::kClose,  RoundEvent::kFail,  RoundEvent::kCancel};

std::string_view RoundStateName(RoundState state);  // "collecting"
std::optional<RoundState> ParseRoundState(std::string_view name);
std::string_view RoundEventName(RoundEvent event);

// The state after the event, or nothing when the event is illegal there.
std::optional<RoundState> NextState(RoundState state, RoundEvent event);

// The same for a round: notes the step. FAILED_PRECONDITION ROUND_STATE with the fact "legal".
StatusOr<Round> Advance(Round round, RoundEvent event, Instant now);

// Whether the market is fixed and the round not over: only one round at a time is.
bool HoldsTheMarket(RoundState state);

inline constexpr int32_t kAnswerDaysDefault = 5;
inline constexpr int32_t kMatchPhaseDays = 28;
// So often the runner looks who is new in a running round.
inline constexpr Duration kNewcomersEvery = std::chrono::hours(1);
inline constexpr Duration kAnswerTimeLeast = std::chrono::hours(24);

// When the match phase of a round that was published then ends.
Instant PhaseEnd(const Round& round);
// The moment before which an offer made now must be answered: some working days later, within the
// match phase. Nothing when less than 24 hours would be left.
std::optional<Instant> OfferDeadline(Instant now, int32_t working_days, Instant phase_end);

}  // namespace matchgo::scheduler::domain
