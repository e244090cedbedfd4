// Matchers for Status and StatusOr: IsOk(), StatusIs(code), HasReason("WORD").
//
// On a mismatch they print code, reason, text and facts. For tests only.
// Used by every test program.
#pragma once

#include <gmock/gmock.h>

#include <ostream>
#include <string>

#include "common/base/status.h"

namespace matchgo {

inline const Status& StatusOf(const Status& status) { return status; }
template <class T>
const Status& StatusOf(const StatusOr<T>& status_or) {
  return status_or.status();
}

inline std::string Describe(const Status& status) {
  std::string text = status.ok() ? "OK" : ReasonOf(status) + ": " + MessageOf(status);
  for (const auto& [key, value] : FactsOf(status)) text += " [" + key + "=" + value + "]";
  for (const Violation& found : ViolationsOf(status)) {
    text += " {" + found.field + " " + found.reason + " " + found.wanted + "}";
  }
  return text;
}

MATCHER(IsOk, negation ? "is an error" : "is OK") {
  *result_listener << Describe(StatusOf(arg));
  return StatusOf(arg).ok();
}

MATCHER_P(StatusIs, code, "has the status code") {
  *result_listener << Describe(StatusOf(arg));
  return StatusOf(arg).code() == code;
}

MATCHER_P(HasReason, word, "has the reason " + std::string(word)) {
  *result_listener << Describe(StatusOf(arg));
  return !StatusOf(arg).ok() && ReasonOf(StatusOf(arg)) == std::string(word);
}

}  // namespace matchgo
