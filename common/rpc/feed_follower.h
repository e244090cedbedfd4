// FeedFollower: keeps a projection of a neighbour up to date: list, then watch, for ever.
//
// One thread calls `list` (which replaces what is known and returns the sequence it stands at),
// then watches from there and gives every change to `apply`, once and in order. A broken stream is
// resumed after the last applied change, with backoff; FELL_BEHIND lists again. The lambdas run on
// that thread only. Stop returns promptly. Test: tests/unit/common/rpc/feed_follower_test.cc
#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "common/base/status.h"
#include "common/metrics/feed_probe.h"
#include "common/rpc/channel.h"
#include "matchgo/common/v1/feed.pb.h"

namespace matchgo::rpc {

// A position without a record: everything up to it was sent, or is not for this watcher.
inline bool IsHeartbeat(const common::v1::FeedPosition& position) {
  return position.resource().empty();
}

// The part without templates: when to list, when to watch, where we are.
class FeedLoop {
 public:
  struct Progress {
    std::function<void(int64_t newest)> known;      // what there is, on each message
    std::function<void(int64_t sequence)> applied;  // everything up to it
  };
  struct Steps {
    // Replaces everything known; the sequence at which it stands.
    std::function<StatusOr<int64_t>(Caller& caller)> list;
    // Watches from a sequence until the stream ends; reports what it learns of the neighbour.
    std::function<Status(grpc::ClientContext* context, int64_t from, const Progress& progress)>
        watch;
  };
  struct Options {
    std::string consumer;                // "scheduler"
    std::string feed;                    // "vacancies"
    std::optional<int64_t> resume_from;  // from a local snapshot; absent: list first
    std::chrono::milliseconds backoff_min{20};
    std::chrono::milliseconds backoff_max{2000};
  };

  FeedLoop(Options options, metrics::Metrics& metrics, Steps steps);
  FeedLoop(const FeedLoop&) = delete;
  FeedLoop& operator=(const FeedLoop&) = delete;
  ~FeedLoop();  // Stop()

  void Stop();
  // The last sequence applied, and whether the first list was completed.
  int64_t position() const;
  bool synced() const;
  // True once position() >= sequence after a list; false when the time is over or it stopped.
  bool WaitFor(int64_t sequence, std::chrono::milliseconds longest);

 private:
  void Run(const std::stop_token& stop);
  Status ListOnce();
  Status WatchOnce(const std::stop_token& stop);
  void Known(int64_t newest);
  void Moved(int64_t sequence);

  const Options options_;
  const Steps steps_;
  metrics::FeedProbe probe_;
  Caller caller_;
  mutable std::mutex mutex_;
  std::condition_variable_any moved_;
  int64_t position_ = 0;
  int64_t newest_ = 0;  // that the neighbour is known to have
  bool synced_ = false;
  bool stopped_ = false;
  bool must_list_ = true;
  grpc::ClientContext* watching_ = nullptr;  // guarded by mutex_; for TryCancel
  std::jthread thread_;
};

template <class Change>
struct FeedSource {
  std::function<StatusOr<int64_t>(Caller& caller)> list;
  // [stub](auto* context, const auto& request) { return stub->WatchX(context, request); }
  std::function<std::unique_ptr<grpc::ClientReaderInterface<Change>>(
      grpc::ClientContext* context, const common::v1::WatchRequest& request)>
      watch;
  // An error of apply breaks the stream; the change comes again.
  std::function<Status(const Change& change)> apply;
};

template <class Change>
class FeedFollower {
 public:
  FeedFollower(FeedLoop::Options options, metrics::Metrics& metrics, FeedSource<Change> source)
      : loop_(std::move(options), metrics, Steps(std::move(source))) {}

  void Stop() { loop_.Stop(); }
  int64_t position() const { return loop_.position(); }
  bool synced() const { return loop_.synced(); }
  bool WaitFor(int64_t sequence, std::chrono::milliseconds longest) {
    return loop_.WaitFor(sequence, longest);
  }

 private:
  static FeedLoop::Steps Steps(FeedSource<Change> source) {
    FeedLoop::Steps steps;
    steps.list = std::move(source.list);
    steps.watch = [watch = std::move(source.watch), apply = std::move(source.apply)](
                      grpc::ClientContext* context, int64_t from,
                      const FeedLoop::Progress& progress) -> Status {
      common::v1::WatchRequest request;
      request.set_from_sequence(from);
      const auto reader = watch(context, request);
      Change change;
      int64_t last = from;
      Status trouble;
      while (reader->Read(&change)) {
        const common::v1::FeedPosition& position = change.position();
        progress.known(position.newest_sequence());
        if (position.sequence() <= last) continue;  // already applied
        if (!IsHeartbeat(position)) trouble = apply(change);
        if (!trouble.ok()) {
          context->TryCancel();
          break;
        }
        last = position.sequence();
        progress.applied(last);
      }
      const grpc::Status end = reader->Finish();
      return trouble.ok() ? FromGrpc(end) : trouble;
    };
    return steps;
  }

  FeedLoop loop_;
};

}  // namespace matchgo::rpc
