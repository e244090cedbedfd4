#include "services/scheduler/engine/json_reader.h"

#include <algorithm>
#include <array>

namespace matchgo::scheduler::engine {
namespace {

constexpr char kIncomplete[] = "a complete JSON object";
constexpr char kInvalid[] = "valid JSON";
constexpr size_t kIdBytesMax = 128;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void AppendUtf8(uint32_t code, std::string& out) {
  const auto byte = [&out](uint32_t value) { out.push_back(static_cast<char>(value)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

// C0, DEL and C1 in UTF-8.
bool HasControl(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7F) return true;
    if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      return true;
    }
  }
  return false;
}

// Names from outside go into a message only when they look like a field name.
bool LooksLikeAField(std::string_view name) {
  return !name.empty() && name.size() <= 32 &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

}  // namespace

bool IsId(std::string_view text) {
  if (text.empty() || text.size() > kIdBytesMax) return false;
  // Printable ASCII has no control characters; anything else is looked at closely.
  bool plain = true;
  for (const char c : text) plain = plain && c >= 0x20 && c < 0x7F;
  return plain || !HasControl(text);
}

bool JsonReader::Fail(std::string_view wanted) {
  problem_ = {"", std::string(wanted)};
  return false;
}

bool JsonReader::FailIn(std::string_view field) {
  const bool joined = problem_.field.empty() || problem_.field.front() == '[';
  problem_.field.insert(0, std::string(field) + (joined ? "" : "."));
  return false;
}

bool JsonReader::TakeWord(std::string_view word) {
  SkipSpace();
  if (text_.substr(at_, word.size()) != word) return false;
  at_ += word.size();
  return true;
}

bool JsonReader::NextMember(bool first, bool& more) {
  more = !Take('}');
  if (!more) return true;
  if (!first && !Take(',')) return Fail(Peek() == '\0' ? kIncomplete : kInvalid);
  if (Peek() == '"') return true;
  return Fail(Peek() == '\0' ? kIncomplete : kInvalid);
}

bool JsonReader::FailOnKey(std::string_view key, bool known) {
  Fail(known ? "each field at most once" : "no such field");
  return FailIn(known || LooksLikeAField(key) ? key : "(unknown field)");
}

bool JsonReader::FailInItem(size_t index) { return FailIn("[" + std::to_string(index) + "]"); }

bool JsonReader::FailOnInteger(int64_t low, int64_t high) {
  if (Peek() == '\0') return Fail(kIncomplete);
  return Fail("an integer from " + std::to_string(low) + " to " + std::to_string(high));
}

bool JsonReader::Boolean(bool& out) {
  if (TakeWord("true")) {
    out = true;
    return true;
  }
  if (TakeWord("false")) {
    out = false;
    return true;
  }
  return Fail("true or false");
}

bool JsonReader::TakeNull() { return TakeWord("null"); }

bool JsonReader::TextWithEscapes(size_t begin, std::string_view& out) {
  std::string text(text_.substr(begin, at_ - begin));
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '"') {
      out = pool_.Keep(std::move(text));
      return true;
    }
    if (c != '\\') return Fail("a string without control characters");
    if (!Escape(text)) return false;
    const size_t end = EndOfPlain();
    text.append(text_.substr(at_, end - at_));
    at_ = end;
  }
  return Fail(kIncomplete);
}

bool JsonReader::Text(std::string& out) {
  std::string_view view;
  if (!Text(view)) return false;
  out.assign(view);
  return true;
}

bool JsonReader::Id(std::string& out) {
  std::string_view view;
  if (!Id(view)) return false;
  out.assign(view);
  return true;
}

bool JsonReader::Escape(std::string& out) {
  if (at_ >= text_.size()) return Fail(kIncomplete);
  static constexpr std::string_view kFrom = "\"\\/bfnrt";
  static constexpr std::string_view kTo = "\"\\/\b\f\n\r\t";
  const char c = text_[at_++];
  if (c == 'u') return Unicode(out);
  const size_t index = kFrom.find(c);
  if (index == std::string_view::npos) return Fail(kInvalid);
  out.push_back(kTo[index]);
  return true;
}

bool JsonReader::Hex4(uint32_t& out) {
  out = 0;
  for (int i = 0; i < 4; ++i) {
    if (at_ >= text_.size()) return Fail(kIncomplete);
    const char c = text_[at_++];
    const uint32_t lower = static_cast<unsigned char>(c) | 0x20U;
    if (IsDigit(c)) {
      out = out * 16 + static_cast<uint32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      out = out * 16 + (lower - 'a') + 10;
    } else {
      return Fail(kInvalid);
    }
  }
  return true;
}

bool JsonReader::Unicode(std::string& out) {
  uint32_t code = 0;
  if (!Hex4(code)) return false;
  if (code == 0) return Fail("a string without NUL");
  if (code >= 0xDC00 && code <= 0xDFFF) return Fail("no lone surrogate");
  if (code >= 0xD800 && code <= 0xDBFF) {
    uint32_t low = 0;
    if (text_.substr(at_, 2) != "\\u") return Fail("no lone surrogate");
    at_ += 2;
    if (!Hex4(low)) return false;
    if (low < 0xDC00 || low > 0xDFFF) return Fail("no lone surrogate");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  AppendUtf8(code, out);
  return true;
}

bool JsonReader::Skip() {
  size_t depth = 0;
  std::string_view ignored;
  do {
    const char c = Peek();
    if (c == '\0') return Fail(kIncomplete);
    if (c == '"') {
      if (!Text(ignored)) return false;
    } else {
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && depth-- == 0) return Fail(kInvalid);
      ++at_;
      const bool scalar = std::string_view("{}[],:").find(c) == std::string_view::npos;
      while (scalar && at_ < text_.size() &&
             std::string_view("{}[],: \t\"").find(text_[at_]) == std::string_view::npos) {
        ++at_;
      }
    }
  } while (depth > 0);
  return true;
}

bool JsonReader::End() {
  SkipSpace();
  return at_ == text_.size() || Fail("one JSON object");
}

}  // namespace matchgo::scheduler::engine
