#include "services/scheduler/rpc/export_reactor.h"

#include <utility>

#include "common/rpc/status_map.h"
#include "common/rpc/unary_call.h"
#include "common/rpc/validate.h"

namespace matchgo::scheduler {

ExportReactor::ExportReactor(rpc::Endpoint& endpoint, size_t method, Read read)
    : endpoint_(endpoint),
      method_(method),
      read_(std::move(read)),
      began_(endpoint.environment().clock.Now()) {
  endpoint_.Enter();
  endpoint_.probe().StreamOpened(method_);
}

ExportReactor* ExportReactor::Start(rpc::Endpoint& endpoint, grpc::CallbackServerContext* context,
                                    const v1::ExportRoundRequest& request, Read read) {
  const size_t method = endpoint.MethodOf(v1::ExportRoundRequest::descriptor(),
                                          v1::ExportRoundResponse::descriptor());
  auto* const reactor = new ExportReactor(endpoint, method, std::move(read));
  Status status =
      rpc::MakeCall(endpoint, method, *context, std::chrono::minutes(5), &reactor->call_);
  if (status.ok()) status = rpc::ValidateRequest(request);
  if (!status.ok()) {
    reactor->End(status);
  } else if (!endpoint.executor().TrySubmit([reactor] { reactor->ReadAll(); })) {
    reactor->End(rpc::Overloaded());
  }
  return reactor;
}

void ExportReactor::OnDone() {
  rpc::Endpoint& endpoint = endpoint_;
  delete this;
  endpoint.Leave();
}

void ExportReactor::ReadAll() {
  StatusOr<Pieces> pieces = read_(call_);
  if (!pieces.ok()) return End(pieces.status());
  pieces_ = *std::move(pieces);
  WriteNext();
}

void ExportReactor::OnWriteDone(bool ok) {
  if (!ok) return End(absl::CancelledError());
  WriteNext();
}

void ExportReactor::WriteNext() {
  if (endpoint_.environment().stopping.stop_requested()) {
    return End(Unavailable({"STOPPING", "the service is stopping; try again"}));
  }
  if (next_ == pieces_.size()) return End(absl::OkStatus());
  StartWrite(&pieces_[next_++]);
}

void ExportReactor::End(const Status& status) {
  const Duration took = endpoint_.environment().clock.Now() - began_;
  endpoint_.probe().StreamClosed(method_);
  endpoint_.probe().Record(method_, static_cast<int>(status.code()), took);
  rpc::LogCall(endpoint_, method_, call_, status, took);
  Finish(rpc::ToGrpc(status, endpoint_.domain()));
}

}  // namespace matchgo::scheduler
