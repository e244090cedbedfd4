// The files of data/ as they were when the program was built.
//
// Bytes only; geography.cc reads them. The views live as long as the process. Pure.
// Test: tests/unit/common/geography/geography_test.cc
#pragma once

#include <string_view>

namespace matchgo::geography {

std::string_view EmbeddedPlaces();
std::string_view EmbeddedPostcodes();

}  // namespace matchgo::geography
