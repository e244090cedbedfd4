// What a person will probably want to do after a verb, as a command line to paste.
//
// After a reply from a table, looked up by noun, verb and state; after a refusal from what was
// asked for. Pure, but for a skill that is unknown: then the vocabulary is asked. Tests:
// tests/unit/services/matchgo/commands/commands_test.cc, tests/integration/command_line_test.py
#pragma once

#include <google/protobuf/message.h>

#include <nlohmann/json.hpp>
#include <string>

#include "common/base/status.h"
#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

// "Next: matchgo vacancy publish NAME\n", or "" where nothing follows by itself. `record` is the
// reply.
std::string NextStep(const Context& context, const std::string& noun, const std::string& verb,
                     const nlohmann::json& record);

// What to do about a refusal, where the request says more than the status does; else "".
std::string NextAfter(const Context& context, const Status& status,
                      const google::protobuf::Message& request);

// What to replace in a template before it is given back, a line each: names of records that are the
// reader's own. The built-in vocabulary is everybody's.
std::string TemplateNotes(const Context& context, const google::protobuf::Descriptor& record,
                          const nlohmann::json& sample);

}  // namespace matchgo::commands
