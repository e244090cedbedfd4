#include "common/rpc/etag.h"

#include <array>
#include <charconv>

namespace matchgo::rpc {

std::string EtagOf(int64_t version) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), version, 16).ptr;
  return "W/\"" + std::string(digits.data(), end) + "\"";
}

Status CheckEtag(std::string_view etag, int64_t version) {
  if (etag.empty() || etag == EtagOf(version)) return absl::OkStatus();
  return Conflict({"STALE", "somebody changed it since you read it; read it again"});
}

}  // namespace matchgo::rpc
