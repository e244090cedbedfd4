#include "services/scheduler/engine/json_writer.h"

namespace matchgo::scheduler::engine {

void AppendJsonText(std::string& out, std::string_view value) {
  static constexpr char kHex[] = "0123456789abcdef";
  out.push_back('"');
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20) {
      out.append("\\u00");
      out.push_back(kHex[byte >> 4U]);
      out.push_back(kHex[byte & 15U]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

JsonLine::JsonLine(std::string& out, std::string_view type) : out_(out) {
  out_.append("{\"t\":");
  AppendJsonText(out_, type);
}

void JsonLine::Key(std::string_view key) {
  out_.push_back(',');
  AppendJsonText(out_, key);
  out_.push_back(':');
}

JsonLine& JsonLine::Text(std::string_view key, std::string_view value) {
  Key(key);
  AppendJsonText(out_, value);
  return *this;
}

JsonLine& JsonLine::Number(std::string_view key, int64_t value) {
  Key(key);
  out_.append(std::to_string(value));
  return *this;
}

JsonLine& JsonLine::Boolean(std::string_view key, bool value) {
  return Raw(key, value ? "true" : "false");
}

JsonLine& JsonLine::TextList(std::string_view key, std::span<const std::string> values) {
  Key(key);
  out_.push_back('[');
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0) out_.push_back(',');
    AppendJsonText(out_, values[i]);
  }
  out_.push_back(']');
  return *this;
}

JsonLine& JsonLine::Raw(std::string_view key, std::string_view json) {
  Key(key);
  out_.append(json);
  return *this;
}

}  // namespace matchgo::scheduler::engine
