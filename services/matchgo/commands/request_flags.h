// RequestFlags: the flags of a verb, read from the request message's descriptor and its rules.
//
// `name` and `parent` become positional or --parent, scalars become flags, messages are given as
// JSON or @file; request_id is drawn when absent. Test:
// tests/unit/services/matchgo/commands/commands_test.cc
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/base/status.h"

namespace matchgo::commands {

class RequestFlags {
 public:
  // Adds the flags of `type` to the command.
  RequestFlags(const google::protobuf::Descriptor& type, CLI::App& command);

  // Fills a request from what was given. Bare ids get their collection: "x" -> "rounds/x".
  Status Fill(google::protobuf::Message* request) const;

 private:
  void AddField(const google::protobuf::FieldDescriptor& field, CLI::App& command);

  // Field -> the texts given; ordered by field number. Held by pointer: CLI11 keeps references.
  std::map<int, std::unique_ptr<std::vector<std::string>>> values_;
  std::map<int, std::unique_ptr<bool>> switches_;
  const google::protobuf::Descriptor& type_;
};

// "--sector" of sector, "--at-least" of at_least.
std::string FlagOf(const google::protobuf::FieldDescriptor& field);

}  // namespace matchgo::commands
