// PollUntil: asks again and again until the answer is yes, for clients that can only ask.
//
// Blocks the calling thread between the questions; not for services, which get told (change
// signals, feeds). Test: tests/unit/common/exec/exec_test.cc
#pragma once

#include <chrono>
#include <functional>

namespace matchgo::exec {

// True as soon as `done` is, false when `longest` is over. `done` is asked at least once.
bool PollUntil(const std::function<bool()>& done, std::chrono::milliseconds interval,
               std::chrono::milliseconds longest);

}  // namespace matchgo::exec
