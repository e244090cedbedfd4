// The one place where our Status becomes a gRPC status and back.
//
// Reason, violations and facts travel as a serialized matchgo.common.v1.ErrorDetail in the status
// details. The text of INTERNAL and UNKNOWN stays inside the process. Pure; thread-safe.
// Test: tests/unit/common/rpc/status_map_test.cc
#pragma once

#include <grpcpp/support/status.h>

#include <string_view>

#include "common/base/status.h"

namespace matchgo::rpc {

// domain: the service that refuses, "vacancies".
grpc::Status ToGrpc(const Status& status, std::string_view domain);
// Also understands statuses without our detail (the library's own, a foreign server's): those get
// no reason, except UNAVAILABLE, DEADLINE_EXCEEDED and CANCELLED, which keep their own word.
Status FromGrpc(const grpc::Status& status);

}  // namespace matchgo::rpc
