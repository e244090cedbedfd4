// SortTexts: many texts in bytewise order, by eight bytes at a time.
//
// Lines and ids of a market share long beginnings, so comparing them pairwise reads the same bytes
// again and again; this reads each eight bytes once per level. Pure. Test:
// tests/unit/services/scheduler/engine/text_order_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace matchgo::scheduler::engine {

struct TaggedText {
  std::string_view text;
  uint64_t tag = 0;
};

// By text as unsigned bytes, equal texts by tag.
void SortTexts(std::span<TaggedText> texts);

}  // namespace matchgo::scheduler::engine
