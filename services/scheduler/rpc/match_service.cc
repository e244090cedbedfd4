// The methods about offers and contracts; the rest is in scheduler_service.cc.
#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "common/rpc/page.h"
#include "common/rpc/resource_name.h"
#include "common/rpc/serve_unary.h"
#include "services/scheduler/actions/answer_offer.h"
#include "services/scheduler/actions/end_contract.h"
#include "services/scheduler/actions/scope.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/rpc/scheduler_codec.h"
#include "services/scheduler/rpc/scheduler_service.h"

namespace matchgo::scheduler {
namespace {

// ListOffersRequest and ListContractsRequest have the same filter.
template <class Request>
store::MatchFilter FilterOf(const Request& request, const std::string& after, int limit) {
  return {.after = after,
          .round = names::LastPart(request.round()),
          .state = StateWord(request.state()),
          .switcher = names::LastPart(request.switcher()),
          .employer = "",
          .opleider = "",
          .limit = limit};
}

store::MatchFilter ContractFilterOf(const v1::ListContractsRequest& request,
                                    const std::string& after, int limit) {
  store::MatchFilter filter = FilterOf(request, after, limit);
  filter.employer = names::LastPart(request.employer());
  filter.opleider = names::LastPart(request.opleider());
  return filter;
}

// Who sees everything and asks about one owner takes the index of that owner.
store::Scope ContractScopeOf(const Call& call, const store::MatchFilter& filter) {
  using Of = store::Scope::Of;
  store::Scope scope = ScopeOf(call);
  if (scope.of != Of::kAll) return scope;
  if (!filter.employer.empty()) return {.of = Of::kEmployer, .id = filter.employer};
  if (!filter.opleider.empty()) return {.of = Of::kOpleider, .id = filter.opleider};
  return scope;
}

}  // namespace

SchedulerService::Unary* SchedulerService::GetOffer(Context* context,
                                                    const v1::GetOfferRequest* request,
                                                    v1::Offer* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetOfferRequest& in) -> StatusOr<v1::Offer> {
        ASSIGN_OR_RETURN(const OfferId id,
                         rpc::ParseOne<OfferId>(rpc::names::kOffer, in.name(), "name"));
        return deps_.database.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::Offer> {
          ASSIGN_OR_RETURN(const domain::Offer offer, store::MatchStore(tx).GetOffer(id));
          if (!MayReach(call, offer.terms)) return NotFound(reasons::kNotFound);
          return Encode(offer);
        });
      });
}

SchedulerService::Unary* SchedulerService::ListOffers(Context* context,
                                                      const v1::ListOffersRequest* request,
                                                      v1::ListOffersResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ListOffersRequest& in) -> StatusOr<v1::ListOffersResponse> {
        return deps_.database.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListOffersResponse> {
          const auto read = [&](const std::string& after, int limit) {
            return store::MatchStore(tx).ListOffers(ScopeOf(call), FilterOf(in, after, limit));
          };
          ASSIGN_OR_RETURN(const auto page, rpc::ReadPage<domain::Offer>(tx, tokens_, in, read,
                                                                         [](const auto& offer) {
                                                                           return offer.id.value();
                                                                         }));
          v1::ListOffersResponse out;
          for (const domain::Offer& offer : page.rows) *out.add_offers() = Encode(offer);
          out.set_next_page_token(page.next_page_token);
          out.set_sequence(page.sequence);
          return out;
        });
      });
}

SchedulerService::Unary* SchedulerService::AnswerOffer(Context* context,
                                                       const v1::AnswerOfferRequest* request,
                                                       v1::Offer* reply) {
  return rpc::ServeWrite(
      endpoint_, deps_.database, context, request, reply,
      [this](sql::Tx& tx, const Call&, const v1::AnswerOfferRequest& in) -> StatusOr<v1::Offer> {
        ASSIGN_OR_RETURN(const AnswerCommand command, Decode(in));
        ASSIGN_OR_RETURN(const domain::Offer offer, scheduler::AnswerOffer(tx, deps_, command));
        if (offer.state != domain::OfferState::kOpen) {
          deps_.probe.OffersBecame(std::string(domain::OfferStateName(offer.state)), 1);
        }
        return Encode(offer);
      });
}

SchedulerService::Unary* SchedulerService::GetContract(Context* context,
                                                       const v1::GetContractRequest* request,
                                                       v1::Contract* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetContractRequest& in) -> StatusOr<v1::Contract> {
        ASSIGN_OR_RETURN(const ContractId id,
                         rpc::ParseOne<ContractId>(rpc::names::kContract, in.name(), "name"));
        return deps_.database.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::Contract> {
          ASSIGN_OR_RETURN(const domain::Contract contract, store::MatchStore(tx).GetContract(id));
          if (!MayReach(call, contract.terms)) return NotFound(reasons::kNotFound);
          return Encode(contract);
        });
      });
}

SchedulerService::Unary* SchedulerService::ListContracts(Context* context,
                                                         const v1::ListContractsRequest* request,
                                                         v1::ListContractsResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ListContractsRequest& in) -> StatusOr<v1::ListContractsResponse> {
        return deps_.database.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListContractsResponse> {
          const auto read = [&](const std::string& after, int limit) {
            const store::MatchFilter filter = ContractFilterOf(in, after, limit);
            return store::MatchStore(tx).ListContracts(ContractScopeOf(call, filter), filter);
          };
          ASSIGN_OR_RETURN(const auto page, rpc::ReadPage<domain::Contract>(
                                                tx, tokens_, in, read, [](const auto& contract) {
                                                  return contract.id.value();
                                                }));
          v1::ListContractsResponse out;
          for (const auto& contract : page.rows) *out.add_contracts() = Encode(contract);
          out.set_next_page_token(page.next_page_token);
          out.set_sequence(page.sequence);
          return out;
        });
      });
}

SchedulerService::Unary* SchedulerService::EndContract(Context* context,
                                                       const v1::EndContractRequest* request,
                                                       v1::Contract* reply) {
  return rpc::ServeWrite(
      endpoint_, deps_.database, context, request, reply,
      [](sql::Tx& tx, const Call&, const v1::EndContractRequest& in) -> StatusOr<v1::Contract> {
        ASSIGN_OR_RETURN(const EndCommand command, Decode(in));
        ASSIGN_OR_RETURN(const domain::Contract contract, scheduler::EndContract(tx, command));
        return Encode(contract);
      });
}

}  // namespace matchgo::scheduler
