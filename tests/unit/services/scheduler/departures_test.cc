// Whoever left the way early holds no seat any more: as a table of what she still had, told once or
// again and again.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "services/scheduler/actions/follow_departures.h"
#include "services/scheduler/clients/grpc_records.h"
#include "tests/unit/services/scheduler/world.h"

namespace matchgo::scheduler {
namespace {

using domain::ContractState;
using domain::OfferState;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kVacancy[] = "employers/e1/vacancies/v0";
constexpr char kStart[] = "opleiders/o1/programmes/p1/starts/a";
constexpr store::SeatCount kOpeningFree{.free = 1, .held = 0, .contracted = 0};
constexpr store::SeatCount kPlacesFree{.free = 10, .held = 0, .contracted = 0};

class DeparturesTest : public World {
 protected:
  StatusOr<int64_t> Follow() { return FollowDepartures(*deps, By(Role::kService)); }
  // She leaves now, from a contract or before one.
  domain::DepartureRecord Leaves(const std::string& switcher, const std::string& contract) {
    return {.switcher = switcher,
            .contract = contract,
            .reason = "GROENPLUK",
            .actor = "p.jansen",
            .left = clock.Now(),
            .sequence = 0};
  }
};

TEST_F(DeparturesTest, HerContractEndsForTheReasonSheLeftAndItsSeatsAreFree) {
  Fill(1, 1);
  Publish();
  AcceptAll(Offers("open").at(0));
  const domain::Contract signed_one = Contracts("active").at(0);
  clock.AdvanceBy(std::chrono::hours(24 * 50));
  trajectories.Put(Leaves(signed_one.terms.switcher.value(), signed_one.id.value()));
  Tick();
  const domain::Contract ended = Contracts("ended").at(0);
  EXPECT_EQ(ended.end_reason, "GROENPLUK");
  EXPECT_EQ(ended.ended_by, "p.jansen");
  EXPECT_EQ(ended.end_time, clock.Now());
  EXPECT_EQ(Seats(kVacancy), kOpeningFree);
  EXPECT_EQ(Seats(kStart), kPlacesFree);
  EXPECT_THAT(trajectories.Departures(), IsEmpty());
}

TEST_F(DeparturesTest, WhatComesAgainAfterARestartChangesNothing) {
  Fill(1, 1);
  Publish();
  AcceptAll(Offers("open").at(0));
  const domain::Contract contract = Contracts().at(0);
  const auto departure = Leaves(contract.terms.switcher.value(), contract.id.value());
  trajectories.Put(departure);
  EXPECT_EQ(Follow().value(), 1);
  const int64_t before = database->sequence();
  for (int again = 0; again < 2; ++again) {
    trajectories.Put(departure);
    EXPECT_EQ(Follow().value(), 0);
  }
  EXPECT_EQ(database->sequence(), before);
}

TEST_F(DeparturesTest, FreedSeatsAreRepairedInARunningRound) {
  Fill(2, 1);
  Publish();
  AcceptAll(Offers("open").at(0));
  const domain::Contract contract = Contracts().at(0);
  trajectories.Put(Leaves(contract.terms.switcher.value(), contract.id.value()));
  Tick();
  ASSERT_THAT(Offers("open"), SizeIs(1));
  EXPECT_NE(Offers("open").at(0).terms.switcher, contract.terms.switcher);
}

TEST_F(DeparturesTest, OnlyWhatIsHersAndWasThereEnds) {
  Fill(2, 2);
  Publish();
  ASSERT_THAT(Offers("open"), SizeIs(2));
  const domain::Offer accepted = AcceptAll(Offers("open").at(0));
  const domain::Offer open = Offers("open").at(0);
  const std::string with_contract = accepted.terms.switcher.value();
  const std::string with_offer = open.terms.switcher.value();
  const Instant earlier = accepted.create_time - std::chrono::hours(1);
  struct Row {
    const char* name;
    std::string switcher;
    std::string contract;
    Instant left;
  };
  const Row rows[] = {
      {"the contract of somebody else", with_offer, accepted.contract.value(), clock.Now()},
      {"a contract that is not of a round", with_contract, "elsewhere", clock.Now()},
      {"an offer made after she left", with_offer, "", earlier},
      {"a contract from an offer made after she left", with_contract, "", earlier},
      {"nobody we know", "stranger", "", clock.Now()},
  };
  const int64_t before = database->sequence();
  for (const Row& row : rows) {
    auto departure = Leaves(row.switcher, row.contract);
    departure.left = row.left;
    trajectories.Put(departure);
    EXPECT_EQ(Follow().value(), 0) << row.name;
  }
  EXPECT_EQ(database->sequence(), before);
}

TEST_F(DeparturesTest, WhoLeavesBeforeAContractHasNoOfferAnyMore) {
  Fill(1, 1);
  Publish();
  const domain::Offer offer = Offers("open").at(0);
  trajectories.Put(Leaves(offer.terms.switcher.value(), ""));
  EXPECT_EQ(Follow().value(), 1);
  EXPECT_EQ(Offers().at(0).state, OfferState::kWithdrawn);
  EXPECT_EQ(Seats(kVacancy), kOpeningFree);
}

TEST_F(DeparturesTest, AYesThatWasFasterThanTheNewsStandsNoMore) {
  Fill(1, 1);
  Publish();
  const domain::Offer offer = Offers("open").at(0);
  trajectories.Put(Leaves(offer.terms.switcher.value(), ""));
  AcceptAll(offer);
  EXPECT_EQ(Follow().value(), 1);
  EXPECT_EQ(Contracts().at(0).state, ContractState::kEnded);
  EXPECT_EQ(Seats(kVacancy), kOpeningFree);
}

TEST(DepartureRecordTest, OnlyAnExitIsOne) {
  trajectories::v1::Trajectory message;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "name: 'trajectories/t' switcher: 'switchers/s' contract: 'contracts/c' sequence: 7 "
      "update_time { seconds: 60 } stage: STAGE_GEDIPLOMEERD finished: true",
      &message));
  EXPECT_FALSE(RecordOf(message).has_value()) << "finished";
  message.mutable_exit()->set_reason(trajectories::v1::EXIT_REASON_EMPLOYER_WITHDREW);
  message.mutable_exit()->set_actor("p.jansen");
  const auto record = RecordOf(message);
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->switcher, "s");
  EXPECT_EQ(record->contract, "c");
  EXPECT_EQ(record->reason, "EMPLOYER_WITHDREW");
  EXPECT_EQ(record->actor, "p.jansen");
  EXPECT_EQ(record->left, Instant::FromMicros(60'000'000));
  EXPECT_EQ(record->sequence, 7);
}

}  // namespace
}  // namespace matchgo::scheduler
