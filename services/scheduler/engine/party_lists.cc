#include "services/scheduler/engine/party_lists.h"

#include <algorithm>
#include <limits>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {
namespace {

// What a list gets when its first id arrives unannounced.
constexpr uint32_t kFirstCapacity = 2;

}  // namespace

void PartyLists::Reset(std::span<const uint32_t> counts) {
  CHECK(counts.size() == slots_.size());
  uint64_t begin = 0;
  for (size_t i = 0; i < counts.size(); ++i) {
    slots_[i] = {.begin = static_cast<uint32_t>(begin), .size = 0, .capacity = counts[i]};
    begin += counts[i];
  }
  CHECK(begin <= std::numeric_limits<uint32_t>::max());
  pool_.clear();
  pool_.resize(begin);
}

void PartyLists::InsertAt(int32_t party, size_t at, Id id) {
  Slot& slot = slots_[static_cast<size_t>(party)];
  if (slot.size == slot.capacity) Grow(slot);
  Id* const list = pool_.data() + slot.begin;
  std::copy_backward(list + at, list + slot.size, list + slot.size + 1);
  list[at] = id;
  ++slot.size;
}

void PartyLists::EraseAt(int32_t party, size_t at) {
  Slot& slot = slots_[static_cast<size_t>(party)];
  Id* const list = pool_.data() + slot.begin;
  std::copy(list + at + 1, list + slot.size, list + at);
  --slot.size;
}

void PartyLists::Grow(Slot& slot) {
  const uint32_t capacity = slot.capacity == 0 ? kFirstCapacity : slot.capacity * 2;
  const size_t begin = pool_.size();
  CHECK(begin + capacity <= std::numeric_limits<uint32_t>::max());
  pool_.resize(begin + capacity);
  std::copy_n(pool_.begin() + slot.begin, slot.size,
              pool_.begin() + static_cast<std::ptrdiff_t>(begin));
  slot.begin = static_cast<uint32_t>(begin);
  slot.capacity = capacity;
}

}  // namespace matchgo::scheduler::engine
