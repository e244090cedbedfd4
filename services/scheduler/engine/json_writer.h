// Appends one JSON object as a line: keys in the order of the calls, no spaces, integers only.
//
// Text is escaped where JSON demands it and otherwise left as the UTF-8 it is, so the same value is
// the same bytes. Not thread-safe. Test: tests/unit/services/scheduler/engine/outcome_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace matchgo::scheduler::engine {

class JsonLine {
 public:
  // Writes `{"t":"<type>"` to the end of `out`, which must outlive this.
  JsonLine(std::string& out, std::string_view type);
  JsonLine& Text(std::string_view key, std::string_view value);
  // null when there is no value.
  template <class Optional>
  JsonLine& TextOrNull(std::string_view key, const Optional& value) {
    return value ? Text(key, *value) : Raw(key, "null");
  }
  JsonLine& Number(std::string_view key, int64_t value);
  JsonLine& Boolean(std::string_view key, bool value);
  JsonLine& TextList(std::string_view key, std::span<const std::string> values);
  // A value that is JSON already.
  JsonLine& Raw(std::string_view key, std::string_view json);
  // Ends the object; `\n` is the caller's.
  void End() { out_.push_back('}'); }

 private:
  void Key(std::string_view key);

  std::string& out_;
};

// A JSON string with its quotes.
void AppendJsonText(std::string& out, std::string_view value);

}  // namespace matchgo::scheduler::engine
