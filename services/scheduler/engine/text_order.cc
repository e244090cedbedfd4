#include "services/scheduler/engine/text_order.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <vector>

namespace matchgo::scheduler::engine {
namespace {

// Fewer than this are compared pairwise.
constexpr size_t kFew = 24;

struct Keyed {
  uint64_t key = 0;  // the eight bytes at the depth that is being sorted, first byte highest
  TaggedText item;
};

bool Before(const TaggedText& a, const TaggedText& b) {
  const int order = a.text.compare(b.text);
  return order != 0 ? order < 0 : a.tag < b.tag;
}

uint64_t KeyAt(std::string_view text, size_t depth) {
  uint64_t word = 0;
  if (text.size() > depth) {
    std::memcpy(&word, text.data() + depth, std::min(sizeof word, text.size() - depth));
  }
  return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

// A text that ends counts as followed by zero bytes, so only texts that have ended can be equal to
// a longer one (which then holds real zero bytes): those are ordered by length.
void SortFrom(std::span<Keyed> items, size_t depth) {
  while (items.size() >= kFew) {
    bool ended = true;
    for (Keyed& one : items) {
      one.key = KeyAt(one.item.text, depth);
      ended = ended && one.item.text.size() <= depth;
    }
    if (ended) {
      std::ranges::sort(items, [](const Keyed& a, const Keyed& b) {
        return a.item.text.size() != b.item.text.size() ? a.item.text.size() < b.item.text.size()
                                                        : a.item.tag < b.item.tag;
      });
      return;
    }
    if (!std::ranges::is_sorted(items, {}, &Keyed::key)) std::ranges::sort(items, {}, &Keyed::key);
    depth += sizeof(uint64_t);
    // The last run is sorted by this loop, the others by a call.
    size_t begin = 0;
    for (size_t end = 1; end < items.size(); ++end) {
      if (items[end].key == items[begin].key) continue;
      if (end - begin > 1) SortFrom(items.subspan(begin, end - begin), depth);
      begin = end;
    }
    items = items.subspan(begin);
  }
  std::ranges::sort(items, Before, &Keyed::item);
}

}  // namespace

void SortTexts(std::span<TaggedText> texts) {
  if (std::ranges::is_sorted(texts, Before)) return;
  std::vector<Keyed> items;
  items.reserve(texts.size());
  for (const TaggedText& text : texts) items.push_back({0, text});
  SortFrom(items, 0);
  for (size_t i = 0; i < texts.size(); ++i) texts[i] = items[i].item;
}

}  // namespace matchgo::scheduler::engine
