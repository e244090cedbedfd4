// Writer: the one thread that writes. It takes what is queued, runs it in one transaction, commits
// once, and only then answers.
//
// A refused write leaves no trace, its sequence numbers included; its neighbours are untouched: if
// one fails half way, the group is rolled back and runs again, each write under its own savepoint.
// When COMMIT fails, all of the group get STORE_UNAVAILABLE: their outcome is unknown. Internal to
// common/sql. Thread-safe. Test: tests/unit/common/sql/database_test.cc, fault_test.cc
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

#include "common/base/status.h"
#include "common/service/call.h"
#include "common/sql/change_signal.h"
#include "common/sql/checkpointer.h"
#include "common/sql/observer.h"
#include "common/sql/session.h"
#include "common/sql/transaction.h"

namespace matchgo::sql {

// DEADLINE_EXCEEDED, DEADLINE.
Status DeadlinePassed();

class Writer {
 public:
  using Work = std::function<Status(Tx&)>;
  using Done = std::function<void(Status)>;
  struct Limits {
    size_t group_max;
    size_t queue_max;
  };

  // `gate` is held alone during a group; null when the database isolates readers itself.
  Writer(std::unique_ptr<Session> session, Limits limits, Checkpointer& checkpointer,
         const SqlObserver& observer, ChangeSignal& changes, std::shared_mutex* gate);
  ~Writer() { Stop(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Reads the counter, checks it against the log and starts the thread.
  Status Start();
  Status Write(const Call& call, const Work& work);
  void Submit(std::shared_ptr<const Call> call, Work work, Done done);
  // Waits for what is queued, then runs on the writer thread outside a transaction.
  Status Checkpoint();
  void Stop();

  int64_t sequence() const { return sequence_.load(std::memory_order_acquire); }
  size_t queue_length() const;

 private:
  // A waiting write. Blocking callers lend call and work; submitted ones are owned. No call:
  // checkpoint.
  struct Job {
    const Call* call = nullptr;
    const Work* lent = nullptr;
    Done done = {};
    std::shared_ptr<const Call> own_call = {};
    Work own = {};
    std::chrono::steady_clock::time_point queued = {};
  };
  enum class Ran { kDone, kSpoilt, kAskedApart, kLost };

  Status Enqueue(Job& job);
  Status EnqueueAndWait(Job job);
  void Loop();
  bool TakeGroup(std::vector<Job>& group);
  void RunGroup(std::vector<Job>& group);
  // Fills `results`; an error when the transaction was lost under way.
  Status RunJobs(std::vector<Job>& group, std::vector<Status>& results, int64_t* sequence);
  Ran RunTogether(std::vector<Job>& group, std::vector<Status>& results, int64_t* sequence);
  Ran RunApart(std::vector<Job>& group, std::vector<Status>& results, int64_t* sequence);
  // `asked`: see AskToRunApart; null if that is not possible.
  Status RunOne(const Job& job, int64_t* sequence, bool* asked);
  Status RunUnderSavepoint(const Job& job, int64_t* sequence);
  Status Begin();
  Status Commit(int64_t sequence);
  // After a failed group: ends the transaction and reads the counter again.
  void Recover();
  StatusOr<int64_t> ReadCounter();

  const std::unique_ptr<Session> session_;
  const Limits limits_;
  Checkpointer& checkpointer_;
  const SqlObserver& observer_;
  ChangeSignal& changes_;
  std::shared_mutex* const gate_;
  std::atomic<int64_t> sequence_ = 0;
  // Of the writer thread only.
  bool sequence_known_ = false;
  int wary_ = 0;  // so many writes may not ask to run apart, because one did

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace matchgo::sql
