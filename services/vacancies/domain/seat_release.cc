#include "services/vacancies/domain/seat_release.h"

namespace matchgo::vacancies::domain {

std::optional<SeatRelease> ReleaseFor(const Vacancy& current, const Vacancy& next) {
  if (SeatsOf(next) >= SeatsOf(current)) return std::nullopt;
  return SeatRelease{.vacancy = NameOf(current),
                     .version = current.version,
                     .seats_left = SeatsOf(next),
                     .contracts_stand = next.state == State::kClosed};
}

}  // namespace matchgo::vacancies::domain
