// Messages of the scheduler to commands and filters, and results to messages.
//
// Shape was checked by the rules of the protos; names are parsed here. Pure. Test:
// tests/unit/services/scheduler/service_test.cc
#pragma once

#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "matchgo/scheduler/v1/explain.pb.h"
#include "matchgo/scheduler/v1/scheduler_service.pb.h"
#include "services/scheduler/actions/answer_offer.h"
#include "services/scheduler/actions/create_round.h"
#include "services/scheduler/actions/end_contract.h"
#include "services/scheduler/actions/explain_match.h"
#include "services/scheduler/store/match_payload.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/seat_store.h"

namespace matchgo::scheduler {

// The stored record with its etag.
template <class Record>
auto Encode(const Record& record);
std::string EtagFor(int64_t version);
template <class Record>
auto Encode(const Record& record) {
  auto message = store::ToProto(record);
  message.set_etag(EtagFor(record.version));
  return message;
}

StatusOr<CreateRoundCommand> Decode(const v1::CreateRoundRequest& request);
StatusOr<AnswerCommand> Decode(const v1::AnswerOfferRequest& request);
StatusOr<EndCommand> Decode(const v1::EndContractRequest& request);
// "" for unspecified.
std::string StateWord(v1::Offer::State state);
std::string StateWord(v1::Contract::State state);
std::string StateWord(v1::Round::State state);

v1::Seats Encode(const std::string& resource, const store::SeatCount& count);
v1::MatchExplanation Encode(const MatchExplained& explained,
                            const v1::ExplainMatchRequest& request);
v1::NoMatchExplanation Encode(const NoMatchExplained& explained,
                              const v1::ExplainNoMatchRequest& request);

// A batch of the feed after a sequence: rounds, offers and contracts, each at its last event.
struct MatchBatch {
  std::vector<v1::MatchChange> changes;
  int64_t last_sequence = 0;
  int64_t newest_sequence = 0;  // that there is
};
StatusOr<MatchBatch> ReadMatches(sql::Tx& tx, int64_t after, int limit);

}  // namespace matchgo::scheduler
