#include "services/scheduler/engine/live_contracts.h"

#include <algorithm>
#include <tuple>

namespace matchgo::scheduler::engine {

Postings::Postings(size_t parties, std::span<const int32_t> group) : begins_(parties + 1, 0) {
  for (const int32_t party : group) {
    if (party != kNone) ++begins_[static_cast<size_t>(party) + 1];
  }
  for (size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  positions_.resize(begins_.back());
  std::vector<uint32_t> next(begins_.begin(), begins_.end() - 1);
  for (size_t i = 0; i < group.size(); ++i) {
    if (group[i] != kNone) {
      positions_[next[static_cast<size_t>(group[i])]++] = static_cast<int32_t>(i);
    }
  }
}

std::span<const int32_t> Postings::operator[](int32_t party) const {
  const auto i = static_cast<size_t>(party);
  return std::span<const int32_t>(positions_).subspan(begins_[i], begins_[i + 1] - begins_[i]);
}

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

std::vector<LiveContract> LiveContracts::Select(const Market& market, const ContractTable& table,
                                                const Commitments& commitments, const Room& room,
                                                TakingOrder order) {
  std::vector<uint8_t> declined(static_cast<size_t>(table.size()), 0);
  for (const Contract& contract : commitments.declined) {
    if (const auto place = table.Find(contract)) declined[static_cast<size_t>(*place)] = 1;
  }
  std::vector<LiveContract> live;
  for (int32_t place = 0; place < table.size(); ++place) {
    const FeasibleContract& entry = table.at(place);
    const Contract& contract = entry.contract;
    if (declined[static_cast<size_t>(place)] != 0 ||
        room.settled[static_cast<size_t>(contract.switcher)] != 0 ||
        room.openings[static_cast<size_t>(contract.vacancy)] <= 0 ||
        (!contract.direct() && room.places[static_cast<size_t>(contract.start)] <= 0)) {
      continue;
    }
    live.push_back({contract.switcher, contract.vacancy, contract.start, entry.score, place});
  }
  if (order == TakingOrder::kByPlace) return live;
  const auto turn = [&](const LiveContract& contract) {
    return std::tuple(market.switcher(contract.switcher).priority,
                      table.lottery().SwitcherHash(contract.switcher), contract.switcher,
                      contract.place);
  };
  std::ranges::sort(live, {}, turn);
  return live;
}

Postings LiveContracts::GroupBy(size_t parties, int32_t LiveContract::*party) const {
  std::vector<int32_t> group;
  group.reserve(contracts_.size());
  for (const LiveContract& contract : contracts_) group.push_back(contract.*party);
  return Postings(parties, group);
}

LiveContracts::LiveContracts(const Market& market, const ContractTable& table,
                             const Commitments& commitments, TakingOrder order)
    : room_(market, commitments),
      contracts_(Select(market, table, commitments, room_, order)),
      of_switcher_(GroupBy(market.switchers.size(), &LiveContract::switcher)),
      of_vacancy_(GroupBy(market.vacancies.size(), &LiveContract::vacancy)),
      of_start_(GroupBy(market.starts.size(), &LiveContract::start)) {}

}  // namespace matchgo::scheduler::engine
