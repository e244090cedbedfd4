// Session: one connection with its prepared statements; turns their failures into Status.
//
// Internal to common/sql (services see Tx). One thread at a time.
// Test: tests/unit/common/sql/transaction_test.cc
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>

#include "common/base/status.h"
#include "common/sql/dialect.h"
#include "common/sql/fault_plan.h"
#include "common/sql/observer.h"
#include "common/sql/prepared_statement.h"
#include "common/sql/query.h"

namespace matchgo::sql {

class Session {
 public:
  enum class Use { kRead, kWrite };
  // `file` is a path or a "file:" URI; `observer` and `faults` outlive the session.
  static StatusOr<std::unique_ptr<Session>> Open(const std::string& file, Use use,
                                                 const SqlObserver& observer,
                                                 FaultPlan* faults = nullptr);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  using Visitor = std::function<Status(const Row&)>;
  // The status is the store's; what the visitor says goes to `verdict` and stops further calls of
  // it.
  Status Select(const Query& query, std::span<const Value> values, const Visitor& visitor,
                Status* verdict);
  StatusOr<int64_t> Execute(const Query& query, std::span<const Value> values);
  // BEGIN, COMMIT and their like: not observed.
  Status Control(const Query& query);
  Status RunScript(const std::string& script, const char* name);
  bool InTransaction();
  // Rows changed since the session was opened; those of a statement that failed do not count.
  int64_t Changes();
  Status Checkpoint(dialect::Sweep sweep);
  // Pages in the log after the last commit of this session; of a writing one only.
  int log_pages() const { return log_pages_; }

  FaultPlan* faults() const { return faults_; }

 private:
  Session(Use use, const SqlObserver& observer, FaultPlan* faults)
      : use_(use), observer_(observer), faults_(faults) {}

  // A statement that is not in use; `spare` owns it when the cached one is busy (a visitor that
  // runs its own query again). Null if the database does not understand it.
  PreparedStatement* Prepared(const Query& query, std::unique_ptr<PreparedStatement>& spare);
  // Runs `run` -> bool, reports how long it took, and says what went wrong if it is false.
  template <class F>
  Status Observed(const Query& query, F run);
  Status LastError(const Query& query);

  const Use use_;
  const SqlObserver& observer_;
  FaultPlan* const faults_;
  soci::session session_;
  int log_pages_ = 0;
  // By the address of the text; PreparedStatement::Fits checks the text itself.
  std::unordered_map<const char*, std::unique_ptr<PreparedStatement>> prepared_;
};

}  // namespace matchgo::sql
