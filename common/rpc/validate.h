// Checks a request against the rules its proto declares (matchgo/common/v1/rules.proto).
//
// All violations are collected, with wire paths ("vacancy.openings", "rows[3].parent"); values are
// never echoed. What a message type accepts is worked out once and kept, so a call costs about a
// microsecond. Fields marked output_only are skipped: a caller may send back what it was given.
// In a request with an `update_mask`, `required` holds only inside lists, because absent means
// "leave as it is"; validate the merged record with ValidateMessage. Thread-safe.
// Test: tests/unit/common/rpc/validate_test.cc
#pragma once

#include <google/protobuf/message.h>

#include <string_view>

#include "common/base/status.h"

namespace matchgo::rpc {

// The rules of a message type, worked out; lives as long as the process.
class MessageRules;
const MessageRules& RulesOf(const google::protobuf::Descriptor& type);

Status ValidateRequest(const google::protobuf::Message& request);
// For the hot path: with the rules at hand. REQUIRES: rules are those of the request's type.
Status ValidateRequest(const MessageRules& rules, const google::protobuf::Message& request);

// A whole record, e.g. after ApplyMask. Paths begin with `field` and a dot.
Status ValidateMessage(const google::protobuf::Message& message, std::string_view field);

// A message that has some of its fields only: what is required may be absent.
Status ValidatePart(const google::protobuf::Message& message);

// Messages deeper than this are refused (TOO_DEEP).
inline constexpr int kNestingMax = 50;

}  // namespace matchgo::rpc
