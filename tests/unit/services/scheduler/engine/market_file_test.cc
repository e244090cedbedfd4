// Reading what is right: defaults, sets, canonical order, digest, and writing it back.
#include "services/scheduler/engine/market_file.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/scheduler/engine/digest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/scheduler/engine/small_market.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr char kMeta[] = "{\"t\":\"meta\",\"format\":\"market/1\",\"seed\":\"x\",\"today\":3}\n";

TEST(MarketFileTest, OptionalFieldsHaveDefaults) {
  const std::string text =
      std::string(kMeta) +
      R"({"t":"switcher","id":"s","skills":[],"level":1,"x":0,"y":0,"max_dist":0,"salary_now":0,)"
      R"("salary_floor":0,"hours_min":0,"hours_max":0,"study_hours":0,"available":0})"
      "\n"
      R"({"t":"vacancy","id":"v","openings":1,"required":[],"occupation":"o","sector":"a","x":0,)"
      R"("y":0,"salary_max":0,"hours":0,"latest_ready":0})"
      "\n"
      R"({"t":"start","id":"p","programme":"g","capacity":1,"min":0,"begins":0,"entry_level":1,)"
      R"("occupations":[],"online":true,"x":0,"y":0,"modules":[]})";
  const auto market = ParseMarket(text, "f");
  ASSERT_THAT(market, IsOk());
  EXPECT_EQ(market->switcher(0).priority, 0);
  EXPECT_TRUE(market->switcher_prefs[0].empty());
  EXPECT_TRUE(market->switcher_aptitude[0].empty());
  EXPECT_TRUE(market->switcher_qualifications[0].empty());
  EXPECT_TRUE(market->vacancy_nice[0].empty());
  EXPECT_EQ(market->vacancy(0).qualification, kNone);
  EXPECT_TRUE(market->start_awards[0].empty());
  EXPECT_EQ(market->today, 3);
  EXPECT_FALSE(market->bare);
}

TEST(MarketFileTest, ABareMarketNeedsOnlyIdsAndNumbers) {
  const std::string text = R"({"t":"meta","format":"market/1"})"
                           "\n"
                           R"({"t":"triple","s":"s","v":"v","p":null,"score":5})"
                           "\n"
                           R"({"t":"switcher","id":"s"})"
                           "\n"
                           R"({"t":"vacancy","id":"v","openings":1})"
                           "\n"
                           R"({"t":"start","id":"p","capacity":1,"min":0})";
  const auto market = ParseMarket(text, "f");
  ASSERT_THAT(market, IsOk());
  EXPECT_TRUE(market->bare);
  ASSERT_EQ(market->triples.size(), 1U);
  EXPECT_EQ(market->triples[0].score, 5);
  EXPECT_TRUE(market->triples[0].contract.direct());
}

TEST(MarketFileTest, BlankLinesCarriageReturnsAndFieldOrderDoNotMatter) {
  const std::string meta = R"( { "today" : -5 , "seed":"\u00e9\ud83d\ude00","t":"m\u0065ta",)"
                           R"("format":"market\/1" } )";
  const auto market = ParseMarket("\n  \t\r\n" + meta + "\r\n\n", "f");
  ASSERT_THAT(market, IsOk());
  EXPECT_EQ(market->today, -5);
  EXPECT_EQ(market->seed, "\xC3\xA9\xF0\x9F\x98\x80");
}

TEST(MarketFileTest, NobodyIsAMarketToo) {
  const auto market = ParseMarket(kMeta, "f");
  ASSERT_THAT(market, IsOk());
  EXPECT_EQ(market->switcher_count() + market->vacancy_count() + market->start_count(), 0);
}

TEST(MarketFileTest, IdsAreInBytewiseOrder) {
  MarketInput input = SmallMarket();
  const MarketSwitcher any = input.switchers[0];
  input.switchers.clear();
  for (const char* id : {"s10", "s9", "S", "\xC3\xA9", "s"}) {
    input.switchers.push_back(any);
    input.switchers.back().id = id;
  }
  const Market market = Built(input);
  const std::vector<std::string> wanted = {"S", "s", "s10", "s9", "\xC3\xA9"};
  for (int32_t s = 0; s < 5; ++s) EXPECT_EQ(market.switcher_ids[s], wanted[static_cast<size_t>(s)]);
}

TEST(MarketFileTest, WhatIsWrittenIsReadBackTheSame) {
  MarketInput input = SmallMarket();
  input.seed = "quote\" back\\ tab\t";
  input.switchers[0].prefs = {"it", "care"};
  input.switchers[0].aptitude = {{"care", 3}};
  input.vacancies[0].qualification = "q";
  input.starts[0].awards = {"q"};
  input.starts[0].modules[0].recognition = Recognition::kAccelerate;
  input.starts[0].modules[1].after = {"m1"};
  input.declined = {{"s1", "v1", std::nullopt}};
  input.frozen = {{"s1", "v1", "p1"}};
  const auto built = BuildMarket(input);
  ASSERT_THAT(built, IsOk());
  const Market& market = built->market;
  EXPECT_EQ(market.seed, input.seed);
  EXPECT_EQ(market.sector_names[market.switcher_prefs[0][0]], "it");
  EXPECT_EQ(market.switcher_aptitude[0][0].value, 3);
  EXPECT_EQ(market.start_modules[0][1].after, 1U);
  EXPECT_EQ(market.start_modules[0][0].recognition, Recognition::kAccelerate);
  EXPECT_EQ(market.commitments.frozen, (std::vector<Contract>{{0, 0, 0}}));
  EXPECT_EQ(market.commitments.declined, (std::vector<Contract>{{0, 0, kNone}}));
  EXPECT_EQ(market.digest, MarketDigest(built->text));
}

TEST(MarketFileTest, OtherCommitmentsAreAnotherMarketOfTheSameLines) {
  MarketInput input = SmallMarket();
  input.declined = {{"s1", "v1", std::nullopt}};
  const auto built = BuildMarket(input);
  const auto frozen = WithCommitments(built->text, built->market, {.frozen = {{0, 0, 0}}});
  ASSERT_THAT(frozen, IsOk());
  EXPECT_TRUE(frozen->market.commitments.declined.empty());
  EXPECT_EQ(frozen->market.commitments.frozen.size(), 1U);
  EXPECT_NE(frozen->market.digest, built->market.digest);
  const auto back = WithCommitments(frozen->text, frozen->market, built->market.commitments);
  ASSERT_THAT(back, IsOk());
  EXPECT_EQ(back->market.digest, built->market.digest);
}

TEST(DigestTest, KnownValuesAndWhatDoesNotCount) {
  // printf '' | sha256sum and printf 'a\nb\n' | sha256sum.
  EXPECT_EQ(MarketDigest(""),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(MarketDigest("a\nb\n"),
            "sha256:911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2");
  EXPECT_EQ(MarketDigest("b\na"), MarketDigest("a\nb\n"));
  EXPECT_EQ(MarketDigest("\r\nb\r\n\na\r\n"), MarketDigest("a\nb\n"));
  EXPECT_NE(MarketDigest("a\na\nb"), MarketDigest("a\nb"));
  EXPECT_NE(MarketDigest("ab"), MarketDigest("a\nb"));
}

}  // namespace
}  // namespace matchgo::scheduler::engine
