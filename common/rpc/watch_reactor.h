// ServeWatch: the one server-streaming reactor; sends what a feed holds after a sequence, then
// follows it.
//
// The lambda reads a batch on the bounded executor; the change signal of the store wakes it and a
// tick each second makes up for a lost wake-up. At most one batch is held in memory, whatever the
// watcher's speed. Ends with UNAVAILABLE STOPPING when the process stops.
// Test: tests/unit/common/rpc/watch_reactor_test.cc
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "common/rpc/endpoint.h"
#include "common/rpc/status_map.h"
#include "common/rpc/unary_call.h"
#include "common/rpc/validate.h"
#include "common/sql/change_signal.h"
#include "matchgo/common/v1/feed.pb.h"

namespace matchgo::rpc {

inline constexpr int kWatchBatchMax = 200;

template <class Reply>
struct Batch {
  std::vector<Reply> messages;
  // Where to read on; at least the sequence of the last message. It may be higher, when events
  // were read that this watcher does not get: it is told so by a heartbeat.
  int64_t last_sequence = 0;
  // The newest there is, as the read saw it; 0: not said.
  int64_t newest_sequence = 0;
};

// Reads at most `limit` messages after `sequence`. OUT_OF_RANGE FELL_BEHIND: list again.
template <class Reply>
using ReadAfter =
    std::function<StatusOr<Batch<Reply>>(const Call& call, int64_t sequence, int limit)>;

template <class Reply>
class WatchReactor final : public grpc::ServerWriteReactor<Reply> {
 public:
  static WatchReactor* Start(Endpoint& endpoint, size_t method,
                             grpc::CallbackServerContext* context,
                             const google::protobuf::Message& request, sql::ChangeSignal& signal,
                             int64_t from, ReadAfter<Reply> read) {
    auto self = std::shared_ptr<WatchReactor>(
        new WatchReactor(endpoint, method, context, from, std::move(read)));
    WatchReactor* const reactor = self.get();
    reactor->self_ = self;
    endpoint.Enter();
    endpoint.probe().StreamOpened(method);
    Status status =
        MakeCall(endpoint, method, *context, std::chrono::hours(24 * 365), &reactor->call_);
    if (status.ok()) status = ValidateRequest(request);
    if (!status.ok()) {
      reactor->End(status);
      return reactor;
    }
    const std::weak_ptr<WatchReactor> weak = self;
    auto wake = [weak] {
      if (const auto alive = weak.lock()) alive->Wake();
    };
    auto end = [weak] {
      if (const auto alive = weak.lock()) alive->End(StoppingStatus());
    };
    reactor->subscription_ = signal.Subscribe([weak](int64_t newest) {
      if (const auto alive = weak.lock()) alive->Changed(newest);
    });
    reactor->hub_number_ = endpoint.watches().Add({.wake = wake, .end = end});
    reactor->Wake();
    return reactor;
  }

  void OnWriteDone(bool ok) override {
    {
      const std::lock_guard lock(mutex_);
      writing_ = false;
      ++next_;
      if (!ok && !end_.has_value()) end_ = absl::CancelledError();
    }
    Pump();
  }
  void OnCancel() override { End(absl::CancelledError()); }
  void OnDone() override {
    subscription_.Reset();
    if (hub_number_ != 0) endpoint_.watches().Remove(hub_number_);
    endpoint_.probe().StreamClosed(method_);
    endpoint_.Leave();
    self_.reset();  // the last reference, unless a hook is just looking
  }

 private:
  enum class Step { kNone, kWrite, kRead, kFinish };

  WatchReactor(Endpoint& endpoint, size_t method, grpc::CallbackServerContext* context,
               int64_t from, ReadAfter<Reply> read)
      : endpoint_(endpoint),
        method_(method),
        context_(context),
        began_(std::chrono::steady_clock::now()),
        read_(std::move(read)),
        cursor_(from) {}

  void Changed(int64_t newest) {
    {
      const std::lock_guard lock(mutex_);
      newest_ = std::max(newest_, newest);
      dirty_ = true;
    }
    Pump();
  }
  void Wake() {
    {
      const std::lock_guard lock(mutex_);
      dirty_ = true;
    }
    Pump();
  }
  void End(const Status& status) {
    {
      const std::lock_guard lock(mutex_);
      if (!end_.has_value()) end_ = status;
    }
    Pump();
  }

