// MessageRules: what a message type accepts, compiled from its descriptor; the inside of
// validate.h.
//
// Built once per type under a lock and never freed, so pointers may be kept. Fields without any
// rule to check are left out. Immutable after construction. Test:
// tests/unit/common/rpc/validate_test.cc
#pragma once

#include <google/protobuf/descriptor.h>
#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "matchgo/common/v1/rules.pb.h"

namespace matchgo::rpc {

class MessageRules;

struct FieldCheck {
  enum class Kind { kText, kSigned, kUnsigned, kReal, kEnum, kMessage, kOther };

  const google::protobuf::FieldDescriptor* field = nullptr;
  Kind kind = Kind::kOther;
  common::v1::FieldRules rules;
  int length_max = 200;
  int items_max = 1000;
  std::unique_ptr<re2::RE2> pattern;
  const MessageRules* child = nullptr;  // kMessage; may be this type itself
};

class MessageRules {
 public:
  enum class Special { kNone, kTimestamp, kDuration, kFieldMask };

  explicit MessageRules(const google::protobuf::Descriptor& type);

  const std::vector<FieldCheck>& fields() const { return fields_; }
  std::vector<FieldCheck>& mutable_fields() { return fields_; }
  Special special() const { return special_; }
  // The request carries a field mask: what is absent is left as it is.
  bool partial() const { return partial_; }

 private:
  std::vector<FieldCheck> fields_;
  Special special_ = Special::kNone;
  bool partial_ = false;
};

}  // namespace matchgo::rpc
