#include "services/trajectories/store/trajectory_store.h"

#include <gtest/gtest.h>

#include "common/metrics/metrics.h"
#include "common/sql/database.h"
#include "common/time/clock.h"
#include "services/trajectories/actions/save_change.h"
#include "services/trajectories/store/funnel_store.h"
#include "services/trajectories/store/schema/migrations.h"
#include "services/trajectories/store/trajectory_payload.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/trajectories/some_trajectory.h"

namespace matchgo::trajectories::store {
namespace {

using domain::At;
using domain::On;
using domain::Stage;

class TrajectoryStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    sql::DatabaseOptions options;
    options.file = ":memory:";
    options.name = "trajectories";
    options.migrations = schema::Migrations();
    auto opened = sql::Database::Open(std::move(options), clock_);
    ASSERT_THAT(opened, IsOk());
    database_ = *std::move(opened);
    call_.now = clock_.Now();
    call_.principal.role = Role::kService;
  }
  StatusOr<domain::Trajectory> Save(const domain::Trajectory& trajectory,
                                    std::vector<domain::Effect> effects = {}) {
    return database_->Write(call_, [&](sql::Tx& tx) {
      return SaveChange(tx, {.next = trajectory, .effects = effects}, "trajectory.advanced");
    });
  }
  StatusOr<domain::Trajectory> Read(const TrajectoryId& id) {
    return database_->Read(call_, [&](sql::Tx& tx) -> StatusOr<domain::Trajectory> {
      auto stored = TrajectoryStore(tx).Read(id);
      if (!stored.ok()) return stored.status();
      return Decode(*stored);
    });
  }

  ManualClock clock_{domain::Noon(On("2028-07-01"))};
  std::unique_ptr<sql::Database> database_;
  Call call_;
};

TEST_F(TrajectoryStoreTest, GivesBackWhatWasSaved) {
  domain::Trajectory whole = At(Stage::kGestart);
  whole.pauses = {{.from = On("2026-05-01"), .to = On("2026-05-04"), .reason = "CARE"},
                  {.from = On("2026-06-01"), .to = {}, .reason = "ILLNESS"}};
  whole.risks = {domain::Risk::kBehindPlan, domain::Risk::kOverdue};
  whole.overdue = true;
  whole.coach = "c1";
  whole.hours_done = 12;
  whole.progress_on = On("2026-05-02");
  const auto saved = Save(whole);
  ASSERT_THAT(saved, IsOk());
  EXPECT_EQ(saved->revision.version, 1);
  EXPECT_EQ(saved->revision.sequence, 1);
  const auto read = Read(whole.id);
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(*read, *saved);
  EXPECT_THAT(Read(TrajectoryId("nobody")), HasReason("NOT_FOUND"));
}

TEST_F(TrajectoryStoreTest, KeepsEvidenceExitAndDays) {
  domain::Trajectory ended = At(Stage::kStartbekwaam);
  ended.exit = domain::Exit{.reason = domain::ExitReason::kGroenpluk,
                            .on = On("2026-12-01"),
                            .stage = Stage::kStartbekwaam,
                            .actor = "p.jansen",
                            .explanation = "sealed:eA=="};
  const auto saved = Save(ended);
  ASSERT_THAT(saved, IsOk());
  EXPECT_EQ(*Read(ended.id), *saved);
}

TEST_F(TrajectoryStoreTest, ASwitcherRunsOneAtATime) {
  ASSERT_THAT(Save(At(Stage::kSelectie)), IsOk());
  domain::Trajectory second = At(Stage::kSelectie);
  second.id = TrajectoryId("t2");
  EXPECT_THAT(Save(second), HasReason("EXISTS"));
}

TEST_F(TrajectoryStoreTest, AStaleVersionIsRefused) {
  const auto saved = Save(At(Stage::kSelectie));
  ASSERT_THAT(saved, IsOk());
  ASSERT_THAT(Save(*saved), IsOk());
  EXPECT_THAT(Save(*saved), HasReason("STALE"));
}

TEST_F(TrajectoryStoreTest, FieldsOfANewerVersionSurvive) {
  const domain::Trajectory trajectory = At(Stage::kSelectie);
  v1::Trajectory newer;
  Fill(trajectory, &newer);
  newer.GetReflection()->MutableUnknownFields(&newer)->AddLengthDelimited(900, "later");
  const auto bytes = EncodeOver(newer.SerializeAsString(), trajectory);
  ASSERT_THAT(bytes, IsOk());
  v1::Trajectory again;
  ASSERT_TRUE(again.ParseFromString(*bytes));
  EXPECT_EQ(again.GetReflection()->GetUnknownFields(again).field_count(), 1);
  EXPECT_EQ(again.milestones_size(), 8) << "lists are replaced, not added to";
}

TEST_F(TrajectoryStoreTest, EffectsAreReadBackInOrder) {
  const std::vector<domain::Effect> effects{{.kind = domain::Effect::Kind::kStep,
                                             .from = Stage::kAangemeld,
                                             .to = Stage::kSelectie,
                                             .reason = {},
                                             .days = 0,
                                             .sector = ""},
                                            {.kind = domain::Effect::Kind::kExit,
                                             .from = Stage::kSelectie,
                                             .to = Stage::kSelectie,
                                             .reason = domain::ExitReason::kRejected,
                                             .days = 0,
                                             .sector = "zorg"}};
  ASSERT_THAT(Save(At(Stage::kSelectie), effects), IsOk());
  const auto read =
      database_->Read(call_, [](sql::Tx& tx) { return FunnelStore(tx).ReadEffects(0, 1); });
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(*read, effects);
}

}  // namespace
}  // namespace matchgo::trajectories::store
