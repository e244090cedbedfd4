// ExpireOffers, WithdrawOffers, ForgetErased: what time and the feeds do to open offers.
//
// Each offer ends and frees its seats once, in batches of short writes. Not for transactions.
// Test: tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <cstdint>

#include "common/base/status.h"
#include "common/service/call.h"
#include "common/sql/transaction.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/offer.h"

namespace matchgo::scheduler {

// Ends every offer whose deadline has come; where others than she kept silent that is an adverse
// outcome. Returns how many.
StatusOr<int64_t> ExpireOffers(const Deps& deps, const Call& call);
// Takes back one open offer; in a write transaction.
Status WithdrawOffer(sql::Tx& tx, domain::Offer offer);
// Takes back the offers of people who withdrew or were erased. Returns how many.
StatusOr<int64_t> WithdrawOffers(const Deps& deps, const Call& call);
// Destroys the keys of people who are gone from the feed. Returns how many.
StatusOr<int64_t> ForgetErased(const Deps& deps, const Call& call);

}  // namespace matchgo::scheduler
