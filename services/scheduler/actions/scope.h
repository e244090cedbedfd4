// Whose records a caller reaches: her own, her organisation's, or everybody's.
//
// The same answer for lists (a scope of the store) and for one record. Pure. Test:
// tests/unit/services/scheduler/offers_test.cc
#pragma once

#include "common/service/call.h"
#include "services/scheduler/domain/offer.h"
#include "services/scheduler/store/match_store.h"

namespace matchgo::scheduler {

store::Scope ScopeOf(const Call& call);
// Whether the caller may see an offer or contract with these terms.
bool MayReach(const Call& call, const domain::Terms& terms);

}  // namespace matchgo::scheduler
