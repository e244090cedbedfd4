#include "services/matchgo/commands/request_flags.h"

#include <google/protobuf/field_mask.pb.h>

#include <algorithm>

#include "common/base/violations.h"
#include "matchgo/common/v1/rules.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/field_values.h"
#include "services/matchgo/help/api_help.h"
#include "services/matchgo/help/help_page.h"

namespace matchgo::commands {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const common::v1::FieldRules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(common::v1::rules);
}

bool Lists(const Descriptor& type) { return type.FindFieldByName("page_size") != nullptr; }
bool Names(const Descriptor& type) { return type.FindFieldByName("names") != nullptr; }
bool Updates(const Descriptor& type) { return type.FindFieldByName("update_mask") != nullptr; }

// A message of ours that is given field by field.
bool IsFlattened(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field.is_repeated() &&
         field.message_type()->full_name().rfind("matchgo.", 0) == 0;
}

// "opleiders/-/programmes/-" of "opleiders/*/programmes/*": of all.
std::string Everywhere(std::string pattern) {
  std::replace(pattern.begin(), pattern.end(), '*', '-');
  return pattern;
}

// The message that holds the last field of a path.
Message* HolderOf(const std::vector<const FieldDescriptor*>& path, Message* message) {
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    message = message->GetReflection()->MutableMessage(message, path[i]);
  }
  return message;
}

}  // namespace

RequestFlags::RequestFlags(const Descriptor& type, CLI::App& command)
    : type_(type), record_(help::RecordOf(type)) {
  for (int i = 0; i < type.field_count(); ++i) AddField(*type.field(i), command);
  if (record_ != nullptr) AddRecord(*record_->message_type(), {record_}, "--", command);
}

RequestFlags::Flag& RequestFlags::NewFlag(Path path, std::string name) {
  flags_.push_back(std::make_unique<Flag>());
  Flag& flag = *flags_.back();
  flag.path = std::move(path);
  flag.name = std::move(name);
  return flag;
}

void RequestFlags::AddField(const FieldDescriptor& field, CLI::App& command) {
  if (field.name() == "page_token" || field.name() == "page_size") return;
  const bool argument = help::IsArgument(field);
  Flag& flag = NewFlag({&field}, argument ? field.name() : help::FlagOf(field));
  const std::string help = help::FieldHelp(field);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
    auto* option = command.add_flag(flag.name, flag.texts, help)->group(help::kFlags);
    if (field.has_optional_keyword()) option->type_name(help::kOrFalse);
    return;
  }
  // By its flag too: --names, --resource.
  const std::string spelt =
      argument && field.name() != "name" ? flag.name + "," + help::FlagOf(field) : flag.name;
  auto* option = command.add_option(spelt, flag.texts, help);
  option->type_name(help::TypeWord(field))->group(help::kFlags);
  if (!field.is_repeated()) option->expected(1);
  const bool parent = field.name() == "parent" && !Lists(type_);
  const bool follows = field.name() == "parent" && Names(type_);  // from them
  const bool simple = field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE && !Lists(type_);
  if (!RulesOf(field).required() || follows) return;
  if (argument || parent || simple) option->required();
}

void RequestFlags::AddRecord(const Descriptor& type, const Path& above, const std::string& prefix,
                             CLI::App& command) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool names = above.size() == 1 && field.name() == "name" && Updates(type_);
    const bool guards = above.size() == 1 && field.name() == "etag";
    if ((!help::IsInput(field) && !names) || (guards && !Updates(type_))) continue;
    Path path = above;
    path.push_back(&field);
    if (IsFlattened(field)) {
      AddRecord(*field.message_type(), path, prefix + help::FlagOf(field).substr(2) + ".", command);
      continue;
    }
    const std::string name = names ? "name" : prefix + help::FlagOf(field).substr(2);
    if (command.get_option_no_throw(name) != nullptr) continue;  // the request has one of its own
    Flag& flag = NewFlag(std::move(path), name);
    std::string help = help::FieldHelp(field);
    // Only a hint: the record may come as JSON too, and an update need not say everything.
    const size_t values = help.find('\n');
    if (RulesOf(field).required() && !Updates(type_)) {
      help.insert(values == std::string::npos ? help.size() : values, " *");
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
      command.add_flag(name, flag.texts, help)
          ->type_name(help::kOrFalse)
          ->group(help::kRecordFlags);
      continue;
    }
    auto* option = command.add_option(name, flag.texts, help);
    option->type_name(help::TypeWord(field))->group(help::kRecordFlags);
    if (!field.is_repeated()) option->expected(1);
  }
}

