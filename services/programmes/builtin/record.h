// Record: one JSON object of a data file, read field by field; every wrong field is collected.
//
// A missing or mistyped field gives a default and a violation "file:line.field", so that a reader
// stays a list of fields. Optional means that null is allowed; a field must always be written.
// Unknown fields are allowed. Not thread-safe; lives on the stack of one call.
// Test: tests/unit/services/programmes/builtin/builtin_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/violations.h"

namespace matchgo::programmes::builtin {

class Record {
 public:
  // `value` and `violations` must outlive the record.
  Record(const nlohmann::json& value, std::string path, Violations& violations);

  std::string Text(const char* field) const;
  std::optional<std::string> OptionalText(const char* field) const;
  int32_t Int(const char* field) const;
  std::optional<int32_t> OptionalInt(const char* field) const;
  bool Bool(const char* field) const;
  std::optional<bool> OptionalBool(const char* field) const;
  std::vector<std::string> Texts(const char* field) const;
  std::optional<std::vector<std::string>> OptionalTexts(const char* field) const;
  std::vector<int32_t> Ints(const char* field) const;
  // The object in a field; an empty one, and a violation, when there is none.
  Record Child(const char* field) const;
  std::optional<Record> OptionalChild(const char* field) const;
  std::vector<Record> Children(const char* field) const;
  // Says that a field's value is not what was wanted.
  void Reject(const char* field, std::string_view wanted) const;

 private:
  const nlohmann::json* Find(const char* field) const;
  bool IsNull(const char* field) const;
  std::string Path(const char* field) const;

  const nlohmann::json* value_;
  std::string path_;
  Violations* violations_;
};

// Calls `read` for every non-empty line of a JSON-lines text.
void ForEachRecord(std::string_view text, std::string_view file, Violations& violations,
                   const std::function<void(const Record&)>& read);

}  // namespace matchgo::programmes::builtin
