// WholeName: from the id that a person has to the name that the API wants.
//
// "x" is "rounds/x" at once; where a name holds more ids than one, "v" is asked of the service that
// keeps it, as "employers/-/vacancies/v". Blocking.
// Test: tests/unit/services/matchgo/commands/whole_name_test.cc,
// tests/integration/command_line_test.py
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "common/base/status.h"
#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

// "x" of the pattern "rounds/*" is "rounds/x", "v" of "employers/*/vacancies/*" is
// "employers/-/vacancies/v". A text with a slash stays as it is. Pure.
std::string WithCollection(std::string_view pattern, const std::string& text);

// "employers/e/vacancies/v" of "employers/-/vacancies/v"; a name without such a gap stays as it is.
StatusOr<std::string> WholeName(const Context& context, const std::string& name);

// Every name in the request, so that no gap is left. A reader of records may have one, and fills it
// itself.
Status CompleteNames(const Context& context, google::protobuf::Message* request);

}  // namespace matchgo::commands
