#include "common/config/config_loader.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <utility>

#include "common/base/status_macros.h"

namespace matchgo::config {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::TextFormat;

Status Bad(const std::string& where, const std::string& what) {
  const std::string text = where + ": " + what;
  return Invalid(Reason{"CONFIG", text.c_str()});
}

// Keeps the first complaint of the parser with its place.
class FirstError final : public google::protobuf::io::ErrorCollector {
 public:
  void AddError(int line, google::protobuf::io::ColumnNumber column,
                const std::string& message) override {
    if (!text_.empty()) return;
    text_ = "line " + std::to_string(line + 1) + ", column " + std::to_string(column + 1) + ": " +
            message;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

Status MergeText(const std::string& text, const std::string& where, Message* config) {
  FirstError error;
  TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  // A key given twice in one text is a mistake; Merge would let the last one win.
  const std::unique_ptr<Message> alone(config->New());
  if (!parser.ParseFromString(text, alone.get())) return Bad(where, error.text());
  // Lists of a later source replace those of an earlier one.
  const auto& reflection = *config->GetReflection();
  std::vector<const FieldDescriptor*> set;
  alone->GetReflection()->ListFields(*alone, &set);
  for (const FieldDescriptor* field : set) {
    if (field->is_repeated() && !field->is_map()) reflection.ClearField(config, field);
  }
  config->MergeFrom(*alone);
  return absl::OkStatus();
}

Status MergeFile(const std::filesystem::path& file, Message* config) {
  const std::ifstream in(file, std::ios::binary);
  if (!in) return Bad(file.string(), "the file can't be read");
  std::ostringstream text;
  text << in.rdbuf();
  return MergeText(text.str(), file.string(), config);
}

// Sets one field from plain text: text fields take it as it is, others as the text format would.
Status SetField(const std::string& where, const std::string& path, const std::string& value,
                Message* config) {
  Message* at = config;
  size_t begin = 0;
  while (true) {
    const size_t dot = std::min(path.find('.', begin), path.size());
    const FieldDescriptor* field =
        at->GetDescriptor()->FindFieldByName(path.substr(begin, dot - begin));
    if (field == nullptr) return Bad(where, "there is no such setting");
    const bool last = dot == path.size();
    const bool message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    if (!last) {
      if (!message || field->is_repeated()) return Bad(where, "there is no such setting");
      at = at->GetReflection()->MutableMessage(at, field);
      begin = dot + 1;
      continue;
    }
    if (message || field->is_repeated()) return Bad(where, "only single values can be set here");
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      at->GetReflection()->SetString(at, field, value);
      return absl::OkStatus();
    }
    TextFormat::Parser parser;
    FirstError unsaid;  // the library would write it to stderr
    parser.RecordErrorsTo(&unsaid);
    if (!parser.ParseFieldValueFromString(value, field, at)) {
      return Bad(where, "the value does not fit the setting");
    }
    return absl::OkStatus();
  }
}

void CollectNames(const Descriptor& type, const std::string& path, const std::string& name,
                  std::vector<std::pair<std::string, std::string>>* names) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.is_repeated()) continue;
    std::string upper = field.name();
    std::ranges::transform(upper, upper.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const std::string inner_path = path.empty() ? field.name() : path + "." + field.name();
    std::string inner_name = name.empty() ? "" : name + "__";
    inner_name += upper;
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      // A type inside itself would have no end; settings are not that deep.
      if (field.message_type() != &type) {
        CollectNames(*field.message_type(), inner_path, inner_name, names);
      }
    } else {
      names->emplace_back(inner_path, "MATCHGO_" + inner_name);
    }
  }
}

}  // namespace

std::optional<std::string> FromProcessEnvironment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

Status Load(const Sources& sources, Message* config) {
  const std::unique_ptr<Message> next(config->New());
  next->CopyFrom(*config);
  if (!sources.file.empty()) RETURN_IF_ERROR(MergeFile(sources.file, next.get()));
  if (sources.environment) {
    std::vector<std::pair<std::string, std::string>> names;
    CollectNames(*next->GetDescriptor(), "", "", &names);
    for (const auto& [path, name] : names) {
      const auto value = sources.environment(name);
      if (value.has_value()) RETURN_IF_ERROR(SetField(name, path, *value, next.get()));
    }
  }
  for (const std::string& flag : sources.flags) {
    const size_t equals = flag.find('=');
    if (equals == std::string::npos) return Bad("--set", "write field=value");
    const std::string path = flag.substr(0, equals);
    RETURN_IF_ERROR(SetField("--set " + path, path, flag.substr(equals + 1), next.get()));
  }
  config->CopyFrom(*next);
  return absl::OkStatus();
}

std::string Print(const Message& config) {
  std::string text;
  TextFormat::PrintToString(config, &text);
  return text;
}

}  // namespace matchgo::config
