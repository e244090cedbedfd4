#include "common/sql/session.h"

#include <chrono>
#include <utility>

#include "common/sql/dialect.h"
#include "common/sql/reasons.h"

namespace matchgo::sql {

template <class F>
Status Session::Guarded(const char* name, F run) {
  try {
    run();
    return absl::OkStatus();
  } catch (const soci::soci_error&) {
    // what() would hold the parameters' values.
    return dialect::LastError(session_, name, use_ == Use::kWrite);
  }
}

template <class F>
Status Session::Observed(const Query& query, F run) {
  if (!observer_.statement) return Guarded(query.name, std::move(run));
  const auto began = std::chrono::steady_clock::now();
  Status status = Guarded(query.name, std::move(run));
  const auto took = std::chrono::steady_clock::now() - began;
  observer_.statement(query.name, std::chrono::duration_cast<Duration>(took), status.ok());
  return status;
}

StatusOr<std::unique_ptr<Session>> Session::Open(const std::string& file, Use use,
                                                 const SqlObserver& observer, FaultPlan* faults) {
  std::unique_ptr<Session> session(new Session(use, observer, faults));
  try {
    dialect::Connect(session->session_, file, use == Use::kWrite);
  } catch (const soci::soci_error& error) {
    // No values yet at this point: the text says why the file cannot be opened.
    return WithFact(Unavailable(kStoreUnavailable), "store", error.get_error_message());
  }
  return session;
}

PreparedStatement& Session::Prepared(const Query& query, std::span<const Value> values,
                                     std::unique_ptr<PreparedStatement>& spare) {
  std::unique_ptr<PreparedStatement>& cached = prepared_[query.text];
  if (cached != nullptr && cached->busy) {
    spare = std::make_unique<PreparedStatement>(session_, query, values);
    return *spare;
  }
  if (cached == nullptr || !cached->Fits(query, values)) {
    cached.reset();
    cached = std::make_unique<PreparedStatement>(session_, query, values);
  }
  return *cached;
}

Status Session::Select(const Query& query, std::span<const Value> values, const Visitor& visitor,
                       Status* verdict) {
  PreparedStatement* running = nullptr;
  std::unique_ptr<PreparedStatement> spare;
  Status status = Observed(query, [&] {
    PreparedStatement& statement = Prepared(query, values, spare);
    running = &statement;
    statement.busy = true;
    statement.Start(values);
    while (statement.Fetch()) {
      if (verdict->ok()) *verdict = visitor(statement.row());
    }
  });
  if (running != nullptr) running->busy = false;
  return status;
}

StatusOr<int64_t> Session::Execute(const Query& query, std::span<const Value> values) {
  int64_t affected = 0;
  std::unique_ptr<PreparedStatement> spare;
  Status status =
      Observed(query, [&] { affected = Prepared(query, values, spare).Execute(values); });
  if (!status.ok()) return status;
  return affected;
}

Status Session::Control(const Query& query) {
  std::unique_ptr<PreparedStatement> spare;
  return Guarded(query.name, [&] { Prepared(query, {}, spare).Execute({}); });
}

Status Session::RunScript(const std::string& script, const char* name) {
  if (dialect::RunScript(session_, script)) return absl::OkStatus();
  return dialect::LastError(session_, name, use_ == Use::kWrite);
}

bool Session::InTransaction() { return dialect::InTransaction(session_); }

Status Session::Checkpoint() { return dialect::Checkpoint(session_); }

}  // namespace matchgo::sql
