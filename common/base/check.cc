#include "common/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace matchgo {

void CheckFailed(const char* condition, const std::source_location& where) {
  std::fprintf(stderr, "%s:%u: CHECK(%s) failed\n", where.file_name(), where.line(), condition);
  std::abort();
}

}  // namespace matchgo
