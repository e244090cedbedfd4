// Who of some people is in all of the sets that bits name: the checker's innermost loop.
//
// AVX-512, AVX2 and plain C++ say the same; the machine's best is chosen at run time. Pure, safe to
// share between threads. Test: tests/unit/services/scheduler/engine/people_set_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/scheduler/engine/people_set.h"

namespace matchgo::scheduler::engine {

// Leaves only people who are in sets[i] for every bit i, in so many words of bits.
using CheckedKeep = void (*)(const PeopleSet* sets, const uint64_t* bits, size_t words,
                             PeopleSet& people);

// All that this machine can run, the plain one first and the best one last.
std::vector<CheckedKeep> CheckedKeeps();

}  // namespace matchgo::scheduler::engine
