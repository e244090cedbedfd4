#include "common/exec/lanes.h"

#include <algorithm>

#include "common/base/check.h"

namespace matchgo::exec {

Lanes::Lanes(int count) {
  CHECK(count >= 1);
  for (int lane = 1; lane < count; ++lane) threads_.emplace_back([this, lane] { Work(lane); });
}

Lanes::~Lanes() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  begin_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Lanes::For(size_t total, size_t grain, const Body& body) {
  CHECK(grain > 0);
  if (total <= grain || threads_.empty()) {
    for (size_t begin = 0; begin < total; begin += grain) {
      body(0, begin, std::min(total, begin + grain));
    }
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    CHECK(body_ == nullptr);  // not from inside a body
    body_ = &body;
    total_ = total;
    grain_ = grain;
    next_.store(0, std::memory_order_relaxed);
    busy_ = threads_.size();
    ++loop_;
  }
  begin_.notify_all();
  TakeRanges(0);
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return busy_ == 0; });
  body_ = nullptr;
}

void Lanes::TakeRanges(int lane) {
  while (true) {
    const size_t begin = next_.fetch_add(grain_, std::memory_order_relaxed);
    if (begin >= total_) return;
    (*body_)(lane, begin, std::min(total_, begin + grain_));
  }
}

void Lanes::Work(int lane) {
  uint64_t finished = 0;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      begin_.wait(lock, [&] { return stopping_ || loop_ != finished; });
      if (stopping_) return;
      finished = loop_;
    }
    TakeRanges(lane);
    {
      const std::lock_guard lock(mutex_);
      --busy_;
    }
    done_.notify_one();
  }
}

}  // namespace matchgo::exec
