// Suggestions against brute force: the sorted list of all contracts of a market that was projected
// with her in it. Random vacancies, starts, seats taken; every page, rooms, occupations.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/actions/refresh_view.h"
#include "services/scheduler/actions/suggest_contracts.h"
#include "services/scheduler/engine/market_file.h"
#include "tests/support/engine/contract_table.h"
#include "tests/unit/services/scheduler/random_records.h"
#include "tests/unit/services/scheduler/world.h"

namespace matchgo::scheduler {
namespace {

struct Wanted {
  std::string vacancy = {};
  domain::StartKey start = {};
  int32_t score = 0;
  bool room = false;
  std::string occupation = {};
};

class SuggestProperty : public World {
 protected:
  void MakeMarket(Random& random) {
    vacancies.records.clear();
    programmes.starts.clear();
    programmes.programmes.clear();
    const int64_t jobs = random.Between(0, 14);
    for (int64_t i = 0; i < jobs; ++i) {
      vacancies.Put(RandomVacancy(random, static_cast<int>(i)));
    }
    for (int i = 0; i < 3; ++i) {
      programmes.programmes.push_back(RandomProgramme(random, i));
      const int64_t starts = random.Between(0, 2);
      for (int64_t s = 0; s < starts; ++s) {
        programmes.Put(RandomStart(random, programmes.programmes.back(), static_cast<int>(s)));
      }
    }
    ++programmes.sequence;
  }

  // Everybody's contracts as a round would see them that has every seat.
  domain::ProjectedMarket ProjectWith(const domain::SwitcherRecord& switcher) {
    domain::MarketSources sources;
    sources.day = kToday;
    sources.offers_until = OffersUntil(clock.Now(), 5);
    sources.seed = "suggestions";
    sources.switchers = {switcher};
    sources.vacancies = vacancies.Vacancies();
    sources.programmes = programmes.Programmes();
    sources.starts = programmes.Starts();
    return domain::Project(sources);
  }

  // Some seats of what is in the market, held by offers of nobody.
  void TakeSeats(Random& random, const domain::ProjectedMarket& projected) {
    taken_.clear();
    const Status status = database->Write(By(Role::kService), [&](sql::Tx& tx) -> Status {
      store::SeatStore seats(tx);
      for (const OfferId& offer : held_) EXPECT_TRUE(seats.Release(offer, 1).ok());
      held_.clear();
      const auto counts = *seats.CountAll();
      for (const auto& [resource, count] : counts) EXPECT_TRUE(seats.Lower(resource, 0).ok());
      for (const domain::SeatPlan& plan : projected.seats) {
        EXPECT_TRUE(seats.Sync(plan).ok());
        const int64_t held = random.Between(0, plan.capacity);
        for (int64_t i = 0; i < held; ++i) {
          held_.emplace_back("offer" + std::to_string(held_.size()));
          EXPECT_TRUE(*seats.Hold(plan.resource, held_.back()));
          ++taken_[plan.resource];
        }
      }
      tx.AppendEvent({.kind = "round.repaired", .resource = "rounds/r"});
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
  }

  std::vector<Wanted> ByBruteForce(const domain::ProjectedMarket& projected) {
    const auto built = engine::BuildMarket(projected.input);
    EXPECT_TRUE(built.ok()) << built.status();
    const engine::Market& market = built->market;
    std::vector<Wanted> all;
    const auto table = engine::FindContracts(market, engine::Weights());
    for (const auto& found : table->all()) {
      const engine::MarketContract ids = market.Ids(found.contract);
      Wanted wanted{.vacancy = domain::VacancyName(ids.vacancy), .score = found.score};
      const auto left = [&](const std::string& resource, int32_t seats) {
        const auto held = taken_.find(resource);
        return seats - (held == taken_.end() ? 0 : held->second);
      };
      wanted.room = left(wanted.vacancy, market.vacancy(found.contract.vacancy).openings) > 0;
      if (ids.start.has_value()) {
        wanted.start = domain::StartOfMarketId(*ids.start);
        wanted.room = wanted.room && left(domain::SeatResource(wanted.start),
                                          market.start(found.contract.start).capacity) > 0;
      }
      wanted.occupation = vacancies.records.at(wanted.vacancy).occupation;
      all.push_back(std::move(wanted));
    }
    return all;
  }

  void ExpectSame(Random& random, const domain::SwitcherRecord& switcher,
                  std::vector<Wanted> wanted) {
    SuggestCommand command;
    command.switcher = SwitcherId(switcher.id);
    command.limit = static_cast<int32_t>(random.Between(1, 5));
    command.only_with_room = random.Chance(400);
    command.distinct_occupations = random.Chance(400);
    if (command.only_with_room) std::erase_if(wanted, [](const auto& one) { return !one.room; });
    if (command.distinct_occupations) {
      std::set<std::string> seen;
      std::erase_if(wanted, [&](const auto& one) { return !seen.insert(one.occupation).second; });
    }
    size_t at = 0;
    for (bool more = true; more;) {
      const auto page = SuggestContracts(*deps, By(Role::kOps), command);
      ASSERT_TRUE(page.ok()) << page.status();
      ASSERT_EQ(page->suggestions.size(),
                std::min(wanted.size() - at, static_cast<size_t>(command.limit)));
      for (const Suggestion& one : page->suggestions) {
        ASSERT_EQ(one.vacancy, wanted[at].vacancy);
        ASSERT_EQ(one.start, wanted[at].start);
        ASSERT_EQ(one.score.total, wanted[at].score);
        ASSERT_EQ(one.score.total, engine::ScoreOf(one.score.parts, engine::Weights()));
        ASSERT_EQ(one.has_room, wanted[at].room);
        ASSERT_EQ(one.occupation, wanted[at].occupation);
        ASSERT_EQ(one.learns.empty(), one.start.name.empty() || OnlyForTheTitle(one));
        ++at;
      }
      more = page->next.has_value();
      ASSERT_EQ(more, at < wanted.size());
      command.after = page->next;
    }
    compared_ += static_cast<int64_t>(at);
  }
  // She learns nothing that the job asks, only for the qualification.
  bool OnlyForTheTitle(const Suggestion& one) const {
    return !vacancies.records.at(one.vacancy).qualification.empty() && one.learns.empty();
  }

  ViewRefresher refresher_{*deps};
  std::map<std::string, int32_t> taken_;
  std::vector<OfferId> held_;
  int64_t compared_ = 0;
};

TEST_F(SuggestProperty, EqualsTheSortedListOfAllContractsOfTheProjectedMarket) {
  Random random(51);
  for (int round = 0; round < 250; ++round) {
    SCOPED_TRACE(round);
    MakeMarket(random);
    for (int s = 0; s < 3; ++s) {
      const domain::SwitcherRecord switcher = RandomSwitcher(random, s);
      profiles.Put(switcher);
      const domain::ProjectedMarket projected = ProjectWith(switcher);
      ASSERT_NO_FATAL_FAILURE(TakeSeats(random, projected));
      ASSERT_TRUE(refresher_.Refresh(By(Role::kService)).ok());
      ASSERT_NO_FATAL_FAILURE(ExpectSame(random, switcher, ByBruteForce(projected)));
    }
  }
  EXPECT_GT(compared_, 600);
}

}  // namespace
}  // namespace matchgo::scheduler
