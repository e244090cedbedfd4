// Id<Tag>: an opaque id that cannot be mixed up with another kind's.
//
// Ids are compared and sorted as bytes. They carry no meaning and are safe to log. Value type.
// Test: tests/unit/common/base/strong_id_test.cc
#pragma once

#include <compare>
#include <string>
#include <utility>

namespace matchgo {

template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string value) : value_(std::move(value)) {}

  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

  friend bool operator==(const Id&, const Id&) = default;
  friend auto operator<=>(const Id&, const Id&) = default;

  template <class H>
  friend H AbslHashValue(H h, const Id& id) {
    return H::combine(std::move(h), id.value_);
  }

 private:
  std::string value_;
};

}  // namespace matchgo
