// What --help says about generated verbs, flags and values: the comments of the protos, the rules
// of the fields, and examples with real values.
//
// Reads descriptors only. Pure. Test: tests/unit/services/matchgo/help/api_help_test.cc
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>

namespace matchgo::help {

// The comment of the method, paragraph by paragraph: what it does.
std::string MethodHelp(const google::protobuf::MethodDescriptor& method);

// And the words with which it refuses, as the comment lists them: "STALE, KEY_REUSED."
std::string MethodReasons(const google::protobuf::MethodDescriptor& method);

// The comment of the field and the range it accepts; for an enum, a line "value\tmeaning" each.
std::string FieldHelp(const google::protobuf::FieldDescriptor& field);

// WORD, NAME, DATE, TIME, NUMBER, TEXT, JSON, FIELDS: what to give for a field.
std::string TypeWord(const google::protobuf::FieldDescriptor& field);

// STATE_PUBLISHED is "published" on the command line.
std::string ShortName(const google::protobuf::EnumValueDescriptor& value);

// Whether the caller may set the field.
bool IsInput(const google::protobuf::FieldDescriptor& field);

// "--sector" of sector, "--at-least" of at_least.
std::string FlagOf(const google::protobuf::FieldDescriptor& field);

// What a verb is about is given without a flag: `name`, several `names`, the `resource` of seats.
bool IsArgument(const google::protobuf::FieldDescriptor& field);

// The record that a Create or Update request carries, e.g. its field `vacancy`; null for others.
const google::protobuf::FieldDescriptor* RecordOf(const google::protobuf::Descriptor& request);

// One command line: what the method requires, with sample values.
std::string ExampleOf(const std::string& noun, const std::string& verb,
                      const google::protobuf::MethodDescriptor& method);

// Command lines worth showing beside the generated one; one a line.
std::string MoreExamples(const std::string& noun, const std::string& verb);

}  // namespace matchgo::help
