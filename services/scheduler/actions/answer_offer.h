// AnswerOffer: a party says yes or no. The last yes is the contract, in the same transaction.
//
// The moment that counts is taken inside the transaction and never runs backwards; equal to the
// deadline is too late. Runs in a write transaction. Test:
// tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/offer.h"

namespace matchgo::scheduler {

struct AnswerCommand {
  OfferId offer;
  domain::Decision decision = domain::Decision::kAccept;
  std::optional<domain::Party> party;
  std::string reason;
  std::optional<int64_t> version;  // only if this is still the one
};

StatusOr<domain::Offer> AnswerOffer(sql::Tx& tx, const Deps& deps, const AnswerCommand& command);

}  // namespace matchgo::scheduler
