// Metrics: the numbers a process shows at /metrics, and the only door to the Prometheus library.
//
// Counter, Gauge and Histogram are handles to one series each. Make them once at start (finding a
// series by label costs 30 times an increment) and keep them; they never are null and live as long
// as their Metrics. Labels are enums, never ids or free text. Names and help texts are a contract:
// see the golden list. Thread-safe.
// Test: tests/unit/common/metrics/metrics_test.cc, tests/contract/metrics_golden_test.cc
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
class Registry;
}  // namespace prometheus

namespace matchgo::metrics {

using Labels = std::vector<std::pair<std::string, std::string>>;

class Counter {
 public:
  void Add(double amount = 1) const;
  double value() const;

 private:
  friend class Metrics;
  explicit Counter(prometheus::Counter* series) : series_(series) {}
  prometheus::Counter* series_;
};

class Gauge {
 public:
  void Set(double value) const;
  void Add(double amount) const;
  double value() const;

 private:
  friend class Metrics;
  explicit Gauge(prometheus::Gauge* series) : series_(series) {}
  prometheus::Gauge* series_;
};

class Histogram {
 public:
  void Observe(double value) const;
  double count() const;
  double sum() const;

 private:
  friend class Metrics;
  explicit Histogram(prometheus::Histogram* series) : series_(series) {}
  prometheus::Histogram* series_;
};

// A family of series as the golden file lists it.
struct FamilyInfo {
  std::string name;
  std::string type;  // "counter", "gauge", "histogram"
  std::string help;

  friend bool operator==(const FamilyInfo&, const FamilyInfo&) = default;
};

class Metrics {
 public:
  Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;
  ~Metrics();

  // The series of this name and these labels, made if new. Help belongs to the name: the first one
  // stays. REQUIRES: one type per name, names of the form matchgo_[a-z_]+.
  Counter AddCounter(const std::string& name, const std::string& help, const Labels& labels = {});
  Gauge AddGauge(const std::string& name, const std::string& help, const Labels& labels = {});
  Histogram AddHistogram(const std::string& name, const std::string& help,
                         const std::vector<double>& buckets, const Labels& labels = {});

  // All families made so far, by name.
  std::vector<FamilyInfo> Families() const;
  // What a scrape of /metrics returns.
  std::string Text() const;
  // For the exposer.
  const std::shared_ptr<prometheus::Registry>& registry() const { return registry_; }

 private:
  void Remember(const std::string& name, const std::string& type, const std::string& help);

  std::shared_ptr<prometheus::Registry> registry_;
  mutable std::mutex mutex_;
  std::vector<FamilyInfo> families_;
};

// Seconds from a tenth of a millisecond to ten seconds: an in-process call takes 0.02 ms, a durable
// write 1 ms, the longest deadline is 5 s.
const std::vector<double>& LatencyBuckets();

}  // namespace matchgo::metrics
