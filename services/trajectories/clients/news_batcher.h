// NewsBatcher: collects the changes of a stream while the store is busy with earlier ones, so that
// many share one transaction and none waits for company.
//
// At most one batch is with the sink and at most kWaitingMax changes wait; the reader is held up
// then. After an error nothing more is taken. Thread-safe; made by Make only.
// Test: tests/unit/services/trajectories/news_batcher_test.cc
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "common/base/status.h"
#include "services/trajectories/clients/news_feed.h"

namespace matchgo::trajectories {

template <class News>
class NewsBatcher : public std::enable_shared_from_this<NewsBatcher<News>> {
 public:
  static constexpr size_t kWaitingMax = 512;

  struct Hooks {
    decltype(NewsSink<News>::take) take;
    std::function<void(int64_t mark)> applied;  // after each durable batch
    std::function<void()> broken;               // once, when the sink refused a batch
  };
  static std::shared_ptr<NewsBatcher> Make(Hooks hooks) {
    return std::shared_ptr<NewsBatcher>(new NewsBatcher(std::move(hooks)));
  }

  // False after an error: stop reading.
  bool Add(News news, int64_t mark) { return Take(std::move(news), mark); }
  // The same for a mark without news: nothing up to it concerns us.
  bool Skip(int64_t mark) { return Take(std::nullopt, mark); }

  // Waits until everything that was added is durable, or one batch failed.
  Status Finish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !busy_; });
    return trouble_;
  }

 private:
  explicit NewsBatcher(Hooks hooks) : hooks_(std::move(hooks)) {}

  bool Take(std::optional<News> news, int64_t mark) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return !trouble_.ok() || waiting_.size() < kWaitingMax; });
      if (!trouble_.ok()) return false;
      if (news.has_value()) waiting_.push_back(*std::move(news));
      mark_ = mark;
      if (busy_) return true;
      busy_ = true;
    }
    SendWaiting();
    return true;
  }

  // REQUIRES: busy_ was set by the caller, and something waits.
  void SendWaiting() {
    std::vector<News> batch;
    int64_t mark = 0;
    {
      const std::lock_guard lock(mutex_);
      batch.swap(waiting_);
      mark = mark_;
    }
    changed_.notify_all();
    hooks_.take(std::move(batch), mark,
                [self = this->shared_from_this(), mark](const Status& status) {
                  self->Done(status, mark);
                });
  }

  void Done(const Status& status, int64_t mark) {
    if (status.ok()) {
      hooks_.applied(mark);
    } else {
      hooks_.broken();
    }
    bool more = false;
    {
      const std::lock_guard lock(mutex_);
      trouble_ = status;
      more = status.ok() && (!waiting_.empty() || mark_ > mark);
      busy_ = more;
    }
    changed_.notify_all();
    if (more) SendWaiting();
  }

  const Hooks hooks_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<News> waiting_;
  int64_t mark_ = 0;
  bool busy_ = false;
  Status trouble_;
};

}  // namespace matchgo::trajectories
