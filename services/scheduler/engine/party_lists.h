// PartyLists: for every party of one side a list of contract ids, all lists in one pool.
//
// A list that outgrows its room moves to the end of the pool; Reset packs everything again. The
// order within a list is the caller's. Not thread-safe. Test:
// tests/unit/services/scheduler/engine/party_lists_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace matchgo::scheduler::engine {

class PartyLists {
 public:
  using Id = uint32_t;

  explicit PartyLists(size_t parties) : slots_(parties) {}

  size_t parties() const { return slots_.size(); }
  std::span<const Id> operator[](int32_t party) const {
    const Slot& slot = slots_[static_cast<size_t>(party)];
    return std::span<const Id>(pool_).subspan(slot.begin, slot.size);
  }

  // Empties all lists and gives each room for as many as `counts` says.
  void Reset(std::span<const uint32_t> counts);
  void Append(int32_t party, Id id) {
    InsertAt(party, slots_[static_cast<size_t>(party)].size, id);
  }
  // REQUIRES: at <= size of the list.
  void InsertAt(int32_t party, size_t at, Id id);
  // REQUIRES: at < size of the list.
  void EraseAt(int32_t party, size_t at);

 private:
  struct Slot {
    uint32_t begin = 0;
    uint32_t size = 0;
    uint32_t capacity = 0;
  };
  void Grow(Slot& slot);

  std::vector<Slot> slots_;
  std::vector<Id> pool_;
};

}  // namespace matchgo::scheduler::engine