bool RequestFlags::IsGiven(const FieldDescriptor& field) const {
  return std::any_of(flags_.begin(), flags_.end(), [&](const auto& flag) {
    return flag->path.front() == &field && flag->path.size() == 1 && !flag->texts.empty();
  });
}

Status RequestFlags::FillFlag(const Flag& flag, Message* request) const {
  if (flag.texts.empty()) return absl::OkStatus();
  Message* holder = HolderOf(flag.path, request);
  const FieldDescriptor& field = *flag.path.back();
  // What a flag says replaces what the JSON said.
  holder->GetReflection()->ClearField(holder, &field);
  for (const std::string& text : flag.texts) {
    if (Status status = SetField(field, flag.name, text, holder); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// An update without JSON and without a mask changes what its flags name.
void RequestFlags::FillMask(Message* request) const {
  const auto* field = type_.FindFieldByName("update_mask");
  if (field == nullptr || IsGiven(*field) || record_ == nullptr || IsGiven(*record_)) return;
  auto* mask = dynamic_cast<google::protobuf::FieldMask*>(
      request->GetReflection()->MutableMessage(request, field));
  for (const auto& flag : flags_) {
    if (flag->path.size() < 2 || flag->texts.empty()) continue;
    std::string path;
    for (size_t i = 1; i < flag->path.size(); ++i) {
      path += (i > 1 ? "." : "") + flag->path[i]->name();
    }
    if (path != "name" && path != "etag") mask->add_paths(path);
  }
}

// Names may be bare below a parent that is given; whole names say which parent it is.
void RequestFlags::FillParent(Message* request) const {
  const auto* const field = type_.FindFieldByName("parent");
  const auto* const names = type_.FindFieldByName("names");
  if (field == nullptr || names == nullptr) return;
  const auto& of = *request->GetReflection();
  const std::string gap = Everywhere(RulesOf(*field).resource());
  for (int i = 0; i < of.FieldSize(*request, names); ++i) {
    const std::string name = of.GetRepeatedString(*request, names, i);
    const std::string parent = of.GetString(*request, field);
    if (name.starts_with(gap + "/")) {
      if (!parent.empty()) {
        of.SetRepeatedString(request, names, i, parent + name.substr(gap.size()));
      }
    } else if (parent.empty()) {
      const size_t end = name.rfind('/', name.rfind('/') - 1);
      of.SetString(request, field, end == std::string::npos ? "" : name.substr(0, end));
    }
  }
}

Status RequestFlags::Fill(Message* request) const {
  std::vector<Violation> wrong;
  for (const auto& flag : flags_) {  // whole records come first, their fields after
    Status status = FillFlag(*flag, request);
    if (status.ok()) continue;
    const std::vector<Violation> found = ViolationsOf(status);
    if (found.empty() || !FactsOf(status).empty()) return status;
    wrong.insert(wrong.end(), found.begin(), found.end());
  }
  if (!wrong.empty()) return Invalid(std::move(wrong));
  FillMask(request);
  const auto* key = type_.FindFieldByName("request_id");
  if (key != nullptr && !IsGiven(*key)) {
    request->GetReflection()->SetString(request, key, NewRequestId());
  }
  const auto* parent = type_.FindFieldByName("parent");
  if (parent != nullptr && Lists(type_) && !IsGiven(*parent)) {  // of all: opleiders/-/programmes/-
    request->GetReflection()->SetString(request, parent, Everywhere(RulesOf(*parent).resource()));
  }
  FillParent(request);
  return absl::OkStatus();
}

}  // namespace matchgo::commands