  // Decides under the lock, acts outside it: gRPC may call back before StartWrite returns.
  Step NextStep() {
    const std::lock_guard lock(mutex_);
    if (finished_ || writing_ || reading_) return Step::kNone;
    if (end_.has_value()) {
      finished_ = true;
      return Step::kFinish;
    }
    if (next_ < batch_.messages.size()) {
      writing_ = true;
      common::v1::FeedPosition* position = batch_.messages[next_].mutable_position();
      position->set_newest_sequence(std::max(newest_, position->sequence()));
      return Step::kWrite;
    }
    if (!dirty_) return Step::kNone;
    dirty_ = false;
    reading_ = true;
    return Step::kRead;
  }
  void Pump() {
    switch (NextStep()) {
      case Step::kNone:
        return;
      case Step::kWrite:
        this->StartWrite(&batch_.messages[next_]);
        return;
      case Step::kFinish:
        FinishNow();
        return;
      case Step::kRead:
        if (!endpoint_.executor().TrySubmit([this] { ReadBatch(); })) {
          // Overloaded: the next tick of the hub tries again.
          const std::lock_guard lock(mutex_);
          reading_ = false;
          dirty_ = true;
        }
        return;
    }
  }
  void ReadBatch() {
    const std::shared_ptr<WatchReactor> keep = self_;  // once reading_ is false this may end
    call_.now = endpoint_.environment().clock.Now();
    call_.deadline = std::chrono::steady_clock::now() + kUnaryDeadlineMax;
    StatusOr<Batch<Reply>> batch = read_(call_, cursor_, kWatchBatchMax);
    {
      const std::lock_guard lock(mutex_);
      reading_ = false;
      if (!batch.ok()) {
        if (!end_.has_value()) end_ = batch.status();
      } else {
        batch_ = *std::move(batch);
        next_ = 0;
        newest_ = std::max({newest_, batch_.newest_sequence, batch_.last_sequence});
        AddHeartbeat();
        // Something was read, so there may be more.
        if (batch_.last_sequence > cursor_) dirty_ = true;
        cursor_ = batch_.last_sequence;
      }
    }
    Pump();
  }
  // What was read and is not for this watcher would look like something it has yet to get.
  void AddHeartbeat() {
    const int64_t sent =
        batch_.messages.empty() ? cursor_ : batch_.messages.back().position().sequence();
    if (batch_.last_sequence <= sent) return;
    Reply heartbeat;
    heartbeat.mutable_position()->set_sequence(batch_.last_sequence);
    batch_.messages.push_back(std::move(heartbeat));
  }
  void FinishNow() {
    const Status status = *end_;
    const auto took = std::chrono::steady_clock::now() - began_;
    endpoint_.probe().Record(method_, static_cast<int>(status.code()), took);
    LogCall(endpoint_, method_, call_, status, took);
    this->Finish(ToGrpc(status, endpoint_.domain()));
  }

  Endpoint& endpoint_;
  const size_t method_;
  grpc::CallbackServerContext* const context_;
  const std::chrono::steady_clock::time_point began_;
  const ReadAfter<Reply> read_;
  Call call_;
  sql::ChangeSignal::Subscription subscription_;
  uint64_t hub_number_ = 0;
  std::shared_ptr<WatchReactor> self_;

  std::mutex mutex_;
  Batch<Reply> batch_;
  size_t next_ = 0;
  int64_t cursor_;
  int64_t newest_ = 0;
  bool dirty_ = false;
  bool reading_ = false;
  bool writing_ = false;
  bool finished_ = false;
  std::optional<Status> end_;
};

// return rpc::ServeWatch<pb::VacancyChange>(endpoint_, database_.changes(), context, request,
//                                           request->from_sequence(), read);
template <class Reply, class Req>
grpc::ServerWriteReactor<Reply>* ServeWatch(Endpoint& endpoint, sql::ChangeSignal& signal,
                                            grpc::CallbackServerContext* context,
                                            const Req* request, int64_t from,
                                            ReadAfter<Reply> read) {
  return WatchReactor<Reply>::Start(endpoint,
                                    endpoint.MethodOf(Req::descriptor(), Reply::descriptor()),
                                    context, *request, signal, from, std::move(read));
}

}  // namespace matchgo::rpc
