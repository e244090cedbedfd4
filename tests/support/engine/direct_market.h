// A synthetic market as a value, without the way through text: what benches measure on.
//
// Equal to reading the generated file, but for the digest, which stays empty. Nothing is checked,
// as the generator is. Used by tests/bench and tests/unit/services/scheduler/engine.
#pragma once

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/synthetic/synthetic_market.h"

namespace matchgo::testing {

scheduler::engine::Market DirectMarket(const scheduler::engine::SyntheticOptions& options);

}  // namespace matchgo::testing
