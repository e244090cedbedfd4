#include "common/rpc/watch_hub.h"

#include <chrono>
#include <utility>
#include <vector>

namespace matchgo::rpc {
namespace {

// How long a watcher can miss a change whose signal was lost.
constexpr std::chrono::milliseconds kHeartbeat{1000};

}  // namespace

WatchHub::WatchHub(std::stop_token stopping)
    : on_stop_(std::move(stopping), [this] { EndAll(); }) {}

WatchHub::~WatchHub() { EndAll(); }

uint64_t WatchHub::Add(Hooks hooks) {
  auto kept = std::make_shared<Hooks>(std::move(hooks));
  uint64_t number = 0;
  bool ended = false;
  {
    const std::lock_guard lock(mutex_);
    number = next_++;
    ended = ended_;
    if (!ended_) {
      hooks_.emplace(number, kept);
      if (ticker_ == nullptr) {
        ticker_ = std::make_unique<exec::Periodic>(kHeartbeat, [this] { WakeAll(); });
      }
    }
  }
  if (ended) kept->end();
  return number;
}

void WatchHub::Remove(uint64_t number) {
  const std::lock_guard lock(mutex_);
  hooks_.erase(number);
}

size_t WatchHub::open() const {
  const std::lock_guard lock(mutex_);
  return hooks_.size();
}

void WatchHub::WakeAll() {
  std::vector<std::shared_ptr<Hooks>> hooks;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [number, kept] : hooks_) hooks.push_back(kept);
  }
  // Outside the lock: a stream may remove itself.
  for (const auto& kept : hooks) kept->wake();
}

void WatchHub::EndAll() {
  std::vector<std::shared_ptr<Hooks>> hooks;
  std::unique_ptr<exec::Periodic> ticker;
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    for (const auto& [number, kept] : hooks_) hooks.push_back(kept);
    ticker = std::move(ticker_);
  }
  for (const auto& kept : hooks) kept->end();
  ticker.reset();
}

}  // namespace matchgo::rpc
