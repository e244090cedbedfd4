// Every error reason word of the engine, one line each; the messages carry file, line and field.
//
// Words are stable: commands, services and tests key on them. Test:
// tests/unit/services/scheduler/engine/market_file_test.cc
#pragma once

namespace matchgo::scheduler::engine::reasons {

inline constexpr char kMarketInvalid[] = "MARKET_INVALID";
inline constexpr char kOutcomeInvalid[] = "OUTCOME_INVALID";
inline constexpr char kWeightsInvalid[] = "WEIGHTS_INVALID";
inline constexpr char kCommitmentsInvalid[] = "COMMITMENTS_INVALID";
inline constexpr char kMechanismNotApplicable[] = "MECHANISM_NOT_APPLICABLE";

}  // namespace matchgo::scheduler::engine::reasons
