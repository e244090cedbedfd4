// The words of people for fields and values of the API: "learnable_skills" is "te leren
// vaardigheden", STATE_PUBLISHED is "gepubliceerd".
//
// English words follow from the names; Dutch ones stand in a table that a test holds against every
// record. Pure. Test: tests/unit/services/matchgo/commands/record_view_test.cc
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>

#include "services/matchgo/terminal/language.h"

namespace matchgo::commands {

// "salary_min_cents" -> "salary min", "minimumsalaris".
std::string FieldWords(terminal::Language language, const std::string& field);

// Of a value by its whole name in the API; `english` is what it is called without its prefix.
std::string ValueWords(terminal::Language language, const std::string& value,
                       const std::string& english);

// "STATE_PUBLISHED" -> "published".
std::string ShortWords(const google::protobuf::EnumValueDescriptor& value);

// Whether the table has a Dutch word: for the test.
bool HasDutch(const std::string& name);

}  // namespace matchgo::commands
