// Clearings by hand: what each mechanism does, what it refuses, and what minima, frozen and
// declined contracts change.
#include "services/scheduler/engine/clearing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/reasons.h"
#include "services/scheduler/engine/repair.h"
#include "tests/support/status_matchers.h"

namespace matchgo::scheduler::engine {
namespace {

// A bare market as text: "s v p score" or "s v p score rank_s rank_v rank_p"; p `-` is direct.
struct Triple {
  const char* s;
  const char* v;
  const char* p;
  int64_t score;
  int64_t ranks[3] = {0, 0, 0};
};

Market Bare(const std::vector<std::pair<std::string, int64_t>>& openings,
            const std::vector<std::tuple<std::string, int64_t, int64_t>>& starts,
            const std::vector<Triple>& triples, std::vector<MarketContract> declined = {}) {
  MarketInput input;
  input.seed = "bare";
  for (int i = 0; i < 5; ++i) input.switchers.push_back({.id = "s" + std::to_string(i)});
  for (const auto& [id, count] : openings) input.vacancies.push_back({.id = id, .openings = count});
  for (const auto& [id, capacity, min] : starts) {
    input.starts.push_back({.id = id, .capacity = capacity, .min = min});
  }
  for (const Triple& t : triples) {
    MarketTriple& triple = input.triples.emplace_back();
    triple.contract = {t.s, t.v, std::nullopt};
    if (std::string(t.p) != "-") triple.contract.start = t.p;
    triple.score = t.score;
    if (t.ranks[0] != 0) triple.rank_s = t.ranks[0];
    if (t.ranks[1] != 0) triple.rank_v = t.ranks[1];
    if (t.ranks[2] != 0) triple.rank_p = t.ranks[2];
  }
  input.declined = std::move(declined);
  auto built = BuildMarket(input);
  EXPECT_THAT(built, IsOk());
  return std::move(built->market);
}

StatusOr<Clearing> ClearOf(const Market& market, const ClearOptions& options = {}) {
  SerialParallel serial;
  return Clear(CandidateIndex(market, Weights()), options, serial);
}

// "s0 v0 p0, s1 v1 -" in the order of switchers.
std::string Matches(const Market& market, const Clearing& clearing) {
  std::string text;
  for (const KnownContract& held : clearing.holdings) {
    const MarketContract ids = market.Ids(held.contract());
    text += (text.empty() ? "" : ", ") + ids.switcher + " " + ids.vacancy + " " +
            ids.start.value_or("-");
  }
  return text;
}

std::string Cleared(const Market& market, Mechanism mechanism = Mechanism::kScore) {
  const auto clearing = ClearOf(market, {.mechanism = mechanism});
  if (!clearing.ok()) return MessageOf(clearing.status());
  return Matches(market, *clearing);
}

TEST(ScoreMechanismTest, TheBestContractGoesFirst) {
  const Market market = Bare({{"v0", 1}}, {}, {{"s0", "v0", "-", 5}, {"s1", "v0", "-", 6}});
  EXPECT_EQ(Cleared(market), "s1 v0 -");
}

TEST(ScoreMechanismTest, BothSidesNeedRoom) {
  const Market market = Bare({{"v0", 1}, {"v1", 1}}, {{"p0", 1, 0}},
                             {{"s0", "v0", "p0", 9}, {"s1", "v1", "p0", 8}, {"s1", "v0", "-", 7}});
  EXPECT_EQ(Cleared(market), "s0 v0 p0");
}

TEST(ScoreMechanismTest, AStartShortOfItsMinimumIsClosedAndItsPeopleGoElsewhere) {
  const Market market =
      Bare({{"v0", 1}, {"v1", 1}}, {{"p0", 5, 2}}, {{"s0", "v0", "p0", 9}, {"s0", "v1", "-", 4}});
  const auto clearing = ClearOf(market);
  EXPECT_EQ(Matches(market, *clearing), "s0 v1 -");
  ASSERT_EQ(clearing->closed.size(), 1U);
  EXPECT_EQ(clearing->closed[0].load, 1);
  EXPECT_EQ(clearing->total_score, 4);
  EXPECT_EQ(clearing->total_score_minima_ignored, 9);
  EXPECT_EQ(clearing->open_set, OpenSetMethod::kExact);
}

// Two starts share three people and each wants two: closing the one that is fuller is better.
TEST(ScoreMechanismTest, WhichStartToCloseIsDecidedByTheTotal) {
  const std::vector<Triple> triples = {{"s0", "v0", "p0", 10},
                                       {"s1", "v1", "p0", 1},
                                       {"s1", "v1", "p1", 9},
                                       {"s2", "v2", "p1", 9},
                                       {"s0", "v0", "p1", 8}};
  const Market market =
      Bare({{"v0", 1}, {"v1", 1}, {"v2", 1}}, {{"p0", 2, 2}, {"p1", 3, 2}}, triples);
  EXPECT_EQ(Cleared(market), "s0 v0 p1, s1 v1 p1, s2 v2 p1");
}

TEST(ScoreMechanismTest, ADeclinedContractNeitherAppearsNorBlocks) {
  const Market market = Bare({{"v0", 1}}, {}, {{"s0", "v0", "-", 5}, {"s1", "v0", "-", 6}},
                             {{"s1", "v0", std::nullopt}});
  EXPECT_EQ(Cleared(market), "s0 v0 -");
}

TEST(ScoreMechanismTest, AFrozenContractStaysAndKeepsItsStartRunning) {
  const Market market = Bare({{"v0", 1}, {"v1", 1}}, {{"p0", 5, 3}},
                             {{"s0", "v0", "p0", 1}, {"s1", "v0", "-", 9}, {"s2", "v1", "p0", 2}});
  SerialParallel serial;
  const auto clearing =
      Clear(CandidateIndex(market, Weights()), {.frozen = {{0, 0, 0}}}, {}, serial);
  ASSERT_THAT(clearing, IsOk());
  EXPECT_EQ(Matches(market, *clearing), "s0 v0 p0, s2 v1 p0");
  EXPECT_TRUE(clearing->closed.empty());
}

TEST(CommitmentsTest, ContradictionsAreRefused) {
  const Market market = Bare(
      {{"v0", 1}, {"v1", 2}}, {{"p0", 1, 0}},
      {{"s0", "v0", "-", 5}, {"s1", "v0", "-", 6}, {"s0", "v1", "p0", 1}, {"s1", "v1", "p0", 1}});
  const CandidateIndex index(market, Weights());
  SerialParallel serial;
  const struct {
    const char* name;
    Commitments commitments;
  } kRows[] = {
      {"infeasible", {.frozen = {{2, 0, kNone}}, .declined = {}}},
      {"twice", {.frozen = {{0, 0, kNone}, {0, 0, kNone}}, .declined = {}}},
      {"two of one switcher", {.frozen = {{0, 0, kNone}, {0, 1, 0}}, .declined = {}}},
      {"declined too", {.frozen = {{0, 0, kNone}}, .declined = {{0, 0, kNone}}}},
      {"over openings", {.frozen = {{0, 0, kNone}, {1, 0, kNone}}, .declined = {}}},
      {"over capacity", {.frozen = {{0, 1, 0}, {1, 1, 0}}, .declined = {}}},
      {"not sorted", {.frozen = {{1, 0, kNone}, {0, 1, 0}}, .declined = {}}},
      {"unknown party", {.frozen = {{0, 7, kNone}}, .declined = {}}},
      {"unknown switcher declined", {.frozen = {}, .declined = {{9, 0, kNone}}}},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.name);
    EXPECT_THAT(Clear(index, row.commitments, {}, serial), HasReason(reasons::kCommitmentsInvalid));
  }
}

TEST(NestedMechanismTest, SwitchersGetTheBestTheyCanHaveWhereTastesCross) {
  const Market market = Bare({{"v0", 1}, {"v1", 1}}, {},
                             {{"s0", "v0", "-", 1, {1, 2}},
                              {"s0", "v1", "-", 1, {2, 1}},
                              {"s1", "v0", "-", 1, {2, 1}},
                              {"s1", "v1", "-", 1, {1, 2}}});
  EXPECT_EQ(Cleared(market, Mechanism::kNested), "s0 v0 -, s1 v1 -");
}

TEST(NestedMechanismTest, TheStartBoundsItsVacancies) {
  const Market market = Bare({{"v0", 2}, {"v1", 2}}, {{"p0", 2, 0}},
                             {{"s0", "v0", "p0", 1, {1, 1, 3}},
                              {"s1", "v0", "p0", 1, {1, 2, 4}},
                              {"s2", "v1", "p0", 1, {1, 1, 1}},
                              {"s3", "v1", "p0", 1, {1, 2, 2}}});
  EXPECT_EQ(Cleared(market, Mechanism::kNested), "s2 v1 p0, s3 v1 p0");
}

TEST(NestedMechanismTest, WhatCannotBePromisedIsRefused) {
  const struct {
    const char* name;
    std::vector<Triple> triples;
    const char* wanted;
  } kRows[] = {
      {"no ranks", {{"s0", "v0", "p0", 1}}, "rank_s"},
      {"no rank of the start", {{"s0", "v0", "p0", 1, {1, 1, 0}}}, "rank_p"},
      {"switcher ties",
       {{"s0", "v0", "p0", 1, {1, 1, 1}}, {"s0", "v1", "p0", 1, {1, 1, 2}}},
       "switcher"},
      {"vacancy ties",
       {{"s0", "v0", "p0", 1, {1, 1, 1}}, {"s1", "v0", "p0", 1, {1, 1, 2}}},
       "vacancy"},
      {"start ties", {{"s0", "v0", "p0", 1, {1, 1, 1}}, {"s1", "v1", "p0", 1, {1, 1, 1}}}, "start"},
      {"crossing",
       {{"s0", "v0", "p0", 1, {1, 1, 1}},
        {"s0", "v0", "p1", 1, {2, 2, 1}},
        {"s1", "v1", "p0", 1, {1, 1, 2}}},
       "not nested"},
      {"outer and inner disagree",
       {{"s0", "v0", "p0", 1, {1, 1, 2}}, {"s1", "v0", "p0", 1, {1, 2, 1}}},
       "outer"},
  };
  for (const auto& row : kRows) {
    SCOPED_TRACE(row.name);
    const Market market = Bare({{"v0", 2}, {"v1", 1}}, {{"p0", 2, 0}, {"p1", 1, 0}}, row.triples);
    const auto clearing = ClearOf(market, {.mechanism = Mechanism::kNested});
    EXPECT_THAT(clearing, HasReason(reasons::kMechanismNotApplicable));
    EXPECT_NE(MessageOf(clearing.status()).find(row.wanted), std::string::npos);
  }
}

TEST(PriorityMechanismTest, SaysWhetherTheOpenSetDependedOnReports) {
  const Market fixed = Bare({{"v0", 1}}, {{"p0", 1, 1}}, {{"s0", "v0", "p0", 5}});
  const Market bound = Bare({{"v0", 1}}, {{"p0", 2, 2}}, {{"s0", "v0", "p0", 5}});
  for (const bool binds : {false, true}) {
    const Market& market = binds ? bound : fixed;
    const auto clearing = ClearOf(market, {.mechanism = Mechanism::kPriority});
    EXPECT_EQ(clearing->open_set, binds ? OpenSetMethod::kReportedLoads : OpenSetMethod::kFixed);
    EXPECT_EQ(clearing->holdings.size(), binds ? 0U : 1U);
  }
}

TEST(MechanismTest, NamesAreReadBack) {
  for (const Mechanism mechanism : {Mechanism::kScore, Mechanism::kPriority, Mechanism::kNested}) {
    EXPECT_EQ(*ParseMechanism(MechanismName(mechanism)), mechanism);
  }
  EXPECT_THAT(ParseMechanism("greedy"), HasReason(reasons::kMechanismNotApplicable));
}

TEST(RepairTest, NamesWhoMovesAndWhatStartsAndStops) {
  const Market market = Bare({{"v0", 1}, {"v1", 1}}, {{"p0", 2, 2}},
                             {{"s0", "v0", "p0", 9}, {"s1", "v1", "p0", 8}, {"s2", "v0", "-", 7}});
  const CandidateIndex index(market, Weights());
  SerialParallel serial;
  const auto before = Clear(index, {}, serial);
  EXPECT_EQ(Matches(market, *before), "s0 v0 p0, s1 v1 p0");
  const auto after =
      Repair(index, *before, WithDeclined(before->commitments, {1, 1, 0}), {}, serial);
  ASSERT_THAT(after, IsOk());
  EXPECT_EQ(Matches(market, after->clearing), "s2 v0 -");
  EXPECT_EQ(after->moves, (std::vector<Move>{{0, KnownContract{0, 0, 0, 9}, std::nullopt},
                                             {1, KnownContract{1, 1, 0, 8}, std::nullopt},
                                             {2, std::nullopt, KnownContract{2, 0, kNone, 7}}}));
  EXPECT_EQ(after->starts_closed, (std::vector<int32_t>{0}));
  EXPECT_TRUE(after->starts_opened.empty());
}

TEST(CertificateTest, TheFirstThingThatStandsInTheWay) {
  const Market market = Bare({{"v0", 1}, {"v1", 1}, {"v2", 1}}, {{"p0", 1, 0}, {"p1", 3, 2}},
                             {{"s0", "v0", "p0", 90},
                              {"s1", "v0", "-", 80},
                              {"s1", "v1", "p0", 70},
                              {"s1", "v1", "p1", 60},
                              {"s1", "v2", "-", 50},
                              {"s1", "v1", "-", 40}},
                             {{"s1", "v2", std::nullopt}});
  const CandidateIndex index(market, Weights());
  SerialParallel serial;
  const auto clearing = Clear(index, {}, serial);
  const Certifier certifier(index, *clearing);
  CandidateSearch search(index);
  std::vector<std::string> lines;
  for (const Certificate& certificate : certifier.For(1, search)) {
    lines.push_back(certifier.Format(certificate));
  }
  ASSERT_EQ(lines.size(), 4U);
  const std::string begin = R"({"t":"certificate","s":"s1","v":)";
  EXPECT_EQ(lines[0].find(begin + R"("v0","p":null,"score":80,"why":"vacancy_full",)"
                                  R"("cutoff_score":90,"cutoff_key":")"),
            0U);
  EXPECT_EQ(lines[1].find(begin + R"("v1","p":"p0","score":70,"why":"start_full",)"), 0U);
  EXPECT_EQ(lines[2], begin + R"("v1","p":"p1","score":60,"why":"start_closed","load":1,"min":2})");
  EXPECT_EQ(lines[3], begin + R"("v2","p":null,"score":50,"why":"declined"})");
  EXPECT_TRUE(certifier.For(0, search).empty());
  // v0 went at 90 and v1 at 40; v2 is free; p0 is full, p1 does not run.
  EXPECT_EQ(certifier.OfVacancies(), (CutOffs{.parties = 3, .scores = {40, 90}}));
  EXPECT_EQ(certifier.OfStarts(), (CutOffs{.parties = 1, .scores = {90}}));
}

}  // namespace
}  // namespace matchgo::scheduler::engine
