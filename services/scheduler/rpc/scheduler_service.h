// SchedulerService: the RPC class; decodes, calls an action or the store, encodes.
//
// Decides nothing. Methods about offers and contracts are in match_service.cc. Thread-safe. Test:
// tests/unit/services/scheduler/service_test.cc
#pragma once

#include "common/rpc/endpoint.h"
#include "common/rpc/page_token.h"
#include "common/service/environment.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "services/scheduler/deps.h"

namespace matchgo::scheduler {

class SchedulerService final : public v1::SchedulerService::CallbackService {
 public:
  SchedulerService(Environment& environment, Deps& deps);

  using Context = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  Unary* CreateRound(Context* context, const v1::CreateRoundRequest* request,
                     v1::Round* reply) override;
  Unary* GetRound(Context* context, const v1::GetRoundRequest* request, v1::Round* reply) override;
  Unary* ListRounds(Context* context, const v1::ListRoundsRequest* request,
                    v1::ListRoundsResponse* reply) override;
  Unary* CancelRound(Context* context, const v1::CancelRoundRequest* request,
                     v1::Round* reply) override;
  Unary* AdvanceRound(Context* context, const v1::AdvanceRoundRequest* request,
                      v1::Round* reply) override;
  grpc::ServerWriteReactor<v1::ExportRoundResponse>* ExportRound(
      Context* context, const v1::ExportRoundRequest* request) override;
  Unary* ExplainMatch(Context* context, const v1::ExplainMatchRequest* request,
                      v1::MatchExplanation* reply) override;
  Unary* ExplainNoMatch(Context* context, const v1::ExplainNoMatchRequest* request,
                        v1::NoMatchExplanation* reply) override;
  Unary* SuggestContracts(Context* context, const v1::SuggestContractsRequest* request,
                          v1::SuggestContractsResponse* reply) override;
  Unary* ListAdverseOutcomes(Context* context, const v1::ListAdverseOutcomesRequest* request,
                             v1::ListAdverseOutcomesResponse* reply) override;
  Unary* ConfirmOutcomes(Context* context, const v1::ConfirmOutcomesRequest* request,
                         v1::ConfirmOutcomesResponse* reply) override;
  Unary* GetOffer(Context* context, const v1::GetOfferRequest* request, v1::Offer* reply) override;
  Unary* ListOffers(Context* context, const v1::ListOffersRequest* request,
                    v1::ListOffersResponse* reply) override;
  Unary* AnswerOffer(Context* context, const v1::AnswerOfferRequest* request,
                     v1::Offer* reply) override;
  Unary* GetContract(Context* context, const v1::GetContractRequest* request,
                     v1::Contract* reply) override;
  Unary* ListContracts(Context* context, const v1::ListContractsRequest* request,
                       v1::ListContractsResponse* reply) override;
  Unary* EndContract(Context* context, const v1::EndContractRequest* request,
                     v1::Contract* reply) override;
  Unary* GetSeats(Context* context, const v1::GetSeatsRequest* request, v1::Seats* reply) override;
  Unary* ReleaseSeats(Context* context, const v1::ReleaseSeatsRequest* request,
                      v1::Seats* reply) override;
  Unary* GetFeedProgress(Context* context, const v1::GetFeedProgressRequest* request,
                         v1::GetFeedProgressResponse* reply) override;
  grpc::ServerWriteReactor<v1::MatchChange>* WatchMatches(
      Context* context, const common::v1::WatchRequest* request) override;

 private:
  // The feeds have been read at least that far, else FEEDS_BEHIND.
  Status CheckFeeds(const v1::AdvanceRoundRequest& request);
  StatusOr<std::vector<v1::ExportRoundResponse>> Export(const Call& call,
                                                        const v1::ExportRoundRequest& request);

  Deps& deps_;
  rpc::PageTokens tokens_;
  rpc::Endpoint endpoint_;
};

}  // namespace matchgo::scheduler
