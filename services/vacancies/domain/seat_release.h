// SeatRelease: the seats a change takes from a vacancy, which must be free before it is committed.
//
// Only says what to ask; asking is clients/seat_keeper.h. Pure.
// Test: tests/unit/services/vacancies/vacancy_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/vacancies/domain/vacancy.h"

namespace matchgo::vacancies::domain {

struct SeatRelease {
  std::string vacancy;  // its name
  int64_t version = 0;  // of the vacancy that loses seats: a release holds for this one only
  int32_t seats_left = 0;
  bool contracts_stand = false;  // closing: who has a contract keeps it

  friend bool operator==(const SeatRelease&, const SeatRelease&) = default;
};

// Nothing if `next` has room for as many people as `current`.
std::optional<SeatRelease> ReleaseFor(const Vacancy& current, const Vacancy& next);

}  // namespace matchgo::vacancies::domain
