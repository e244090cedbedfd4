// ClearObserver: hears how far a clearing is. It must not change anything.
//
// Called on the thread that clears, never by two at once: `done` of `of` steps of a phase. What it
// is told may depend on the machine; the outcome may not. An empty one hears nothing. Test:
// tests/unit/services/scheduler/engine/clearing_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace matchgo::scheduler::engine {

using ClearObserver = std::function<void(std::string_view phase, int64_t done, int64_t of)>;

}  // namespace matchgo::scheduler::engine
