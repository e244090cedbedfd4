#include "common/rpc/field_mask.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/check.h"
#include "matchgo/common/v1/rules.pb.h"

namespace matchgo::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Path = std::vector<const FieldDescriptor*>;

constexpr int kPathsMax = 100;

bool IsReadOnly(const FieldDescriptor& field) {
  const auto& rules = field.options().GetExtension(common::v1::rules);
  return rules.output_only() || rules.immutable();
}

std::string TextOf(const Path& path) {
  std::string text;
  for (const FieldDescriptor* field : path) {
    if (!text.empty()) text += ".";
    text += field->name();
  }
  return text;
}

Status BadMask() {
  return Invalid(
      std::vector<Violation>{{"update_mask", "FIELD_MASK", "names of fields of the record"}});
}

Status ReadOnlyField(const Path& path) {
  return WithFact(
      Forbidden({"FIELD_FORBIDDEN", "this field is set by the service and can't be written"}),
      "field", TextOf(path));
}

// The fields that a path names; empty if it names none.
Path FieldsOf(const google::protobuf::Descriptor& type, const std::string& text) {
  Path path;
  const google::protobuf::Descriptor* at = &type;
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t dot = std::min(text.find('.', begin), text.size());
    if (at == nullptr) return {};
    const FieldDescriptor* field = at->FindFieldByName(text.substr(begin, dot - begin));
    if (field == nullptr) return {};
    path.push_back(field);
    at = field->is_repeated() ? nullptr : field->message_type();
    begin = dot + 1;
  }
  return path;
}

void CopyOne(const Message& from, const FieldDescriptor* field, Message* to) {
  // Swapping one field of a copy handles every kind of field, presence included.
  const std::unique_ptr<Message> copy(from.New());
  copy->CopyFrom(from);
  // What only the service may set can't be smuggled in inside a message that is replaced whole.
  ClearOutputOnly(copy.get());
  to->GetReflection()->SwapFields(copy.get(), to, {field});
}

void CopyPath(const Message& from, const Path& path, Message* to) {
  const Message* source = &from;
  Message* target = to;
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    source = &source->GetReflection()->GetMessage(*source, path[i]);
    target = target->GetReflection()->MutableMessage(target, path[i]);
  }
  CopyOne(*source, path.back(), target);
}

// Copies every writable field of `from`, one level deep; with `also_absent` clears what is not set.
void CopyAll(const Message& from, bool also_absent, Message* to) {
  const auto& type = *from.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (IsReadOnly(*field)) continue;
    const bool set = field->is_repeated() ? from.GetReflection()->FieldSize(from, field) > 0
                                          : from.GetReflection()->HasField(from, field);
    if (set || also_absent) CopyOne(from, field, to);
  }
}

}  // namespace

Status ApplyMask(const google::protobuf::FieldMask& mask, const Message& from, Message* to) {
  CHECK(from.GetDescriptor() == to->GetDescriptor());
  if (mask.paths_size() == 0) {
    CopyAll(from, false, to);
    return absl::OkStatus();
  }
  if (mask.paths_size() > kPathsMax) return BadMask();
  if (mask.paths_size() == 1 && mask.paths(0) == "*") {
    CopyAll(from, true, to);
    return absl::OkStatus();
  }
  std::vector<Path> paths;
  for (const std::string& text : mask.paths()) {
    Path path = FieldsOf(*from.GetDescriptor(), text);
    if (path.empty()) return BadMask();
    for (const FieldDescriptor* field : path) {
      if (IsReadOnly(*field)) return ReadOnlyField(path);
    }
    paths.push_back(std::move(path));
  }
  for (const Path& path : paths) CopyPath(from, path, to);
  return absl::OkStatus();
}

void ClearOutputOnly(Message* message) {
  const google::protobuf::Reflection& reflection = *message->GetReflection();
  std::vector<const FieldDescriptor*> set;
  reflection.ListFields(*message, &set);
  for (const FieldDescriptor* field : set) {
    if (field->options().GetExtension(common::v1::rules).output_only()) {
      reflection.ClearField(message, field);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      if (!field->is_repeated()) {
        ClearOutputOnly(reflection.MutableMessage(message, field));
      } else {
        for (int i = 0; i < reflection.FieldSize(*message, field); ++i) {
          ClearOutputOnly(reflection.MutableRepeatedMessage(message, field, i));
        }
      }
    }
  }
}

}  // namespace matchgo::rpc
