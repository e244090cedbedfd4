// Sorting by eight bytes at a time gives what comparing byte by byte gives.
#include "services/scheduler/engine/text_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "common/random/random.h"

namespace matchgo::scheduler::engine {
namespace {

// Texts with long shared beginnings, many repeats, bytes above 127 and zero bytes.
std::vector<std::string> SomeTexts(Random& random, size_t count) {
  static constexpr char kBytes[] = {'\0', 'a', 'b', '\x7F', '\xC3', '\xFF'};
  std::vector<std::string> texts;
  for (size_t i = 0; i < count; ++i) {
    std::string text(random.Below(3) * 8, 'x');
    const uint64_t more = random.Below(12);
    for (uint64_t k = 0; k < more; ++k) text.push_back(kBytes[random.Below(6)]);
    texts.push_back(text);
  }
  return texts;
}

TEST(TextOrder, IsBytewiseThenByTag) {
  Random random(20261122);
  for (const size_t count : {0U, 1U, 2U, 23U, 24U, 25U, 300U, 3000U}) {
    const std::vector<std::string> texts = SomeTexts(random, count);
    std::vector<TaggedText> sorted;
    std::vector<std::pair<std::string, uint64_t>> expected;
    for (const std::string& text : texts) {
      const uint64_t tag = random.Below(100);
      sorted.push_back({text, tag});
      expected.emplace_back(text, tag);
    }
    std::ranges::sort(expected);
    SortTexts(sorted);
    ASSERT_EQ(sorted.size(), expected.size());
    for (size_t i = 0; i < sorted.size(); ++i) {
      ASSERT_EQ(sorted[i].text, expected[i].first) << "count " << count << ", at " << i;
      ASSERT_EQ(sorted[i].tag, expected[i].second) << "count " << count << ", at " << i;
    }
  }
}

}  // namespace
}  // namespace matchgo::scheduler::engine
