// What a person will probably want to do after a verb, as a command line to paste.
//
// A table, looked up by noun, verb and state of the reply. Pure. Test:
// tests/unit/services/matchgo/commands/commands_test.cc
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

// "Next: matchgo vacancy publish NAME\n", or "" where nothing follows by itself. `record` is the
// reply.
std::string NextStep(const Context& context, const std::string& noun, const std::string& verb,
                     const nlohmann::json& record);

}  // namespace matchgo::commands
