#include "services/scheduler/actions/end_contract.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/person.h"
#include "services/scheduler/actions/scope.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {
namespace {

// A service does it as the process that it is, everybody else by name.
StatusOr<std::string> WhoEnds(const Principal& principal) {
  if (principal.role == Role::kService) return std::string(kProcess);
  if (!NamesAPerson(principal.id)) return Precondition(reasons::kHumanRequired);
  return principal.id;
}

}  // namespace

StatusOr<domain::Contract> EndContract(sql::Tx& tx, const EndCommand& command) {
  ASSIGN_OR_RETURN(domain::Contract contract, store::MatchStore(tx).GetContract(command.contract));
  if (!MayReach(tx.call(), contract.terms)) return NotFound(reasons::kNotFound);
  if (command.version.has_value() && *command.version != contract.version) {
    return Conflict(reasons::kStale);
  }
  ASSIGN_OR_RETURN(const std::string by, WhoEnds(tx.call().principal));
  return EndNow(tx, std::move(contract), command.reason, by);
}

StatusOr<domain::Contract> EndNow(sql::Tx& tx, domain::Contract contract, const std::string& reason,
                                  const std::string& by) {
  ASSIGN_OR_RETURN(contract, domain::End(std::move(contract), reason, by, tx.call().now));
  RETURN_IF_ERROR(store::MatchStore(tx).PutContract(contract, "contract.ended"));
  RETURN_IF_ERROR(store::SeatStore(tx).Release(contract.offer, contract.terms.seats()));
  RETURN_IF_ERROR(store::RoundStore(tx).CountChange(contract.terms.round));
  return contract;
}

}  // namespace matchgo::scheduler
