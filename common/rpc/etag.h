// Etags: the version of a record as an opaque text, for "only if nobody changed it since".
//
// Callers must not look inside. Pure; thread-safe.
// Test: tests/unit/common/rpc/page_token_test.cc
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/status.h"

namespace matchgo::rpc {

// W/"1a": weak, because two encodings of one version are equal in meaning only.
std::string EtagOf(int64_t version);

// OK if `etag` is empty or stands for `version`, else Conflict STALE.
Status CheckEtag(std::string_view etag, int64_t version);

// The version an etag stands for, for actions that know versions only: nothing if it is empty (no
// guard), 0, which no record ever has, if it is none of ours.
inline std::optional<int64_t> VersionOf(std::string_view etag) {
  if (etag.empty()) return std::nullopt;
  int64_t version = 0;
  if (etag.size() > 4) std::from_chars(etag.data() + 3, etag.data() + etag.size() - 1, version, 16);
  return etag == EtagOf(version) ? version : 0;
}

}  // namespace matchgo::rpc
