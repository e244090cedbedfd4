// Personal<T>: a value that tells who somebody is. It cannot be printed, logged or turned into
// JSON.
//
// There is no stream operator, no conversion and no log field for it: leaking one does not compile.
// Reveal() is the one way to the value; every use of it should be easy to defend. Value type.
// Test: tests/unit/common/log/log_test.cc
#pragma once

#include <utility>

namespace matchgo {

template <class T>
class Personal {
 public:
  Personal() = default;
  explicit Personal(T value) : value_(std::move(value)) {}

  const T& Reveal() const { return value_; }

  friend bool operator==(const Personal&, const Personal&) = default;

 private:
  T value_{};
};

}  // namespace matchgo
