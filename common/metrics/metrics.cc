#include "common/metrics/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>

#include "common/base/check.h"

namespace matchgo::metrics {
namespace {

prometheus::Labels ToLabels(const Labels& labels) {
  return prometheus::Labels(labels.begin(), labels.end());
}

}  // namespace

void Counter::Add(double amount) const { series_->Increment(amount); }
double Counter::value() const { return series_->Value(); }
void Gauge::Set(double value) const { series_->Set(value); }
void Gauge::Add(double amount) const { series_->Increment(amount); }
double Gauge::value() const { return series_->Value(); }
void Histogram::Observe(double value) const { series_->Observe(value); }
double Histogram::count() const {
  return static_cast<double>(series_->Collect().histogram.sample_count);
}
double Histogram::sum() const { return series_->Collect().histogram.sample_sum; }

Metrics::Metrics() : registry_(std::make_shared<prometheus::Registry>()) {}
Metrics::~Metrics() = default;

Counter Metrics::AddCounter(const std::string& name, const std::string& help,
                            const Labels& labels) {
  Remember(name, "counter", help);
  auto& family = prometheus::BuildCounter().Name(name).Help(help).Register(*registry_);
  return Counter(&family.Add(ToLabels(labels)));
}

Gauge Metrics::AddGauge(const std::string& name, const std::string& help, const Labels& labels) {
  Remember(name, "gauge", help);
  auto& family = prometheus::BuildGauge().Name(name).Help(help).Register(*registry_);
  return Gauge(&family.Add(ToLabels(labels)));
}

Histogram Metrics::AddHistogram(const std::string& name, const std::string& help,
                                const std::vector<double>& buckets, const Labels& labels) {
  Remember(name, "histogram", help);
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(*registry_);
  return Histogram(&family.Add(ToLabels(labels), buckets));
}

void Metrics::Remember(const std::string& name, const std::string& type, const std::string& help) {
  CHECK(name.starts_with("matchgo_") && !help.empty());
  const std::lock_guard lock(mutex_);
  const auto place = std::lower_bound(
      families_.begin(), families_.end(), name,
      [](const FamilyInfo& family, const std::string& wanted) { return family.name < wanted; });
  if (place != families_.end() && place->name == name) {
    CHECK(place->type == type);
    return;
  }
  families_.insert(place, FamilyInfo{.name = name, .type = type, .help = help});
}

std::vector<FamilyInfo> Metrics::Families() const {
  const std::lock_guard lock(mutex_);
  return families_;
}

std::string Metrics::Text() const {
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

const std::vector<double>& LatencyBuckets() {
  static const std::vector<double>& buckets =
      *new std::vector<double>{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                               0.05,   0.1,     0.25,   0.5,   1,      2.5,   5,    10};
  return buckets;
}

}  // namespace matchgo::metrics
