// Records of the scheduler as their public messages, and as the base64 text of a payload column.
//
// Fields that a newer program stored are carried along unread. Etag and sequence are not stored:
// they are columns. Pure. Test: tests/unit/services/scheduler/offers_test.cc
#pragma once

#include <string>
#include <string_view>

#include "common/base/status.h"
#include "matchgo/scheduler/v1/match.pb.h"
#include "matchgo/scheduler/v1/round.pb.h"
#include "services/scheduler/domain/offer.h"
#include "services/scheduler/domain/round.h"

namespace matchgo::scheduler::store {

// As the wire shows them, without etag; the seed of a round only when it is public.
v1::Round ToProto(const domain::Round& round);
v1::Offer ToProto(const domain::Offer& offer);
v1::Contract ToProto(const domain::Contract& contract);
v1::AdverseOutcome ToProto(const domain::AdverseOutcome& outcome);
v1::Plan ToProto(const domain::Plan& plan);
v1::Score ToProto(const domain::Score& score);

std::string EncodeRound(const domain::Round& round);
std::string EncodeOffer(const domain::Offer& offer);
std::string EncodeContract(const domain::Contract& contract);
std::string EncodeAdverse(const domain::AdverseOutcome& outcome);

// Fill in what the payload holds; the columns are set by the store.
Status DecodeRound(std::string_view payload, domain::Round* round);
Status DecodeOffer(std::string_view payload, domain::Offer* offer);
Status DecodeContract(std::string_view payload, domain::Contract* contract);
Status DecodeAdverse(std::string_view payload, domain::AdverseOutcome* outcome);

}  // namespace matchgo::scheduler::store
