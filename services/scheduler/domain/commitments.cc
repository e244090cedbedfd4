#include "services/scheduler/domain/commitments.h"

#include <algorithm>

#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/certificate.h"

namespace matchgo::scheduler::domain {
namespace {

void SortUnique(std::vector<engine::Contract>& contracts) {
  std::sort(contracts.begin(), contracts.end());
  contracts.erase(std::unique(contracts.begin(), contracts.end()), contracts.end());
}

bool Covers(const SettledOffer& offer, const engine::Contract& refused,
            const engine::Contract& other) {
  if (offer.state != OfferState::kDeclined || !offer.declined_by.has_value()) {
    return refused == other;
  }
  if (*offer.declined_by == Party::kOpleider) return refused.start == other.start;
  return refused.vacancy == other.vacancy;
}

bool IsFrozen(const SettledOffer& offer) {
  return offer.state == OfferState::kOpen ||
         (offer.state == OfferState::kAccepted && offer.contract_active);
}

}  // namespace

std::optional<engine::Contract> ContractOf(const engine::Market& market,
                                           const std::string& switcher, const std::string& vacancy,
                                           const StartKey& start) {
  engine::MarketContract ids{switcher, VacancyMarketId(vacancy), std::nullopt};
  if (!start.name.empty()) ids.start = StartMarketId(start);
  return market.Find(ids);
}

engine::Commitments CommitmentsOf(const engine::CandidateIndex& index,
                                  const std::vector<SettledOffer>& offers,
                                  const std::set<std::string>& absent) {
  const engine::Market& market = index.market();
  engine::Commitments commitments;
  commitments.declined = market.commitments.declined;
  engine::CandidateSearch search(index);
  const auto decline_all = [&](int32_t switcher, const auto& covers) {
    for (const auto& found : engine::ContractsOf(market, switcher, std::nullopt, search)) {
      if (covers(found.contract)) commitments.declined.push_back(found.contract);
    }
  };
  std::set<engine::Contract> frozen;
  for (const SettledOffer& offer : offers) {
    const auto contract = ContractOf(market, offer.switcher, offer.vacancy, offer.start);
    if (contract.has_value() && IsFrozen(offer)) frozen.insert(*contract);
  }
  for (const SettledOffer& offer : offers) {
    if (IsFrozen(offer)) continue;
    const auto contract = ContractOf(market, offer.switcher, offer.vacancy, offer.start);
    if (!contract.has_value()) continue;
    decline_all(contract->switcher,
                [&](const engine::Contract& other) { return Covers(offer, *contract, other); });
  }
  for (const std::string& id : absent) {
    const std::optional<int32_t> switcher = market.switcher_ids.Find(id);
    if (!switcher.has_value()) continue;
    decline_all(*switcher, [](const engine::Contract&) { return true; });
  }
  commitments.frozen.assign(frozen.begin(), frozen.end());
  SortUnique(commitments.declined);
  // A contract that stands is not refused, whatever was said about the rest.
  std::erase_if(commitments.declined,
                [&](const engine::Contract& contract) { return frozen.contains(contract); });
  return commitments;
}

engine::Market WithSeats(const engine::Market& market, const std::map<std::string, SeatsNow>& seats,
                         const engine::Commitments& commitments, int32_t no_start_until) {
  engine::Market now = market;
  std::map<int32_t, int32_t> in_vacancy;
  std::map<int32_t, int32_t> in_start;
  for (const engine::Contract& contract : commitments.frozen) {
    ++in_vacancy[contract.vacancy];
    if (!contract.direct()) ++in_start[contract.start];
  }
  // Seats taken outside of this market are not its to give.
  const auto left = [&](const std::string& resource, int32_t frozen, int32_t at_freeze) {
    const auto found = seats.find(resource);
    if (found == seats.end()) return frozen;
    const int32_t elsewhere = found->second.taken - frozen;
    return std::max(frozen, std::min(at_freeze, found->second.capacity - elsewhere));
  };
  for (int32_t v = 0; v < now.vacancy_count(); ++v) {
    auto& openings = now.vacancies[static_cast<size_t>(v)].openings;
    openings = left(VacancyName(now.vacancy_ids[v]), in_vacancy[v], openings);
  }
  for (int32_t p = 0; p < now.start_count(); ++p) {
    engine::Start& start = now.starts[static_cast<size_t>(p)];
    const std::string resource = SeatResource(StartOfMarketId(now.start_ids[p]));
    start.capacity =
        start.begins <= no_start_until ? in_start[p] : left(resource, in_start[p], start.capacity);
    // Too few places for its minimum: nobody new, and whoever is in keeps it running.
    if (start.capacity < start.min) start.capacity = in_start[p];
    start.min = std::min(start.min, start.capacity);
  }
  now.commitments = commitments;
  return now;
}

}  // namespace matchgo::scheduler::domain
