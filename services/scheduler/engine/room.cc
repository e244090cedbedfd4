#include "services/scheduler/engine/room.h"

namespace matchgo::scheduler::engine {

Room::Room(const Market& market, const Commitments& commitments)
    : settled(market.switchers.size(), 0), participants(market.starts.size(), 0) {
  openings.reserve(market.vacancies.size());
  for (const Vacancy& vacancy : market.vacancies) openings.push_back(vacancy.openings);
  places.reserve(market.starts.size());
  for (const Start& start : market.starts) places.push_back(start.capacity);
  for (const Contract& contract : commitments.frozen) {
    settled[static_cast<size_t>(contract.switcher)] = 1;
    --openings[static_cast<size_t>(contract.vacancy)];
    if (contract.direct()) continue;
    --places[static_cast<size_t>(contract.start)];
    ++participants[static_cast<size_t>(contract.start)];
  }
}

}  // namespace matchgo::scheduler::engine
