// Applies an update mask by reflection.
//
// Paths name fields of the record ("title", "salary.max"); a list is replaced whole. An unknown
// path is Invalid FIELD_MASK and never echoed; a path to (or into) a field marked output_only or
// immutable is FIELD_FORBIDDEN with the field. An empty mask means all set fields that may be
// written, "*" all fields that may be written, set or not. The result must then be validated
// (ValidateMessage). Pure; thread-safe. Test: tests/unit/common/rpc/field_mask_test.cc
#pragma once

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include "common/base/status.h"

namespace matchgo::rpc {

// On an error *to is unchanged. REQUIRES: from and *to have the same type.
Status ApplyMask(const google::protobuf::FieldMask& mask, const google::protobuf::Message& from,
                 google::protobuf::Message* to);

// Clears what only the service may set: for create requests.
void ClearOutputOnly(google::protobuf::Message* message);

}  // namespace matchgo::rpc
