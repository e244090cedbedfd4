#include "services/scheduler/engine/candidate_index.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {
namespace {

std::vector<uint64_t> HashAll(const Market& market, const IdColumn& ids) {
  std::vector<uint64_t> hashes;
  hashes.reserve(static_cast<size_t>(ids.size()));
  for (int32_t i = 0; i < ids.size(); ++i) hashes.push_back(LotteryHash(market.seed, ids[i]));
  return hashes;
}

// The positions of `contracts` by party, each list in their order.
template <class PartyOf>
Lists<int32_t> Group(std::span<const FeasibleContract> contracts, int32_t parties,
                     const PartyOf& party_of) {
  std::vector<std::vector<int32_t>> groups(static_cast<size_t>(parties));
  for (size_t i = 0; i < contracts.size(); ++i) {
    const int32_t party = party_of(contracts[i].contract);
    if (party != kNone) groups[static_cast<size_t>(party)].push_back(static_cast<int32_t>(i));
  }
  Lists<int32_t> lists;
  for (const std::vector<int32_t>& group : groups) lists.Append(group);
  return lists;
}

}  // namespace

CandidateIndex::CandidateIndex(const Market& market, const Weights& weights)
    : market_(market),
      weights_(weights),
      vacancy_hashes_(HashAll(market, market.vacancy_ids)),
      start_hashes_(HashAll(market, market.start_ids)),
      direct_hash_(LotteryHash(market.seed, "-")) {
  CHECK(weights == kNoWeights || Validate(weights).ok());
  if (market.bare) {
    ArrangeGiven();
    return;
  }
  groups_ = MakeVacancyGroups(market);
  switchers_ = SwitcherRows(market);
}

uint64_t CandidateIndex::KeyOf(uint64_t switcher_hash, int32_t vacancy, int32_t start) const {
  const uint64_t start_hash =
      start == kNone ? direct_hash_ : start_hashes_[static_cast<size_t>(start)];
  return switcher_hash ^ std::rotl(vacancy_hashes_[static_cast<size_t>(vacancy)], 21) ^
         std::rotl(start_hash, 42);
}

size_t CandidateIndex::bytes_for_vacancies() const {
  return groups_.bytes() + (vacancy_hashes_.size() + start_hashes_.size()) * sizeof(uint64_t);
}

void CandidateIndex::ArrangeGiven() {
  for (const GivenTriple& triple : market_.triples) {
    const Contract& c = triple.contract;
    const uint64_t hash = LotteryHash(market_.seed, market_.switcher_ids[c.switcher]);
    given_.push_back(
        {.contract = c, .score = triple.score, .key = KeyOf(hash, c.vacancy, c.start)});
  }
  std::ranges::sort(given_, PlacedBefore);
  given_to_switcher_ =
      Group(given_, market_.switcher_count(), [](const Contract& c) { return c.switcher; });
  given_to_vacancy_ =
      Group(given_, market_.vacancy_count(), [](const Contract& c) { return c.vacancy; });
  given_to_start_ = Group(given_, market_.start_count(), [](const Contract& c) { return c.start; });
}

}  // namespace matchgo::scheduler::engine
