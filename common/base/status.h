// Status and StatusOr with a stable reason word, used in every room.
//
// A Reason is the contract with callers (docs, tests and translations key on the word); the text is
// for developers and never holds a value that came from outside. This header is the only bridge to
// Abseil's own string_view (Debian builds Abseil without std::string_view). Pure;
// thread-compatible. Test: tests/unit/common/base/status_test.cc
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace matchgo {

using absl::Status;
using absl::StatusOr;

// A stable UPPER_SNAKE word and one English sentence for developers.
struct Reason {
  const char* word;
  const char* text;
};

// One thing that is wrong with one field of a request. `wanted` says what would be accepted.
struct Violation {
  std::string field;   // path as on the wire: "vacancy.openings", "modules[2].ec"
  std::string reason;  // REQUIRED, RANGE, TEXT, ENUM, DATE, PATTERN, ... see common/rpc/README.md
  std::string wanted;  // "1..1000", "an ISO date", never the value that was given

  friend bool operator==(const Violation&, const Violation&) = default;
};

// INVALID_ARGUMENT: the request can never succeed as it is.
Status Invalid(Reason reason);
// INVALID_ARGUMENT with the fields; the reason word is that of the first violation.
// REQUIRES: !violations.empty().
Status Invalid(std::vector<Violation> violations);
// NOT_FOUND: absent, or another tenant's, which must look the same.
Status NotFound(Reason reason);
// ALREADY_EXISTS: another record holds this natural key.
Status Exists(Reason reason);
// ABORTED: somebody else changed it first; read again and retry.
Status Conflict(Reason reason);
// FAILED_PRECONDITION: the state of the record forbids it.
Status Precondition(Reason reason);
// PERMISSION_DENIED: this role may not.
Status Forbidden(Reason reason);
// UNAUTHENTICATED: nobody said who is calling.
Status Unauthenticated(Reason reason);
// RESOURCE_EXHAUSTED: a quota or a size limit.
Status Exhausted(Reason reason);
// OUT_OF_RANGE: beyond what exists (a feed position); begin again.
Status OutOfRange(Reason reason);
// DEADLINE_EXCEEDED: the time the caller gave was up.
Status DeadlineExceeded(Reason reason);
// UNAVAILABLE: try again later; the only retriable code beside ABORTED.
Status Unavailable(Reason reason);
// INTERNAL: our fault. The text stays inside the process (logged, never sent).
Status Internal(std::string text);

// Adds a fact to a status, "legal" -> "PUBLISHED, CLOSED": travels as metadata of the error detail.
Status WithFact(Status status, std::string_view key, std::string_view value);

// The reason word ("" if none), the violations and the facts of a status made above.
std::string ReasonOf(const Status& status);
std::vector<Violation> ViolationsOf(const Status& status);
std::vector<std::pair<std::string, std::string>> FactsOf(const Status& status);
// status.message() as std::string.
std::string MessageOf(const Status& status);

}  // namespace matchgo
