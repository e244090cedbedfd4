// The resource names of the suite as patterns: * stands for an id. Parsed by
// common/rpc/resource_name.h.
//
// Here and not there because domain and store may not speak of RPCs. Pure. Test:
// tests/unit/common/rpc/resource_name_test.cc
#pragma once

#include <string>
#include <string_view>

namespace matchgo::names {

inline constexpr std::string_view kSwitcher = "switchers/*";
inline constexpr std::string_view kEmployer = "employers/*";
inline constexpr std::string_view kVacancy = "employers/*/vacancies/*";
inline constexpr std::string_view kOpleider = "opleiders/*";
inline constexpr std::string_view kProgramme = "opleiders/*/programmes/*";
inline constexpr std::string_view kStart = "opleiders/*/programmes/*/starts/*";
inline constexpr std::string_view kSkill = "skills/*";
inline constexpr std::string_view kOccupation = "occupations/*";
inline constexpr std::string_view kRound = "rounds/*";
inline constexpr std::string_view kOffer = "offers/*";
inline constexpr std::string_view kContract = "contracts/*";
inline constexpr std::string_view kTrajectory = "trajectories/*";

// The id that ends a name: "skills/k1" -> "k1"; all of it when there is no slash.
inline std::string LastPart(std::string_view name) {
  return std::string(name.substr(name.rfind('/') + 1));  // npos + 1 is 0
}

}  // namespace matchgo::names
