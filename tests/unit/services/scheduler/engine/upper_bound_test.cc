// Bounds of markets that can be worked out by hand.
#include "services/scheduler/engine/upper_bound.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/scheduler/engine/market_file.h"

namespace matchgo::scheduler::engine {
namespace {

struct Triple {
  const char* switcher;
  const char* vacancy;
  const char* start;  // null: direct
  int64_t score;
};

struct Row {
  const char* name;
  std::vector<int64_t> openings;    // of v0, v1, ...
  std::vector<int64_t> capacities;  // of p0, p1, ...
  std::vector<Triple> triples;
  std::vector<Triple> frozen;
  std::vector<Triple> declined;
  int64_t total_score;  // the best possible
  int64_t placed;
};

MarketContract IdsOf(const Triple& triple) {
  MarketContract contract{.switcher = triple.switcher, .vacancy = triple.vacancy};
  if (triple.start != nullptr) contract.start = triple.start;
  return contract;
}

// Four people, s0 to s3.
MarketInput InputOf(const Row& row) {
  MarketInput input;
  for (const char* id : {"s0", "s1", "s2", "s3"}) input.switchers.push_back({.id = id});
  for (size_t v = 0; v < row.openings.size(); ++v) {
    input.vacancies.push_back({.id = "v" + std::to_string(v), .openings = row.openings[v]});
  }
  for (size_t p = 0; p < row.capacities.size(); ++p) {
    MarketStart start;
    start.id = "p" + std::to_string(p);
    start.capacity = row.capacities[p];
    start.min = row.capacities[p];
    input.starts.push_back(start);
  }
  for (const Triple& triple : row.triples) {
    input.triples.push_back({.contract = IdsOf(triple), .score = triple.score});
  }
  for (const Triple& triple : row.frozen) input.frozen.push_back(IdsOf(triple));
  for (const Triple& triple : row.declined) input.declined.push_back(IdsOf(triple));
  return input;
}

std::vector<Row> Rows() {
  const Triple a{"s0", "v0", nullptr, 900'000};
  const Triple b{"s1", "v0", nullptr, 800'000};
  const Triple c{"s1", "v1", nullptr, 700'000};
  const Triple d{"s0", "v1", nullptr, 100'000};
  const Triple e{"s2", "v0", "p0", 600'000};
  const Triple f{"s3", "v0", "p0", 500'000};
  return {
      {"nobody can do anything", {1}, {}, {{"s0", "v0", nullptr, 0}}, {}, {}, 0, 1},
      {"one contract", {1}, {}, {a}, {}, {}, 900'000, 1},
      {"a vacancy without openings", {0}, {}, {a}, {}, {}, 0, 0},
      {"two want one opening", {1}, {}, {a, b}, {}, {}, 900'000, 1},
      {"the second best for one", {1, 1}, {}, {a, b, c, d}, {}, {}, 1'600'000, 2},
      {"three compete for two that are alike",
       {1, 1},
       {},
       {{"s0", "v0", nullptr, 500'000},
        {"s0", "v1", nullptr, 500'000},
        {"s1", "v0", nullptr, 500'000},
        {"s1", "v1", nullptr, 500'000},
        {"s2", "v0", nullptr, 500'000},
        {"s2", "v1", nullptr, 500'000}},
       {},
       {},
       1'000'000,
       2},
      {"a start is full before the vacancy", {4}, {1}, {a, e, f}, {}, {}, 1'500'000, 2},
      {"a vacancy is full before the start", {2}, {2}, {a, e, f}, {}, {}, 1'500'000, 2},
      {"a start without places", {4}, {0}, {a, e, f}, {}, {}, 900'000, 1},
      {"declined ones do not count", {1}, {}, {a, b}, {}, {a}, 800'000, 1},
      {"frozen ones stay", {1}, {}, {a, b}, {b}, {}, 800'000, 1},
      {"minima do not count", {4}, {4}, {e, f}, {}, {}, 1'100'000, 2},
  };
}

TEST(FindBound, IsTheBestPossibleOrAHundredthAboveIt) {
  for (const Row& row : Rows()) {
    SCOPED_TRACE(row.name);
    const auto built = BuildMarket(InputOf(row));
    ASSERT_TRUE(built.ok()) << built.status();
    const Market& market = built->market;
    SerialParallel serial;
    const Bound bound =
        FindBound(CandidateIndex(market, Weights()), market.commitments, {}, serial);
    EXPECT_GE(bound.total_score, row.total_score);
    EXPECT_LE(bound.total_score, row.total_score + row.total_score / 100);
    EXPECT_EQ(bound.placed, row.placed);
  }
}

TEST(FindBound, OfAnEmptyMarketIsNothing) {
  const auto built = BuildMarket(MarketInput());
  ASSERT_TRUE(built.ok());
  SerialParallel serial;
  EXPECT_EQ(FindBound(CandidateIndex(built->market, Weights()), {}, {}, serial), Bound());
}

TEST(FindBound, TellsHowFarItIs) {
  const auto built = BuildMarket(InputOf(Rows().back()));
  ASSERT_TRUE(built.ok());
  SerialParallel serial;
  std::vector<std::string> phases;
  FindBound(CandidateIndex(built->market, Weights()), {}, {}, serial,
            [&](std::string_view phase, int64_t done, int64_t of) {
              EXPECT_LE(done, of);
              phases.emplace_back(phase);
            });
  ASSERT_FALSE(phases.empty());
  EXPECT_EQ(phases.front(), "first lists");
  EXPECT_EQ(phases.back(), "prices tried");
}

}  // namespace
}  // namespace matchgo::scheduler::engine
