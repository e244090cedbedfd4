// TraceContext: W3C traceparent, so one request can be followed through all services and logs.
//
// Parsing is strict (version 00 layout, no all-zero ids); anything else starts a new trace. Ids
// come from a seeded mixer, not from the kernel: they must be unique, not secret. Thread-safe.
// Test: tests/unit/common/trace/trace_context_test.cc
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace matchgo::trace {

struct TraceContext {
  uint64_t trace_high = 0;
  uint64_t trace_low = 0;
  uint64_t span = 0;
  uint8_t flags = 1;  // bit 0: sampled

  // 32 lower-case hex digits.
  std::string TraceId() const;

  friend bool operator==(const TraceContext&, const TraceContext&) = default;
};

std::optional<TraceContext> ParseTraceparent(std::string_view header);
// "00-<32 hex>-<16 hex>-<2 hex>"
std::string FormatTraceparent(const TraceContext& context);

// Makes ids: a counter through the SplitMix64 mixer, seeded once per process.
class SpanSource {
 public:
  explicit SpanSource(uint64_t seed) : state_(seed) {}
  TraceContext NewTrace();
  // The same trace, a span of its own.
  TraceContext ChildOf(const TraceContext& parent);

 private:
  uint64_t Next();
  std::atomic<uint64_t> state_;
};

}  // namespace matchgo::trace
