#include "services/vacancies/clients/grpc_seat_keeper.h"

#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/vacancies/answering_scheduler.h"

namespace matchgo::vacancies::clients {
namespace {

class GrpcSeatKeeperTest : public ::testing::Test {
 protected:
  GrpcSeatKeeperTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&scheduler_);
    server_ = builder.BuildAndStart();
  }
  ~GrpcSeatKeeperTest() override { server_->Shutdown(); }

  Status Release() { return keeper_.Release(Call(), release_); }

  AnsweringScheduler scheduler_;
  std::unique_ptr<grpc::Server> server_;
  GrpcSeatKeeper keeper_;
  const domain::SeatRelease release_{
      .vacancy = "employers/e1/vacancies/v1", .version = 7, .seats_left = 2};
};

TEST_F(GrpcSeatKeeperTest, KnowsNothingBeforeItIsConnected) {
  EXPECT_THAT(Release(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(GrpcSeatKeeperTest, WithoutASchedulerNobodyHoldsSeats) {
  keeper_.Connect(nullptr);
  EXPECT_THAT(Release(), IsOk());
  EXPECT_TRUE(scheduler_.asked.empty());
}

TEST_F(GrpcSeatKeeperTest, AsksTheSameQuestionUnderTheSameKey) {
  keeper_.Connect(server_->InProcessChannel(grpc::ChannelArguments()));
  EXPECT_THAT(Release(), IsOk());
  EXPECT_THAT(Release(), IsOk());
  ASSERT_EQ(scheduler_.asked.size(), 2u);
  EXPECT_EQ(scheduler_.asked[0].resource(), "employers/e1/vacancies/v1");
  EXPECT_EQ(scheduler_.asked[0].new_capacity(), 2);
  EXPECT_EQ(scheduler_.asked[0].request_id(), "v1:7:2");
  EXPECT_EQ(scheduler_.asked[1].request_id(), "v1:7:2");
}

TEST_F(GrpcSeatKeeperTest, PassesOnWhatTheSchedulerSays) {
  keeper_.Connect(server_->InProcessChannel(grpc::ChannelArguments()));
  scheduler_.answer = Precondition({"CAPACITY_HELD", "somebody has a seat"});
  EXPECT_THAT(Release(), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(Release(), HasReason("CAPACITY_HELD"));
}

TEST_F(GrpcSeatKeeperTest, NobodyHoldsSeatsOfAVacancyTheSchedulerNeverSaw) {
  keeper_.Connect(server_->InProcessChannel(grpc::ChannelArguments()));
  scheduler_.answer = NotFound({"NOT_FOUND", "no such resource"});
  EXPECT_THAT(Release(), IsOk());
}

TEST_F(GrpcSeatKeeperTest, AsksForActiveContractsOfTheEmployer) {
  EXPECT_THAT(keeper_.HasContracts(Call(), EmployerId("e1")),
              StatusIs(absl::StatusCode::kUnavailable));
  keeper_.Connect(server_->InProcessChannel(grpc::ChannelArguments()));
  EXPECT_EQ(keeper_.HasContracts(Call(), EmployerId("e1")).value_or(true), false);
  scheduler_.has_contracts = true;
  EXPECT_EQ(keeper_.HasContracts(Call(), EmployerId("e1")).value_or(false), true);
  ASSERT_EQ(scheduler_.contracts_asked.size(), 2u);
  EXPECT_EQ(scheduler_.contracts_asked[0].employer(), "employers/e1");
  EXPECT_EQ(scheduler_.contracts_asked[0].state(), scheduler::v1::Contract::STATE_ACTIVE);
}

TEST_F(GrpcSeatKeeperTest, WithoutASchedulerThereAreNoContracts) {
  keeper_.Connect(nullptr);
  EXPECT_EQ(keeper_.HasContracts(Call(), EmployerId("e1")).value_or(true), false);
}

}  // namespace
}  // namespace matchgo::vacancies::clients
