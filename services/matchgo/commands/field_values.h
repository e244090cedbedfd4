// Turns the texts of flags into fields of a message.
//
// Bare ids get their collection ("x" -> "rounds/x"), enum values go by their short word, messages
// are JSON, @FILE or @- (stdin). Blocking when a file is read. Test:
// tests/unit/services/matchgo/commands/commands_test.cc
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "common/base/status.h"

namespace matchgo::commands {

// Sets (or, for a list, adds) one value. `flag` names it in an error.
Status SetField(const google::protobuf::FieldDescriptor& field, const std::string& flag,
                const std::string& text, google::protobuf::Message* message);

}  // namespace matchgo::commands
