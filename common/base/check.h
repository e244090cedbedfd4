// CHECK: a programmer's error ends the process, in release builds too; never used on input.
//
// Prints file, line and the condition to stderr and aborts. Thread-safe.
// Test: tests/unit/common/base/status_test.cc
#pragma once

#include <source_location>

namespace matchgo {

[[noreturn]] void CheckFailed(const char* condition,
                              const std::source_location& where = std::source_location::current());

}  // namespace matchgo

#define CHECK(condition) \
  (static_cast<bool>(condition) ? void(0) : ::matchgo::CheckFailed(#condition))
