#include "common/exec/bounded_executor.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

namespace matchgo::exec {

BoundedExecutor::BoundedExecutor(Options options) : options_(options) {
  threads_.reserve(static_cast<size_t>(std::max(1, options_.threads)));
  for (int i = 0; i < std::max(1, options_.threads); ++i) threads_.emplace_back([this] { Run(); });
}

BoundedExecutor::~BoundedExecutor() { Stop(); }

bool BoundedExecutor::TrySubmit(absl::AnyInvocable<void()> work) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= options_.queue_max) return false;
    queue_.push_back(std::move(work));
    wake = waiting_ > 0;
  }
  if (wake) work_ready_.notify_one();
  return true;
}

void BoundedExecutor::Drain() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return queue_.empty() && running_ == 0; });
}

void BoundedExecutor::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_ready_.notify_all();
  for (std::jthread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

size_t BoundedExecutor::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void BoundedExecutor::Run() {
  pthread_setname_np(pthread_self(), "executor");
  std::unique_lock lock(mutex_);
  while (true) {
    while (queue_.empty() && !stopping_) {
      ++waiting_;
      work_ready_.wait(lock);
      --waiting_;
    }
    if (queue_.empty()) return;
    absl::AnyInvocable<void()> work = std::move(queue_.front());
    queue_.pop_front();
    ++running_;
    lock.unlock();
    std::move(work)();
    work = nullptr;  // what it captured is gone before the executor calls itself idle
    lock.lock();
    --running_;
    if (running_ == 0 && queue_.empty()) idle_.notify_all();
  }
}

}  // namespace matchgo::exec
