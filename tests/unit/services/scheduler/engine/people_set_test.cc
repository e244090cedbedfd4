// Sets of neighbours hold who was added, and a ladder leaves out nobody who asks for so little.
#include "services/scheduler/engine/people_set.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/checker_keep.h"

namespace matchgo::scheduler::engine {
namespace {

std::set<size_t> Members(const PeopleSet& people) {
  std::set<size_t> members;
  people.ForEach([&members](size_t who) { members.insert(who); });
  return members;
}

TEST(PeopleSetTest, HoldsWhoWasAdded) {
  PeopleSet some;
  EXPECT_TRUE(some.Empty());
  const std::set<size_t> added = {0, 63, 64, 300, PeopleSet::kMost - 1};
  for (const size_t who : added) some.Add(who);
  EXPECT_FALSE(some.Empty());
  EXPECT_EQ(Members(some), added);
}

TEST(PeopleSetTest, MeetsAndJoins) {
  PeopleSet a;
  PeopleSet b;
  for (const size_t who : std::set<size_t>{1, 70, 400}) a.Add(who);
  for (const size_t who : std::set<size_t>{2, 70, 511}) b.Add(who);
  PeopleSet both = a;
  both &= b;
  EXPECT_EQ(Members(both), (std::set<size_t>{70}));
  a |= b;
  EXPECT_EQ(Members(a), (std::set<size_t>{1, 2, 70, 400, 511}));
}

// Every machine's way leaves those who are in all sets.
TEST(CheckedKeepTest, LeavesWhoIsInAllSets) {
  Random random(62);
  int64_t left = 0;
  for (int round = 0; round < 200; ++round) {
    constexpr size_t kWords = 3;
    std::vector<PeopleSet> sets(kWords * 64);
    const int64_t share = random.Between(500, 1000);
    for (PeopleSet& set : sets) {
      for (size_t who = 0; who < PeopleSet::kMost; ++who) {
        if (random.Chance(share)) set.Add(who);
      }
    }
    std::vector<uint64_t> bits(kWords, 0);
    const PeopleSet people = sets[0];
    PeopleSet wanted = people;
    for (int64_t i = random.Between(0, 9); i > 0; --i) {
      const auto bit = static_cast<size_t>(random.Between(0, kWords * 64 - 1));
      bits[bit / 64] |= uint64_t{1} << (bit % 64);
      wanted &= sets[bit];
    }
    for (const CheckedKeep keep : CheckedKeeps()) {
      PeopleSet kept = people;
      keep(sets.data(), bits.data(), kWords, kept);
      EXPECT_EQ(Members(kept), Members(wanted));
    }
    left += static_cast<int64_t>(Members(wanted).size());
  }
  EXPECT_GT(left, 1000);
}

// Exact where values differ by less than 64, else by whole rungs.
TEST(PeopleLadderTest, NamesAllWhoAskForNoMore) {
  Random random(61);
  for (const int64_t range : {0, 1, 63, 64, 5'000, 2'000'000'000}) {
    std::vector<int32_t> values;
    for (int i = 0; i < 300; ++i) {
      values.push_back(static_cast<int32_t>(random.Between(-range / 2, range / 2)));
    }
    PeopleLadder ladder;
    ladder.Build(values);
    for (int round = 0; round < 100; ++round) {
      const auto value = static_cast<int32_t>(random.Between(-range / 2 - 2, range / 2 + 2));
      const std::set<size_t> named = Members(ladder.UpTo(value));
      for (size_t who = 0; who < values.size(); ++who) {
        const bool asks_no_more = values[who] <= value;
        const bool is_named = named.contains(who);
        EXPECT_TRUE(is_named || !asks_no_more);
        EXPECT_TRUE(!is_named || values[who] <= value + (range < 64 ? 0 : range / 16));
      }
    }
  }
}

}  // namespace
}  // namespace matchgo::scheduler::engine
