#include "common/metrics/rpc_probe.h"

#include <utility>

namespace matchgo::metrics {
namespace {

constexpr std::array<const char*, 17> kCodeNames = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

}  // namespace

const char* CodeName(int code) {
  return code >= 0 && code < static_cast<int>(kCodeNames.size())
             ? kCodeNames.at(static_cast<size_t>(code))
             : "UNKNOWN";
}

RpcProbe::RpcProbe(Metrics& metrics, std::string service, std::vector<std::string> methods)
    : metrics_(metrics), service_(std::move(service)), names_(std::move(methods)) {
  for (size_t i = 0; i < names_.size(); ++i) {
    methods_.push_back(std::make_unique<Method>());
    methods_.back()->duration = metrics_.AddHistogram(
        "matchgo_rpc_duration_seconds", "How long calls took on the server, queueing included.",
        LatencyBuckets(), {{"service", service_}, {"method", names_.at(i)}});
    CounterOf(i, 0);
  }
}

const Counter& RpcProbe::CounterOf(size_t method, size_t code) {
  Method& entry = *methods_.at(method);
  if (const Counter* known = entry.by_code.at(code).load(std::memory_order_acquire)) return *known;
  const std::lock_guard lock(mutex_);
  std::optional<Counter>& made = entry.made.at(code);
  if (!made.has_value()) {
    made = metrics_.AddCounter("matchgo_rpc_requests_total",
                               "Calls that were answered, by gRPC status code.",
                               {{"service", service_},
                                {"method", names_.at(method)},
                                {"code", CodeName(static_cast<int>(code))}});
    entry.by_code.at(code).store(&*made, std::memory_order_release);
  }
  return *made;
}

void RpcProbe::Record(size_t method, int code, std::chrono::nanoseconds duration) {
  const size_t index = code >= 0 && code < static_cast<int>(kCodes) ? static_cast<size_t>(code) : 2;
  CounterOf(method, index).Add();
  methods_.at(method)->duration->Observe(std::chrono::duration<double>(duration).count());
}

void RpcProbe::StreamOpened(size_t method) {
  Method& entry = *methods_.at(method);
  const std::lock_guard lock(mutex_);
  if (!entry.streams.has_value()) {
    entry.streams = metrics_.AddGauge("matchgo_rpc_streams", "Streams that are open now.",
                                      {{"service", service_}, {"method", names_.at(method)}});
  }
  entry.streams->Add(1);
}

void RpcProbe::StreamClosed(size_t method) {
  const std::lock_guard lock(mutex_);
  methods_.at(method)->streams->Add(-1);
}

double RpcProbe::requests(size_t method, int code) const {
  const Counter* known =
      methods_.at(method)->by_code.at(static_cast<size_t>(code)).load(std::memory_order_acquire);
  return known == nullptr ? 0 : known->value();
}

}  // namespace matchgo::metrics
