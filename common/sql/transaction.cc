#include "common/sql/transaction.h"

#include <string>

#include "common/base/check.h"
#include "common/sql/reasons.h"
#include "common/sql/session.h"

namespace matchgo::sql {
namespace {

constexpr Query kAppend{"append_event",
                        "INSERT INTO event (sequence, time, kind, resource, version, tenant, actor)"
                        " VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7)",
                        ""};

Status Injected(Session& session) {
  if (session.faults() == nullptr || !session.faults()->Passes(FaultPoint::kStatement)) {
    return absl::OkStatus();
  }
  return WithFact(Unavailable(kStoreUnavailable), "store", "injected");
}

}  // namespace

Tx::Tx(Session& session, const Call& call, int64_t* sequence, bool* asked)
    : session_(session),
      call_(call),
      sequence_(sequence),
      asked_(asked),
      changes_before_(session.Changes()) {}

bool Tx::changed() const { return session_.Changes() != changes_before_; }

Status Tx::Select(const Query& query, std::span<const Value> values, const Visitor& visitor) {
  if (failure_.ok()) failure_ = Injected(session_);
  if (!failure_.ok()) return failure_;
  Status verdict;
  Status status = session_.Select(query, values, visitor, &verdict);
  // A statement inside the visitor may have failed first.
  if (failure_.ok()) failure_ = std::move(status);
  return failure_.ok() ? verdict : failure_;
}

StatusOr<int64_t> Tx::Execute(const Query& query, std::span<const Value> values) {
  if (failure_.ok()) failure_ = Injected(session_);
  if (!failure_.ok()) return failure_;
  StatusOr<int64_t> affected = session_.Execute(query, values);
  if (!affected.ok()) failure_ = affected.status();
  return affected;
}

int64_t Tx::NextSequence() const {
  CHECK(sequence_ != nullptr);
  return *sequence_ + 1;
}

int64_t Tx::AppendEvent(const Event& event) {
  const Principal& who = call_.principal;
  std::string actor(FormatRole(who.role));
  actor.append(":").append(who.id);
  const int64_t next = NextSequence();
  const StatusOr<int64_t> appended =
      Execute(kAppend, {next, call_.now.micros(), event.kind, event.resource, event.version,
                        event.tenant, std::move(actor)});
  if (appended.ok()) *sequence_ = next;
  return next;
}

}  // namespace matchgo::sql
