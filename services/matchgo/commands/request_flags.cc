#include "services/matchgo/commands/request_flags.h"

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "matchgo/common/v1/rules.pb.h"
#include "services/matchgo/commands/client.h"

namespace matchgo::commands {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const common::v1::FieldRules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(common::v1::rules);
}

bool IsPositional(const FieldDescriptor& field) {
  return field.name() == "name" && !field.is_repeated();
}

std::string LowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// STATE_PUBLISHED is "published" on the command line.
std::string ShortName(const google::protobuf::EnumValueDescriptor& value) {
  const std::string& zero = value.type()->value(0)->name();
  const size_t prefix = zero.size() - std::string("UNSPECIFIED").size();
  return LowerCase(value.name().substr(prefix));
}

std::string HelpOf(const FieldDescriptor& field) {
  const common::v1::FieldRules& rules = RulesOf(field);
  std::string help;
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    for (int i = 1; i < field.enum_type()->value_count(); ++i) {
      help += (i > 1 ? "|" : "") + ShortName(*field.enum_type()->value(i));
    }
  } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    const std::string& type = field.message_type()->full_name();
    if (type == "google.protobuf.FieldMask") {
      help = "fields, comma-separated";
    } else if (type == "google.protobuf.Timestamp") {
      help = "RFC 3339 time";
    } else {
      help = "JSON or @file (" + field.message_type()->name() + ")";
    }
  } else if (!rules.resource().empty()) {
    help = rules.resource();
  } else if (rules.has_min() || rules.has_max()) {
    help = rules.has_min() ? std::to_string(rules.min()) + ".." : "..";
    if (rules.has_max()) help += std::to_string(rules.max());
  } else if (rules.format() == common::v1::TEXT_FORMAT_DATE) {
    help = "date, 2026-11-21";
  }
  if (rules.required()) help += help.empty() ? "required" : " (required)";
  return help;
}

// "x" becomes "rounds/x" where the field holds names of one collection.
std::string WithCollection(const FieldDescriptor& field, const std::string& text) {
  const std::string& resource = RulesOf(field).resource();
  const size_t slash = resource.find("/*");
  if (slash == std::string::npos || slash + 2 != resource.size()) return text;
  if (text.find('/') != std::string::npos) return text;
  return resource.substr(0, slash + 1) + text;
}

StatusOr<std::string> TextOrFile(const std::string& given) {
  if (given.empty() || given[0] != '@') return given;
  std::ifstream file(given.substr(1), std::ios::binary);
  if (!file) {
    return Invalid(Reason{"FILE_UNREADABLE", "the file given with @ cannot be read"});
  }
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

template <class Number>
bool ParseNumber(const std::string& text, Number* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && end == text.data() + text.size();
}

// Sets or adds one value; false: the text is not of the field's type.
bool SetScalar(const FieldDescriptor& field, const std::string& text, Message* message) {
  const auto& reflection = *message->GetReflection();
  const bool many = field.is_repeated();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      const std::string value = WithCollection(field, text);
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
      for (int i = 0; i < field.enum_type()->value_count(); ++i) {
        const auto* value = field.enum_type()->value(i);
        if (ShortName(*value) != LowerCase(text) && value->name() != text) continue;
        many ? reflection.AddEnum(message, &field, value)
             : reflection.SetEnum(message, &field, value);
        return true;
      }
      return false;
    default:
      return false;
  }
}

Status SetMessage(const FieldDescriptor& field, const std::string& given, Message* message) {
  auto* target = field.is_repeated() ? message->GetReflection()->AddMessage(message, &field)
                                     : message->GetReflection()->MutableMessage(message, &field);
  if (auto* mask = dynamic_cast<google::protobuf::FieldMask*>(target)) {
    std::istringstream paths(given);
    for (std::string path; std::getline(paths, path, ',');) mask->add_paths(path);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(std::string json, TextOrFile(given));
  if (dynamic_cast<google::protobuf::Timestamp*>(target) != nullptr) json = "\"" + json + "\"";
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, target);
  if (parsed.ok()) return absl::OkStatus();
  Violations wrong;
  wrong.Add(field.name(), "JSON_SYNTAX", "JSON of " + field.message_type()->name());
  return std::move(wrong).ToStatus();
}

}  // namespace

std::string FlagOf(const FieldDescriptor& field) {
  std::string flag = "--" + field.name();
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

RequestFlags::RequestFlags(const google::protobuf::Descriptor& type, CLI::App& command)
    : type_(type) {
  for (int i = 0; i < type.field_count(); ++i) AddField(*type.field(i), command);
}

void RequestFlags::AddField(const FieldDescriptor& field, CLI::App& command) {
  if (field.name() == "page_token") return;
  const std::string help = HelpOf(field);
  const bool plain_bool =
      field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL && !field.has_optional_keyword();
  if (plain_bool) {
    auto& flag = switches_[field.number()] = std::make_unique<bool>(false);
    command.add_flag(FlagOf(field), *flag, help);
    return;
  }
  auto& value = values_[field.number()] = std::make_unique<std::vector<std::string>>();
  auto* option = command.add_option(IsPositional(field) ? "name" : FlagOf(field), *value, help);
  if (!field.is_repeated()) option->expected(1);
  const bool lists = type_.name().rfind("List", 0) == 0;
  const bool needed = IsPositional(field) || (field.name() == "parent" && !lists);
  if (needed && RulesOf(field).required()) option->required();
}

Status RequestFlags::Fill(Message* request) const {
  Violations wrong;
  for (const auto& [number, on] : switches_) {
    if (*on) request->GetReflection()->SetBool(request, type_.FindFieldByNumber(number), true);
  }
  for (const auto& [number, texts] : values_) {
    const FieldDescriptor& field = *type_.FindFieldByNumber(number);
    for (const std::string& text : *texts) {
      if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        RETURN_IF_ERROR(SetMessage(field, text, request));
      } else if (!SetScalar(field, text, request)) {
        wrong.Add(FlagOf(field), "ENUM", HelpOf(field));
      }
    }
    if (!texts->empty()) continue;
    if (field.name() == "request_id") {
      request->GetReflection()->SetString(request, &field, NewRequestId());
    }
    const bool lists = type_.name().rfind("List", 0) == 0;
    if (field.name() == "parent" && lists) {  // of all: opleiders/-/programmes/-
      std::string all = RulesOf(field).resource();
      std::replace(all.begin(), all.end(), '*', '-');
      request->GetReflection()->SetString(request, &field, all);
    }
  }
  return std::move(wrong).ToStatus();
}

}  // namespace matchgo::commands
