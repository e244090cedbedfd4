// Sample values and records: what --help shows, and what `create --template` prints to begin with.
//
// A template is accepted by the service as it is, as often as it is given, wherever its parents and
// the built-in vocabulary exist: values that hang together stand in one table. Reads descriptors
// only. Pure. Tests: tests/unit/services/matchgo/help/api_help_test.cc,
// tests/integration/command_line_test.py
#pragma once

#include <google/protobuf/descriptor.h>

#include <nlohmann/json.hpp>
#include <string>

#include "common/kernel/day.h"

namespace matchgo::help {

// A value that the rules of the field accept, as text.
std::string SampleOf(const google::protobuf::FieldDescriptor& field);

// A whole record to edit; its dates are counted from `today`.
nlohmann::json TemplateOf(const google::protobuf::Descriptor& type, Day today);

}  // namespace matchgo::help
