#include "common/metrics/sql_probe.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "common/base/check.h"

namespace matchgo::metrics {
namespace {

// Powers of two up to the largest group.
const std::vector<double>& GroupBuckets() {
  static const std::vector<double>& buckets =
      *new std::vector<double>{1, 2, 4, 8, 16, 32, 64, 128, 256};
  return buckets;
}

double Seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

class SqlProbe {
 public:
  SqlProbe(Metrics& metrics, std::string database)
      : metrics_(metrics),
        database_(std::move(database)),
        commits_(metrics.AddCounter("matchgo_sql_commits_total",
                                    "Durable commits; each may hold many writes.",
                                    {{"database", database_}})),
        commit_failures_(metrics.AddCounter("matchgo_sql_commit_failures_total",
                                            "Commits that failed; their writes had no effect.",
                                            {{"database", database_}})),
        commit_(metrics.AddHistogram("matchgo_sql_commit_seconds",
                                     "How long a group of writes took, from BEGIN to COMMIT.",
                                     LatencyBuckets(), {{"database", database_}})),
        group_(metrics.AddHistogram("matchgo_sql_group_size", "Writes that shared one commit.",
                                    GroupBuckets(), {{"database", database_}})),
        wait_(metrics.AddHistogram("matchgo_sql_write_wait_seconds",
                                   "How long writes waited for their turn.", LatencyBuckets(),
                                   {{"database", database_}})) {}

  void Statement(const char* query, Duration took, bool ok) {
    const Series& series = SeriesOf(query);
    (ok ? series.ok : series.failed).Add();
    series.duration.Observe(Seconds(took));
  }
  void Group(size_t writes, Duration took, bool ok) {
    (ok ? commits_ : commit_failures_).Add();
    group_.Observe(static_cast<double>(writes));
    commit_.Observe(Seconds(took));
  }
  void Wait(Duration waited) { wait_.Observe(Seconds(waited)); }

 private:
  struct Series {
    Counter ok;
    Counter failed;
    Histogram duration;
  };

  struct Slot {
    std::atomic<const char*> query = nullptr;  // set last
    std::unique_ptr<const Series> series;
  };

  // Every statement asks, so nothing is locked for those that are known: slots are filled once, in
  // the order of asking from where the address points to.
  const Series& SeriesOf(const char* query) {
    const size_t first = std::hash<const char*>()(query) / alignof(std::max_align_t);
    for (size_t i = 0; i < kSlots; ++i) {
      Slot& slot = slots_[(first + i) % kSlots];
      const char* known = slot.query.load(std::memory_order_acquire);
      if (known == nullptr) known = Fill(slot, query);
      if (known == query) return *slot.series;
    }
    CHECK(false);  // a service has some fifty queries
  }

  // The query that has the slot now: another one may have been faster.
  const char* Fill(Slot& slot, const char* query) {
    const std::lock_guard lock(mutex_);
    if (const char* known = slot.query.load(std::memory_order_relaxed)) return known;
    const char* const help = "Statements that were run, by name and result.";
    auto labels = [&](const char* result) {
      return Labels{{"database", database_}, {"query", query}, {"result", result}};
    };
    slot.series = std::make_unique<const Series>(Series{
        .ok = metrics_.AddCounter("matchgo_sql_queries_total", help, labels("ok")),
        .failed = metrics_.AddCounter("matchgo_sql_queries_total", help, labels("error")),
        .duration =
            metrics_.AddHistogram("matchgo_sql_duration_seconds", "How long statements took.",
                                  LatencyBuckets(), {{"database", database_}, {"query", query}})});
    slot.query.store(query, std::memory_order_release);
    return query;
  }

  Metrics& metrics_;
  const std::string database_;
  const Counter commits_;
  const Counter commit_failures_;
  const Histogram commit_;
  const Histogram group_;
  const Histogram wait_;
  std::mutex mutex_;
  static constexpr size_t kSlots = 1024;
  std::array<Slot, kSlots> slots_;
};

}  // namespace

sql::SqlObserver ObserveSql(Metrics& metrics, const std::string& database) {
  auto probe = std::make_shared<SqlProbe>(metrics, database);
  return sql::SqlObserver{
      .statement = [probe](const char* query, Duration took,
                           bool ok) { probe->Statement(query, took, ok); },
      .group = [probe](size_t writes, Duration took, bool ok) { probe->Group(writes, took, ok); },
      .queue_wait = [probe](Duration waited) { probe->Wait(waited); }};
}

}  // namespace matchgo::metrics
