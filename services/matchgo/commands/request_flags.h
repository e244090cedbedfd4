// RequestFlags: the flags of a verb, read from the request message's descriptor and its rules.
//
// What a verb is about (`name`, `names`, `resource`) becomes an argument, scalars become flags,
// messages are given as JSON, @FILE or @-; the record of a create or update also field by field
// (--location.postcode). request_id is drawn when absent, a parent follows from the names below it,
// the mask of an update from the flags. Test: tests/unit/services/matchgo/commands/commands_test.cc
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "common/base/status.h"

namespace matchgo::commands {

class RequestFlags {
 public:
  // Adds the flags of `type` to the command.
  RequestFlags(const google::protobuf::Descriptor& type, CLI::App& command);

  // Fills a request from what was given. Bare ids get their collection (whole_name.h).
  Status Fill(google::protobuf::Message* request) const;

 private:
  using Path = std::vector<const google::protobuf::FieldDescriptor*>;
  struct Flag {
    Path path;  // from the request
    std::string name;
    std::vector<std::string> texts;
  };

  void AddField(const google::protobuf::FieldDescriptor& field, CLI::App& command);
  void AddRecord(const google::protobuf::Descriptor& type, const Path& above,
                 const std::string& prefix, CLI::App& command);
  // Held by pointer: CLI11 keeps references.
  Flag& NewFlag(Path path, std::string name);
  Status FillFlag(const Flag& flag, google::protobuf::Message* request) const;
  void FillMask(google::protobuf::Message* request) const;
  void FillParent(google::protobuf::Message* request) const;
  bool IsGiven(const google::protobuf::FieldDescriptor& field) const;

  std::vector<std::unique_ptr<Flag>> flags_;
  const google::protobuf::Descriptor& type_;
  const google::protobuf::FieldDescriptor* const record_;
};

}  // namespace matchgo::commands
