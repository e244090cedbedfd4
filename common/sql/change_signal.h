// ChangeSignal: tells watchers that the event log grew. A hint; the truth is read by sequence.
//
// Callbacks run on the writer thread, must be quick and must not write to the same database.
// Thread-safe: a subscription may end anywhere, also inside its own callback; once it has ended,
// its callback does not run any more. Test: tests/unit/common/sql/change_signal_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace matchgo::sql {

class ChangeSignal {
  struct Entry;
  struct State;

 public:
  using Callback = std::function<void(int64_t newest_sequence)>;

  // Ends when destroyed or reset; may outlive the signal.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(Subscription&&) = default;
    Subscription& operator=(Subscription&& other) noexcept;
    ~Subscription() { Reset(); }
    void Reset();

   private:
    friend class ChangeSignal;
    std::weak_ptr<State> state_;
    std::shared_ptr<Entry> entry_;
  };

  ChangeSignal();
  ~ChangeSignal();
  [[nodiscard]] Subscription Subscribe(Callback callback);
  // Called by the store after each commit that appended events.
  void Notify(int64_t newest_sequence);

 private:
  std::shared_ptr<State> state_;
};

}  // namespace matchgo::sql
