#include <algorithm>
#include <utility>

#include "common/log/log.h"
#include "common/rpc/feed_follower.h"

namespace matchgo::rpc {

FeedLoop::FeedLoop(Options options, metrics::Metrics& metrics, Steps steps)
    : options_(std::move(options)),
      steps_(std::move(steps)),
      probe_(metrics, options_.consumer, options_.feed) {
  if (options_.resume_from.has_value()) {
    position_ = *options_.resume_from;
    synced_ = true;
    must_list_ = false;
  }
  probe_.Applied(position_, position_);
  thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
}

FeedLoop::~FeedLoop() { Stop(); }

void FeedLoop::Stop() {
  thread_.request_stop();
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    if (watching_ != nullptr) watching_->TryCancel();
  }
  moved_.notify_all();
  if (thread_.joinable()) thread_.join();
}

int64_t FeedLoop::position() const {
  const std::lock_guard lock(mutex_);
  return position_;
}

bool FeedLoop::synced() const {
  const std::lock_guard lock(mutex_);
  return synced_;
}

bool FeedLoop::WaitFor(int64_t sequence, std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  moved_.wait_for(lock, longest, [&] { return stopped_ || (synced_ && position_ >= sequence); });
  return synced_ && position_ >= sequence;
}

void FeedLoop::Run(const std::stop_token& stop) {
  std::chrono::milliseconds backoff = options_.backoff_min;
  while (!stop.stop_requested()) {
    const int64_t before = position();
    Status status = must_list_ ? ListOnce() : absl::OkStatus();
    if (status.ok()) status = WatchOnce(stop);
    if (stop.stop_requested()) return;
    if (status.code() == absl::StatusCode::kOutOfRange) must_list_ = true;
    if (position() != before) backoff = options_.backoff_min;  // it worked for a while
    if (status.code() != absl::StatusCode::kUnavailable) {
      log::Warn("feed_broken", {{"consumer", options_.consumer},
                                {"feed", options_.feed},
                                {"code", static_cast<int>(status.code())},
                                {"reason", ReasonOf(status)}});
    }
    std::unique_lock lock(mutex_);
    moved_.wait_for(lock, stop, backoff, [] { return false; });
    backoff = std::min(backoff * 2, options_.backoff_max);
  }
}

Status FeedLoop::ListOnce() {
  StatusOr<int64_t> sequence = steps_.list(caller_);
  if (!sequence.ok()) return sequence.status();
  must_list_ = false;
  {
    const std::lock_guard lock(mutex_);
    position_ = *sequence;
    newest_ = *sequence;
    synced_ = true;
    probe_.Applied(position_, newest_);
  }
  moved_.notify_all();
  return absl::OkStatus();
}

Status FeedLoop::WatchOnce(const std::stop_token& stop) {
  grpc::ClientContext context;
  caller_.Prepare(&context);
  {
    const std::lock_guard lock(mutex_);
    if (stop.stop_requested()) return absl::OkStatus();
    watching_ = &context;
  }
  Status status = steps_.watch(&context, position(),
                               {.known = [this](int64_t newest) { Known(newest); },
                                .applied = [this](int64_t sequence) { Moved(sequence); }});
  const std::lock_guard lock(mutex_);
  watching_ = nullptr;
  return status;
}

void FeedLoop::Known(int64_t newest) {
  const std::lock_guard lock(mutex_);
  newest_ = std::max(newest_, newest);
  probe_.Applied(position_, newest_);
}

void FeedLoop::Moved(int64_t sequence) {
  {
    const std::lock_guard lock(mutex_);
    position_ = sequence;
    probe_.Applied(position_, newest_);
  }
  moved_.notify_all();
}

}  // namespace matchgo::rpc
