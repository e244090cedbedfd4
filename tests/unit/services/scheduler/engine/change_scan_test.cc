// Scans of changes against a lane at a time, on every instruction set of this machine.
#include "services/scheduler/engine/change_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <vector>

#include "common/random/random.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr int kRounds = 4000;

LaneBlock AnyBlock(Random& random) {
  LaneBlock block;
  block.origin_x = static_cast<int32_t>(random.Between(-100'000, 100'000));
  block.origin_y = static_cast<int32_t>(random.Between(-100, 100));
  for (size_t lane = 0; lane < kLanes; ++lane) {
    block.hours[lane] = random.Chance(100) ? 255 : static_cast<uint8_t>(random.Between(20, 30));
    block.salary[lane] = random.Chance(50) ? UINT16_MAX : static_cast<uint16_t>(random.Below(8));
    block.x[lane] = random.Chance(50) ? UINT16_MAX : static_cast<uint16_t>(random.Below(9));
    block.y[lane] = static_cast<uint16_t>(random.Below(9));
  }
  return block;
}

ChangeTerms AnyTerms(Random& random, const LaneBlock& block) {
  const auto any = [&](int64_t from, int64_t to) {
    return static_cast<int32_t>(random.Between(from, to));
  };
  ChangeTerms terms{.x = block.origin_x + any(-4, 12),
                    .y = block.origin_y + any(-4, 12),
                    .hours_min = any(20, 30),
                    .hours_max = any(20, 30),
                    .salary_floor = any(0, 8),
                    .reach = random.Between(0, 200)};
  terms.hours_from = random.Chance(500) ? 0 : any(18, 26);
  if (random.Chance(500)) terms.hours_to = any(24, 32);
  terms.salary_from = random.Chance(500) ? 0 : any(0, 6);
  terms.beyond = random.Between(-1, 20);
  terms.within = random.Chance(300) ? int64_t{1} << 36 : random.Between(20, 300);
  return terms;
}

ChangeLanes LaneByLane(const LaneBlock& block, const ChangeTerms& terms, int most) {
  ChangeLanes lanes;
  for (size_t lane = 0; lane < kLanes; ++lane) {
    const int64_t dx = int64_t{block.origin_x} + block.x[lane] - terms.x;
    const int64_t dy = int64_t{block.origin_y} + block.y[lane] - terms.y;
    const int64_t distance = dx * dx + dy * dy;
    const int hours = block.hours[lane];
    const int salary = block.salary[lane];
    if (distance <= terms.beyond || distance > terms.within || hours < terms.hours_from ||
        hours > terms.hours_to || salary < terms.salary_from) {
      continue;
    }
    const int changes = (hours < terms.hours_min ? 1 : 0) + (hours > terms.hours_max ? 1 : 0) +
                        (salary < terms.salary_floor ? 1 : 0) + (distance > terms.reach ? 1 : 0);
    const uint32_t bit = uint32_t{1} << lane;
    if (changes <= most) lanes.few |= bit;
    if (changes < most) lanes.less |= bit;
    if (changes > most) lanes.rest |= bit;
  }
  return lanes;
}

bool AllNear(const LaneBlock& block, const ChangeTerms& terms) {
  for (size_t lane = 0; lane < kLanes; ++lane) {
    const int32_t dx = block.origin_x + block.x[lane] - terms.x;
    const int32_t dy = block.origin_y + block.y[lane] - terms.y;
    if (std::max(std::abs(dx), std::abs(dy)) > ChangeTerms::kNear) return false;
  }
  return true;
}

TEST(ChangeScan, CountsChangesAsALaneAtATimeWould) {
  Random random(1);
  int near = 0;
  for (int round = 0; round < kRounds; ++round) {
    LaneBlock block = AnyBlock(random);
    if (random.Chance(300)) block.x[random.Below(kLanes)] = ChangeTerms::kNear - 20;
    ChangeTerms terms = AnyTerms(random, block);
    terms.near = AllNear(block, terms);
    near += terms.near ? 1 : 0;
    const int most = static_cast<int>(random.Between(0, 3));
    const ChangeLanes wanted = LaneByLane(block, terms, most);
    for (const SimdLevel level : kSimdLevels) {
      if (level > BestSimdLevel()) continue;
      ASSERT_EQ(ChangeScanOf(level).changes(block, terms, most), wanted) << SimdLevelName(level);
    }
  }
  EXPECT_GT(near, kRounds / 5);
  EXPECT_LT(near, kRounds * 4 / 5);
}

TEST(ChangeScan, TellsLanesThatLackNoneOrOne) {
  Random random(2);
  for (int round = 0; round < kRounds; ++round) {
    const auto words = static_cast<size_t>(random.Between(1, 4));
    std::vector<uint64_t> within(words);
    for (uint64_t& word : within) word = random.Next() | random.Next() | random.Next();
    std::vector<uint64_t> required(words * kLanes);
    for (uint64_t& word : required) {
      word = random.Chance(500) ? 0 : uint64_t{1} << random.Below(64) | uint64_t{1} << 63;
    }
    LackingLanes wanted;
    for (size_t lane = 0; lane < kLanes; ++lane) {
      int lacking = 0;
      for (size_t w = 0; w < words; ++w) {
        lacking += std::popcount(required[w * kLanes + lane] & ~within[w]);
      }
      if (lacking == 0) wanted.none |= uint32_t{1} << lane;
      if (lacking == 1) wanted.one |= uint32_t{1} << lane;
    }
    for (const SimdLevel level : kSimdLevels) {
      if (level > BestSimdLevel()) continue;
      ASSERT_EQ(ChangeScanOf(level).lacking(required.data(), words, within.data()), wanted)
          << SimdLevelName(level);
    }
  }
}

}  // namespace
}  // namespace matchgo::scheduler::engine
