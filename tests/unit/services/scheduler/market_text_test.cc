// The text of a repair's market: only what differs is kept, and it comes back whole.
#include "services/scheduler/domain/market_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "services/scheduler/domain/projection.h"
#include "services/scheduler/engine/digest.h"
#include "services/scheduler/engine/market_file.h"
#include "tests/unit/services/scheduler/records.h"

namespace matchgo::scheduler::domain {
namespace {

engine::FrozenMarket Frozen() {
  VacancyRecord two = VacancyAt("v1");
  two.openings = 2;
  const auto frozen = engine::BuildMarket(
      Project(SourcesOf({SwitcherAt("s1"), SwitcherAt("s2")}, {two, VacancyAt("v2")},
                        {StartAt("p1", "a"), StartAt("p1", "b")}))
          .input);
  EXPECT_TRUE(frozen.ok()) << frozen.status();
  return *frozen;
}

TEST(MarketTextTest, ALineSaysWhomItIsAbout) {
  struct Row {
    const char* line;
    const char* kind;
    const char* id;
    const char* subject;
  };
  const Row rows[] = {
      {R"({"t":"meta","format":"market/1"})", "meta", "", ""},
      {R"({"t":"switcher","id":"s1","skills":[]})", "switcher", "s1", "s1"},
      {R"({"t":"vacancy","id":"e/v","openings":2})", "vacancy", "e/v", ""},
      {R"({"t":"start","id":"o/p/s@2026-12"})", "start", "o/p/s@2026-12", ""},
      {R"({"t":"frozen","s":"s1","v":"e/v","p":null})", "frozen", "", "s1"},
      {R"({"t":"declined","s":"s2","v":"e/v","p":null})", "declined", "", "s2"},
      {R"({"t":"match","s":"s1","v":"e/v","p":null})", "match", "", "s1"},
      {R"({"t":"unmatched","s":"s2","why":"outcompeted"})", "unmatched", "", "s2"},
      {R"({"t":"closed","p":"o/p/s","load":1,"min":2})", "closed", "", ""},
  };
  for (const Row& row : rows) {
    const LineLabel label = LabelOf(row.line);
    EXPECT_EQ(label.kind, row.kind) << row.line;
    EXPECT_EQ(label.id, row.id) << row.line;
    EXPECT_EQ(label.subject, row.subject) << row.line;
  }
}

TEST(MarketTextTest, WhatDoesNotDifferIsNotKept) {
  const engine::FrozenMarket frozen = Frozen();
  EXPECT_EQ(RepairLines(frozen.text, frozen.market, frozen.market), "");
  EXPECT_EQ(MarketOfRepair(frozen.text, ""), frozen.text);
}

TEST(MarketTextTest, SeatsAndCommitmentsOfARepairComeBack) {
  const engine::FrozenMarket frozen = Frozen();
  engine::Market now = frozen.market;
  now.vacancies[0].openings = 1;
  now.starts[1].capacity = 3;
  now.starts[1].min = 2;
  const auto first = now.Find({.switcher = "s1", .vacancy = "e1/v1", .start = "o1/p1/a"});
  const auto second = now.Find({.switcher = "s2", .vacancy = "e1/v1", .start = "o1/p1/b"});
  ASSERT_TRUE(first.has_value() && second.has_value());
  now.commitments.frozen = {*first};
  now.commitments.declined = {*second};

  const std::string lines = RepairLines(frozen.text, frozen.market, now);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 4) << lines;
  const std::string text = MarketOfRepair(frozen.text, lines);
  const auto parsed = engine::ParseMarket(text, "repair");
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->digest, engine::MarketDigest(text));
  EXPECT_EQ(parsed->vacancy(0).openings, 1);
  EXPECT_EQ(parsed->vacancy(1).openings, frozen.market.vacancy(1).openings);
  EXPECT_EQ(parsed->start(0).capacity, frozen.market.start(0).capacity);
  EXPECT_EQ(parsed->start(1).capacity, 3);
  EXPECT_EQ(parsed->start(1).min, 2);
  EXPECT_EQ(parsed->commitments.frozen, now.commitments.frozen);
  EXPECT_EQ(parsed->commitments.declined, now.commitments.declined);
}

}  // namespace
}  // namespace matchgo::scheduler::domain
