#include "common/rpc/channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "common/random/random.h"
#include "common/rpc/server.h"

namespace matchgo::rpc {
namespace {

using std::chrono::steady_clock;

// A burst at the start may be retried before the budget of a tenth means anything.
constexpr int64_t kRetriesFree = 10;

bool IsRetriable(const Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kAborted;
}

// Full jitter: all callers of a neighbour that failed must not return together. Chance decides only
// a moment of waiting here, so any seed will do.
std::chrono::milliseconds Jitter(std::chrono::milliseconds longest) {
  Random random(static_cast<uint64_t>(steady_clock::now().time_since_epoch().count()));
  return std::chrono::milliseconds(random.Between(1, std::max<int64_t>(1, longest.count())));
}

}  // namespace

std::shared_ptr<grpc::Channel> MakeChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetInt(GRPC_ARG_MAX_METADATA_SIZE, kMetadataBytesMax);
  // Retries are ours (budgeted); the library's own would multiply them.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2000);
  return grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
}

Caller::Caller() : Caller(Options()) {}
Caller::Caller(Options options) : options_(std::move(options)) {}

void Caller::Prepare(grpc::ClientContext* context, const Call* parent) const {
  context->AddMetadata("matchgo-role", std::string(FormatRole(options_.principal.role)));
  if (!options_.principal.id.empty()) {
    context->AddMetadata("matchgo-principal", options_.principal.id);
  }
  if (!options_.principal.tenant.empty()) {
    context->AddMetadata("matchgo-tenant", options_.principal.tenant.value());
  }
  if (parent != nullptr && !parent->trace_id.empty()) {
    // The trace goes on; the span id is the first half of a hash-like id and only needs to be set.
    context->AddMetadata("traceparent",
                         "00-" + parent->trace_id + "-" + parent->trace_id.substr(0, 15) + "1-01");
  }
}

bool Caller::MayRetry() {
  const int64_t budget = kRetriesFree + calls_.load(std::memory_order_relaxed) / 10;
  return retries_.fetch_add(1, std::memory_order_relaxed) < budget;
}

Status Caller::Attempts(const Call* parent,
                        const std::function<grpc::Status(grpc::ClientContext*)>& attempt) {
  calls_.fetch_add(1, std::memory_order_relaxed);
  steady_clock::time_point deadline = steady_clock::now() + options_.deadline;
  if (parent != nullptr) deadline = std::min(deadline, parent->deadline);
  std::chrono::milliseconds backoff = options_.backoff_min;
  for (int number = 1;; ++number) {
    if (options_.stop.stop_requested()) return absl::CancelledError("the caller was told to stop");
    grpc::ClientContext context;
    Prepare(&context, parent);
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::duration_cast<std::chrono::system_clock::duration>(
                             deadline - steady_clock::now()));
    Status status = FromGrpc(attempt(&context));
    if (status.ok() || !IsRetriable(status) || number >= options_.attempts_max) return status;
    const std::chrono::milliseconds wait = Jitter(backoff);
    if (steady_clock::now() + wait >= deadline || !MayRetry()) return status;
    std::this_thread::sleep_for(wait);
    backoff = std::min(backoff * 2, options_.backoff_max);
  }
}

}  // namespace matchgo::rpc
