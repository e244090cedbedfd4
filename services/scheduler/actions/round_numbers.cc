#include "services/scheduler/actions/round_numbers.h"

#include <algorithm>

#include "common/base/status_macros.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {

StatusOr<std::vector<std::string>> Unmatched(sql::Tx& tx, const domain::Round& round) {
  ASSIGN_OR_RETURN(std::vector<std::string> switchers, store::RoundStore(tx).Switchers(round.id));
  ASSIGN_OR_RETURN(const std::vector<std::string> engaged,
                   store::MatchStore(tx).Engaged(round.id.value()));
  std::erase_if(switchers, [&](const std::string& switcher) {
    return std::binary_search(engaged.begin(), engaged.end(), switcher);
  });
  return switchers;
}

Status FillNumbers(sql::Tx& tx, domain::Round* round) {
  using domain::OfferState;
  store::MatchStore matches(tx);
  ASSIGN_OR_RETURN(store::OfferCounts counts, matches.CountOffers(round->id));
  ASSIGN_OR_RETURN(const std::vector<std::string> engaged, matches.Engaged(round->id.value()));
  domain::RoundSummary& summary = round->summary;
  summary.open = counts.by_state[OfferState::kOpen];
  summary.declined = counts.by_state[OfferState::kDeclined];
  summary.expired = counts.by_state[OfferState::kExpired];
  summary.withdrawn = counts.by_state[OfferState::kWithdrawn];
  summary.offers = summary.open + summary.declined + summary.expired + summary.withdrawn +
                   counts.by_state[OfferState::kAccepted];
  summary.repaired = counts.repaired;
  summary.contracts = static_cast<int64_t>(engaged.size());
  // Counted by name and not as what is left over, so that the sum of the summary says something.
  ASSIGN_OR_RETURN(const std::vector<std::string> unmatched, Unmatched(tx, *round));
  summary.unmatched = static_cast<int64_t>(unmatched.size()) - summary.open;
  return absl::OkStatus();
}

}  // namespace matchgo::scheduler
