// Bounds of rounds, and the two-sided peers: JSON lines for `tools/bench engine`.
//
// CPU time of one thread. Test: none; what is measured is tested in
// tests/property/engine_bound_property_test.cc
#pragma once

#include "tests/bench/engine_markets.h"

namespace matchgo::bench {

// A clearing and how far at most it is from the best; up to 10,000 switchers against the exact
// optimum when starts have room without end.
void MeasureBound(const Size& size);

// A two-sided bare market: our clearing, textbook deferred acceptance, LEMON's cost scaling.
void MeasurePeers(const Size& size);

}  // namespace matchgo::bench
