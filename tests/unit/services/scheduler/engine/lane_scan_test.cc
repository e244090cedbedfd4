#include "services/scheduler/engine/lane_scan.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/space_order.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr size_t kBlocks = 40;

// Blocks full of ties and extremes, a person and a group.
struct Scene {
  std::vector<LaneBlock> blocks = std::vector<LaneBlock>(kBlocks);
  std::vector<StartBlock> starts = std::vector<StartBlock>(kBlocks);
  std::vector<uint64_t> required;
  std::vector<uint64_t> has, reachable;
  std::vector<int32_t> floors;
  BlockBoxes boxes;
  LanePerson person;
  LaneGroup group;
};

uint16_t Any16(Random& random) {
  return random.Chance(100) ? UINT16_MAX : static_cast<uint16_t>(random.Below(900));
}

void FillBlock(Random& random, LaneBlock& block) {
  block.origin_x = static_cast<int32_t>(random.Between(-100'000, 100'000));
  if (random.Chance(800)) block.origin_x = static_cast<int32_t>(random.Between(-400, 400));
  block.origin_y = static_cast<int32_t>(random.Between(-400, 400));
  for (size_t lane = 0; lane < kLanes; ++lane) {
    block.hours[lane] = random.Chance(100) ? 255 : static_cast<uint8_t>(random.Between(20, 40));
    block.required[lane] = static_cast<uint8_t>(random.Chance(900) ? random.Below(5) : 255);
    block.x[lane] = Any16(random);
    block.y[lane] = Any16(random);
    block.salary[lane] = Any16(random);
    block.latest_ready[lane] = Days16(random.Between(-10, 40) * (random.Chance(900) ? 1 : 40'000));
  }
}

void FillStarts(Random& random, StartBlock& block) {
  for (size_t lane = 0; lane < kLanes; ++lane) {
    block.begins[lane] = static_cast<int32_t>(random.Between(-2, 5));
    block.entry_level[lane] =
        random.Chance(100) ? INT32_MAX : static_cast<int32_t>(random.Between(1, 8));
    block.x[lane] = static_cast<int32_t>(random.Between(-600, 600));
    block.y[lane] = static_cast<int32_t>(random.Between(-100'000, 100'000) / 200);
  }
  block.online = static_cast<uint16_t>(random.Next() & random.Next());
}

LanePerson AnyPerson(Random& random) {
  LanePerson person;
  person.x = static_cast<int32_t>(random.Between(-400, 400));
  person.y = static_cast<int32_t>(random.Between(-400, 400));
  const int64_t reach = random.Between(0, 1000);
  person.reach_squared =
      random.Chance(100) ? LanePerson::kEverywhere : static_cast<uint32_t>(reach * reach);
  person.travel_shift = static_cast<uint32_t>(random.Between(0, 9));
  person.travel_round = static_cast<uint32_t>(random.Below(2));
  person.travel_unit = static_cast<uint32_t>(random.Between(1, 40'000));
  person.hours_min = static_cast<uint32_t>(random.Between(0, 30));
  person.hours_max = static_cast<uint32_t>(random.Between(30, 168));
  person.salary_floor = static_cast<uint32_t>(random.Below(300));
  person.salary_now = static_cast<uint32_t>(random.Below(1000));
  person.salary_unit = static_cast<uint32_t>(random.Below(100'000));
  person.salary_flat = random.Chance(100) ? 1000 : 0;
  person.fit_weight = 300;
  person.travel_weight = 100;
  person.salary_weight = 150;
  person.available = static_cast<int32_t>(random.Between(-1, 3));
  person.level = static_cast<int32_t>(random.Between(1, 8));
  person.square_x = static_cast<uint8_t>(random.Below(256));
  person.square_y = static_cast<uint8_t>(random.Below(256));
  person.square_reach_squared = Any16(random);
  return person;
}

Scene AnyScene(Random& random) {
  Scene scene;
  for (LaneBlock& block : scene.blocks) FillBlock(random, block);
  for (StartBlock& block : scene.starts) FillStarts(random, block);
  for (size_t i = 0; i < kBlocks + 4 * kLanes; ++i) {
    for (auto* side :
         {&scene.boxes.x_min, &scene.boxes.x_max, &scene.boxes.y_min, &scene.boxes.y_max}) {
      side->push_back(static_cast<uint8_t>(random.Below(256)));
    }
  }
  const auto words = static_cast<size_t>(random.Between(1, 3));
  for (size_t w = 0; w < words; ++w) {
    scene.has.push_back(random.Next());
    scene.reachable.push_back(scene.has.back() | random.Next() | random.Next());
  }
  for (size_t i = 0; i < kBlocks * words * kLanes; ++i) {
    scene.required.push_back(
        random.Next() & random.Next() & random.Next() & random.Next() &
        (random.Chance(500) ? scene.reachable[i / kLanes % words] : random.Next()));
  }
  for (size_t i = 0; i < kBlocks * kLanes; ++i) {
    scene.floors.push_back(random.Chance(500) ? -1 : static_cast<int32_t>(random.Below(600'000)));
  }
  scene.person = AnyPerson(random);
  scene.group = {
      .blocks = scene.blocks.data(),
      .required = scene.required.data(),
      .words = words,
      .has = scene.has.data(),
      .reachable = scene.reachable.data(),
      .rest_complete = static_cast<int32_t>(random.Below(300'000)),
      .rest_lacking = random.Chance(100) ? kImpossible : static_cast<int32_t>(random.Below(90'000)),
      .ready_complete = static_cast<int32_t>(random.Between(-5, 20)),
      .ready_lacking = static_cast<int32_t>(random.Between(-5, 20)),
      .threshold = static_cast<int32_t>(random.Between(-1, 500'000)),
      .floors = random.Chance(500) ? scene.floors.data() : nullptr};
  return scene;
}

struct Answer {
  std::vector<int32_t> blocks;
  std::vector<std::pair<int32_t, int32_t>> survivors;
  std::vector<uint16_t> usable;
  std::vector<uint8_t> bits;

  friend bool operator==(const Answer&, const Answer&) = default;
};

Answer Ask(const LaneScan& scan, const Scene& scene) {
  Answer answer;
  answer.blocks.resize(kBlocks + 4 * kLanes);
  answer.blocks.resize(
      scan.reachable_blocks(scene.person, scene.boxes, 3, kBlocks - 3, answer.blocks.data()));
  std::vector<int32_t> all;
  for (size_t b = 0; b < kBlocks; ++b) all.push_back(static_cast<int32_t>(b));
  std::vector<Survivor> survivors(kBlocks * kLanes);
  survivors.resize(
      scan.survivors(scene.person, scene.group, all.data(), all.size(), survivors.data()));
  for (const Survivor& s : survivors) answer.survivors.emplace_back(s.slot, s.bound);
  answer.usable.resize(kBlocks);
  scan.usable_starts(scene.person, scene.starts.data(), kBlocks, answer.usable.data());
  answer.bits.resize(scene.required.size());
  scan.count_bits(scene.required.data(), scene.required.size(), answer.bits.data());
  return answer;
}

TEST(LaneScan, EveryLevelGivesTheSameAnswers) {
  Random random(7);
  size_t blocks = 0;
  size_t survivors = 0;
  for (int round = 0; round < 300; ++round) {
    const Scene scene = AnyScene(random);
    const Answer plain = Ask(LaneScanOf(SimdLevel::kScalar), scene);
    blocks += plain.blocks.size();
    survivors += plain.survivors.size();
    for (const SimdLevel level : kSimdLevels) {
      if (level > BestSimdLevel()) continue;
      ASSERT_EQ(Ask(LaneScanOf(level), scene), plain) << SimdLevelName(level) << " " << round;
    }
  }
  EXPECT_GT(blocks, 1000U);
  EXPECT_GT(survivors, 1000U);
}

TEST(LaneScan, LeavesOutWhatItsVacancyWouldNotTake) {
  Random random(8);
  size_t left_out = 0;
  for (int round = 0; round < 300; ++round) {
    Scene scene = AnyScene(random);
    scene.group.floors = nullptr;
    Answer expected = Ask(LaneScanOf(BestSimdLevel()), scene);
    left_out += std::erase_if(expected.survivors, [&](const auto& survivor) {
      return survivor.second < scene.floors[static_cast<size_t>(survivor.first)];
    });
    scene.group.floors = scene.floors.data();
    ASSERT_EQ(Ask(LaneScanOf(BestSimdLevel()), scene), expected) << round;
  }
  EXPECT_GT(left_out, 1000U);
}

TEST(SpaceOrder, GoesThroughEverySquareOnceWithoutAJump) {
  std::set<std::pair<uint64_t, std::pair<int32_t, int32_t>>> curve;
  for (int32_t x = 0; x < 16; ++x) {
    for (int32_t y = 0; y < 16; ++y) curve.insert({SpaceOrder(x, y), {x, y}});
  }
  ASSERT_EQ(curve.size(), 256U);
  for (auto at = curve.begin(); std::next(at) != curve.end(); ++at) {
    const auto [x, y] = at->second;
    const auto [next_x, next_y] = std::next(at)->second;
    EXPECT_EQ(std::abs(x - next_x) + std::abs(y - next_y), 1) << x << "," << y;
  }
}

}  // namespace
}  // namespace matchgo::scheduler::engine
