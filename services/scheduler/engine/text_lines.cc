#include "services/scheduler/engine/text_lines.h"

#include <algorithm>
#include <cstring>

namespace matchgo::scheduler::engine {
namespace {

// Length of the UTF-8 sequence at the start of `text`, 0 if there is none (RFC 3629, table 3-7 of
// Unicode: no overlong forms, no surrogates, nothing above U+10FFFF).
size_t SequenceLength(std::string_view text) {
  const auto byte = [&text](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto tail = [&byte](size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!tail(1) || !tail(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

}  // namespace

bool TextLines::Next(std::string_view& line) {
  while (at_ < text_.size()) {
    const size_t end = std::min(text_.find('\n', at_), text_.size());
    line = text_.substr(at_, end - at_);
    at_ = end + 1;
    ++number_;
    while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!line.empty()) return true;
  }
  return false;
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

bool IsUtf8(std::string_view text) {
  size_t i = 0;
  while (i < text.size()) {
    uint64_t word = 0;
    if (i + sizeof word <= text.size()) {
      std::memcpy(&word, text.data() + i, sizeof word);
      if ((word & 0x8080808080808080U) == 0) {
        i += sizeof word;
        continue;
      }
    }
    const size_t length = SequenceLength(text.substr(i));
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string_view BytesProblem(std::string_view line, int64_t number) {
  if (number == 1 && line.starts_with("\xEF\xBB\xBF")) return "no byte order mark";
  if (line.find('\0') != std::string_view::npos) return "no NUL";
  if (!IsUtf8(line)) return "valid UTF-8";
  return "";
}

Status LineError(const char* reason_word, std::string_view file_name, int64_t line,
                 const FieldProblem& problem) {
  const std::string text = std::string(file_name) + ":" + std::to_string(line) + ": " +
                           (problem.field.empty() ? "line" : problem.field) + ": " + problem.wanted;
  return Invalid(Reason{reason_word, text.c_str()});
}

}  // namespace matchgo::scheduler::engine
