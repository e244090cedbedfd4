#include "common/sql/writer.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/sql/dialect.h"
#include "common/sql/inside.h"
#include "common/sql/reasons.h"

namespace matchgo::sql {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr Query kReadCounter{
    "read_event_sequence",
    "SELECT last, (SELECT COALESCE(MAX(sequence), 0) FROM event) FROM event_sequence WHERE id = 1",
    "ii"};
// Conditional: a second writer would be noticed, not overwritten.
constexpr Query kMoveCounter{
    "move_event_sequence", "UPDATE event_sequence SET last = :p1 WHERE id = 1 AND last = :p2", ""};

// Where one key came again more will, and a group that runs twice for each of them would do the
// work of others twice: after one, so many writes look first.
constexpr int kWaryWrites = 1000;

Status Lost(const char* why) { return WithFact(Unavailable(kStoreUnavailable), "store", why); }

Duration Since(SteadyClock::time_point begin) {
  return std::chrono::duration_cast<Duration>(SteadyClock::now() - begin);
}

}  // namespace

Status DeadlinePassed() { return DeadlineExceeded(kDeadline); }

Writer::Writer(std::unique_ptr<Session> session, Limits limits, Checkpointer& checkpointer,
               const SqlObserver& observer, ChangeSignal& changes, std::shared_mutex* gate)
    : session_(std::move(session)),
      limits_(limits),
      checkpointer_(checkpointer),
      observer_(observer),
      changes_(changes),
      gate_(gate) {}

Status Writer::Start() {
  ASSIGN_OR_RETURN(const int64_t last, ReadCounter());
  sequence_.store(last, std::memory_order_release);
  sequence_known_ = true;
  thread_ = std::thread([this] { Loop(); });
  return absl::OkStatus();
}

StatusOr<int64_t> Writer::ReadCounter() {
  int64_t last = -1;
  int64_t newest = -1;
  Status verdict;
  RETURN_IF_ERROR(session_->Select(
      kReadCounter, {},
      [&](const Row& row) {
        last = row.Int(0);
        newest = row.Int(1);
        return absl::OkStatus();
      },
      &verdict));
  if (last < 0 || last != newest) return Precondition(kStoreDamaged);
  return last;
}

Status Writer::Enqueue(Job& job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return Unavailable(kStopping);
    if (job.call != nullptr && queue_.size() >= limits_.queue_max) return Unavailable(kOverloaded);
    job.queued = SteadyClock::now();
    queue_.push_back(std::move(job));
    // The thread only sleeps on an empty queue.
    if (queue_.size() > 1) return absl::OkStatus();
  }
  wake_.notify_one();
  return absl::OkStatus();
}

Status Writer::EnqueueAndWait(Job job) {
  // The writer thread would wait for itself.
  CHECK(std::this_thread::get_id() != thread_.get_id());
  std::mutex mutex;
  std::condition_variable answered;
  bool ready = false;
  Status answer;
  job.done = [&](Status status) {
    // Notified under the lock: the waiter may not leave before this thread is done with its stack.
    const std::lock_guard lock(mutex);
    answer = std::move(status);
    ready = true;
    answered.notify_one();
  };
  RETURN_IF_ERROR(Enqueue(job));
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return ready; });
  return answer;
}

Status Writer::Write(const Call& call, const Work& work) {
  Job job;
  job.call = &call;
  job.lent = &work;
  return EnqueueAndWait(std::move(job));
}

void Writer::Submit(std::shared_ptr<const Call> call, Work work, Done done) {
  Job job;
  job.call = call.get();
  job.own_call = std::move(call);
  job.own = std::move(work);
  job.done = std::move(done);
  if (Status refused = Enqueue(job); !refused.ok()) job.done(std::move(refused));
}

Status Writer::Checkpoint() { return EnqueueAndWait(Job()); }

size_t Writer::queue_length() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void Writer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::Loop() {
  pthread_setname_np(pthread_self(), "sql-writer");  // what `top -H` and `perf` show
  std::vector<Job> group;
  while (TakeGroup(group)) {
    if (group.front().call == nullptr) {
      group.front().done(checkpointer_.Empty(*session_));
    } else {
      RunGroup(group);
    }
    group.clear();
  }
}

bool Writer::TakeGroup(std::vector<Job>& group) {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
  while (!queue_.empty() && group.size() < limits_.group_max) {
    const bool checkpoint = queue_.front().call == nullptr;
    if (checkpoint && !group.empty()) break;  // it runs alone, after what came before it
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
    if (checkpoint) break;
  }
  return !group.empty();
}

void Writer::RunGroup(std::vector<Job>& group) {
  const SteadyClock::time_point began = SteadyClock::now();
  if (observer_.queue_wait) {
    for (const Job& job : group) {
      observer_.queue_wait(std::chrono::duration_cast<Duration>(began - job.queued));
    }
  }
  std::vector<Status> results(group.size());
  const int64_t before = sequence();
  int64_t sequence = before;
  Status outcome;
  {
    std::unique_lock<std::shared_mutex> lock;
    if (gate_ != nullptr) lock = std::unique_lock(*gate_);
    outcome = Begin();
    if (outcome.ok()) {
      sequence = sequence_.load(std::memory_order_relaxed);
      outcome = RunJobs(group, results, &sequence);
      if (outcome.ok()) outcome = Commit(sequence);
    }
    if (outcome.ok()) {
      sequence_.store(sequence, std::memory_order_release);
    } else {
      Recover();
    }
  }
  if (observer_.group) observer_.group(group.size(), Since(began), outcome.ok());
  for (size_t i = 0; i < group.size(); ++i) {
    // What the write held goes first: the answer may hand the rest of it to another thread.
    const Done done = std::move(group[i].done);
    group[i] = Job();
    // A write that was refused had no effect either way, so its own reason stands.
    done(results[i].ok() ? outcome : std::move(results[i]));
  }
  if (this->sequence() > before) changes_.Notify(this->sequence());
  checkpointer_.AfterCommit(*session_);
}

