#include "common/sql/reader_pool.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/dialect.h"
#include "common/sql/reasons.h"
#include "common/sql/writer.h"

namespace matchgo::sql {

ReaderPool::ReaderPool(std::vector<std::unique_ptr<Session>> sessions, std::shared_mutex* gate)
    : gate_(gate), idle_(std::move(sessions)), count_(idle_.size()) {}

StatusOr<std::unique_ptr<Session>> ReaderPool::Lease(const Call& call) {
  const bool endless = call.deadline == std::chrono::steady_clock::time_point::max();
  if (!endless && std::chrono::steady_clock::now() >= call.deadline) return DeadlinePassed();
  std::unique_lock lock(mutex_);
  const auto ready = [&] { return stopping_ || !idle_.empty(); };
  if (endless) {
    returned_.wait(lock, ready);
  } else if (!returned_.wait_until(lock, call.deadline, ready)) {
    return DeadlinePassed();
  }
  if (stopping_) return Unavailable(kStopping);
  std::unique_ptr<Session> session = std::move(idle_.back());
  idle_.pop_back();
  return session;
}

void ReaderPool::Return(std::unique_ptr<Session> session) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(session));
  }
  // Stop waits on the same condition, so waking one could wake the wrong one.
  returned_.notify_all();
}

Status ReaderPool::Run(const Call& call, const std::function<Status(Tx&)>& work) {
  ASSIGN_OR_RETURN(std::unique_ptr<Session> session, Lease(call));
  Status status;
  {
    std::shared_lock<std::shared_mutex> lock;
    if (gate_ != nullptr) lock = std::shared_lock(*gate_);
    status = session->Control(dialect::kBeginRead);
    if (status.ok()) {
      Tx tx(*session, call, nullptr);
      status = work(tx);
      if (status.ok()) status = tx.failure();
      const Status ended = session->Control(dialect::kCommit);
      if (!ended.ok() && session->InTransaction()) (void)session->Control(dialect::kRollback);
    }
  }
  Return(std::move(session));
  return status;
}

void ReaderPool::Stop() {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  returned_.notify_all();
  returned_.wait(lock, [&] { return idle_.size() == count_; });
  idle_.clear();
  count_ = 0;
}

}  // namespace matchgo::sql
