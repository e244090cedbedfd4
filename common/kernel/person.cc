#include "common/kernel/person.h"

#include <algorithm>
#include <array>

#include "common/kernel/role.h"

namespace matchgo {

bool NamesAPerson(std::string_view id) {
  static constexpr std::array<std::string_view, 6> kPrograms = {"admin",  "cli",  "matchgo",
                                                                "nobody", "root", kProcess};
  return !id.empty() && !ParseRole(id).has_value() &&
         std::find(kPrograms.begin(), kPrograms.end(), id) == kPrograms.end();
}

}  // namespace matchgo
