// What every record of this service has: its revision; and the label in two languages.
//
// Plain values without rules; locations are in common/kernel. Pure. Copyable.
// Test: tests/unit/services/programmes/programme_test.cc
#pragma once

#include <cstdint>
#include <string>

#include "common/time/instant.h"

namespace matchgo::programmes::domain {

// Which version of a record this is. The event that made it has `sequence`.
struct Revision {
  int64_t version = 0;
  int64_t sequence = 0;
  Instant created;
  Instant updated;

  friend bool operator==(const Revision&, const Revision&) = default;
};

// A text in the two languages of the product.
struct Label {
  std::string nl;
  std::string en;

  friend bool operator==(const Label&, const Label&) = default;
};

// True if the two differ in nothing but their revision.
template <class Record>
bool SameContent(const Record& a, Record b) {
  b.revision = a.revision;
  return a == b;
}

}  // namespace matchgo::programmes::domain
