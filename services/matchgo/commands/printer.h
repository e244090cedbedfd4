// Prints messages for people (tables; a single record: record_view.h) or programs (JSON).
//
// Output goes to stdout. JSON is the protobuf JSON of the message, one object. Pure but for stdout.
// Test: tests/unit/services/matchgo/commands/commands_test.cc
#pragma once

#include <google/protobuf/message.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/nouns.h"

namespace matchgo::commands {

// The protobuf JSON of a message with the field names of the proto files.
nlohmann::json ToJson(const google::protobuf::Message& message);

// One cell: what stands at `shown.path` of a record, in a person's form; "" if absent.
std::string Cell(const Context& context, const nlohmann::json& record, const Shown& shown);

// A table of records; where whole names make it too wide, they stand under their rows.
std::string RecordTable(const Context& context, const Noun& noun,
                        const std::vector<nlohmann::json>& records);

// The same of any rows: the last column holds the names.
std::string NamedTable(const Context& context, std::vector<terminal::Column> columns,
                       std::vector<std::vector<std::string>> rows);

}  // namespace matchgo::commands
