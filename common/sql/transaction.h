// Tx: one read snapshot, or one write inside the writer's commit group.
//
// A statement that fails poisons its Tx: later statements give the same error and nothing of this
// write is kept, as on PostgreSQL, whatever the work returns. No transaction control here. Lives
// inside Database::Read/Write/Submit; never keep or share it.
// Test: tests/unit/common/sql/transaction_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>

#include "common/base/status.h"
#include "common/service/call.h"
#include "common/sql/event_log.h"
#include "common/sql/query.h"

namespace matchgo::sql {

class Session;

class Tx {
 public:
  using Visitor = std::function<Status(const Row&)>;

  // `sequence` is the writer's counter, or null in a read; `asked` hears of AskToRunApart, or is
  // null if that is not possible. Made by Database only.
  Tx(Session& session, const Call& call, int64_t* sequence, bool* asked = nullptr);
  Tx(const Tx&) = delete;
  Tx& operator=(const Tx&) = delete;

  // Calls `visitor` for each row; an error of the visitor ends the visiting and is returned,
  // without poisoning. The visitor may run other statements.
  Status Select(const Query& query, std::initializer_list<Value> values, const Visitor& visitor) {
    return Select(query, std::span<const Value>(values.begin(), values.size()), visitor);
  }
  Status Select(const Query& query, std::span<const Value> values, const Visitor& visitor);

  // The number of affected rows. A duplicate key gives ALREADY_EXISTS, UNIQUE (reasons.h).
  StatusOr<int64_t> Execute(const Query& query, std::initializer_list<Value> values) {
    return Execute(query, std::span<const Value>(values.begin(), values.size()));
  }
  StatusOr<int64_t> Execute(const Query& query, std::span<const Value> values);

  // The number that the next AppendEvent will give. REQUIRES: a write.
  int64_t NextSequence() const;
  // Takes the next sequence number; time and actor come from the call. A failure poisons.
  // REQUIRES: a write.
  int64_t AppendEvent(const Event& event);

  // Whether it changed a row. REQUIRES: a write.
  bool changed() const;
  // Whether it may ask to run apart. Not if it does already, nor for a while after another asked.
  bool may_ask() const { return asked_ != nullptr; }
  // Has the group rolled back and run again, each write under a savepoint of its own, whatever the
  // work returns. REQUIRES: may_ask().
  void AskToRunApart() { *asked_ = true; }

  const Call& call() const { return call_; }
  // OK, or the error of the first statement that failed.
  const Status& failure() const { return failure_; }

 private:
  Session& session_;
  const Call& call_;
  int64_t* const sequence_;
  bool* const asked_;
  const int64_t changes_before_;
  Status failure_;
};

}  // namespace matchgo::sql
