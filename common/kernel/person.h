// Whether an id of who acts can be a person's, and what stands there when no person did.
//
// Two services ask, scheduler and trajectories: a second opinion on who is nobody would be a hole.
// Pure. Test: tests/unit/common/kernel/person_test.cc
#pragma once

#include <string_view>

namespace matchgo {

// Stands where the id of a person would, for what a process did of itself.
inline constexpr std::string_view kProcess = "system";

// What only a person may do, nobody does as "", as the word of a role, or as one of the words that
// programs call themselves.
bool NamesAPerson(std::string_view id);

}  // namespace matchgo
