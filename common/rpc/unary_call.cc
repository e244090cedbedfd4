#include "common/rpc/unary_call.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <sodium.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "common/log/log.h"
#include "common/metrics/rpc_probe.h"
#include "common/rpc/status_map.h"
#include "common/rpc/validate.h"

namespace matchgo::rpc {
namespace {

using std::chrono::steady_clock;

constexpr char kRetryAfterMs[] = "100";

Status DeadlinePassed() {
  return DeadlineExceeded({"DEADLINE", "the deadline passed before the work began"});
}

std::string HashOf(const google::protobuf::Message& request) {
  // Of its size from the start: a string that grows under the stream costs more than the hash.
  std::string bytes(request.ByteSizeLong(), '\0');
  {
    google::protobuf::io::ArrayOutputStream stream(bytes.data(), static_cast<int>(bytes.size()));
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    request.SerializeWithCachedSizes(&coded);
  }
  // Includes the request_id: it is the same whenever hashes are compared.
  std::string digest(32, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), nullptr,
                     0);
  std::string hex(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), reinterpret_cast<const unsigned char*>(digest.data()),
                 digest.size());
  hex.pop_back();
  return hex;
}

trace::TraceContext TraceOf(Endpoint& endpoint, const grpc::ServerContextBase& context) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find("traceparent");
  if (found != metadata.end()) {
    const auto parent =
        trace::ParseTraceparent(std::string_view(found->second.data(), found->second.size()));
    if (parent.has_value()) return endpoint.spans().ChildOf(*parent);
  }
  return endpoint.spans().NewTrace();
}

bool IsOurFault(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kUnknown ||
         code == absl::StatusCode::kUnavailable || code == absl::StatusCode::kDataLoss ||
         code == absl::StatusCode::kDeadlineExceeded;
}

}  // namespace

Status StoppingStatus() {
  return Unavailable({"STOPPING", "the service is stopping; try again, or at another replica"});
}

Status Overloaded() {
  return WithFact(Unavailable({"OVERLOADED", "too much work is waiting; try again shortly"}),
                  "retry_after_ms", kRetryAfterMs);
}

steady_clock::time_point DeadlineOf(const grpc::ServerContextBase& context,
                                    steady_clock::duration longest) {
  const auto left = context.deadline() - std::chrono::system_clock::now();
  const auto mine = std::chrono::duration_cast<steady_clock::duration>(left / 10 * 9);
  return steady_clock::now() + std::min(mine, longest);
}

Status MakeCall(Endpoint& endpoint, size_t method, const grpc::ServerContextBase& context,
                steady_clock::duration longest, Call* call) {
  if (endpoint.environment().stopping.stop_requested()) return StoppingStatus();
  const Method& entry = endpoint.method(method);
  call->now = endpoint.environment().clock.Now();
  call->deadline = DeadlineOf(context, longest);
  call->method = entry.path;
  call->trace_id = TraceOf(endpoint, context).TraceId();
  ASSIGN_OR_RETURN(call->principal, PrincipalOf(context));
  return CheckAccess(entry.access, call->principal);
}

void LogCall(const Endpoint& endpoint, size_t method, const Call& call, const Status& status,
             steady_clock::duration took) {
  // Whoever is turned away by a stop that was asked for did not meet a fault.
  const bool fault = IsOurFault(status.code()) && ReasonOf(status) != "STOPPING";
  const log::Level level = fault ? log::Level::kWarn : log::Level::kDebug;
  if (!log::Enabled(level)) return;
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  // The text of an inner error is ours and is not sent, so this is where it can be read.
  log::Write(level, "rpc",
             {{"method", endpoint.method(method).path},
              {"code", metrics::CodeName(static_cast<int>(status.code()))},
              {"reason", ReasonOf(status)},
              {"text", fault ? MessageOf(status) : std::string()},
              {"micros", micros},
              {"role", FormatRole(call.principal.role)},
              {"trace_id", call.trace_id}});
}

UnaryCall::UnaryCall(Endpoint& endpoint, size_t method, grpc::CallbackServerContext* context)
    : endpoint_(endpoint),
      method_(method),
      context_(context),
      reactor_(context->DefaultReactor()),
      arrived_(steady_clock::now()) {
  endpoint_.Enter();
}

UnaryCall::~UnaryCall() {
  if (finished_) return;
  Finish(fallback_.ok() ? Internal("a call was dropped without an answer") : fallback_);
}

Status UnaryCall::Admit(const google::protobuf::Message& request) {
  RETURN_IF_ERROR(MakeCall(endpoint_, method_, *context_, kUnaryDeadlineMax, &call_));
  return ValidateRequest(*endpoint_.method(method_).rules, request);
}

Status UnaryCall::TakeKey(const google::protobuf::Message& request, const std::string& request_id) {
  return rpc::TakeKey(request, request_id, &call_);
}

Status TakeKey(const google::protobuf::Message& request, const std::string& request_id,
               Call* call) {
  if (request_id.empty()) {
    return Invalid(std::vector<Violation>{
        {"request_id", "IDEMPOTENCY_KEY", "a key of your choice, the same when you try again"}});
  }
  call->request_id = request_id;
  call->request_hash = HashOf(request);
  return absl::OkStatus();
}

Status UnaryCall::StillWanted() const {
  if (context_->IsCancelled()) return absl::CancelledError();
  if (steady_clock::now() >= call_.deadline) return DeadlinePassed();
  return absl::OkStatus();
}

void UnaryCall::Finish(const Status& status) {
  if (finished_) return;
  finished_ = true;
  const auto took = steady_clock::now() - arrived_;
  endpoint_.probe().Record(method_, static_cast<int>(status.code()), took);
  if (!status.ok() || log::Enabled(log::Level::kDebug)) {
    LogCall(endpoint_, method_, call_, status, took);
  }
  // After Finish neither this reactor nor the context may be touched; the endpoint still stands.
  Endpoint& endpoint = endpoint_;
  if (status.ok()) {
    reactor_->Finish(grpc::Status::OK);
    return endpoint.Leave();
  }
  if (ReasonOf(status) == "OVERLOADED") {
    context_->AddTrailingMetadata("matchgo-retry-after-ms", kRetryAfterMs);
  }
  reactor_->Finish(ToGrpc(status, endpoint.domain()));
  endpoint.Leave();
}

}  // namespace matchgo::rpc
