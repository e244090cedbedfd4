#include "common/trace/trace_context.h"

namespace matchgo::trace {
namespace {

constexpr size_t kLength = 55;
constexpr uint64_t kGolden = 0x9e3779b97f4a7c15ULL;

void AppendHex(std::string* out, uint64_t value, int digits) {
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    out->push_back("0123456789abcdef"[(value >> shift) & 0xf]);
  }
}

// Lower-case hex only, as the recommendation demands.
std::optional<uint64_t> ParseHex(std::string_view text) {
  uint64_t value = 0;
  for (const char c : text) {
    value <<= 4;
    if (c >= '0' && c <= '9') {
      value |= static_cast<uint64_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      value |= static_cast<uint64_t>(c - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

}  // namespace

std::string TraceContext::TraceId() const {
  std::string text;
  text.reserve(32);
  AppendHex(&text, trace_high, 16);
  AppendHex(&text, trace_low, 16);
  return text;
}

std::optional<TraceContext> ParseTraceparent(std::string_view header) {
  if (header.size() < kLength || header[2] != '-' || header[35] != '-' || header[52] != '-') {
    return std::nullopt;
  }
  const auto version = ParseHex(header.substr(0, 2));
  const auto high = ParseHex(header.substr(3, 16));
  const auto low = ParseHex(header.substr(19, 16));
  const auto span = ParseHex(header.substr(36, 16));
  const auto flags = ParseHex(header.substr(53, 2));
  if (!version || !high || !low || !span || !flags) return std::nullopt;
  // Version ff is forbidden; later versions may append more after a dash.
  if (*version == 0xff || (*version == 0 && header.size() != kLength)) return std::nullopt;
  if (header.size() > kLength && header[kLength] != '-') return std::nullopt;
  if ((*high == 0 && *low == 0) || *span == 0) return std::nullopt;
  return TraceContext{.trace_high = *high,
                      .trace_low = *low,
                      .span = *span,
                      .flags = static_cast<uint8_t>(*flags & 1)};
}

std::string FormatTraceparent(const TraceContext& context) {
  std::string text = "00-";
  text.reserve(kLength);
  AppendHex(&text, context.trace_high, 16);
  AppendHex(&text, context.trace_low, 16);
  text.push_back('-');
  AppendHex(&text, context.span, 16);
  text.push_back('-');
  AppendHex(&text, context.flags, 2);
  return text;
}

uint64_t SpanSource::Next() {
  uint64_t z = state_.fetch_add(kGolden, std::memory_order_relaxed) + kGolden;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  z ^= z >> 31;
  return z == 0 ? 1 : z;  // all-zero ids are invalid
}

TraceContext SpanSource::NewTrace() {
  return TraceContext{.trace_high = Next(), .trace_low = Next(), .span = Next(), .flags = 1};
}

TraceContext SpanSource::ChildOf(const TraceContext& parent) {
  TraceContext child = parent;
  child.span = Next();
  return child;
}

}  // namespace matchgo::trace
