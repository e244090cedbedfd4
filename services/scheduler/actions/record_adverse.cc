#include "services/scheduler/actions/record_adverse.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/domain/explanation.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_store.h"

namespace matchgo::scheduler {

Status RecordAdverse(sql::Tx& tx, Entropy& entropy, const Adverse& adverse) {
  const domain::Sentence words = domain::DescribeAdverse(adverse.kind);
  domain::AdverseOutcome outcome;
  outcome.id = entropy.NewId();
  outcome.round = adverse.round;
  outcome.kind = adverse.kind;
  outcome.switcher = adverse.switcher;
  outcome.start = adverse.start;
  outcome.offer = adverse.offer;
  outcome.explanation_nl = words.nl;
  outcome.explanation_en = words.en;
  outcome.create_time = tx.call().now;
  outcome.update_time = tx.call().now;
  return store::MatchStore(tx).InsertAdverse(outcome);
}

Status RecordAdverse(sql::Tx& tx, Entropy& entropy, domain::AdverseKind kind,
                     const domain::Terms& terms, const OfferId& offer) {
  return RecordAdverse(tx, entropy,
                       {.round = terms.round,
                        .kind = kind,
                        .switcher = terms.switcher,
                        .start = terms.start.name,
                        .offer = offer});
}

StatusOr<int64_t> ConfirmOutcomes(sql::Tx& tx, const RoundId& round,
                                  const std::vector<std::string>& ids, const std::string& reason) {
  store::MatchStore matches(tx);
  const Call& call = tx.call();
  int64_t sequence = 0;
  for (const std::string& id : ids) {
    ASSIGN_OR_RETURN(domain::AdverseOutcome outcome, matches.GetAdverse(id));
    if (outcome.round != round) return NotFound(reasons::kNotFound);
    ASSIGN_OR_RETURN(outcome, domain::Confirm(std::move(outcome), call.principal.role,
                                              call.principal.id, reason, call.now));
    RETURN_IF_ERROR(matches.PutAdverse(outcome, "outcome.confirmed"));
    sequence = outcome.sequence;
  }
  return sequence;
}

}  // namespace matchgo::scheduler
