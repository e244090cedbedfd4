// The sectors that may be metric labels: those of the built-in catalogue, everything else is
// "other", so that a label never grows with what people type.
//
// Sectors in records stay free words. Pure; constants.
// Test: tests/unit/services/trajectories/trajectory_service_test.cc
#pragma once

#include <array>
#include <string_view>

namespace matchgo {

inline constexpr auto kSectors = std::to_array<std::string_view>(
    {"zorg", "welzijn", "onderwijs", "ict", "techniek", "energie", "bouw", "logistiek",
     "voedsel_natuur", "horeca", "uiterlijke_verzorging", "media", "administratie", "klantcontact",
     "handel", "transport", "financien", "facilitair", "onbekend"});

// The sector itself if it is listed, "none" if it is empty, else "other".
constexpr std::string_view SectorLabel(std::string_view sector) {
  if (sector.empty()) return "none";
  for (const std::string_view known : kSectors) {
    if (known == sector) return known;
  }
  return "other";
}

}  // namespace matchgo
