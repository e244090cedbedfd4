// The digest of a market text: SHA-256 of its non-empty lines, CR stripped, sorted bytewise, each
// ended by a line feed, so that the order of lines does not matter.
//
// Pure. Test: tests/unit/services/scheduler/engine/market_file_test.cc
#pragma once

#include <string>
#include <string_view>

namespace matchgo::scheduler::engine {

// "sha256:" and 64 lower-case hex digits.
std::string MarketDigest(std::string_view text);

}  // namespace matchgo::scheduler::engine
