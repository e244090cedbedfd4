#include "common/sql/session.h"

#include <chrono>
#include <utility>

#include "common/sql/dialect.h"
#include "common/sql/reasons.h"

namespace matchgo::sql {

template <class F>
Status Session::Observed(const Query& query, F run) {
  if (!observer_.statement) return run() ? absl::OkStatus() : LastError(query);
  const auto began = std::chrono::steady_clock::now();
  const bool done = run();
  const auto took = std::chrono::steady_clock::now() - began;
  Status status = done ? absl::OkStatus() : LastError(query);
  observer_.statement(query.name, std::chrono::duration_cast<Duration>(took), done);
  return status;
}

Status Session::LastError(const Query& query) {
  return dialect::LastError(session_, query.name, use_ == Use::kWrite);
}

StatusOr<std::unique_ptr<Session>> Session::Open(const std::string& file, Use use,
                                                 const SqlObserver& observer, FaultPlan* faults) {
  std::unique_ptr<Session> session(new Session(use, observer, faults));
  try {
    dialect::Connect(session->session_, file, use == Use::kWrite);
    if (use == Use::kWrite) dialect::CountLogPages(session->session_, &session->log_pages_);
  } catch (const soci::soci_error& error) {
    // No values yet at this point: the text says why the file cannot be opened.
    return WithFact(Unavailable(kStoreUnavailable), "store", error.get_error_message());
  }
  return session;
}

PreparedStatement* Session::Prepared(const Query& query,
                                     std::unique_ptr<PreparedStatement>& spare) {
  std::unique_ptr<PreparedStatement>& cached = prepared_[query.text];
  if (cached != nullptr && cached->busy) {
    spare = PreparedStatement::Prepare(dialect::Handle(session_), query);
    return spare.get();
  }
  if (cached == nullptr || !cached->Fits(query)) {
    cached.reset();
    cached = PreparedStatement::Prepare(dialect::Handle(session_), query);
  }
  return cached.get();
}

Status Session::Select(const Query& query, std::span<const Value> values, const Visitor& visitor,
                       Status* verdict) {
  std::unique_ptr<PreparedStatement> spare;
  return Observed(query, [&] {
    using Step = PreparedStatement::Step;
    PreparedStatement* const statement = Prepared(query, spare);
    if (statement == nullptr) return false;
    statement->busy = true;
    Step step = statement->Start(values) ? statement->Next() : Step::kFailed;
    while (step == Step::kRow && verdict->ok()) {
      *verdict = visitor(statement->row());
      if (verdict->ok()) step = statement->Next();
    }
    statement->End();
    statement->busy = false;
    return step != Step::kFailed;
  });
}

StatusOr<int64_t> Session::Execute(const Query& query, std::span<const Value> values) {
  int64_t affected = 0;
  std::unique_ptr<PreparedStatement> spare;
  Status status = Observed(query, [&] {
    PreparedStatement* const statement = Prepared(query, spare);
    return statement != nullptr && statement->Execute(values, &affected);
  });
  if (!status.ok()) return status;
  return affected;
}

Status Session::Control(const Query& query) {
  int64_t affected = 0;
  std::unique_ptr<PreparedStatement> spare;
  PreparedStatement* const statement = Prepared(query, spare);
  const bool done = statement != nullptr && statement->Execute({}, &affected);
  return done ? absl::OkStatus() : LastError(query);
}

Status Session::RunScript(const std::string& script, const char* name) {
  if (dialect::RunScript(session_, script)) return absl::OkStatus();
  return dialect::LastError(session_, name, use_ == Use::kWrite);
}

bool Session::InTransaction() { return dialect::InTransaction(session_); }

int64_t Session::Changes() { return dialect::Changes(session_); }

Status Session::Checkpoint(dialect::Sweep sweep) { return dialect::Checkpoint(session_, sweep); }

}  // namespace matchgo::sql
