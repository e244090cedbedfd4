#include "common/base/status.h"

#include <utility>

#include "absl/strings/cord.h"

namespace matchgo {
namespace {

constexpr char kReasonUrl[] = "matchgo/reason";
constexpr char kViolationsUrl[] = "matchgo/violations";
constexpr char kFactsUrl[] = "matchgo/facts";
// ASCII unit and record separators: neither may occur in a field path, a word or our own texts.
constexpr char kUnit = '\x1f';
constexpr char kRecord = '\x1e';

Status Make(absl::StatusCode code, Reason reason) {
  Status status(code, absl::string_view(reason.text));
  status.SetPayload(kReasonUrl, absl::Cord(reason.word));
  return status;
}

std::string Payload(const Status& status, const char* url) {
  const auto payload = status.GetPayload(url);
  return payload.has_value() ? std::string(*payload) : std::string();
}

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  return parts;
}

}  // namespace

Status Invalid(Reason reason) { return Make(absl::StatusCode::kInvalidArgument, reason); }
Status NotFound(Reason reason) { return Make(absl::StatusCode::kNotFound, reason); }
Status Exists(Reason reason) { return Make(absl::StatusCode::kAlreadyExists, reason); }
Status Conflict(Reason reason) { return Make(absl::StatusCode::kAborted, reason); }
Status Precondition(Reason reason) { return Make(absl::StatusCode::kFailedPrecondition, reason); }
Status Forbidden(Reason reason) { return Make(absl::StatusCode::kPermissionDenied, reason); }
Status Unauthenticated(Reason reason) { return Make(absl::StatusCode::kUnauthenticated, reason); }
Status Exhausted(Reason reason) { return Make(absl::StatusCode::kResourceExhausted, reason); }
Status OutOfRange(Reason reason) { return Make(absl::StatusCode::kOutOfRange, reason); }
Status DeadlineExceeded(Reason reason) { return Make(absl::StatusCode::kDeadlineExceeded, reason); }
Status Unavailable(Reason reason) { return Make(absl::StatusCode::kUnavailable, reason); }

// NOLINTNEXTLINE(performance-unnecessary-value-param): made for it, and only when we are at fault.
Status Internal(std::string text) {
  Status status(absl::StatusCode::kInternal, text);
  status.SetPayload(kReasonUrl, absl::Cord("INTERNAL"));
  return status;
}

Status Invalid(std::vector<Violation> violations) {
  const Reason reason{violations.front().reason.c_str(), "the request has invalid fields"};
  Status status = Make(absl::StatusCode::kInvalidArgument, reason);
  std::string encoded;
  for (const Violation& violation : violations) {
    if (!encoded.empty()) encoded.push_back(kRecord);
    encoded += violation.field + kUnit + violation.reason + kUnit + violation.wanted;
  }
  status.SetPayload(kViolationsUrl, absl::Cord(encoded));
  return status;
}

Status WithFact(Status status, std::string_view key, std::string_view value) {
  std::string encoded = Payload(status, kFactsUrl);
  if (!encoded.empty()) encoded.push_back(kRecord);
  encoded.append(key).push_back(kUnit);
  encoded.append(value);
  status.SetPayload(kFactsUrl, absl::Cord(encoded));
  return status;
}

std::string ReasonOf(const Status& status) { return Payload(status, kReasonUrl); }

std::vector<Violation> ViolationsOf(const Status& status) {
  std::vector<Violation> violations;
  const std::string encoded = Payload(status, kViolationsUrl);
  if (encoded.empty()) return violations;
  for (const std::string& record : Split(encoded, kRecord)) {
    const std::vector<std::string> parts = Split(record, kUnit);
    violations.push_back({parts.at(0), parts.at(1), parts.at(2)});
  }
  return violations;
}

std::vector<std::pair<std::string, std::string>> FactsOf(const Status& status) {
  std::vector<std::pair<std::string, std::string>> facts;
  const std::string encoded = Payload(status, kFactsUrl);
  if (encoded.empty()) return facts;
  for (const std::string& record : Split(encoded, kRecord)) {
    const std::vector<std::string> parts = Split(record, kUnit);
    facts.emplace_back(parts.at(0), parts.at(1));
  }
  return facts;
}

std::string MessageOf(const Status& status) { return std::string(status.message()); }

}  // namespace matchgo
