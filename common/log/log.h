// Log lines for machines: one JSON object a line on stderr, {"time","level","event", fields...}.
//
// The event is a stable snake_case word. Fields are words, ids and numbers; Personal<T> does not
// compile as a field, and texts that came from outside do not belong here. Level info at start.
// Thread-safe. Test: tests/unit/common/log/log_test.cc
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "common/base/strong_id.h"

namespace matchgo::log {

enum class Level { kDebug, kInfo, kWarn, kError, kOff };

class Value {
 public:
  // NOLINTBEGIN(google-explicit-constructor): fields are written as literals
  Value(bool value) : value_(value) {}
  template <std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, char>) Value(T value)
      : value_(static_cast<int64_t>(value)) {}
  Value(double value) : value_(value) {}
  Value(const char* word) : value_(std::string(word)) {}
  Value(std::string_view word) : value_(std::string(word)) {}
  Value(std::string word) : value_(std::move(word)) {}
  template <class Tag>
  Value(const Id<Tag>& id) : value_(id.value()) {}
  // NOLINTEND(google-explicit-constructor)

  const std::variant<bool, int64_t, double, std::string>& get() const { return value_; }

 private:
  std::variant<bool, int64_t, double, std::string> value_;
};

struct Field {
  std::string_view key;
  Value value;
};
using Fields = std::initializer_list<Field>;

void Write(Level level, std::string_view event, Fields fields);
inline void Debug(std::string_view event, Fields fields = {}) {
  Write(Level::kDebug, event, fields);
}
inline void Info(std::string_view event, Fields fields = {}) { Write(Level::kInfo, event, fields); }
inline void Warn(std::string_view event, Fields fields = {}) { Write(Level::kWarn, event, fields); }
inline void Error(std::string_view event, Fields fields = {}) {
  Write(Level::kError, event, fields);
}

void SetLevel(Level level);
// Cheap: callers on a hot path ask before they gather fields.
bool Enabled(Level level);
// "debug", "info", "warn", "error", "off"; false if it is none of these.
bool ParseLevel(std::string_view word, Level* level);
// Sends lines elsewhere (tests, `matchgo demo`); null restores stderr.
void SetSink(std::function<void(std::string_view line)> sink);

}  // namespace matchgo::log
