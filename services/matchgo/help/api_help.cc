#include "services/matchgo/help/api_help.h"

#include <absl/strings/ascii.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "matchgo/common/v1/rules.pb.h"
#include "services/matchgo/help/api_comments.h"
#include "services/matchgo/help/samples.h"

namespace matchgo::help {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;

const common::v1::FieldRules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(common::v1::rules);
}

bool IsOf(const FieldDescriptor& field, const char* message) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type()->full_name() == message;
}
bool IsMask(const FieldDescriptor& field) { return IsOf(field, "google.protobuf.FieldMask"); }
bool IsTime(const FieldDescriptor& field) { return IsOf(field, "google.protobuf.Timestamp"); }

std::string RangeOf(const common::v1::FieldRules& rules) {
  if (rules.has_min() && rules.has_max()) {
    return std::to_string(rules.min()) + ".." + std::to_string(rules.max());
  }
  if (rules.has_min()) return ">= " + std::to_string(rules.min());
  return rules.has_max() ? "<= " + std::to_string(rules.max()) : "";
}

// Where a comment says "Reasons: STALE, KEY_REUSED.": an empty range at its end when it does not.
std::pair<size_t, size_t> ReasonsIn(const std::string& text) {
  const size_t begin = std::min(text.find("Reason: "), text.find("Reasons: "));
  if (begin == std::string::npos) return {text.size(), text.size()};
  const size_t line = std::min(text.find('\n', begin), text.size());
  const size_t stop = text.find(". ", begin);
  return {begin, std::min(line, stop == std::string::npos ? line : stop + 1)};
}

std::string Quoted(const std::string& text) {
  return text.find(' ') == std::string::npos ? text : "'" + text + "'";
}

}  // namespace

std::string ShortName(const google::protobuf::EnumValueDescriptor& value) {
  const std::string& zero = value.type()->value(0)->name();
  const size_t prefix = zero.size() - std::string("UNSPECIFIED").size();
  return absl::AsciiStrToLower(value.name().substr(prefix));
}

bool IsInput(const FieldDescriptor& field) { return !RulesOf(field).output_only(); }

std::string FlagOf(const FieldDescriptor& field) {
  std::string flag = "--" + field.name();
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

bool IsArgument(const FieldDescriptor& field) {
  return field.name() == "name" || field.name() == "names" || field.name() == "resource";
}

const FieldDescriptor* RecordOf(const Descriptor& request) {
  for (const std::string verb : {"Create", "Update"}) {
    if (request.name().rfind(verb, 0) != 0) continue;
    const std::string record =
        request.name().substr(verb.size(), request.name().size() - verb.size() - 7);
    for (int i = 0; i < request.field_count(); ++i) {
      const FieldDescriptor* field = request.field(i);
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_repeated() &&
          field->message_type()->name() == record) {
        return field;
      }
    }
  }
  return nullptr;
}

std::string MethodHelp(const MethodDescriptor& method) {
  const std::string text(CommentOf(method.full_name()));
  const auto [begin, end] = ReasonsIn(text);
  std::string help = text.substr(0, begin);
  while (!help.empty() && std::isspace(static_cast<unsigned char>(help.back())) != 0) {
    help.pop_back();
  }
  return help + text.substr(end);
}

std::string MethodReasons(const MethodDescriptor& method) {
  const std::string text(CommentOf(method.full_name()));
  const auto [begin, end] = ReasonsIn(text);
  const size_t words = text.find(": ", begin);
  return begin == end ? "" : text.substr(words + 2, end - words - 2);
}

std::string TypeWord(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (IsMask(field)) return "FIELDS";
      return IsTime(field) ? "TIME" : "JSON";
    case FieldDescriptor::CPPTYPE_ENUM:
      return "WORD";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true|false";
    case FieldDescriptor::CPPTYPE_STRING:
      if (!RulesOf(field).resource().empty()) return "NAME";
      return RulesOf(field).format() == common::v1::TEXT_FORMAT_DATE ? "DATE" : "TEXT";
    default:
      return "NUMBER";
  }
}

std::string FieldHelp(const FieldDescriptor& field) {
  std::string help(CommentOf(field.full_name()));
  std::replace(help.begin(), help.end(), '\n', ' ');
  const std::string type = TypeWord(field);
  const std::string range = RangeOf(RulesOf(field));
  if (type == "NUMBER" && !range.empty()) help += " (" + range + ")";
  if (type == "FIELDS") help += " Comma-separated.";
  if (type == "TIME") help += " Such as " + SampleOf(field) + ".";
  if (type == "JSON") help += " JSON, @FILE or @- (stdin).";
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return help;
  for (int i = 1; i < field.enum_type()->value_count(); ++i) {
    const auto* value = field.enum_type()->value(i);
    std::string meaning(CommentOf(value->full_name()));
    std::replace(meaning.begin(), meaning.end(), '\n', ' ');
    help += "\n" + ShortName(*value) + "\t" + meaning;
  }
  return help;
}

std::string ExampleOf(const std::string& noun, const std::string& verb,
                      const MethodDescriptor& method) {
  const Descriptor& request = *method.input_type();
  const FieldDescriptor* record = RecordOf(request);
  std::string line = "matchgo " + noun + " " + verb;
  std::string flags;
  if (record != nullptr && request.name().rfind("Update", 0) == 0) {
    const auto* name = record->message_type()->FindFieldByName("name");
    line += " " + Quoted(SampleOf(*name));
  }
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor& field = *request.field(i);
    if (!RulesOf(field).required()) continue;
    const bool lists = request.FindFieldByName("page_size") != nullptr;
    const bool follows = lists || request.FindFieldByName("names") != nullptr;
    if (field.name() == "parent" && follows) continue;  // all; or as the names say
    std::string sample = SampleOf(field);
    if (&field == record) {
      flags += " " + FlagOf(field) + " " + sample;
    } else if (IsArgument(field)) {
      const bool flat = std::count(sample.begin(), sample.end(), '/') == 1;
      line += " " + (flat ? sample.substr(sample.find('/') + 1) : sample);
    } else {
      flags += " " + FlagOf(field) + " " + Quoted(sample);
    }
  }
  return line + flags;
}

}  // namespace matchgo::help
