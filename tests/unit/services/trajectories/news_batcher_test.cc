#include "services/trajectories/clients/news_batcher.h"

#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace matchgo::trajectories {
namespace {

// A sink that keeps batches until it is told how they ended.
struct HeldSink {
  std::vector<std::vector<domain::ProfileNews>> batches;
  std::vector<NewsSink<domain::ProfileNews>::Done> dones;
  std::vector<int64_t> applied;
  int broken = 0;

  std::shared_ptr<NewsBatcher<domain::ProfileNews>> Batcher() {
    return NewsBatcher<domain::ProfileNews>::Make(
        {.take =
             [this](std::vector<domain::ProfileNews> news, std::optional<int64_t>, auto done) {
               batches.push_back(std::move(news));
               dones.push_back(std::move(done));
             },
         .applied = [this](int64_t mark) { applied.push_back(mark); },
         .broken = [this] { ++broken; }});
  }
};

TEST(NewsBatcherTest, CollectsWhileTheSinkIsBusy) {
  HeldSink sink;
  const auto batcher = sink.Batcher();
  for (int64_t mark = 1; mark <= 5; ++mark) EXPECT_TRUE(batcher->Add({}, mark));
  ASSERT_EQ(sink.batches.size(), 1U);
  EXPECT_EQ(sink.batches[0].size(), 1U);
  sink.dones[0](absl::OkStatus());
  ASSERT_EQ(sink.batches.size(), 2U);
  EXPECT_EQ(sink.batches[1].size(), 4U);
  sink.dones[1](absl::OkStatus());
  EXPECT_THAT(batcher->Finish(), IsOk());
  EXPECT_EQ(sink.applied, (std::vector<int64_t>{1, 5}));
}

TEST(NewsBatcherTest, AMarkWithoutNewsIsKeptToo) {
  HeldSink sink;
  const auto batcher = sink.Batcher();
  EXPECT_TRUE(batcher->Skip(1));
  EXPECT_TRUE(batcher->Skip(2));
  sink.dones[0](absl::OkStatus());
  ASSERT_EQ(sink.batches.size(), 2U);
  EXPECT_TRUE(sink.batches[0].empty());
  EXPECT_TRUE(sink.batches[1].empty());
  sink.dones[1](absl::OkStatus());
  EXPECT_THAT(batcher->Finish(), IsOk());
  EXPECT_EQ(sink.applied, (std::vector<int64_t>{1, 2}));
}

TEST(NewsBatcherTest, NothingIsTakenAfterAnError) {
  HeldSink sink;
  const auto batcher = sink.Batcher();
  EXPECT_TRUE(batcher->Add({}, 1));
  EXPECT_TRUE(batcher->Add({}, 2));
  sink.dones[0](Unavailable({"STORE_UNAVAILABLE", "gone"}));
  EXPECT_EQ(sink.broken, 1);
  EXPECT_EQ(sink.batches.size(), 1U) << "what waited is told again after a restart";
  EXPECT_FALSE(batcher->Add({}, 3));
  EXPECT_THAT(batcher->Finish(), HasReason("STORE_UNAVAILABLE"));
  EXPECT_TRUE(sink.applied.empty());
}

}  // namespace
}  // namespace matchgo::trajectories
