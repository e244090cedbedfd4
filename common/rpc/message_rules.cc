#include "common/rpc/message_rules.h"

#include <mutex>
#include <shared_mutex>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "common/base/check.h"
#include "common/rpc/validate.h"

namespace matchgo::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

FieldCheck::Kind KindOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_STRING ? FieldCheck::Kind::kText
                                                          : FieldCheck::Kind::kOther;
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
      return FieldCheck::Kind::kSigned;
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return FieldCheck::Kind::kUnsigned;
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return FieldCheck::Kind::kReal;
    case FieldDescriptor::CPPTYPE_ENUM:
      return FieldCheck::Kind::kEnum;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return FieldCheck::Kind::kMessage;
    case FieldDescriptor::CPPTYPE_BOOL:
      return FieldCheck::Kind::kOther;
  }
  return FieldCheck::Kind::kOther;
}

// A plain number or flag that may be anything needs no visit.
bool NeedsCheck(const FieldCheck& check) {
  if (check.rules.output_only()) return false;
  if (check.field->is_repeated() || check.rules.required()) return true;
  switch (check.kind) {
    case FieldCheck::Kind::kText:
    case FieldCheck::Kind::kEnum:
    case FieldCheck::Kind::kMessage:
    case FieldCheck::Kind::kReal:
      return true;
    case FieldCheck::Kind::kSigned:
    case FieldCheck::Kind::kUnsigned:
      return check.rules.has_min() || check.rules.has_max();
    case FieldCheck::Kind::kOther:
      return false;
  }
  return true;
}

const char* PatternOf(const common::v1::FieldRules& rules) {
  switch (rules.format()) {
    case common::v1::TEXT_FORMAT_EMAIL:
      return "[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+";
    case common::v1::TEXT_FORMAT_URI:
      return "https?://[^\\s/]+(/[^\\s]*)?";
    default:
      return rules.pattern().c_str();
  }
}

FieldCheck MakeCheck(const FieldDescriptor& field) {
  FieldCheck check;
  check.field = &field;
  check.kind = KindOf(field);
  check.rules = field.options().GetExtension(common::v1::rules);
  if (check.rules.max_length() > 0) check.length_max = check.rules.max_length();
  if (check.rules.max_items() > 0) check.items_max = check.rules.max_items();
  if (const std::string pattern = PatternOf(check.rules); !pattern.empty()) {
    check.pattern = std::make_unique<re2::RE2>(pattern, re2::RE2::Quiet);
    CHECK(check.pattern->ok());
  }
  return check;
}

class Registry {
 public:
  const MessageRules& Get(const Descriptor& type) {
    {
      const std::shared_lock lock(mutex_);
      if (const auto found = known_.find(&type); found != known_.end()) return *found->second;
    }
    const std::unique_lock lock(mutex_);
    return Make(type);
  }

 private:
  // Known before its children are made, so that a type may contain itself.
  const MessageRules& Make(const Descriptor& type) {
    if (const auto found = known_.find(&type); found != known_.end()) return *found->second;
    auto made = std::make_unique<MessageRules>(type);
    MessageRules& rules = *made;
    known_.emplace(&type, std::move(made));
    for (FieldCheck& check : rules.mutable_fields()) {
      if (check.kind == FieldCheck::Kind::kMessage) {
        check.child = &Make(*check.field->message_type());
      }
    }
    return rules;
  }

  std::shared_mutex mutex_;
  absl::flat_hash_map<const Descriptor*, std::unique_ptr<MessageRules>> known_;
};

}  // namespace

MessageRules::MessageRules(const Descriptor& type) {
  if (type.full_name() == "google.protobuf.Timestamp") special_ = Special::kTimestamp;
  if (type.full_name() == "google.protobuf.Duration") special_ = Special::kDuration;
  if (type.full_name() == "google.protobuf.FieldMask") special_ = Special::kFieldMask;
  if (special_ != Special::kNone) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.name() == "update_mask") partial_ = true;
    if (FieldCheck check = MakeCheck(field); NeedsCheck(check)) fields_.push_back(std::move(check));
  }
}

const MessageRules& RulesOf(const Descriptor& type) {
  static Registry& registry = *new Registry;
  return registry.Get(type);
}

}  // namespace matchgo::rpc
