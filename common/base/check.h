// CHECK: a programmer's error ends the process, in release builds too; never used on input.
//
// Prints file, line and the condition to stderr and aborts. Thread-safe.
// Test: tests/unit/common/base/status_test.cc
#pragma once

namespace matchgo {

// Not std::source_location: Debian's clang-tidy (14) has none.
[[noreturn]] void CheckFailed(const char* condition, const char* file = __builtin_FILE(),
                              int line = __builtin_LINE());

}  // namespace matchgo

#define CHECK(condition) \
  (static_cast<bool>(condition) ? void(0) : ::matchgo::CheckFailed(#condition))
