// Client: calls any unary method of any service by its descriptor, so verbs need no code of their
// own per method.
//
// Finds the address (--server, else the socket of the service in the data folder, else the socket
// of `serve --all`) and retries as every caller does. Blocking.
// Test: tests/unit/services/matchgo/commands/commands_test.cc
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/channel.h>

#include <memory>
#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "common/rpc/channel.h"
#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

// A new request_id for one run of a command.
std::string NewRequestId();

// "vacancies" of "matchgo.vacancies.v1.VacancyService".
std::string ServiceOf(const google::protobuf::MethodDescriptor& method);

// The channel to a service. Never null.
std::shared_ptr<grpc::Channel> ChannelTo(const Context& context, const std::string& service);

// The reply, or the status. `method` must be unary.
StatusOr<std::unique_ptr<google::protobuf::Message>> CallUnary(
    const Context& context, const google::protobuf::MethodDescriptor& method,
    const google::protobuf::Message& request);

// The same over a given channel.
StatusOr<std::unique_ptr<google::protobuf::Message>> CallUnaryOver(
    const Context& context, std::shared_ptr<grpc::Channel> channel,
    const google::protobuf::MethodDescriptor& method, const google::protobuf::Message& request);

// A Caller with the context's principal.
rpc::Caller::Options CallerOptions(const Context& context);

// The day it is for the services, which in a demonstration is another than outside: that of the
// market suggestions are made in. Nothing when scheduler cannot be asked, or has read none yet.
std::optional<Day> TodayThere(const Context& context);

// A new message of a linked type.
std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor& type);

}  // namespace matchgo::commands
