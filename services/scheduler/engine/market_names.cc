#include "services/scheduler/engine/market_names.h"

#include <cstring>

#include "services/scheduler/engine/text_order.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kSlotsAtFirst = 1024;
constexpr uint64_t kMix = 0x9e3779b97f4a7c15U;

uint64_t Load(const char* from, size_t count) {
  uint64_t word = 0;
  std::memcpy(&word, from, count);
  return word;
}

// All of a name of up to eight bytes (together with its size), and a hash of a longer one.
uint64_t WordOf(std::string_view name) {
  const char* at = name.data();
  size_t left = name.size();
  if (left > 8) {
    uint64_t hash = left;
    for (; left >= 8; at += 8, left -= 8) {
      hash = (hash ^ Load(at, 8)) * kMix;
      hash ^= hash >> 29U;
    }
    return hash ^ Load(at + left - 8, 8);
  }
  if (left >= 4) return Load(at, 4) | Load(at + left - 4, 4) << 32U;
  if (left == 0) return 0;
  return Load(at, 1) | Load(at + left / 2, 1) << 8U | Load(at + left - 1, 1) << 16U;
}

// Only spreads names over slots: it shows nowhere.
size_t SlotOf(uint64_t word) {
  const uint64_t mixed = word * kMix;
  return static_cast<size_t>(mixed ^ mixed >> 32U);
}

}  // namespace

bool NameTable::Is(const Slot& slot, uint64_t word, std::string_view name) const {
  return slot.word == word && slot.size == name.size() &&
         (name.size() <= 8 || names_[static_cast<size_t>(slot.name)] == name);
}

int32_t NameTable::Add(std::string_view name) {
  if (names_.size() * 2 >= slots_.size()) Grow();
  const uint64_t word = WordOf(name);
  const size_t mask = slots_.size() - 1;
  for (size_t at = SlotOf(word) & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.name == kNone) {
      slot = {word, static_cast<int32_t>(names_.size()), static_cast<uint32_t>(name.size())};
      names_.push_back(name);
      return slot.name;
    }
    if (Is(slot, word, name)) return slot.name;
  }
}

void NameTable::Grow() {
  std::vector<Slot> old(slots_.empty() ? kSlotsAtFirst : slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.name == kNone) continue;
    size_t at = SlotOf(slot.word) & mask;
    while (slots_[at].name != kNone) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

std::vector<std::vector<int32_t>> MergeNames(std::span<const LaneNames> lanes,
                                             NameTable LaneNames::*kind, IdColumn& column) {
  std::vector<TaggedText> all;
  std::vector<std::vector<int32_t>> places;
  for (size_t lane = 0; lane < lanes.size(); ++lane) {
    const std::span<const std::string_view> names = (lanes[lane].*kind).names();
    places.emplace_back(names.size());
    for (size_t i = 0; i < names.size(); ++i) all.push_back({names[i], lane << 32U | i});
  }
  SortTexts(all);
  for (size_t i = 0; i < all.size(); ++i) {
    if (i == 0 || all[i].text != all[i - 1].text) column.Append(all[i].text);
    places[all[i].tag >> 32U][all[i].tag & 0xFFFFFFFFU] = column.size() - 1;
  }
  return places;
}

}  // namespace matchgo::scheduler::engine
