#include "common/rpc/status_map.h"

#include <string>
#include <utility>

#include "matchgo/common/v1/error_detail.pb.h"

namespace matchgo::rpc {
namespace {

// The numbers of absl and gRPC codes are the same by specification.
static_assert(static_cast<int>(absl::StatusCode::kUnauthenticated) ==
              static_cast<int>(grpc::StatusCode::UNAUTHENTICATED));
static_assert(static_cast<int>(absl::StatusCode::kAborted) ==
              static_cast<int>(grpc::StatusCode::ABORTED));

Status Bare(absl::StatusCode code, const std::string& text) {
  return Status(code, absl::string_view(text.data(), text.size()));
}

Status WithReason(absl::StatusCode code, const char* word, const std::string& text) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
      return Invalid(Reason{word, text.c_str()});
    case absl::StatusCode::kNotFound:
      return NotFound({word, text.c_str()});
    case absl::StatusCode::kAlreadyExists:
      return Exists({word, text.c_str()});
    case absl::StatusCode::kAborted:
      return Conflict({word, text.c_str()});
    case absl::StatusCode::kFailedPrecondition:
      return Precondition({word, text.c_str()});
    case absl::StatusCode::kPermissionDenied:
      return Forbidden({word, text.c_str()});
    case absl::StatusCode::kUnauthenticated:
      return Unauthenticated({word, text.c_str()});
    case absl::StatusCode::kResourceExhausted:
      return Exhausted({word, text.c_str()});
    case absl::StatusCode::kOutOfRange:
      return OutOfRange({word, text.c_str()});
    case absl::StatusCode::kUnavailable:
      return Unavailable({word, text.c_str()});
    case absl::StatusCode::kDeadlineExceeded:
      return DeadlineExceeded({word, text.c_str()});
    default:
      return Bare(code, text);
  }
}

// What the library itself says when a call did not come through.
const char* LibraryWord(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnavailable:
      return "UNAVAILABLE";
    case absl::StatusCode::kDeadlineExceeded:
      return "DEADLINE";
    case absl::StatusCode::kResourceExhausted:
      return "TOO_LARGE";
    default:
      return "";
  }
}

}  // namespace

grpc::Status ToGrpc(const Status& status, std::string_view domain) {
  if (status.ok()) return grpc::Status::OK;
  const auto code = static_cast<grpc::StatusCode>(static_cast<int>(status.code()));
  common::v1::ErrorDetail detail;
  detail.set_domain(std::string(domain));
  if (code == grpc::StatusCode::INTERNAL || code == grpc::StatusCode::UNKNOWN) {
    detail.set_reason("INTERNAL");
    return grpc::Status(code, "something went wrong inside; it was logged",
                        detail.SerializeAsString());
  }
  detail.set_reason(ReasonOf(status));
  for (const Violation& violation : ViolationsOf(status)) {
    auto* added = detail.add_violations();
    added->set_field(violation.field);
    added->set_reason(violation.reason);
    added->set_wanted(violation.wanted);
  }
  for (const auto& [key, value] : FactsOf(status)) (*detail.mutable_metadata())[key] = value;
  return grpc::Status(code, MessageOf(status), detail.SerializeAsString());
}

Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const auto code = static_cast<absl::StatusCode>(static_cast<int>(status.error_code()));
  common::v1::ErrorDetail detail;
  if (!detail.ParseFromString(status.error_details())) detail.Clear();
  const std::string word = detail.reason().empty() ? LibraryWord(code) : detail.reason();
  if (code == absl::StatusCode::kInvalidArgument && detail.violations_size() > 0) {
    std::vector<Violation> violations;
    for (const auto& violation : detail.violations()) {
      violations.push_back({violation.field(), violation.reason(), violation.wanted()});
    }
    return Invalid(std::move(violations));
  }
  if (code == absl::StatusCode::kInternal) return Internal("a neighbour failed");
  Status made = word.empty() ? Bare(code, status.error_message())
                             : WithReason(code, word.c_str(), status.error_message());
  for (const auto& [key, value] : detail.metadata()) {
    made = WithFact(std::move(made), key, value);
  }
  return made;
}

}  // namespace matchgo::rpc
