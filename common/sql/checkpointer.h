// Checkpointer: moves the write-ahead log into the file while the writer goes on.
//
// Most of it on a thread and a connection of its own. Only the writer can bring it to an end,
// because a log begins again when all of it was moved: that short rest it moves itself, between two
// groups. Internal to common/sql. AfterCommit and Empty: the writer thread only.
// Test: tests/unit/common/sql/checkpointer_test.cc
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "common/base/status.h"
#include "common/sql/session.h"

namespace matchgo::sql {

class Checkpointer {
 public:
  // Begins at `log_pages` pages. `session` is its own, or null for a store without a log.
  Checkpointer(std::unique_ptr<Session> session, int log_pages);
  ~Checkpointer();
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  // Between two groups. Fails in silence: the log grows, and the next one tries again.
  void AfterCommit(Session& writer);
  // All of the log into the file, and the log emptied.
  Status Empty(Session& writer);

 private:
  enum class State { kIdle, kAsked, kMoving, kMoved, kLeaving };

  void Loop();
  void AwaitMove(std::unique_lock<std::mutex>& lock);

  const std::unique_ptr<Session> session_;
  const int log_pages_;
  // Of the writer thread: what the log had, and where it begins the next move and the next wait.
  int pages_ = 0;
  int move_at_;
  int wait_at_;

  std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::kIdle;
  std::thread thread_;
};

}  // namespace matchgo::sql
