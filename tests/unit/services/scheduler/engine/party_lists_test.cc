// Lists in one pool against vectors of their own.
#include "services/scheduler/engine/party_lists.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/random/random.h"

namespace matchgo::scheduler::engine {
namespace {

using Id = PartyLists::Id;

TEST(PartyListsTest, InsertingAndErasingEqualsVectors) {
  Random random(7);
  std::vector<std::vector<Id>> wanted(5);
  PartyLists lists(wanted.size());
  for (Id id = 0; id < 2000; ++id) {
    if (id == 500) {
      lists.Reset(std::vector<uint32_t>{0, 3, 0, 100, 1});
      for (std::vector<Id>& list : wanted) list.clear();
    }
    const auto party = random.Below(wanted.size());
    std::vector<Id>& list = wanted[party];
    const auto number = static_cast<int32_t>(party);
    if (!list.empty() && random.Chance(400)) {
      const size_t at = random.Below(list.size());
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
      lists.EraseAt(number, at);
    } else {
      const size_t at = random.Below(list.size() + 1);
      list.insert(list.begin() + static_cast<std::ptrdiff_t>(at), id);
      lists.InsertAt(number, at, id);
    }
    for (size_t i = 0; i < wanted.size(); ++i) {
      const auto got = lists[static_cast<int32_t>(i)];
      ASSERT_EQ(std::vector<Id>(got.begin(), got.end()), wanted[i]);
    }
  }
  lists.Append(2, 9999);
  EXPECT_EQ(lists[2].back(), 9999U);
}

}  // namespace
}  // namespace matchgo::scheduler::engine
