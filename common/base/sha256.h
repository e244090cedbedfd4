// Sha256Hex: the SHA-256 digest of some bytes as 64 lower-case hex digits.
//
// For values that are published or compared, never for passwords. Pure; thread-safe.
// Test: tests/unit/common/base/sha256_test.cc
#pragma once

#include <string>
#include <string_view>

namespace matchgo {

std::string Sha256Hex(std::string_view bytes);

}  // namespace matchgo
