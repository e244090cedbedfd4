// Etags: the version of a record as an opaque text, for "only if nobody changed it since".
//
// Pure; thread-safe. Test: tests/unit/common/rpc/page_token_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/status.h"

namespace matchgo::rpc {

// W/"1a": weak, because two encodings of one version are equal in meaning only.
std::string EtagOf(int64_t version);

// OK if `etag` is empty or stands for `version`, else Conflict STALE.
Status CheckEtag(std::string_view etag, int64_t version);

}  // namespace matchgo::rpc
