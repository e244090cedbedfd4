#include "services/programmes/builtin/record.h"

#include <limits>
#include <nlohmann/json.hpp>

namespace matchgo::programmes::builtin {
namespace {

using nlohmann::json;

constexpr const char* kType = "TYPE";

bool FitsInt32(const json& value) {
  if (!value.is_number_integer()) return false;
  const auto number = value.get<int64_t>();
  return number >= std::numeric_limits<int32_t>::min() &&
         number <= std::numeric_limits<int32_t>::max();
}

}  // namespace

Record::Record(const json& value, std::string path, Violations& violations)
    : value_(&value), path_(std::move(path)), violations_(&violations) {}

std::string Record::Path(const char* field) const { return path_ + "." + field; }

void Record::Reject(const char* field, std::string_view wanted) const {
  violations_->Add(Path(field), kType, wanted);
}

const json* Record::Find(const char* field) const {
  if (!value_->is_object()) return nullptr;
  const auto found = value_->find(field);
  return found == value_->end() ? nullptr : &*found;
}

bool Record::IsNull(const char* field) const {
  const json* value = Find(field);
  return value != nullptr && value->is_null();
}

std::string Record::Text(const char* field) const {
  const json* value = Find(field);
  if (value == nullptr || !value->is_string() || value->get_ref<const std::string&>().empty()) {
    Reject(field, "a text that is not empty");
    return {};
  }
  return value->get<std::string>();
}

std::optional<std::string> Record::OptionalText(const char* field) const {
  if (IsNull(field)) return std::nullopt;
  return Text(field);
}

int32_t Record::Int(const char* field) const {
  const json* value = Find(field);
  if (value == nullptr || !FitsInt32(*value)) {
    Reject(field, "a whole number");
    return 0;
  }
  return value->get<int32_t>();
}

std::optional<int32_t> Record::OptionalInt(const char* field) const {
  if (IsNull(field)) return std::nullopt;
  return Int(field);
}

bool Record::Bool(const char* field) const {
  const json* value = Find(field);
  if (value == nullptr || !value->is_boolean()) {
    Reject(field, "true or false");
    return false;
  }
  return value->get<bool>();
}

std::optional<bool> Record::OptionalBool(const char* field) const {
  if (IsNull(field)) return std::nullopt;
  return Bool(field);
}

std::vector<std::string> Record::Texts(const char* field) const {
  std::vector<std::string> texts;
  const json* value = Find(field);
  if (value == nullptr || !value->is_array()) {
    Reject(field, "a list of texts");
    return texts;
  }
  for (const json& element : *value) {
    if (!element.is_string()) {
      Reject(field, "a list of texts");
      return texts;
    }
    texts.push_back(element.get<std::string>());
  }
  return texts;
}

std::optional<std::vector<std::string>> Record::OptionalTexts(const char* field) const {
  if (IsNull(field)) return std::nullopt;
  return Texts(field);
}

std::vector<int32_t> Record::Ints(const char* field) const {
  std::vector<int32_t> numbers;
  const json* value = Find(field);
  if (value == nullptr || !value->is_array()) {
    Reject(field, "a list of whole numbers");
    return numbers;
  }
  for (const json& element : *value) {
    if (!FitsInt32(element)) {
      Reject(field, "a list of whole numbers");
      return numbers;
    }
    numbers.push_back(element.get<int32_t>());
  }
  return numbers;
}

Record Record::Child(const char* field) const {
  const json* value = Find(field);
  if (value == nullptr || !value->is_object()) {
    Reject(field, "an object");
    value = value_;
  }
  return Record(*value, Path(field), *violations_);
}

std::optional<Record> Record::OptionalChild(const char* field) const {
  if (IsNull(field)) return std::nullopt;
  return Child(field);
}

std::vector<Record> Record::Children(const char* field) const {
  std::vector<Record> children;
  const json* value = Find(field);
  if (value == nullptr || !value->is_array()) {
    Reject(field, "a list of objects");
    return children;
  }
  for (size_t i = 0; i < value->size(); ++i) {
    children.emplace_back((*value)[i], Path(field) + "[" + std::to_string(i) + "]", *violations_);
  }
  return children;
}

void ForEachRecord(std::string_view text, std::string_view file, Violations& violations,
                   const std::function<void(const Record&)>& read) {
  int64_t line = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view row = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line;
    if (row.empty()) continue;
    std::string path = std::string(file) + ":" + std::to_string(line);
    const json value = json::parse(row.begin(), row.end(), nullptr, /*allow_exceptions=*/false);
    if (!value.is_object()) {
      violations.Add(path, "JSON", "one JSON object a line");
      continue;
    }
    read(Record(value, std::move(path), violations));
  }
}

}  // namespace matchgo::programmes::builtin
