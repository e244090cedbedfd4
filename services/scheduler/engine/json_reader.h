// A strict reader of one JSON value: what the market format forbids cannot pass it.
//
// Integers only, no duplicate keys, no lone surrogates, no control characters; the first problem
// is kept with the path of the field and what was wanted, never with the value. It reads forward
// once, copies only strings with escapes, and does not recurse into what it does not know.
// REQUIRES: valid UTF-8 (text_lines.h). Not thread-safe. Test:
// tests/unit/services/scheduler/engine/market_errors_test.cc
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace matchgo::scheduler::engine {

// One problem at a field path ("modules[1].hours").
struct FieldProblem {
  std::string field;
  std::string wanted;
};

inline constexpr std::string_view kIdWanted = "an id of 1 to 128 bytes without control characters";
bool IsId(std::string_view text);

// Keeps what strings with escapes stand for, so that views of them live as long as this.
class TextPool {
 public:
  std::string_view Keep(std::string text) { return texts_.emplace_back(std::move(text)); }

 private:
  std::deque<std::string> texts_;
};

class JsonReader {
 public:
  // Strings are views into the text or, if they hold escapes, into the pool.
  JsonReader(std::string_view text, TextPool& pool) : text_(text), pool_(pool) {}

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
  bool Text(std::string_view& out);
  bool Text(std::string& out);
  // 1 to 128 bytes without control characters.
  bool Id(std::string_view& out);
  bool Id(std::string& out);
  // Takes `null` if that comes next.
  bool TakeNull();
  // Takes whatever value comes next without looking at it closely.
  bool Skip();
  // Nothing but white space may follow.
  bool End();

 private:
  void SkipSpace() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r')) {
      ++at_;
    }
  }
  char Peek() {
    SkipSpace();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool Take(char wanted) {
    if (Peek() != wanted) return false;
    ++at_;
    return true;
  }
  bool TakeWord(std::string_view word);
  // From `at_` to the first quote, backslash or control character, or the end.
  size_t EndOfPlain() const;
  bool TextWithEscapes(size_t begin, std::string_view& out);
  bool Escape(std::string& out);
  bool Hex4(uint32_t& out);
  bool Unicode(std::string& out);
  bool NextMember(bool first, bool& more);
  bool FailOnKey(std::string_view key, bool known);
  bool FailOnInteger(int64_t low, int64_t high);
  bool FailInItem(size_t index);

  std::string_view text_;
  TextPool& pool_;
  size_t at_ = 0;
  FieldProblem problem_;
};

inline size_t JsonReader::EndOfPlain() const {
  size_t at = at_;
  // Eight bytes at a time: the high bit of a byte is set where the byte may be one that ends the
  // plain part. The lowest such byte certainly is (borrows only reach upwards).
  constexpr uint64_t kOnes = 0x0101010101010101U;
  constexpr uint64_t kHigh = 0x8080808080808080U;
  while (at + sizeof(uint64_t) <= text_.size()) {
    uint64_t word = 0;
    std::memcpy(&word, text_.data() + at, sizeof word);
    const uint64_t quote = word ^ (kOnes * '"');
    const uint64_t slash = word ^ (kOnes * '\\');
    const uint64_t ends = (((quote - kOnes) & ~quote) | ((slash - kOnes) & ~slash) |
                           ((word - kOnes * 0x20) & ~word)) &
                          kHigh;
    if (ends != 0) return at + static_cast<size_t>(std::countr_zero(ends)) / 8;
    at += sizeof word;
  }
  while (at < text_.size() && text_[at] != '"' && text_[at] != '\\' &&
         static_cast<unsigned char>(text_[at]) >= 0x20) {
    ++at;
  }
  return at;
}

inline bool JsonReader::Text(std::string_view& out) {
  if (!Take('"')) return Fail("a string");
  const size_t begin = at_;
  at_ = EndOfPlain();
  if (at_ >= text_.size() || text_[at_] != '"') return TextWithEscapes(begin, out);
  out = text_.substr(begin, at_ - begin);
  ++at_;
  return true;
}

inline bool JsonReader::Id(std::string_view& out) {
  if (!Text(out)) return false;
  return IsId(out) || Fail(kIdWanted);
}

inline bool JsonReader::Integer(int64_t low, int64_t high, int64_t& out) {
  const bool negative = Peek() == '-';
  size_t at = at_ + (negative ? 1 : 0);
  const size_t first = at;
  int64_t value = 0;
  // Eighteen digits cannot overflow; more are beyond every range.
  for (; at < text_.size() && text_[at] >= '0' && text_[at] <= '9'; ++at) {
    if (at - first < 18) value = value * 10 + (text_[at] - '0');
  }
  const size_t digits = at - first;
  const bool leading_zero = digits > 1 && text_[first] == '0';
  // A fraction or an exponent is a floating point number, even when its value is whole.
  const bool floating =
      at < text_.size() && (text_[at] == '.' || text_[at] == 'e' || text_[at] == 'E');
  if (negative) value = -value;
  if (digits == 0 || digits > 18 || leading_zero || floating || value < low || value > high) {
    return FailOnInteger(low, high);
  }
  at_ = at;
  out = value;
  return true;
}

template <class OnMember>
bool JsonReader::Members(OnMember on_member) {
  if (!Take('{')) return Fail("an object");
  std::string_view key;
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
  size_t index = names.size() - 1;
  return Members([&](std::string_view key) {
    // Fields mostly come in the order of the names.
    index = index + 1 < names.size() ? index + 1 : 0;
    if (names[index] != key) {
      for (index = 0; index < names.size() && names[index] != key;) ++index;
      if (index == names.size()) return FailOnKey(key, false);
    }
    const uint32_t bit = uint32_t{1} << index;
    if ((seen & bit) != 0) return FailOnKey(names[index], true);
    seen |= bit;
    return on_field(index) || FailIn(names[index]);
  });
}

template <class OnItem>
bool JsonReader::Array(OnItem on_item) {
  if (!Take('[')) return Fail("a list");
  if (Take(']')) return true;
  for (size_t index = 0;; ++index) {
    if (!on_item(index)) return FailInItem(index);
    if (Take(',')) continue;
    return Take(']') || Fail("valid JSON");
  }
}

}  // namespace matchgo::scheduler::engine
