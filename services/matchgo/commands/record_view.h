// One record for people: its fields with their words, lists of parts as tables, names with what
// they stand for; what only programs need stands last.
//
// Knows no record: everything follows from the descriptors. All of it is in --json. Pure but for
// `title_of`. Test: tests/unit/services/matchgo/commands/record_view_test.cc
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <string>

#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

// What a resource name stands for, or what a value such as STAGE_GEDIPLOMEERD is called in this
// record; "" if nothing else than usual.
using TitleOf = std::function<std::string(const std::string& name)>;

std::string RecordView(const Context& context, const google::protobuf::Message& record,
                       const TitleOf& title_of);

}  // namespace matchgo::commands
