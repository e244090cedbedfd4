// Collects everything that is wrong with a request, so a caller mends it in one go.
//
// Used by codecs and by domain Validate functions. Not thread-safe; lives on the stack of one call.
// Test: tests/unit/common/base/status_test.cc
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/status.h"

namespace matchgo {

class Violations {
 public:
  void Add(std::string_view field, std::string_view reason, std::string_view wanted) {
    found_.push_back({std::string(field), std::string(reason), std::string(wanted)});
  }
  bool empty() const { return found_.empty(); }
  const std::vector<Violation>& found() const { return found_; }
  // OK, or INVALID_ARGUMENT with all of them.
  Status ToStatus() && {
    if (found_.empty()) return absl::OkStatus();
    return Invalid(std::move(found_));
  }

 private:
  std::vector<Violation> found_;
};

}  // namespace matchgo
