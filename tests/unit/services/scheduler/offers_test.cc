// Offers, contracts, seats and cohorts on a real store: each leaves its state once, seats are
// conserved, whatever people answer and in whatever order.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "common/kernel/person.h"
#include "common/random/random.h"
#include "services/scheduler/actions/decide_cohorts.h"
#include "services/scheduler/actions/end_contract.h"
#include "services/scheduler/actions/expire_offers.h"
#include "services/scheduler/actions/release_seats.h"
#include "services/scheduler/actions/scope.h"
#include "services/scheduler/engine/repair.h"
#include "tests/unit/services/scheduler/world.h"

namespace matchgo::scheduler {
namespace {

using domain::Decision;
using domain::OfferState;
using domain::Party;
using domain::RoundState;
using testing::IsEmpty;
using testing::SizeIs;

class OffersTest : public World {
 protected:
  void Fill(int people, int jobs, int32_t minimum = 0) {
    for (int i = 0; i < people; ++i) {
      domain::SwitcherRecord record = SwitcherAt("s" + std::to_string(i));
      record.salary_now = 300000 + 1000 * i;
      profiles.Put(record);
    }
    for (int i = 0; i < jobs; ++i) vacancies.Put(VacancyAt("v" + std::to_string(i)));
    domain::StartRecord start = StartAt("p1", "a");
    start.minimum = minimum;
    programmes.Put(start);
  }
  StatusOr<store::SeatCount> Lower(const std::string& resource, int32_t capacity,
                                   bool contracts_stand = false) {
    return database->Write(By(Role::kService), [&](sql::Tx& tx) {
      return ReleaseSeats(tx, *deps, resource, capacity, contracts_stand);
    });
  }
  StatusOr<domain::Contract> EndIt(const ContractId& id, Role role = Role::kOps,
                                   const std::string& who = "p.jansen") {
    return database->Write(By(role, who), [&](sql::Tx& tx) {
      return EndContract(tx, {.contract = id, .reason = "WITHDREW", .version = {}});
    });
  }
};

const char kStart[] = "opleiders/o1/programmes/p1/starts/a";
const char kVacancy[] = "employers/e1/vacancies/v0";

TEST_F(OffersTest, ClosingWaitsForOffersButNotForContracts) {
  Fill(1, 1);
  Publish();
  const domain::Offer offer = Offers("open").at(0);
  EXPECT_EQ(ReasonOf(Lower(kVacancy, 0, true).status()), "CAPACITY_HELD") << "an offer is out";
  for (const Party party : {Party::kSwitcher, Party::kEmployer, Party::kOpleider}) {
    ASSERT_TRUE(Answer(offer.id, party, Decision::kAccept).ok());
  }
  EXPECT_EQ(ReasonOf(Lower(kVacancy, 0).status()), "CAPACITY_HELD") << "lowering below a contract";
  EXPECT_TRUE(Lower(kVacancy, 0, true).ok());
  EXPECT_EQ(Seats(kVacancy), (store::SeatCount{0, 0, 1})) << "the contract stands";
}

TEST_F(OffersTest, TheLastYesIsTheContractWithItsSeats) {
  Fill(1, 1);
  Publish();
  const domain::Offer offer = Offers("open").at(0);
  ASSERT_TRUE(Answer(offer.id, Party::kSwitcher, Decision::kAccept).ok());
  ASSERT_TRUE(Answer(offer.id, Party::kEmployer, Decision::kAccept).ok());
  EXPECT_THAT(Contracts(), IsEmpty()) << "two of three";
  EXPECT_EQ(Seats(kVacancy), (store::SeatCount{0, 1, 0}));
  const auto last = Answer(offer.id, Party::kOpleider, Decision::kAccept);
  ASSERT_TRUE(last.ok()) << last.status();
  EXPECT_EQ(last->state, OfferState::kAccepted);
  const auto contracts = Contracts("active");
  ASSERT_THAT(contracts, SizeIs(1));
  EXPECT_EQ(contracts[0].id, last->contract);
  EXPECT_EQ(contracts[0].terms, offer.terms);
  EXPECT_EQ(Seats(kVacancy), (store::SeatCount{0, 0, 1}));
  EXPECT_EQ(Seats(kStart), (store::SeatCount{9, 0, 1}));
  EXPECT_EQ(ReasonOf(Answer(offer.id, Party::kOpleider, Decision::kDecline).status()),
            "OFFER_CLOSED");
}

TEST_F(OffersTest, ADoubleDeclineFreesTheSeatsOnce) {
  Fill(1, 1);
  const domain::Round round = Publish();
  const domain::Offer offer = Offers("open").at(0);
  ASSERT_TRUE(Answer(offer.id, Party::kEmployer, Decision::kDecline).ok());
  EXPECT_EQ(ReasonOf(Answer(offer.id, Party::kEmployer, Decision::kDecline).status()),
            "OFFER_CLOSED");
  EXPECT_EQ(ReasonOf(Answer(offer.id, Party::kOpleider, Decision::kDecline).status()),
            "OFFER_CLOSED");
  EXPECT_EQ(Seats(kStart), (store::SeatCount{10, 0, 0}));
  EXPECT_EQ(Round(round.id).changes, 1);
  ASSERT_THAT(Adverse(round.id), SizeIs(1));
  EXPECT_EQ(Adverse(round.id)[0].kind, domain::AdverseKind::kRejected);
}

TEST_F(OffersTest, AtTheDeadlineItIsExpiredEvenIfTheClockMovesBack) {
  Fill(1, 1);
  const domain::Round round = Publish();
  const domain::Offer offer = Offers("open").at(0);
  // An answer that arrived in time and is committed at the deadline.
  clock.AdvanceTo(offer.deadline);
  Call early = By(Role::kSwitcher, offer.terms.switcher.value());
  early.now = offer.deadline - std::chrono::hours(1);
  const auto late = database->Write(early, [&](sql::Tx& tx) {
    return AnswerOffer(tx, *deps,
                       {.offer = offer.id,
                        .decision = Decision::kAccept,
                        .party = {},
                        .reason = "",
                        .version = {}});
  });
  EXPECT_EQ(ReasonOf(late.status()), "OFFER_EXPIRED");
  ASSERT_EQ(*ExpireOffers(*deps, By(Role::kService)), 1);
  EXPECT_EQ(*ExpireOffers(*deps, By(Role::kService)), 0);
  Call back = By(Role::kService);
  back.now = offer.deadline - std::chrono::hours(48);
  EXPECT_EQ(*ExpireOffers(*deps, back), 0);
  EXPECT_EQ(Offers().at(0).state, OfferState::kExpired);
  EXPECT_EQ(Seats(kStart), (store::SeatCount{10, 0, 0}));
  EXPECT_EQ(Round(round.id).changes, 1);
}

TEST_F(OffersTest, WhoseOfferOthersLetExpireIsToldByAHumanAndMatchedAgain) {
  struct Row {
    const char* name;
    std::vector<Party> yes;
    bool adverse;
  };
  const Row rows[] = {
      {"the employer was silent", {Party::kSwitcher, Party::kOpleider}, true},
      {"the opleider was silent", {Party::kSwitcher, Party::kEmployer}, true},
      {"both were", {Party::kSwitcher}, true},
      {"she and the employer were", {Party::kOpleider}, true},
      {"everybody was", {}, true},
      {"only she was", {Party::kEmployer, Party::kOpleider}, false},
  };
  Fill(6, 8);
  const domain::Round round = Publish();
  const auto offers = Offers("open");
  ASSERT_THAT(offers, SizeIs(std::size(rows)));
  for (size_t i = 0; i < offers.size(); ++i) {
    for (const Party party : rows[i].yes) {
      ASSERT_TRUE(Answer(offers[i].id, party, Decision::kAccept).ok()) << rows[i].name;
    }
  }
  clock.AdvanceTo(offers[0].deadline);
  ASSERT_EQ(*ExpireOffers(*deps, By(Role::kService)), 6);
  ASSERT_EQ(*ExpireOffers(*deps, By(Role::kService)), 0);
  const auto outcomes = Adverse(round.id);
  EXPECT_THAT(outcomes, SizeIs(5)) << "once each";
  for (size_t i = 0; i < offers.size(); ++i) {
    SCOPED_TRACE(rows[i].name);
    const auto of_it = std::find_if(outcomes.begin(), outcomes.end(), [&](const auto& outcome) {
      return outcome.offer == offers[i].id;
    });
    ASSERT_EQ(of_it != outcomes.end(), rows[i].adverse);
    if (!rows[i].adverse) continue;
    EXPECT_EQ(of_it->kind, domain::AdverseKind::kExpired);
    EXPECT_EQ(of_it->switcher, offers[i].terms.switcher);
    EXPECT_EQ(of_it->start, offers[i].terms.start.name);
    EXPECT_THAT(of_it->confirmed_by, IsEmpty()) << "waits for a human";
  }
  Tick();
  EXPECT_THAT(Offers("open"), SizeIs(6)) << "everybody has another offer";
}

TEST_F(OffersTest, TheHighWaterMarkKeepsTimeFromRunningBackwards) {
  Fill(1, 1);
  Publish();
  const domain::Offer offer = Offers("open").at(0);
  Call later = By(Role::kService);
  later.now = offer.deadline;
  ASSERT_TRUE(
      database
          ->Write(later,
                  [&](sql::Tx& tx) { return store::RoundStore(tx).Moment(later.now).status(); })
          .ok());
  // The process's own clock still stands before the deadline.
  EXPECT_EQ(ReasonOf(Answer(offer.id, Party::kSwitcher, Decision::kAccept).status()),
            "OFFER_EXPIRED");
}

TEST_F(OffersTest, AnotherTenantsOfferLooksAbsent) {
  Fill(1, 1);
  Publish();
  const domain::Terms terms = Offers("open").at(0).terms;
  struct Row {
    const char* name;
    Role role;
    const char* id;
    const char* tenant;
    bool reaches;
  };
  const Row rows[] = {
      {"she herself", Role::kSwitcher, "s0", "", true},
      {"another switcher", Role::kSwitcher, "s1", "", false},
      {"her partner", Role::kPartner, "x", "partner1", true},
      {"another partner", Role::kPartner, "x", "partner2", false},
      {"the employer", Role::kEmployer, "x", "e1", true},
      {"another employer", Role::kEmployer, "x", "e2", false},
      {"the opleider", Role::kOpleiderUser, "x", "o1", true},
      {"its coach", Role::kCoach, "x", "o1", true},
      {"another opleider", Role::kOpleiderAdmin, "x", "o2", false},
      {"nobody's tenant", Role::kOpleiderAdmin, "x", "", false},
      {"operations", Role::kOps, "x", "", true},
      {"auditor", Role::kAuditor, "x", "", true},
      {"anonymous", Role::kAnonymous, "", "", false},
  };
  for (const Row& row : rows) {
    const Call call = By(row.role, row.id, row.tenant);
    EXPECT_EQ(MayReach(call, terms), row.reaches) << row.name;
    const auto listed = database->Read(call, [&](sql::Tx& tx) {
      return store::MatchStore(tx).ListOffers(ScopeOf(call), All(""));
    });
    ASSERT_TRUE(listed.ok()) << listed.status();
    EXPECT_EQ(listed->size(), row.reaches ? 1u : 0u) << row.name;
  }
}

TEST_F(OffersTest, AnEndedContractFreesItsSeatsOnce) {
  Fill(1, 1);
  Publish();
  AcceptAll(Offers("open").at(0));
  const ContractId id = Contracts().at(0).id;
  EXPECT_FALSE(Contracts().at(0).end_time.has_value());
  clock.AdvanceBy(std::chrono::hours(30));
  ASSERT_TRUE(EndIt(id).ok());
  EXPECT_EQ(Contracts().at(0).end_time, clock.Now());
  EXPECT_EQ(Contracts().at(0).end_reason, "WITHDREW");
  EXPECT_EQ(Contracts().at(0).ended_by, "p.jansen");
  EXPECT_EQ(Seats(kVacancy), (store::SeatCount{1, 0, 0}));
  EXPECT_EQ(ReasonOf(EndIt(id).status()), "CONTRACT_ENDED");
  EXPECT_EQ(Seats(kStart), (store::SeatCount{10, 0, 0}));
}

TEST_F(OffersTest, APersonEndsAContractOrAServiceDoes) {
  Fill(1, 1);
  Publish();
  AcceptAll(Offers("open").at(0));
  const ContractId id = Contracts().at(0).id;
  for (const char* nobody : {"", "cli", "system"}) {
    EXPECT_EQ(ReasonOf(EndIt(id, Role::kOps, nobody).status()), "HUMAN_REQUIRED") << nobody;
  }
  EXPECT_THAT(Contracts("active"), SizeIs(1)) << "nothing was changed";
  ASSERT_TRUE(EndIt(id, Role::kService, "").ok());
  EXPECT_EQ(Contracts().at(0).ended_by, kProcess);
}

TEST_F(OffersTest, SeatsAreLoweredToWhatIsTakenAndNoFurther) {
  Fill(2, 2);
  Publish();
  ASSERT_EQ(Seats(kStart), (store::SeatCount{8, 2, 0}));
  EXPECT_EQ(ReasonOf(Lower(kStart, 1).status()), "CAPACITY_HELD");
  EXPECT_EQ(Seats(kStart).capacity(), 10) << "refused: nothing changed";
  ASSERT_TRUE(Lower(kStart, 2).ok());
  EXPECT_EQ(Seats(kStart), (store::SeatCount{0, 2, 0}));
  EXPECT_TRUE(Lower(kStart, 2).ok()) << "again is the same";
  EXPECT_EQ(ReasonOf(Lower(kVacancy, 0).status()), "CAPACITY_HELD");
}

TEST_F(OffersTest, ReleasedSeatsAreNotGivenOutByARepair) {
  Fill(2, 1);
  Publish();
  const domain::Offer offer = Offers("open").at(0);
  ASSERT_TRUE(Answer(offer.id, Party::kSwitcher, Decision::kDecline).ok());
  ASSERT_TRUE(Lower(kVacancy, 0).ok());
  Tick();
  EXPECT_THAT(Offers("open"), IsEmpty());
}

TEST_F(OffersTest, AStartUnderItsMinimumIsCancelledOnItsDecisionDate) {
  Fill(2, 2, 2);
  const domain::Round round = Publish();
  const auto offers = Offers("open");
  ASSERT_THAT(offers, SizeIs(2));
  AcceptAll(offers[0]);
  ASSERT_TRUE(Answer(offers[1].id, Party::kSwitcher, Decision::kDecline).ok());
  Tick();
  Tick();
  ASSERT_EQ(Round(round.id).state, RoundState::kClosed);
  clock.AdvanceTo(StartOf(kToday + 45) + std::chrono::hours(9));
  Tick();
  EXPECT_THAT(Contracts("active"), SizeIs(1)) << "the day before";
  clock.AdvanceTo(StartOf(kToday + 46) + std::chrono::hours(9));
  programmes.answer = Unavailable({"UNAVAILABLE", "away"});
  Tick();
  EXPECT_THAT(Contracts("active"), IsEmpty());
  EXPECT_EQ(Contracts("ended").at(0).end_reason, "COHORT_CANCELLED");
  EXPECT_EQ(Contracts("ended").at(0).ended_by, kProcess);
  EXPECT_EQ(Seats(kStart).capacity(), 0);
  EXPECT_EQ(Seats(offers[0].terms.vacancy), (store::SeatCount{1, 0, 0}));
  int cancelled = 0;
  for (const auto& outcome : Adverse(round.id)) {
    if (outcome.kind == domain::AdverseKind::kCohortCancelled) ++cancelled;
  }
  EXPECT_EQ(cancelled, 1);
  EXPECT_THAT(programmes.cancelled, IsEmpty());
  programmes.answer = absl::OkStatus();
  Tick();
  Tick();
  EXPECT_THAT(programmes.cancelled, testing::ElementsAre(kStart)) << "told once it answers, once";
}

TEST_F(OffersTest, AStartWithItsMinimumRuns) {
  Fill(2, 2, 2);
  Publish();
  for (const domain::Offer& offer : Offers("open")) AcceptAll(offer);
  clock.AdvanceTo(StartOf(kToday + 50));
  Tick();
  EXPECT_THAT(Contracts("active"), SizeIs(2));
  EXPECT_THAT(programmes.cancelled, IsEmpty());
}

TEST_F(OffersTest, AStartAtAMinimumBeginsAsSoonAsItsPeopleAreThere) {
  Fill(3, 3, 2);
  domain::StartRecord start = StartAt("p1", "a");
  start.rhythm = domain::Rhythm::kAtMinimum;
  start.minimum = 2;
  programmes.Put(start);
  profiles.records["s0"].available_from = kToday + 25;
  const domain::Round round = Publish();
  const auto offers = Offers("open");
  ASSERT_THAT(offers, SizeIs(3));
  AcceptAll(offers[0]);
  AcceptAll(offers[1]);
  Tick();
  for (const auto& contract : Contracts()) {
    EXPECT_EQ(contract.terms.plan.begins_on, kToday + 60) << "somebody still thinks about it";
  }
  ASSERT_TRUE(Answer(offers[2].id, Party::kSwitcher, Decision::kDecline).ok());
  const bool late = offers[2].terms.switcher.value() != "s0";
  const Day begins = kToday + (late ? 25 : 14);
  programmes.answer = Unavailable({"UNAVAILABLE", "away"});
  Tick();
  EXPECT_THAT(programmes.begun, IsEmpty());
  ASSERT_THAT(Contracts("active"), SizeIs(2));
  for (const auto& contract : Contracts("active")) {
    EXPECT_EQ(contract.terms.plan.begins_on, begins);
    EXPECT_EQ(contract.terms.plan.ready_on, begins + 70) << "80 hours, 8 a week";
  }
  programmes.answer = absl::OkStatus();
  clock.AdvanceBy(std::chrono::hours(24));
  Tick();
  Tick();
  EXPECT_THAT(programmes.begun, testing::ElementsAre(kStart + (" on " + FormatDay(begins))))
      << "told once it answers, once";
  for (const auto& contract : Contracts("active")) EXPECT_EQ(contract.version, 2) << "moved once";
  EXPECT_THAT(Offers("open"), IsEmpty()) << "the running round promised another day";
}

TEST_F(OffersTest, AnOwnerWhoHasAnotherKindOfStartByNowIsNotToldAgain) {
  Fill(1, 1, 1);
  domain::StartRecord start = StartAt("p1", "a");
  start.rhythm = domain::Rhythm::kAtMinimum;
  programmes.Put(start);
  Publish();
  AcceptAll(Offers("open").at(0));
  programmes.answer = Precondition({"NOT_AT_MINIMUM", "it has a date"});
  Tick();
  programmes.answer = absl::OkStatus();
  Tick();
  EXPECT_THAT(programmes.begun, IsEmpty());
}

TEST_F(OffersTest, ARepairEqualsARecomputation) {
  Fill(8, 4);
  const domain::Round round = Publish();
  const auto running = *MarketOf(*deps, By(Role::kOps), Round(round.id));
  const auto offers = Offers("open");
  ASSERT_THAT(offers, SizeIs(4));
  AcceptAll(offers[0]);
  ASSERT_TRUE(Answer(offers[1].id, Party::kEmployer, Decision::kDecline).ok());
  ASSERT_TRUE(Answer(offers[2].id, Party::kSwitcher, Decision::kDecline).ok());
  const auto settled = *database->Read(
      By(Role::kOps), [&](sql::Tx& tx) { return store::MatchStore(tx).Settled(round.id); });
  const auto commitments = domain::CommitmentsOf(running->index, settled, {});
  EXPECT_THAT(commitments.frozen, SizeIs(2)) << "one signed, one still out";
  engine::SerialParallel serial;
  const auto again = engine::Clear(running->index, commitments, {}, serial);
  ASSERT_TRUE(again.ok()) << again.status();
  Tick();
  std::set<std::pair<std::string, std::string>> expected;
  for (const engine::KnownContract& held : again->holdings) {
    if (again->IsFrozen(held.switcher)) continue;
    const auto ids = running->market.Ids(held.contract());
    expected.insert({ids.switcher, domain::VacancyName(ids.vacancy)});
  }
  std::set<std::pair<std::string, std::string>> made;
  for (const domain::Offer& offer : Offers("open")) {
    if (offer.repair) made.insert({offer.terms.switcher.value(), offer.terms.vacancy});
  }
  EXPECT_EQ(made, expected);
  EXPECT_THAT(made, SizeIs(2));
}

TEST_F(OffersTest, WhateverIsAnsweredSeatsAreConservedAndEverybodyIsCounted) {
  Fill(14, 6);
  for (int i = 0; i < 3; ++i) {
    domain::VacancyRecord wide = VacancyAt("wide" + std::to_string(i));
    wide.openings = 2;
    vacancies.Put(wide);
  }
  std::map<std::string, int32_t> capacity = {{kStart, 10}};
  for (const auto& [name, record] : vacancies.records) capacity[name] = record.openings;
  const domain::Round round = Publish();
  Random random(20261121);
  for (int step = 0; step < 300 && Round(round.id).state == RoundState::kPublished; ++step) {
    const auto open = Offers("open");
    if (!open.empty()) {
      const domain::Offer& offer = open[random.Below(open.size())];
      const auto parties = domain::PartiesOf(offer.terms);
      // Refusals (already answered) are part of the sequence.
      (void)Answer(offer.id, parties[random.Below(parties.size())],
                   random.Chance(750) ? Decision::kAccept : Decision::kDecline);
    }
    if (random.Chance(200)) clock.AdvanceBy(std::chrono::hours(random.Between(1, 40)));
    if (random.Chance(300)) Tick();
    for (const auto& [resource, seats] : capacity) {
      const store::SeatCount count = Seats(resource);
      EXPECT_EQ(count.capacity(), seats) << resource << " at step " << step;
    }
  }
  clock.AdvanceBy(std::chrono::hours(24 * 40));
  Tick();
  Tick();
  Tick();
  const domain::Round closed = Round(round.id);
  ASSERT_EQ(closed.state, RoundState::kClosed);
  EXPECT_EQ(closed.summary.contracts + closed.summary.unmatched, closed.summary.switchers);
  EXPECT_EQ(closed.summary.contracts, static_cast<int64_t>(Contracts("active").size()));
  EXPECT_EQ(closed.summary.blocking, 0);
  std::set<std::string> engaged;
  for (const auto& contract : Contracts("active")) {
    EXPECT_TRUE(engaged.insert(contract.terms.switcher.value()).second) << "two contracts";
  }
  int64_t contracted = 0;
  for (const auto& [resource, seats] : capacity) {
    if (resource == kStart) continue;
    EXPECT_EQ(Seats(resource).held, 0);
    contracted += Seats(resource).contracted;
  }
  EXPECT_EQ(contracted, closed.summary.contracts);
}

}  // namespace
}  // namespace matchgo::scheduler