// Savepoints cost as much as a small write, and nearly always all of a group succeeds.
Status Writer::RunJobs(std::vector<Job>& group, std::vector<Status>& results, int64_t* sequence) {
  const int64_t before = *sequence;
  Ran ran = RunTogether(group, results, sequence);
  if (ran == Ran::kSpoilt || ran == Ran::kAskedApart) {
    *sequence = before;
    RETURN_IF_ERROR(session_->Control(dialect::kRollback));
    RETURN_IF_ERROR(session_->Control(dialect::kBeginWrite));
    // A write that was alone has its answer, unless it asked for more.
    const bool answered = ran == Ran::kSpoilt && group.size() == 1;
    ran = answered ? Ran::kDone : RunApart(group, results, sequence);
  }
  return ran == Ran::kLost ? Lost("transaction lost") : absl::OkStatus();
}

Writer::Ran Writer::RunTogether(std::vector<Job>& group, std::vector<Status>& results,
                                int64_t* sequence) {
  for (size_t i = 0; i < group.size(); ++i) {
    const int64_t before = *sequence;
    const int64_t changes = session_->Changes();
    bool asked = false;
    results[i] = RunOne(group[i], sequence, wary_ > 0 ? nullptr : &asked);
    if (wary_ > 0) --wary_;
    if (results[i].ok() && !asked) continue;
    *sequence = before;
    // A full disk or an I/O error rolls everything back, the neighbours' work with it.
    if (!session_->InTransaction()) return Ran::kLost;
    // A statement that fails undoes itself, so what was refused first leaves nothing behind.
    if (asked) {
      wary_ = kWaryWrites;
      return Ran::kAskedApart;
    }
    if (session_->Changes() != changes) return Ran::kSpoilt;
  }
  return Ran::kDone;
}

Writer::Ran Writer::RunApart(std::vector<Job>& group, std::vector<Status>& results,
                             int64_t* sequence) {
  for (size_t i = 0; i < group.size(); ++i) {
    results[i] = RunUnderSavepoint(group[i], sequence);
    if (!session_->InTransaction()) return Ran::kLost;
  }
  return Ran::kDone;
}

Status Writer::RunOne(const Job& job, int64_t* sequence, bool* asked) {
  if (SteadyClock::now() >= job.call->deadline) return DeadlinePassed();
  const Inside inside(this);
  Tx tx(*session_, *job.call, sequence, asked);
  const Work& work = job.lent != nullptr ? *job.lent : job.own;
  Status status = work(tx);
  // An error of the work stands: it may have given the failure a better name.
  return status.ok() ? tx.failure() : status;
}

Status Writer::RunUnderSavepoint(const Job& job, int64_t* sequence) {
  RETURN_IF_ERROR(session_->Control(dialect::kSavepoint));
  const int64_t before = *sequence;
  Status status = RunOne(job, sequence, /*asked=*/nullptr);
  if (status.ok()) status = session_->Control(dialect::kRelease);
  if (status.ok()) return status;
  *sequence = before;
  if (session_->InTransaction()) {
    // If this fails the write could stay half done: give up the group rather than commit it.
    Status undone = session_->Control(dialect::kRollbackTo);
    if (undone.ok()) undone = session_->Control(dialect::kRelease);
    if (!undone.ok()) (void)session_->Control(dialect::kRollback);
  }
  return status;
}

Status Writer::Begin() {
  if (!sequence_known_) {
    ASSIGN_OR_RETURN(const int64_t last, ReadCounter());
    sequence_.store(last, std::memory_order_release);
    sequence_known_ = true;
  }
  FaultPlan* const faults = session_->faults();
  if (faults != nullptr && faults->Passes(FaultPoint::kBegin)) return Lost("injected");
  return session_->Control(dialect::kBeginWrite);
}

Status Writer::Commit(int64_t sequence) {
  const int64_t before = sequence_.load(std::memory_order_relaxed);
  if (sequence != before) {
    const Value values[] = {sequence, before};
    const StatusOr<int64_t> moved = session_->Execute(kMoveCounter, values);
    if (!moved.ok() || *moved != 1) return Lost("event sequence");
  }
  FaultPlan* const faults = session_->faults();
  if (faults != nullptr && faults->Passes(FaultPoint::kCommit)) return Lost("injected");
  const Status status = session_->Control(dialect::kCommit);
  if (!status.ok()) return Lost("commit");
  const bool reply_lost = faults != nullptr && faults->Passes(FaultPoint::kCommitReply);
  return reply_lost ? Lost("injected") : absl::OkStatus();
}

void Writer::Recover() {
  if (session_->InTransaction()) (void)session_->Control(dialect::kRollback);
  const StatusOr<int64_t> last = ReadCounter();
  sequence_known_ = last.ok();
  if (last.ok()) sequence_.store(*last, std::memory_order_release);
}

}  // namespace matchgo::sql
