// Database: one service's store. Many readers on snapshots; one writer thread that commits all
// queued writes as a group, each whole or not at all, and answers only after COMMIT.
//
// Never call Read, Write or Checkpoint inside work of the same database (CHECKed), nor Write inside
// `done`; another database is fine. Thread-safe. What is special to SQLite is in dialect.h.
// Test: tests/unit/common/sql/database_test.cc
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "common/base/status.h"
#include "common/service/call.h"
#include "common/sql/change_signal.h"
#include "common/sql/fault_plan.h"
#include "common/sql/migrate.h"
#include "common/sql/observer.h"
#include "common/sql/transaction.h"
#include "common/time/clock.h"

namespace matchgo::sql {

struct DatabaseOptions {
  // The file; its folder is made when missing. ":memory:" is a private store for tests (one reader
  // or the writer at a time).
  std::filesystem::path file = {};
  std::string name = {};  // the service, for messages and metrics
  int readers = 4;
  std::vector<Migration> migrations = {};  // those of common/sql come first by themselves
  size_t group_max = 256;                  // writes that share one COMMIT
  size_t queue_max = 4096;                 // waiting writes; more are refused with OVERLOADED
  int log_pages = 8000;                    // of 4 KiB, then the log is moved into the file
  FaultPlan* faults = nullptr;             // tests only; outlives the database
};

class Database {
 public:
  // Fails with STORE_IN_USE when another process (or another Database) has the file.
  static StatusOr<std::unique_ptr<Database>> Open(DatabaseOptions options, const Clock& clock,
                                                  SqlObserver observer = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs work(Tx&), which returns Status or StatusOr<T>, on one snapshot.
  template <class F>
  auto Read(const Call& call, F work) -> std::invoke_result_t<F, Tx&> {
    return Run(work, [&](const Work& step) { return RunRead(call, step); });
  }

  // Runs work(Tx&) on the writer thread and waits for its COMMIT. An error of the work leaves no
  // effect. STORE_UNAVAILABLE leaves the outcome unknown. The work runs again when a neighbour in
  // its group failed half way, so it keeps no state outside its Tx.
  template <class F>
  auto Write(const Call& call, F work) -> std::invoke_result_t<F, Tx&> {
    return Run(work, [&](const Work& step) { return RunWrite(call, step); });
  }

  // The same without waiting: `done` runs on the writer thread after COMMIT (or with the error), or
  // at once on this thread when the write is refused (OVERLOADED, STOPPING). What the work holds is
  // gone by then.
  void Submit(std::shared_ptr<const Call> call, std::function<Status(Tx&)> work,
              std::function<void(Status)> done);
  void Submit(Call call, std::function<Status(Tx&)> work, std::function<void(Status)> done) {
    Submit(std::make_shared<const Call>(std::move(call)), std::move(work), std::move(done));
  }

  // Watchers of the event log.
  ChangeSignal& changes();
  // The newest committed sequence.
  int64_t sequence() const;
  // Writes now waiting.
  size_t queue_length() const;

  // Moves the write-ahead log into the file and empties it; after every write that was queued
  // before.
  Status Checkpoint();
  // Refuses new work, finishes what is queued, checkpoints. Idempotent; the destructor closes.
  void Stop();

 private:
  using Work = std::function<Status(Tx&)>;
  struct Parts;

  explicit Database(std::unique_ptr<Parts> parts);
  Status RunRead(const Call& call, const Work& work);
  Status RunWrite(const Call& call, const Work& work);

  template <class F, class Runner>
  static auto Run(F& work, Runner run) -> std::invoke_result_t<F, Tx&> {
    using Result = std::invoke_result_t<F, Tx&>;
    if constexpr (std::is_same_v<Result, Status>) {
      return run([&](Tx& tx) { return work(tx); });
    } else {
      std::optional<Result> result;
      Status status = run([&](Tx& tx) {
        result.emplace(work(tx));
        return result->status();
      });
      if (!status.ok()) return status;
      return *std::move(result);
    }
  }

  std::unique_ptr<Parts> parts_;
};

}  // namespace matchgo::sql
