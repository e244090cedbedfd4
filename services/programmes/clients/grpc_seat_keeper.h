// GrpcSeatKeeper: asks the scheduler over gRPC.
//
// Made before the neighbours are known; until Connect it answers UNAVAILABLE. Without a scheduler
// (Connect with null) nobody holds anything. Blocking; thread-safe.
// Test: tests/unit/services/programmes/start_service_test.cc
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <mutex>
#include <string>

#include "common/random/random.h"
#include "common/rpc/channel.h"
#include "services/programmes/clients/seat_keeper.h"

namespace matchgo::programmes {

class GrpcSeatKeeper final : public SeatKeeper {
 public:
  explicit GrpcSeatKeeper(Entropy& entropy) : entropy_(entropy) {}
  void Connect(std::shared_ptr<grpc::Channel> channel);
  Status ReleaseSeats(const Call& call, const std::string& start, int32_t capacity) override;
  StatusOr<bool> HasContracts(const Call& call, const std::string& opleider) override;

 private:
  // Null without a scheduler.
  StatusOr<std::shared_ptr<grpc::Channel>> Connected();

  Entropy& entropy_;
  rpc::Caller caller_;
  std::mutex mutex_;
  bool connected_ = false;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace matchgo::programmes
