// A strict reader of one JSON value: what the market format forbids cannot pass it.
//
// Integers only, no duplicate keys, no lone surrogates, no control characters; the first problem
// is kept with the path of the field and what was wanted, never with the value. It reads forward
// once and does not recurse into what it does not know. REQUIRES: valid UTF-8 (text_lines.h).
// Not thread-safe. Test: tests/unit/services/scheduler/engine/market_errors_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace matchgo::scheduler::engine {

// One problem at a field path ("modules[1].hours").
struct FieldProblem {
  std::string field;
  std::string wanted;
};

inline constexpr std::string_view kIdWanted = "an id of 1 to 128 bytes without control characters";
bool IsId(std::string_view text);

class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  // Every function returns false after noting the problem; then nothing more may be read.
  const FieldProblem& problem() const { return problem_; }
  bool Fail(std::string_view wanted);
  // Puts the problem that was just noted inside a field.
  bool FailIn(std::string_view field);

  // An object with these fields and no others; on_field(i) reads the value of names[i]. Bit i of
  // `seen` tells whether it was there.
  template <class OnField>
  bool Object(std::span<const std::string_view> names, uint32_t& seen, OnField on_field);
  // An object with free keys; on_member(key) reads the value.
  template <class OnMember>
  bool Members(OnMember on_member);
  // on_item(i) reads the i-th item.
  template <class OnItem>
  bool Array(OnItem on_item);

  bool Integer(int64_t low, int64_t high, int64_t& out);
  bool Boolean(bool& out);
  // Any string without NUL.
  bool Text(std::string& out);
  // 1 to 128 bytes without control characters.
  bool Id(std::string& out);
  // Takes `null` if that comes next.
  bool TakeNull();
  // Takes whatever value comes next without looking at it closely.
  bool Skip();
  // Nothing but white space may follow.
  bool End();

 private:
  void SkipSpace();
  char Peek();
  bool Take(char wanted);
  bool TakeWord(std::string_view word);
  bool Escape(std::string& out);
  bool Hex4(uint32_t& out);
  bool Unicode(std::string& out);
  bool NextMember(bool first, bool& more);
  bool FieldIndex(std::span<const std::string_view> names, const std::string& key, uint32_t& seen,
                  size_t& index);

  std::string_view text_;
  size_t at_ = 0;
  FieldProblem problem_;
};

template <class OnMember>
bool JsonReader::Members(OnMember on_member) {
  if (!Take('{')) return Fail("an object");
  std::string key;
  for (bool first = true;; first = false) {
    bool more = false;
    if (!NextMember(first, more)) return false;
    if (!more) return true;
    if (!Text(key)) return false;
    if (!Take(':')) return Fail("valid JSON");
    if (!on_member(key)) return false;
  }
}

template <class OnField>
bool JsonReader::Object(std::span<const std::string_view> names, uint32_t& seen, OnField on_field) {
  seen = 0;
  return Members([&](const std::string& key) {
    size_t index = 0;
    if (!FieldIndex(names, key, seen, index)) return false;
    return on_field(index) || FailIn(names[index]);
  });
}

template <class OnItem>
bool JsonReader::Array(OnItem on_item) {
  if (!Take('[')) return Fail("a list");
  if (Take(']')) return true;
  for (size_t index = 0;; ++index) {
    if (!on_item(index)) return FailIn("[" + std::to_string(index) + "]");
    if (Take(']')) return true;
    if (!Take(',')) return Fail("valid JSON");
  }
}

}  // namespace matchgo::scheduler::engine
