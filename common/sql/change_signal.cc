#include "common/sql/change_signal.h"

#include <utility>
#include <vector>

namespace matchgo::sql {

// Recursive, so that a callback may end its own subscription.
struct ChangeSignal::Entry {
  std::recursive_mutex running;
  Callback callback;
  bool ended = false;
};

struct ChangeSignal::State {
  std::mutex mutex;
  std::map<Entry*, std::shared_ptr<Entry>> entries;
};

ChangeSignal::ChangeSignal() : state_(std::make_shared<State>()) {}
ChangeSignal::~ChangeSignal() = default;

ChangeSignal::Subscription& ChangeSignal::Subscription::operator=(Subscription&& other) noexcept {
  if (this != &other) {
    Reset();
    state_ = std::move(other.state_);
    entry_ = std::move(other.entry_);
  }
  return *this;
}

void ChangeSignal::Subscription::Reset() {
  if (entry_ == nullptr) return;
  const std::shared_ptr<Entry> entry = std::move(entry_);
  if (const std::shared_ptr<State> state = state_.lock()) {
    const std::lock_guard lock(state->mutex);
    state->entries.erase(entry.get());
  }
  // Waits for a call in progress on another thread, so nothing the callback uses is needed any
  // more.
  const std::lock_guard lock(entry->running);
  entry->ended = true;
}

ChangeSignal::Subscription ChangeSignal::Subscribe(Callback callback) {
  auto entry = std::make_shared<Entry>();
  entry->callback = std::move(callback);
  {
    const std::lock_guard lock(state_->mutex);
    state_->entries.emplace(entry.get(), entry);
  }
  Subscription subscription;
  subscription.state_ = state_;
  subscription.entry_ = std::move(entry);
  return subscription;
}

void ChangeSignal::Notify(int64_t newest_sequence) {
  std::vector<std::shared_ptr<Entry>> entries;
  {
    const std::lock_guard lock(state_->mutex);
    entries.reserve(state_->entries.size());
    for (const auto& [address, entry] : state_->entries) entries.push_back(entry);
  }
  for (const std::shared_ptr<Entry>& entry : entries) {
    const std::lock_guard lock(entry->running);
    if (!entry->ended) entry->callback(newest_sequence);
  }
}

}  // namespace matchgo::sql
