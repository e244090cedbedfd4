#include "common/rpc/resource_name.h"

#include <array>

#include "common/base/check.h"

namespace matchgo::rpc {
namespace {

constexpr size_t kIdLengthMax = 64;

constexpr std::array<bool, 256> kIdBytes = [] {
  std::array<bool, 256> allowed{};
  for (unsigned c = 0; c < allowed.size(); ++c) {
    allowed[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 c == '-' || c == '_' || c == '.' || c == '~';
  }
  return allowed;
}();

bool IsIdByte(char c) { return kIdBytes[static_cast<unsigned char>(c)]; }

}  // namespace

bool MatchResourceName(std::string_view pattern, std::string_view name, std::string_view* ids,
                       size_t count) {
  size_t found = 0;
  size_t at = 0;
  for (const char wanted : pattern) {
    if (wanted != '*') {
      if (at >= name.size() || name[at] != wanted) return false;
      ++at;
      continue;
    }
    const size_t begin = at;
    while (at < name.size() && IsIdByte(name[at])) ++at;
    if (at == begin || at - begin > kIdLengthMax) return false;
    CHECK(found < count);
    ids[found++] = name.substr(begin, at - begin);
  }
  return at == name.size();
}

Status BadResourceName(std::string_view pattern, std::string_view field) {
  return Invalid(
      std::vector<Violation>{{std::string(field), "RESOURCE_NAME", std::string(pattern)}});
}

std::string FormatNameTexts(std::string_view pattern, const std::string_view* ids, size_t count) {
  std::string name;
  size_t used = 0;
  for (const char c : pattern) {
    if (c != '*') {
      name.push_back(c);
    } else {
      CHECK(used < count);
      name.append(ids[used++]);
    }
  }
  CHECK(used == count);
  return name;
}

}  // namespace matchgo::rpc
