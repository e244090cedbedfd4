#include "services/trajectories/rpc/sealed_reasons.h"

#include <gtest/gtest.h>

#include <string>

#include "common/sql/database.h"
#include "common/vault/vault.h"
#include "services/trajectories/store/schema/migrations.h"
#include "tests/unit/services/trajectories/trajectories_process.h"

namespace matchgo::trajectories {
namespace {

constexpr sql::Query kAllBytes{
    "all_bytes", "SELECT payload FROM trajectory UNION ALL SELECT reply FROM request_log", "t"};

class SealedReasonsTest : public TrajectoriesProcess {
 protected:
  // Ill since 2026-04-01.
  v1::PauseTrajectoryRequest IllRequest() {
    Contract("s1");
    GoTo(domain::On("2026-04-01"));
    v1::PauseTrajectoryRequest request;
    request.set_name(Advance(Of("s1").name(), v1::STAGE_GESTART)->name());
    request.set_from("2026-04-01");
    request.set_reason("ILLNESS");
    request.set_request_id("ill");
    return request;
  }
  // The rows and kept replies, as they are on the disk. Ends the process.
  std::string Stored() {
    process_.reset();
    auto database = sql::Database::Open({.file = folder_ / "trajectories.db",
                                         .name = "trajectories",
                                         .migrations = store::schema::Migrations()},
                                        clock_);
    EXPECT_THAT(database, IsOk());
    std::string all;
    EXPECT_THAT((*database)->Read(Call(),
                                  [&](sql::Tx& tx) -> Status {
                                    return tx.Select(kAllBytes, {}, [&](const sql::Row& row) {
                                      const auto bytes = row.Payload(0);
                                      EXPECT_THAT(bytes, IsOk());
                                      all += *bytes;
                                      return absl::OkStatus();
                                    });
                                  }),
                IsOk());
    return all;
  }
  void Erase(const std::string& switcher) {
    domain::ProfileNews gone = Profile(switcher, false, false);
    gone.erased = true;
    ASSERT_THAT(Tell(gone), IsOk());
  }
};

TEST_F(SealedReasonsTest, CallersSeeTheWordAndTheStoreDoesNot) {
  const v1::PauseTrajectoryRequest request = IllRequest();
  const auto paused = Ops(&Service::PauseTrajectory, request);
  ASSERT_THAT(paused, IsOk());
  ASSERT_EQ(paused->pauses_size(), 1);
  EXPECT_EQ(paused->pauses(0).reason(), "ILLNESS");
  EXPECT_EQ(Of("s1").pauses(0).reason(), "ILLNESS");
  // A change by the service itself carries it on.
  ASSERT_THAT(Tell(Profile("s1")), IsOk());
  v1::ResumeTrajectoryRequest resume;
  resume.set_name(request.name());
  const auto back = Ops(&Service::ResumeTrajectory, resume);
  ASSERT_THAT(back, IsOk());
  EXPECT_EQ(back->pauses(0).reason(), "ILLNESS");
  const std::string stored = Stored();
  EXPECT_NE(stored.find("PAUSED"), std::string::npos) << "something was looked at";
  EXPECT_EQ(stored.find("ILLNESS"), std::string::npos);
  Restart();
  EXPECT_EQ(Of("s1").pauses(0).reason(), "ILLNESS");
  const auto again = Ops(&Service::PauseTrajectory, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), paused->SerializeAsString()) << "the first reply";
}

TEST_F(SealedReasonsTest, AnErasureTakesTheWordAndLeavesTheRest) {
  const v1::PauseTrajectoryRequest request = IllRequest();
  ASSERT_THAT(Ops(&Service::PauseTrajectory, request), IsOk());
  Erase("s1");
  const v1::Trajectory left = Of("s1");
  ASSERT_EQ(left.pauses_size(), 1);
  EXPECT_EQ(left.pauses(0).reason(), "");
  EXPECT_EQ(left.pauses(0).from(), "2026-04-01");
  EXPECT_EQ(left.exit().reason(), v1::EXIT_REASON_WITHDREW);
  Restart();
  EXPECT_EQ(Of("s1").pauses(0).reason(), "");
  const auto again = Ops(&Service::PauseTrajectory, request);
  EXPECT_THAT(again, HasReason("ERASED"));
}

TEST_F(SealedReasonsTest, WhyOthersEndedHerWayIsSealedToo) {
  Contract("s1");
  v1::ExitTrajectoryRequest request;
  request.set_name(Of("s1").name());
  request.set_reason(v1::EXIT_REASON_EMPLOYER_WITHDREW);
  request.set_explanation("sealed: she was ill too often");
  request.set_request_id("out");
  const auto left = Ops(&Service::ExitTrajectory, request);
  ASSERT_THAT(left, IsOk());
  EXPECT_EQ(left->exit().explanation(), request.explanation());
  EXPECT_EQ(Of("s1").exit().explanation(), request.explanation());
  grpc::ClientContext context;
  rpc::Caller({.principal = {.role = Role::kService, .id = "x", .tenant = {}}}).Prepare(&context);
  auto reader = stub_->WatchTrajectories(&context, common::v1::WatchRequest());
  v1::TrajectoryChange change;
  ASSERT_TRUE(reader->Read(&change));
  EXPECT_EQ(change.trajectory().exit().actor(), "someone");
  EXPECT_EQ(change.trajectory().exit().explanation(), "") << "not for who follows";
  context.TryCancel();
  (void)reader->Finish();
  const std::string stored = Stored();
  EXPECT_NE(stored.find("someone"), std::string::npos) << "something was looked at";
  EXPECT_EQ(stored.find("ill too often"), std::string::npos);
  Restart();
  const auto again = Ops(&Service::ExitTrajectory, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), left->SerializeAsString()) << "the first reply";
  Erase("s1");
  EXPECT_EQ(Of("s1").exit().explanation(), "");
  EXPECT_EQ(Of("s1").exit().actor(), "someone");
}

TEST(SealedReasonsMessageTest, WordsFromBeforeTheyWereSealedStay) {
  ManualClock clock(domain::Noon(domain::On("2026-02-02")));
  auto vault = Vault::Open({.folder = ":memory:"}, clock);
  ASSERT_THAT(vault, IsOk());
  v1::Trajectory message;
  message.set_switcher("switchers/s1");
  message.add_pauses()->set_reason("CARE");
  const auto sealed = SealReason(**vault, "s1", "ILLNESS");
  ASSERT_THAT(sealed, IsOk());
  EXPECT_EQ(sealed->find("ILLNESS"), std::string::npos);
  message.add_pauses()->set_reason(*sealed);
  ASSERT_THAT(OpenReasons(**vault, &message), IsOk());
  EXPECT_EQ(message.pauses(0).reason(), "CARE");
  EXPECT_EQ(message.pauses(1).reason(), "ILLNESS");
}

TEST(SealedReasonsMessageTest, NobodyElsesKeyOpensThem) {
  ManualClock clock(domain::Noon(domain::On("2026-02-02")));
  auto vault = Vault::Open({.folder = ":memory:"}, clock);
  ASSERT_THAT(vault, IsOk());
  v1::Trajectory message;
  message.set_switcher("switchers/s2");
  const auto sealed = SealReason(**vault, "s1", "ILLNESS");
  ASSERT_THAT(sealed, IsOk());
  ASSERT_THAT((*vault)->Seal("s2", "x"), IsOk());  // she has a key of her own
  message.add_pauses()->set_reason(*sealed);
  EXPECT_THAT(OpenReasons(**vault, &message), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace matchgo::trajectories
