#include "common/rpc/serve_unary.h"

#include "absl/status/status.h"
#include "common/base/status_macros.h"
#include "common/exec/bounded_executor.h"

namespace matchgo::rpc {
namespace {

void RunOn(exec::BoundedExecutor& executor, std::unique_ptr<UnaryCall> unary, Step step) {
  unary->SetFallback(Overloaded());
  executor.TrySubmit([unary = std::move(unary), step = std::move(step)]() mutable {
    if (Status status = unary->StillWanted(); !status.ok()) return unary->Finish(status);
    unary->Finish(step(unary->call()));
  });
}

}  // namespace

grpc::ServerUnaryReactor* StartRead(Endpoint& endpoint, size_t method,
                                    grpc::CallbackServerContext* context,
                                    const google::protobuf::Message& request, CacheStep lookup,
                                    Step step) {
  auto unary = std::make_unique<UnaryCall>(endpoint, method, context);
  grpc::ServerUnaryReactor* const reactor = unary->reactor();
  if (Status status = unary->Admit(request); !status.ok()) {
    unary->Finish(status);
  } else if (lookup && lookup(unary->call())) {
    unary->Finish(absl::OkStatus());
  } else {
    RunOn(endpoint.executor(), std::move(unary), std::move(step));
  }
  return reactor;
}

bool AdmitWrite(UnaryCall& unary, const google::protobuf::Message& request,
                const std::string& request_id) {
  Status status = unary.Admit(request);
  if (status.ok()) status = unary.TakeKey(request, request_id);
  if (!status.ok()) unary.Finish(status);
  return status.ok();
}

void SubmitWrite(Endpoint& endpoint, sql::Database& database, std::shared_ptr<UnaryCall> unary,
                 WriteStep step) {
  std::shared_ptr<const Call> call(unary, &unary->call());
  auto wanted = [unary = unary.get(), step = std::move(step)](sql::Tx& tx) -> Status {
    // Nothing has happened yet, so a caller who left costs nothing.
    RETURN_IF_ERROR(unary->StillWanted());
    return step(tx);
  };
  database.Submit(std::move(call), std::move(wanted),
                  [&endpoint, unary = std::move(unary)](Status outcome) mutable {
                    endpoint.answers().Add(std::move(unary), std::move(outcome));
                  });
}

grpc::ServerUnaryReactor* StartWrite(Endpoint& endpoint, size_t method, sql::Database& database,
                                     grpc::CallbackServerContext* context,
                                     const google::protobuf::Message& request,
                                     const std::string& request_id, WriteStep step) {
  auto unary = std::make_shared<UnaryCall>(endpoint, method, context);
  grpc::ServerUnaryReactor* const reactor = unary->reactor();
  if (AdmitWrite(*unary, request, request_id)) {
    SubmitWrite(endpoint, database, std::move(unary), std::move(step));
  }
  return reactor;
}

grpc::ServerUnaryReactor* StartWriteSteps(Endpoint& endpoint, size_t method,
                                          grpc::CallbackServerContext* context,
                                          const google::protobuf::Message& request,
                                          const std::string& request_id, Step step) {
  auto unary = std::make_unique<UnaryCall>(endpoint, method, context);
  grpc::ServerUnaryReactor* const reactor = unary->reactor();
  if (AdmitWrite(*unary, request, request_id)) {
    RunOn(endpoint.steps_executor(), std::move(unary), std::move(step));
  }
  return reactor;
}

}  // namespace matchgo::rpc
