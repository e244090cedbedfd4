// GrpcVocabulary: asks programmes over gRPC, and remembers what it knows.
//
// Nothing leaves the vocabulary, so only what was never seen is asked for; after a while that is
// nothing. Until Connect was called the answer is UNAVAILABLE; without programmes in the
// installation (Connect with null) everything is known. Blocks; thread-safe. Test:
// tests/unit/services/profiles/grpc_vocabulary_test.cc
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <mutex>

#include "common/base/status.h"
#include "common/rpc/channel.h"
#include "common/service/call.h"
#include "matchgo/programmes/v1/programme_service.grpc.pb.h"
#include "services/profiles/domain/references.h"

namespace matchgo::profiles::clients {

class GrpcVocabulary {
 public:
  void Connect(const std::shared_ptr<grpc::Channel>& channel);
  // Those of `asked` that the vocabulary does not have.
  StatusOr<domain::References> Unknown(const Call& call, const domain::References& asked);

 private:
  std::mutex mutex_;
  bool connected_ = false;
  std::shared_ptr<programmes::v1::ProgrammeService::Stub> stub_;
  domain::References known_;
  matchgo::rpc::Caller caller_;
};

}  // namespace matchgo::profiles::clients
