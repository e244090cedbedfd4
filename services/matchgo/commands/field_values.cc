#include "services/matchgo/commands/field_values.h"

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iostream>
#include <sstream>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "matchgo/common/v1/rules.pb.h"
#include "services/matchgo/commands/whole_name.h"
#include "services/matchgo/help/api_help.h"

namespace matchgo::commands {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string LowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

StatusOr<std::string> TextOrFile(const std::string& given) {
  if (given.empty() || given[0] != '@') return given;
  std::ostringstream text;
  if (given == "@-") {
    text << std::cin.rdbuf();
    return text.str();
  }
  std::ifstream file(given.substr(1), std::ios::binary);
  if (!file) {
    return WithFact(Invalid(Reason{"FILE_UNREADABLE", "the file given with @ can't be read"}),
                    "file", given.substr(1));
  }
  text << file.rdbuf();
  return text.str();
}

template <class Number>
bool ParseNumber(const std::string& text, Number* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && end == text.data() + text.size();
}

bool SetEnum(const FieldDescriptor& field, const std::string& text, Message* message) {
  const auto& reflection = *message->GetReflection();
  std::string word = LowerCase(text);
  std::replace(word.begin(), word.end(), '-', '_');
  for (int i = 0; i < field.enum_type()->value_count(); ++i) {
    const auto* value = field.enum_type()->value(i);
    if (help::ShortName(*value) != word && value->name() != text) continue;
    field.is_repeated() ? reflection.AddEnum(message, &field, value)
                        : reflection.SetEnum(message, &field, value);
    return true;
  }
  return false;
}

// False: the text is not of the field's type.
bool SetScalar(const FieldDescriptor& field, const std::string& text, Message* message) {
  const auto& reflection = *message->GetReflection();
  const bool many = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string value =
          WithCollection(field.options().GetExtension(common::v1::rules).resource(), text);
      many ? reflection.AddString(message, &field, value)
           : reflection.SetString(message, &field, value);
      return true;
    }
    case FieldDescriptor::CPPTYPE_INT32: {
      int32_t number = 0;
      if (!ParseNumber(text, &number)) return false;
      many ? reflection.AddInt32(message, &field, number)
           : reflection.SetInt32(message, &field, number);
      return true;
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      int64_t number = 0;
      if (!ParseNumber(text, &number)) return false;
      many ? reflection.AddInt64(message, &field, number)
           : reflection.SetInt64(message, &field, number);
      return true;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      if (text != "true" && text != "false") return false;
      reflection.SetBool(message, &field, text == "true");
      return true;
    case FieldDescriptor::CPPTYPE_ENUM:
      return SetEnum(field, text, message);
    default:
      return false;
  }
}

// What would be accepted, in a few words.
std::string Wanted(const FieldDescriptor& field) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_ENUM) {
    return field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL ? "true or false" : "a whole number";
  }
  std::string words = "one of";
  for (int i = 1; i < field.enum_type()->value_count(); ++i) {
    words += (i > 1 ? ", " : " ") + help::ShortName(*field.enum_type()->value(i));
  }
  return words;
}

Status SetMessage(const FieldDescriptor& field, const std::string& flag, const std::string& given,
                  Message* message) {
  auto* target = field.is_repeated() ? message->GetReflection()->AddMessage(message, &field)
                                     : message->GetReflection()->MutableMessage(message, &field);
  if (auto* mask = dynamic_cast<google::protobuf::FieldMask*>(target)) {
    std::istringstream paths(given);
    for (std::string path; std::getline(paths, path, ',');) mask->add_paths(path);
    return absl::OkStatus();
  }
  Violations wrong;
  if (dynamic_cast<google::protobuf::Timestamp*>(target) != nullptr) {
    const auto time = google::protobuf::util::JsonStringToMessage("\"" + given + "\"", target);
    if (time.ok()) return absl::OkStatus();
    wrong.Add(flag, "DATE", "a time such as 2026-12-01T09:00:00Z");
    return std::move(wrong).ToStatus();
  }
  ASSIGN_OR_RETURN(const std::string json, TextOrFile(given));
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, target);
  if (parsed.ok()) return absl::OkStatus();
  wrong.Add(flag, "JSON_SYNTAX", "JSON of " + field.message_type()->name());
  return WithFact(std::move(wrong).ToStatus(), "error", std::string(parsed.message()));
}

}  // namespace

Status SetField(const FieldDescriptor& field, const std::string& flag, const std::string& text,
                Message* message) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return SetMessage(field, flag, text, message);
  }
  if (SetScalar(field, text, message)) return absl::OkStatus();
  Violations wrong;
  const bool word = field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
  wrong.Add(flag, word ? "ENUM" : "TYPE", Wanted(field));
  return std::move(wrong).ToStatus();
}

}  // namespace matchgo::commands
