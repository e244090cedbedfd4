#include "common/metrics/metrics.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/metrics/cache_probe.h"
#include "common/metrics/exposer.h"
#include "common/metrics/feed_probe.h"
#include "common/metrics/rpc_probe.h"
#include "common/metrics/sql_probe.h"
#include "common/metrics/stopwatch.h"
#include "tests/support/status_matchers.h"

namespace matchgo::metrics {
namespace {

TEST(MetricsTest, TheSameLabelsAreTheSameSeries) {
  Metrics metrics;
  const Counter one = metrics.AddCounter("matchgo_a_total", "Help.", {{"kind", "x"}});
  const Counter same = metrics.AddCounter("matchgo_a_total", "Help.", {{"kind", "x"}});
  const Counter other = metrics.AddCounter("matchgo_a_total", "Help.", {{"kind", "y"}});
  one.Add();
  same.Add(2);
  EXPECT_EQ(one.value(), 3);
  EXPECT_EQ(other.value(), 0);
}

TEST(MetricsTest, ListsFamiliesByName) {
  Metrics metrics;
  metrics.AddGauge("matchgo_b", "Second.");
  metrics.AddCounter("matchgo_a_total", "First.");
  metrics.AddCounter("matchgo_a_total", "First.", {{"kind", "x"}});
  EXPECT_EQ(metrics.Families(), (std::vector<FamilyInfo>{{"matchgo_a_total", "counter", "First."},
                                                         {"matchgo_b", "gauge", "Second."}}));
}

TEST(StopwatchTest, NeverGoesBack) {
  const Stopwatch watch;
  const double first = watch.seconds();
  EXPECT_GE(first, 0.0);
  EXPECT_GE(watch.seconds(), first);
}

TEST(RpcProbeTest, CountsByCode) {
  Metrics metrics;
  RpcProbe probe(metrics, "S", {"A", "B"});
  probe.Record(1, 5, std::chrono::milliseconds(1));
  probe.Record(1, 5, std::chrono::milliseconds(1));
  probe.Record(1, 99, std::chrono::milliseconds(1));
  EXPECT_EQ(probe.requests(1, 5), 2);
  EXPECT_EQ(probe.requests(1, 2), 1);
  EXPECT_EQ(probe.requests(0, 0), 0);
  const std::string text = metrics.Text();
  EXPECT_NE(
      text.find("matchgo_rpc_requests_total{code=\"NOT_FOUND\",method=\"B\",service=\"S\"} 2"),
      std::string::npos);
  EXPECT_NE(text.find("matchgo_rpc_requests_total{code=\"OK\",method=\"A\",service=\"S\"} 0"),
            std::string::npos);
}

TEST(SqlProbeTest, CountsStatementsAndGroups) {
  Metrics metrics;
  const sql::SqlObserver observer = ObserveSql(metrics, "d");
  observer.statement("get_x", Duration(100), true);
  observer.statement("get_x", Duration(100), false);
  observer.group(7, Duration(2000), true);
  observer.group(1, Duration(2000), false);
  observer.queue_wait(Duration(5));
  const std::string text = metrics.Text();
  for (const char* const line :
       {"matchgo_sql_queries_total{database=\"d\",query=\"get_x\",result=\"error\"} 1",
        "matchgo_sql_duration_seconds_count{database=\"d\",query=\"get_x\"} 2",
        "matchgo_sql_commits_total{database=\"d\"} 1",
        "matchgo_sql_group_size_sum{database=\"d\"} 8"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line;
  }
}

TEST(FeedProbeTest, ShowsTheLag) {
  Metrics metrics;
  FeedProbe probe(metrics, "c", "f");
  probe.Applied(3, 10);
  EXPECT_NE(metrics.Text().find("matchgo_feed_lag{consumer=\"c\",feed=\"f\"} 7"),
            std::string::npos);
}

TEST(CacheProbeTest, ShowsTotalsHoweverOftenItIsTold) {
  Metrics metrics;
  CacheProbe probe(metrics, "c");
  probe.Show(5, 2, 1, 100);
  probe.Show(8, 2, 3, 300);
  const std::string text = metrics.Text();
  for (const char* const line :
       {"matchgo_cache_lookups_total{cache=\"c\",result=\"hit\"} 8",
        "matchgo_cache_lookups_total{cache=\"c\",result=\"miss\"} 2",
        "matchgo_cache_entries{cache=\"c\"} 3", "matchgo_cache_bytes{cache=\"c\"} 300"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line;
  }
}

TEST(ExposerTest, ATakenPortIsAStatus) {
  Metrics metrics;
  const auto first = Exposer::Start(metrics, "127.0.0.1:0");
  ASSERT_THAT(first, IsOk());
  EXPECT_GT((*first)->port(), 0);
  EXPECT_THAT(Exposer::Start(metrics, "127.0.0.1:" + std::to_string((*first)->port())),
              HasReason("METRICS_PORT"));
  EXPECT_THAT(Exposer::Start(metrics, "nonsense"), HasReason("METRICS_PORT"));
}

}  // namespace
}  // namespace matchgo::metrics
