// Location: where something is: a postcode, the town's name for people, and the point that is
// matched on.
//
// The point is on the Dutch RD grid in hectometres; (0, 0) lies outside the Netherlands and stands
// for "no point". Looking a point up is not done here. Pure value.
// Test: tests/unit/services/vacancies/vacancy_test.cc
#pragma once

#include <cstdint>
#include <string>

namespace matchgo {

struct Location {
  std::string postcode = {};
  std::string place = {};
  int32_t x = 0;
  int32_t y = 0;

  bool has_point() const { return x != 0 || y != 0; }
  // Whether anything says where it is: a name of a town alone does not.
  bool known() const { return has_point() || !postcode.empty(); }

  friend bool operator==(const Location&, const Location&) = default;
};

}  // namespace matchgo
