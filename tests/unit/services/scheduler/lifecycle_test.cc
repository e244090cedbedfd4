// The lives of rounds, offers, contracts, cohorts and confirmations as full tables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "services/scheduler/domain/cohort_decision.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/domain/round_lifecycle.h"
#include "tests/unit/services/scheduler/records.h"

namespace matchgo::scheduler::domain {
namespace {

const Instant kNow = StartOf(kToday) + std::chrono::hours(12);

TEST(RoundLifecycleTest, EveryStateAndEventIsLegalOrRefusedWithWhatWouldBe) {
  using S = RoundState;
  using E = RoundEvent;
  const std::map<std::pair<S, E>, S> legal = {
      {{S::kPlanned, E::kOpen}, S::kCollecting},     {{S::kPlanned, E::kFail}, S::kFailed},
      {{S::kCollecting, E::kFreeze}, S::kFrozen},    {{S::kCollecting, E::kFail}, S::kFailed},
      {{S::kFrozen, E::kClear}, S::kCleared},        {{S::kFrozen, E::kFail}, S::kFailed},
      {{S::kCleared, E::kVerify}, S::kVerified},     {{S::kCleared, E::kFail}, S::kFailed},
      {{S::kVerified, E::kPublish}, S::kPublished},  {{S::kVerified, E::kFail}, S::kFailed},
      {{S::kPublished, E::kClose}, S::kClosed},      {{S::kPlanned, E::kCancel}, S::kCancelled},
      {{S::kCollecting, E::kCancel}, S::kCancelled},
  };
  for (const S state : kRoundStates) {
    EXPECT_EQ(ParseRoundState(RoundStateName(state)), state);
    for (const E event : kRoundEvents) {
      Round round;
      round.state = state;
      const StatusOr<Round> next = Advance(round, event, kNow);
      const auto expected = legal.find({state, event});
      const std::string name =
          std::string(RoundStateName(state)) + " + " + std::string(RoundEventName(event));
      if (expected == legal.end()) {
        EXPECT_EQ(ReasonOf(next.status()), "ROUND_STATE") << name;
        ASSERT_EQ(FactsOf(next.status()).size(), 1u) << name;
        EXPECT_EQ(FactsOf(next.status())[0].first, "legal");
        continue;
      }
      ASSERT_TRUE(next.ok()) << name;
      EXPECT_EQ(next->state, expected->second) << name;
      EXPECT_EQ(next->steps.back(), (RoundStep{expected->second, kNow})) << name;
    }
  }
}

Offer ThreePartyOffer() {
  Offer offer;
  offer.terms.vacancy = "employers/e1/vacancies/v1";
  offer.terms.start.name = "opleiders/o1/programmes/p1/starts/a";
  offer.deadline = kNow + std::chrono::hours(24);
  return offer;
}

TEST(OfferLifecycleTest, OnlyAnOpenOfferChanges) {
  using S = OfferState;
  const std::map<OfferEvent, S> from_open = {{OfferEvent::kAcceptOne, S::kOpen},
                                             {OfferEvent::kAcceptLast, S::kAccepted},
                                             {OfferEvent::kDecline, S::kDeclined},
                                             {OfferEvent::kExpire, S::kExpired},
                                             {OfferEvent::kWithdraw, S::kWithdrawn}};
  for (const S state : kOfferStates) {
    EXPECT_EQ(ParseOfferState(OfferStateName(state)), state);
    for (const OfferEvent event : kOfferEvents) {
      const auto next = NextState(state, event);
      if (state == S::kOpen) {
        EXPECT_EQ(next, from_open.at(event));
      } else {
        EXPECT_EQ(next, std::nullopt) << OfferStateName(state);
      }
    }
  }
}

Answer Yes(Party party) {
  return {.party = party, .decision = Decision::kAccept, .actor = "x", .time = kNow};
}
Answer No(Party party) {
  return {.party = party, .decision = Decision::kDecline, .actor = "x", .time = kNow};
}

TEST(OfferLifecycleTest, TheLastOfThreeYesesAccepts) {
  Offer offer = ThreePartyOffer();
  for (const Party party : {Party::kOpleider, Party::kSwitcher}) {
    offer = *GiveAnswer(offer, Yes(party), kNow);
    EXPECT_EQ(offer.state, OfferState::kOpen);
  }
  offer = *GiveAnswer(offer, Yes(Party::kEmployer), kNow);
  EXPECT_EQ(offer.state, OfferState::kAccepted);
}

TEST(OfferLifecycleTest, ADirectPlacementHasTwoParties) {
  Offer offer = ThreePartyOffer();
  offer.terms.start = {};
  EXPECT_EQ(ReasonOf(GiveAnswer(offer, Yes(Party::kOpleider), kNow).status()), "NOT_A_PARTY");
  offer = *GiveAnswer(offer, Yes(Party::kSwitcher), kNow);
  EXPECT_EQ(GiveAnswer(offer, Yes(Party::kEmployer), kNow)->state, OfferState::kAccepted);
}

TEST(OfferLifecycleTest, OneNoDeclinesAndEachPartyAnswersOnce) {
  Offer offer = *GiveAnswer(ThreePartyOffer(), Yes(Party::kSwitcher), kNow);
  EXPECT_EQ(ReasonOf(GiveAnswer(offer, No(Party::kSwitcher), kNow).status()), "ALREADY_ANSWERED");
  offer = *GiveAnswer(offer, No(Party::kEmployer), kNow);
  EXPECT_EQ(offer.state, OfferState::kDeclined);
  EXPECT_EQ(ReasonOf(GiveAnswer(offer, No(Party::kEmployer), kNow).status()), "OFFER_CLOSED");
}

TEST(OfferLifecycleTest, OnlyAPersonAnswers) {
  for (const char* nobody : {"", "cli", "employer"}) {
    Answer answer = Yes(Party::kEmployer);
    answer.actor = nobody;
    EXPECT_EQ(ReasonOf(GiveAnswer(ThreePartyOffer(), answer, kNow).status()), "HUMAN_REQUIRED")
        << nobody;
  }
}

TEST(OfferLifecycleTest, WhoElseKeptSilent) {
  struct Row {
    const char* name;
    std::vector<Party> answered;
    bool others;
  };
  const Row rows[] = {
      {"nobody answered", {}, true},
      {"only she did", {Party::kSwitcher}, true},
      {"she and the employer", {Party::kSwitcher, Party::kEmployer}, true},
      {"only the opleider did", {Party::kOpleider}, true},
      {"all but she", {Party::kEmployer, Party::kOpleider}, false},
  };
  for (const Row& row : rows) {
    Offer offer = ThreePartyOffer();
    for (const Party party : row.answered) offer = *GiveAnswer(offer, Yes(party), kNow);
    EXPECT_EQ(OthersWereSilent(offer), row.others) << row.name;
  }
  Offer direct = ThreePartyOffer();
  direct.terms.start = {};
  EXPECT_FALSE(OthersWereSilent(*GiveAnswer(direct, Yes(Party::kEmployer), kNow)));
}

TEST(OfferLifecycleTest, AMomentEqualToTheDeadlineIsTooLate) {
  const Offer offer = ThreePartyOffer();
  const Duration tick(1);
  EXPECT_TRUE(GiveAnswer(offer, Yes(Party::kSwitcher), offer.deadline - tick).ok());
  for (const Instant late : {offer.deadline, offer.deadline + tick}) {
    EXPECT_EQ(ReasonOf(GiveAnswer(offer, Yes(Party::kSwitcher), late).status()), "OFFER_EXPIRED");
  }
  EXPECT_EQ(Expire(offer, offer.deadline - tick)->state, OfferState::kOpen);
  const Offer expired = *Expire(offer, offer.deadline);
  EXPECT_EQ(expired.state, OfferState::kExpired);
  EXPECT_EQ(ReasonOf(GiveAnswer(expired, Yes(Party::kSwitcher), kNow).status()), "OFFER_EXPIRED")
      << "a clock that moves back does not reopen it";
}

TEST(OfferLifecycleTest, WhoSpeaksForWhom) {
  struct Row {
    const char* name;
    Role role;
    std::optional<Party> said;
    std::optional<Party> party;
    const char* reason;
  };
  const Row rows[] = {
      {"she herself", Role::kSwitcher, {}, Party::kSwitcher, ""},
      {"her partner", Role::kPartner, Party::kSwitcher, Party::kSwitcher, ""},
      {"her partner must say so", Role::kPartner, {}, {}, "REQUIRED"},
      {"a partner is no employer", Role::kPartner, Party::kEmployer, {}, "NOT_A_PARTY"},
      {"employer", Role::kEmployer, {}, Party::kEmployer, ""},
      {"employer for her", Role::kEmployer, Party::kSwitcher, {}, "NOT_A_PARTY"},
      {"staff", Role::kOpleiderUser, {}, Party::kOpleider, ""},
      {"administrator", Role::kOpleiderAdmin, Party::kOpleider, Party::kOpleider, ""},
      {"operations", Role::kOps, Party::kOpleider, Party::kOpleider, ""},
      {"operations must say", Role::kOps, {}, {}, "REQUIRED"},
      {"a service", Role::kService, {}, {}, "NOT_A_PARTY"},
  };
  const Terms terms = ThreePartyOffer().terms;
  for (const Row& row : rows) {
    const StatusOr<Party> party = SpeaksFor(row.role, row.said, terms);
    EXPECT_EQ(party.ok() ? std::optional<Party>(*party) : std::nullopt, row.party) << row.name;
    EXPECT_EQ(ReasonOf(party.status()), row.reason) << row.name;
  }
  Terms direct = terms;
  direct.start = {};
  EXPECT_EQ(ReasonOf(SpeaksFor(Role::kOpleiderUser, {}, direct).status()), "NOT_A_PARTY");
}

TEST(OfferLifecycleTest, AContractEndsOnce) {
  const Contract contract = Sign(ThreePartyOffer(), ContractId("c1"), kNow);
  EXPECT_EQ(contract.signed_time, kNow);
  const Contract ended = *End(contract, "WITHDREW", "p.jansen", kNow);
  EXPECT_EQ(ended.state, ContractState::kEnded);
  EXPECT_EQ(ended.ended_by, "p.jansen");
  EXPECT_EQ(ReasonOf(End(ended, "WITHDREW", "p.jansen", kNow).status()), "CONTRACT_ENDED");
}

TEST(OfferLifecycleTest, OnlyANamedHumanOfOperationsConfirmsAndOnce) {
  AdverseOutcome outcome;
  EXPECT_EQ(ReasonOf(Confirm(outcome, Role::kService, "s", "r", kNow).status()), "HUMAN_REQUIRED");
  for (const char* nobody : {"", "cli", "ops"}) {
    EXPECT_EQ(ReasonOf(Confirm(outcome, Role::kOps, nobody, "r", kNow).status()), "HUMAN_REQUIRED")
        << nobody;
  }
  outcome = *Confirm(outcome, Role::kOps, "anna", "seen", kNow);
  EXPECT_EQ(outcome.confirmed_by, "anna");
  EXPECT_EQ(ReasonOf(Confirm(outcome, Role::kOps, "anna", "r", kNow).status()),
            "ALREADY_CONFIRMED");
}

TEST(DeadlineTest, WorkingDaysWithinTheMatchPhase) {
  const Instant monday = StartOf(Day::FromCivil(2026, 11, 2)) + std::chrono::hours(9);
  const Instant end = monday + std::chrono::hours(24) * 28;
  const auto hours = [&](int count) { return monday + std::chrono::hours(count); };
  EXPECT_EQ(OfferDeadline(monday, 5, end), hours(7 * 24)) << "over a weekend";
  EXPECT_EQ(OfferDeadline(monday, 1, end), hours(24));
  EXPECT_EQ(OfferDeadline(monday, 0, end), hours(24)) << "never under 24 hours";
  EXPECT_EQ(OfferDeadline(monday, 5, hours(48)), hours(48)) << "cut off by the match phase";
  EXPECT_EQ(OfferDeadline(monday, 5, hours(24)), hours(24));
  EXPECT_EQ(OfferDeadline(monday, 5, hours(23)), std::nullopt);
}

TEST(CohortTest, DecidedOnItsDayByContractsAndOffersThatMayStillCount) {
  const Day decides = kToday;
  const Day begins = kToday + 14;
  struct Row {
    const char* name;
    CohortCount count;
    Day today;
    CohortState state;
  };
  const Row rows[] = {
      {"the day before", {5, 0, 0}, decides - 1, CohortState::kPending},
      {"exactly enough", {5, 5, 0}, decides, CohortState::kRuns},
      {"one short", {5, 4, 0}, decides, CohortState::kCancelled},
      {"an offer may fill it", {5, 4, 1}, decides, CohortState::kPending},
      {"offers are not enough", {5, 3, 1}, decides, CohortState::kCancelled},
      {"it begins", {5, 4, 1}, begins, CohortState::kCancelled},
      {"nobody", {5, 0, 0}, decides, CohortState::kCancelled},
      {"no minimum", {0, 0, 0}, decides, CohortState::kRuns},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(DecideCohort(row.count, decides, begins, row.today), row.state) << row.name;
  }
}

TEST(CohortTest, AStartAtAMinimumHasItsPeopleOnceNobodyThinksAboutItAnyMore) {
  struct Row {
    const char* name;
    CohortCount count;
    bool has_them;
  };
  const Row rows[] = {
      {"one short", {4, 3, 0}, false},
      {"exactly enough", {4, 4, 0}, true},
      {"more", {4, 6, 0}, true},
      {"an offer is out", {4, 5, 1}, false},
      {"no minimum, nobody", {0, 0, 0}, false},
      {"no minimum, somebody", {0, 1, 0}, true},
      {"a minimum of one", {1, 1, 0}, true},
  };
  for (const Row& row : rows) EXPECT_EQ(HasItsPeople(row.count), row.has_them) << row.name;
}

TEST(CohortTest, AStartAtAMinimumBeginsOnceEverybodyCan) {
  const Day promised = kToday + 60;
  struct Row {
    const char* name;
    std::vector<Day> free_from;
    Day today;
    Day begins;
  };
  const Row rows[] = {
      {"everybody is free", {kToday - 5, kToday}, kToday, kToday + 14},
      {"the last one decides", {kToday + 3, kToday + 30, kToday + 20}, kToday, kToday + 30},
      {"not after what was promised", {kToday + 90}, kToday, promised},
      {"there are no two weeks left", {kToday}, promised - 10, promised},
      {"two weeks are left", {kToday}, promised - 15, promised - 1},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(BeginsAtMinimum(promised, row.today, row.free_from), row.begins) << row.name;
  }
}

TEST(CohortTest, DecisionDayIsTheOwnersOr14DaysBefore) {
  StartRecord start = StartAt("p1", "a");
  EXPECT_EQ(DecisionDay(start, start.begins_on), start.begins_on - 14);
  start.decides_on = start.begins_on - 3;
  EXPECT_EQ(DecisionDay(start, start.begins_on), start.begins_on - 3);
  start.rhythm = Rhythm::kRolling;
  EXPECT_EQ(DecisionDay(start, kToday + 90), kToday + 76) << "each month has its own";
}

}  // namespace
}  // namespace matchgo::scheduler::domain
