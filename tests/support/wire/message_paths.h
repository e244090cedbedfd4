// Reads and writes fields of any message by path ("vacancy.title"), and writes messages as JSON.
//
// Paths and texts are those of the tests themselves, so a wrong one ends the program. Pure.
// For tests only. Used by tests/contract.
#pragma once

#include <google/protobuf/message.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace matchgo {

// The value of a string or integer field as text; "" if it is not set.
std::string TextAt(const google::protobuf::Message& message, const std::string& path);
int64_t NumberAt(const google::protobuf::Message& message, const std::string& path);
// A message below `message`; it may be unset.
const google::protobuf::Message& MessageAt(const google::protobuf::Message& message,
                                           const std::string& path);
std::vector<const google::protobuf::Message*> ListAt(const google::protobuf::Message& message,
                                                     const std::string& field);
bool HasAt(const google::protobuf::Message& message, const std::string& path);

// Sets a string or integer field, making the messages on the way.
void SetText(google::protobuf::Message* message, const std::string& path, const std::string& text);
// Sets field `path` of `message` to a copy of `value`.
void SetMessage(google::protobuf::Message* message, const std::string& path,
                const google::protobuf::Message& value);
void AddText(google::protobuf::Message* message, const std::string& path, const std::string& text);

// Merges proto JSON into a message.
void MergeJson(std::string_view json, google::protobuf::Message* message);
std::string JsonOf(const google::protobuf::Message& message);

// Every string, and every number of four digits or more, that the message holds: what an error may
// never repeat.
std::vector<std::string> ValuesIn(const google::protobuf::Message& message);

}  // namespace matchgo
