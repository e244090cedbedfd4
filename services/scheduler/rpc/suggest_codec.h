// Requests and replies of SuggestContracts.
//
// Shape was checked by the rules of the protos; names are parsed and defaults filled in here.
// Nothing that is personal goes into a page token or an error. Pure. Test:
// tests/unit/services/scheduler/suggest_service_test.cc
#pragma once

#include "common/base/status.h"
#include "common/rpc/page_token.h"
#include "matchgo/scheduler/v1/suggest.pb.h"
#include "services/scheduler/actions/suggest_contracts.h"

namespace matchgo::scheduler {

// EITHER_OR, PAGE_TOKEN. `today`: who does not say when she can begin, can now.
StatusOr<SuggestCommand> Decode(const v1::SuggestContractsRequest& request,
                                const rpc::PageTokens& tokens, Day today);
v1::SuggestContractsResponse Encode(const Suggested& suggested,
                                    const v1::SuggestContractsRequest& request,
                                    const rpc::PageTokens& tokens);

}  // namespace matchgo::scheduler
