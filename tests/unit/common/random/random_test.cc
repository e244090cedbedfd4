#include "common/random/random.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <vector>

namespace matchgo {
namespace {

std::vector<uint64_t> Draw(Random random, int count) {
  std::vector<uint64_t> drawn;
  for (int i = 0; i < count; ++i) drawn.push_back(random.Next());
  return drawn;
}

// From a second implementation (Python), itself checked against the published outputs of SplitMix64
// for 1234567 and of xoshiro256** for the state 1, 2, 3, 4. A change here breaks every stored
// round.
TEST(RandomTest, KnownAnswers) {
  using V = std::vector<uint64_t>;
  EXPECT_EQ(Draw(Random(0), 4),
            (V{0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0, 0x6aa594f1262d2d2c}));
  EXPECT_EQ(Draw(Random(42), 4),
            (V{0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1, 0xecb8ad4703b360a1}));
  EXPECT_EQ(Draw(Random(42, "people"), 3),
            (V{0x9075a63a5827a991, 0x498fc2f339839a6a, 0x6044eb8081e2cdd9}));
  EXPECT_EQ(Draw(Random(42, "employers"), 3),
            (V{0x81b9428995dc1d88, 0x96e1368b160ff16f, 0xb58f5471a9ab7e05}));
  Random random(42);
  V below;
  for (const uint64_t bound : V{10, 100, 1000, 6, 2, 1, uint64_t{3} << 62}) {
    below.push_back(random.Below(bound));
  }
  EXPECT_EQ(below, (V{0, 37, 680, 5, 1, 0, 9950984181700650565u}));
}

TEST(RandomTest, BoundsHoldAndEveryValueComes) {
  Random random(7);
  std::array<int, 6> seen{};
  for (int i = 0; i < 60'000; ++i) ++seen.at(random.Below(6));
  for (const int count : seen) {
    EXPECT_GT(count, 9'500);
    EXPECT_LT(count, 10'500);
  }
  std::set<int64_t> between;
  for (int i = 0; i < 200; ++i) between.insert(random.Between(-2, 2));
  EXPECT_EQ(between, (std::set<int64_t>{-2, -1, 0, 1, 2}));
  EXPECT_EQ(random.Between(INT64_MAX, INT64_MAX), INT64_MAX);
  std::set<bool> signs;
  for (int i = 0; i < 100; ++i) signs.insert(random.Between(INT64_MIN, INT64_MAX) < 0);
  EXPECT_EQ(signs.size(), 2u);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(random.Chance(0));
    EXPECT_TRUE(random.Chance(1000));
  }
}

TEST(EntropyTest, SeededIdsAreKnown) {
  SeededEntropy entropy(42);
  EXPECT_EQ(entropy.NewId(), "216nve5k0k8er5nr5vjnfq8qhf");
  EXPECT_NE(entropy.NewId(), "216nve5k0k8er5nr5vjnfq8qhf");
  EXPECT_EQ(SeededEntropy(42).Bytes(20).substr(0, 16), SeededEntropy(42).Bytes(16));
}

TEST(EntropyTest, AStreamKnowsNothingOfItsNeighbours) {
  SeededEntropy first(42);
  SeededEntropy second(42);
  const std::string id = first.Stream("scheduler")->NewId();
  // Drawn after others drew, from the source and from another stream.
  second.NewId();
  const auto other = second.Stream("profiles");
  EXPECT_NE(other->NewId(), id);
  const auto same = second.Stream("scheduler");
  EXPECT_EQ(same->NewId(), id);
  EXPECT_NE(same->NewId(), id);
  EXPECT_NE(second.Stream("scheduler")->NewId(), id) << "a start on old data draws no old ids";
  EXPECT_NE(SeededEntropy(43).Stream("scheduler")->NewId(), id);
  EXPECT_NE(first.Stream("scheduler")->Stream("scheduler")->NewId(), id);
  SystemEntropy system;
  EXPECT_NE(system.Stream("scheduler")->NewId(), system.Stream("scheduler")->NewId());
}

TEST(EntropyTest, SystemIdsDifferAndFitTheAlphabet) {
  SystemEntropy entropy;
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = entropy.NewId();
    EXPECT_EQ(id.size(), 26u);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"), std::string::npos);
    EXPECT_LE(id[0], '7');  // 128 bits leave two bits of the 26th character empty
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 1000u);
  EXPECT_EQ(entropy.Bytes(0), "");
  EXPECT_EQ(entropy.Bytes(5000).size(), 5000u);
}

TEST(EntropyTest, NearIdsBeginAlikeForAWhileAndNeverMeet) {
  SystemEntropy entropy;
  std::set<std::string> ids;
  std::set<std::string> beginnings;
  for (int i = 0; i < 640; ++i) {
    const std::string id = entropy.NewNearId();
    EXPECT_EQ(id.size(), 26u);
    EXPECT_EQ(id.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"), std::string::npos);
    ids.insert(id);
    beginnings.insert(id.substr(0, 8));
  }
  EXPECT_EQ(ids.size(), 640u);
  EXPECT_EQ(beginnings.size(), 10u);
  // Predictable ids stay what they were.
  EXPECT_EQ(SeededEntropy(42).NewNearId(), SeededEntropy(42).NewId());
}

}  // namespace
}  // namespace matchgo
