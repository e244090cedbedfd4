// The feed of opleiders, programmes and starts: events after a sequence with the records as they
// are now.
//
// Several events of one record in a batch become one, at the place of the last. The vocabulary is
// not part of it. Runs inside a read. Test: tests/unit/services/programmes/programme_feed_test.cc
#pragma once

#include <cstdint>

#include "common/base/status.h"
#include "common/rpc/watch_reactor.h"
#include "common/sql/transaction.h"
#include "matchgo/programmes/v1/programme_service.pb.h"

namespace matchgo::programmes {

// FELL_BEHIND if `after` was never reached.
StatusOr<rpc::Batch<v1::ProgrammeChange>> ReadChanges(sql::Tx& tx, int64_t after, int limit);

}  // namespace matchgo::programmes
