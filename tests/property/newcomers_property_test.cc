// Newcomers against a projection of all together: the market they join is the one a freeze with
// them would have given, and what they get is its clearing with everything that was out frozen.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/actions/joined_market.h"
#include "services/scheduler/actions/market_sources.h"
#include "services/scheduler/actions/stored_round.h"
#include "services/scheduler/actions/take_in_newcomers.h"
#include "services/scheduler/domain/commitments.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/digest.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/engine/parallel.h"
#include "tests/unit/services/scheduler/random_records.h"
#include "tests/unit/services/scheduler/world.h"

namespace matchgo::scheduler {
namespace {

constexpr int64_t kLater = 100'000;

class NewcomersProperty : public World {
 protected:
  // One sector: whoever was tested for all of them has no line for one that comes later.
  void PutVacancy(Random& random, int number, int64_t sequence) {
    domain::VacancyRecord record = RandomVacancy(random, number);
    record.sector = "zorg";
    record.sequence = sequence;
    vacancies.Put(record);
  }
  void PutSwitcher(Random& random, int number, int64_t sequence) {
    domain::SwitcherRecord record = RandomSwitcher(random, number);
    record.sector_wishes = {"zorg"};
    record.sequence = sequence;
    profiles.Put(record);
  }
  void Begin(Random& random) {
    vacancies.Put(VacancyAt("always"));
    for (int i = 0; i < 2; ++i) {
      programmes.programmes.push_back(RandomProgramme(random, i));
      programmes.Put(RandomStart(random, programmes.programmes.back(), i));
    }
    for (int i = 0; i < 4; ++i) PutVacancy(random, i, 1);
    for (int i = 0; i < 5; ++i) PutSwitcher(random, i, 1);
  }
  void Come(Random& random) {
    const int64_t jobs = random.Between(0, 3);
    for (int i = 4; i < 4 + jobs; ++i) PutVacancy(random, i, kLater);
    const int64_t people = random.Between(0, 3);
    for (int i = 5; i < 5 + people; ++i) PutSwitcher(random, i, kLater);
  }

  // All together at the freeze, with every seat.
  engine::FrozenMarket AllTogether(const domain::Round& round) {
    domain::MarketSources sources = SourcesFromFeeds(*deps);
    sources.day = kToday;
    sources.offers_until = OffersUntil(round.steps.front().time, round.answer_working_days);
    sources.seed = round.seed;
    sources.switchers = profiles.Switchers();
    auto built = engine::BuildMarket(domain::Project(sources).input);
    EXPECT_TRUE(built.ok()) << built.status();
    return *std::move(built);
  }

  // What clearing that gives when `out` stays as it is.
  static std::string ClearedWith(const engine::Market& all, const std::vector<domain::Offer>& out,
                                 int32_t no_start_until, const std::string& digest) {
    engine::Commitments commitments;
    for (const domain::Offer& offer : out) {
      const auto contract = domain::ContractOf(all, offer.terms.switcher.value(),
                                               offer.terms.vacancy, offer.terms.start);
      EXPECT_TRUE(contract.has_value());
      commitments.frozen.push_back(*contract);
    }
    std::ranges::sort(commitments.frozen);
    std::map<std::string, domain::SeatsNow> seats;  // none is taken elsewhere
    for (int32_t v = 0; v < all.vacancy_count(); ++v) {
      seats[domain::VacancyName(all.vacancy_ids[v])].capacity = all.vacancy(v).openings;
    }
    for (int32_t p = 0; p < all.start_count(); ++p) {
      seats[domain::SeatResource(domain::StartOfMarketId(all.start_ids[p]))].capacity =
          all.start(p).capacity;
    }
    engine::Market market = domain::WithSeats(all, seats, commitments, no_start_until);
    market.digest = digest;
    const engine::CandidateIndex index(market, engine::Weights());
    engine::SerialParallel serial;
    const auto clearing = engine::Clear(index, commitments, {}, serial);
    EXPECT_TRUE(clearing.ok()) << clearing.status();
    return engine::FormatOutcome(engine::MakeOutcome(market, index, *clearing));
  }
};

// One world a case: a store begins empty.
class NewcomersPropertyCase : public NewcomersProperty,
                              public testing::WithParamInterface<uint64_t> {};

TEST_P(NewcomersPropertyCase, EqualsAClearingOfAllTogetherWithWhatIsOutFrozen) {
  Random random(GetParam());
  Begin(random);
  const domain::Round round = Publish();
  const std::vector<domain::Offer> out = Offers("open");
  Come(random);
  const auto taken = TakeInNewcomers(*deps, By(Role::kService));
  ASSERT_TRUE(taken.ok()) << taken.status();
  if (*taken == TakenIn()) return;
  const engine::FrozenMarket all = AllTogether(round);
  const auto joined = JoinedMarketOf(*deps, By(Role::kService), round);
  ASSERT_TRUE(joined.ok()) << joined.status();
  ASSERT_EQ(engine::MarketDigest(joined->text()), all.market.digest) << joined->text() << "\n"
                                                                     << all.text;

  const auto stored = ReadStoredRound(*deps, By(Role::kOps), round.id);
  ASSERT_TRUE(stored.ok()) << stored.status();
  ASSERT_EQ(stored->repairs.size(), 1U);
  const StoredRepair& repair = stored->repairs[0];
  const int32_t no_start_until = OffersUntil(clock.Now(), round.answer_working_days) - kToday;
  EXPECT_EQ(repair.outcome, ClearedWith(all.market, out, no_start_until, repair.digest));
  const auto market = engine::ParseMarket(repair.market, "market");
  ASSERT_TRUE(market.ok()) << market.status();
  EXPECT_EQ(market->digest, repair.digest);
  const auto again = engine::ClearMarket(*market, {});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(engine::FormatOutcome(*again), repair.outcome) << "replayed";

  std::map<std::string, std::string> now;
  for (const domain::Offer& offer : Offers("open")) {
    now[offer.terms.switcher.value()] = offer.terms.vacancy;
  }
  EXPECT_EQ(now.size(), out.size() + static_cast<size_t>(taken->offers));
  for (const domain::Offer& offer : out) {
    EXPECT_EQ(now[offer.terms.switcher.value()], offer.terms.vacancy) << "nobody is displaced";
  }
}

INSTANTIATE_TEST_SUITE_P(Random, NewcomersPropertyCase, testing::Range<uint64_t>(1, 151));

}  // namespace
}  // namespace matchgo::scheduler
