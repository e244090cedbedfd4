#include "common/sql/checkpointer.h"

#include <pthread.h>

#include <utility>

namespace matchgo::sql {
namespace {

// A log of so many times the size where a move begins is worth a short wait for readers.
constexpr int kWaitFactor = 4;
// The second pass moves what was written during the first; what is left then is little.
constexpr int kPasses = 2;

}  // namespace

Checkpointer::Checkpointer(std::unique_ptr<Session> session, int log_pages)
    : session_(std::move(session)),
      log_pages_(log_pages),
      move_at_(log_pages),
      wait_at_(log_pages * kWaitFactor) {
  if (session_ != nullptr) thread_ = std::thread([this] { Loop(); });
}

Checkpointer::~Checkpointer() {
  if (!thread_.joinable()) return;
  {
    std::unique_lock lock(mutex_);
    AwaitMove(lock);
    state_ = State::kLeaving;
  }
  changed_.notify_all();
  thread_.join();
}

void Checkpointer::Loop() {
  pthread_setname_np(pthread_self(), "sql-checkpoint");
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return state_ == State::kAsked || state_ == State::kLeaving; });
    if (state_ == State::kLeaving) return;
    state_ = State::kMoving;
    lock.unlock();
    for (int pass = 0; pass < kPasses; ++pass) {
      (void)session_->Checkpoint(dialect::Sweep::kPassive);
    }
    lock.lock();
    state_ = State::kMoved;
    changed_.notify_all();
  }
}

// SQLite refuses a second checkpoint beside the first.
void Checkpointer::AwaitMove(std::unique_lock<std::mutex>& lock) {
  changed_.wait(lock, [this] { return state_ == State::kIdle || state_ == State::kMoved; });
}

void Checkpointer::AfterCommit(Session& writer) {
  if (session_ == nullptr) return;
  const int pages = writer.log_pages();
  if (pages < pages_) {  // the log has begun again
    move_at_ = log_pages_;
    wait_at_ = log_pages_ * kWaitFactor;
  }
  pages_ = pages;
  std::unique_lock lock(mutex_);
  if (pages >= wait_at_) {
    AwaitMove(lock);
    state_ = State::kIdle;
    (void)writer.Checkpoint(dialect::Sweep::kRestart);
    move_at_ = wait_at_ = pages + log_pages_;
  } else if (state_ == State::kMoved) {
    state_ = State::kIdle;
    (void)writer.Checkpoint(dialect::Sweep::kPassive);
    // A reader may still be in the log, which then goes on.
    move_at_ = pages + log_pages_ / 4;
  } else if (state_ == State::kIdle && pages >= move_at_) {
    state_ = State::kAsked;
    changed_.notify_all();
  }
}

Status Checkpointer::Empty(Session& writer) {
  std::unique_lock lock(mutex_);
  AwaitMove(lock);
  return writer.Checkpoint(dialect::Sweep::kTruncate);
}

}  // namespace matchgo::sql
