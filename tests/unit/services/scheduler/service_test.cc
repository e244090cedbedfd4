// The scheduler over gRPC, in process: who may, what comes back, replays, pages, feed, export; and
// the neighbours' messages as records.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>

#include "common/rpc/channel.h"
#include "services/scheduler/clients/grpc_records.h"
#include "tests/unit/services/scheduler/service_world.h"

namespace matchgo::scheduler {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ServiceTest : public ServiceWorld {
 protected:
  ServiceTest() {
    for (const char* id : {"s0", "s1"}) profiles.Put(SwitcherAt(id));
    vacancies.Put(VacancyAt("v0"));
    programmes.Put(StartAt("p1", "a"));
  }

  static rpc::Caller CallerOf(Role role, const std::string& id, const std::string& tenant) {
    rpc::Caller::Options options;
    options.principal = {.role = role, .id = id, .tenant = TenantId(tenant)};
    options.attempts_max = 1;
    return rpc::Caller(options);
  }
  template <class Req, class Rep>
  StatusOr<Rep> As(Role role, const std::string& id, const std::string& tenant,
                   grpc::Status (Stub::*method)(grpc::ClientContext*, const Req&, Rep*),
                   Req request) {
    if constexpr (requires { request.set_request_id(""); }) {
      if (request.request_id().empty()) request.set_request_id("key" + std::to_string(++keys_));
    }
    rpc::Caller::Options options;
    options.principal = {.role = role, .id = id, .tenant = TenantId(tenant)};
    options.attempts_max = 1;
    rpc::Caller caller(options);
    return caller.Unary(*stub_, method, request);
  }
  v1::Round PublishOverRpc() {
    v1::CreateRoundRequest create;
    create.mutable_round()->set_title("november");
    auto round = As(Role::kOps, "anna", "", &Stub::CreateRound, create);
    EXPECT_TRUE(round.ok()) << round.status();
    v1::AdvanceRoundRequest advance;
    advance.set_name(round->name());
    advance.set_until(v1::Round::STATE_PUBLISHED);
    auto* wanted = advance.add_at_least();
    wanted->set_feed("profiles");
    wanted->set_sequence(profiles.sequence);
    round = As(Role::kOps, "anna", "", &Stub::AdvanceRound, advance);
    EXPECT_TRUE(round.ok()) << round.status();
    return round.ok() ? *round : v1::Round();
  }
  StatusOr<v1::Offer> AnswerAs(Role role, const std::string& id, const std::string& tenant,
                               const std::string& offer, const std::string& key = "",
                               const std::string& etag = "") {
    v1::AnswerOfferRequest answer;
    answer.set_name(offer);
    answer.set_decision(v1::Offer::DECISION_ACCEPT);
    answer.set_request_id(key);
    answer.set_etag(etag);
    return As(role, id, tenant, &Stub::AnswerOffer, answer);
  }

  int keys_ = 0;
};

TEST_F(ServiceTest, ARoundFromCreationToContract) {
  const v1::Round round = PublishOverRpc();
  EXPECT_EQ(round.state(), v1::Round::STATE_PUBLISHED);
  EXPECT_EQ(round.summary().switchers(), 2);
  EXPECT_EQ(round.summary().open(), 1);
  EXPECT_EQ(round.seed().size(), 32u);
  const auto offers = As(Role::kEmployer, "x", "e1", &Stub::ListOffers, v1::ListOffersRequest());
  ASSERT_TRUE(offers.ok()) << offers.status();
  ASSERT_EQ(offers->offers_size(), 1);
  const v1::Offer& offer = offers->offers(0);
  EXPECT_EQ(offer.plan().ready_on(), FormatDay(kToday + 130));
  EXPECT_EQ(AnswerAs(Role::kEmployer, "x", "e1", offer.name())->answers_size(), 1);
  EXPECT_TRUE(AnswerAs(Role::kSwitcher, offer.switcher().substr(10), "", offer.name()).ok());
  const auto last = AnswerAs(Role::kOpleiderUser, "x", "o1", offer.name());
  ASSERT_TRUE(last.ok()) << last.status();
  EXPECT_EQ(last->state(), v1::Offer::STATE_ACCEPTED);
  v1::GetContractRequest get;
  get.set_name(last->contract());
  const auto contract = As(Role::kOpleiderUser, "x", "o1", &Stub::GetContract, get);
  ASSERT_TRUE(contract.ok()) << contract.status();
  EXPECT_EQ(contract->offer(), offer.name());
  EXPECT_EQ(contract->vacancy(), "employers/e1/vacancies/v0");
  v1::GetSeatsRequest seats;
  seats.set_resource(contract->vacancy());
  EXPECT_EQ(As(Role::kOps, "x", "", &Stub::GetSeats, seats)->contracted(), 1);
  v1::GetRoundRequest again;
  again.set_name(round.name());
  EXPECT_EQ(As(Role::kOps, "x", "", &Stub::GetRound, again)->summary().contracts(), 1);
}

TEST_F(ServiceTest, RefusalsHaveTheirReasonsAndChangeNothing) {
  PublishOverRpc();
  const std::string offer =
      As(Role::kOps, "x", "", &Stub::ListOffers, v1::ListOffersRequest())->offers(0).name();
  const auto reason = [](const auto& result) { return ReasonOf(result.status()); };
  EXPECT_EQ(reason(AnswerAs(Role::kEmployer, "x", "e2", offer)), "NOT_FOUND");
  EXPECT_EQ(reason(AnswerAs(Role::kService, "x", "", offer)), "ROLE");
  EXPECT_EQ(reason(AnswerAs(Role::kOps, "x", "", offer)), "REQUIRED");
  EXPECT_EQ(reason(AnswerAs(Role::kEmployer, "x", "e1", offer, "", "W/\"63\"")), "STALE");
  EXPECT_EQ(reason(AnswerAs(Role::kEmployer, "x", "e1", offer, "", "nonsense")), "STALE");
  v1::ConfirmOutcomesRequest confirm;
  confirm.set_parent("rounds/r");
  confirm.add_names("rounds/r/outcomes/o");
  confirm.set_reason("seen");
  EXPECT_EQ(reason(As(Role::kService, "x", "", &Stub::ConfirmOutcomes, confirm)), "ROLE");
  EXPECT_EQ(reason(As(Role::kOps, "x", "", &Stub::ConfirmOutcomes, confirm)), "NOT_FOUND");
  v1::ReleaseSeatsRequest release;
  release.set_resource("employers/e1/vacancies/v0");
  EXPECT_EQ(reason(As(Role::kService, "x", "", &Stub::ReleaseSeats, release)), "CAPACITY_HELD");
  v1::CreateRoundRequest create;
  create.mutable_round()->mutable_weights()->set_fit(999);
  EXPECT_EQ(reason(As(Role::kOps, "x", "", &Stub::CreateRound, create)), "WEIGHTS_SUM");
  EXPECT_THAT(Offers("open").at(0).answers, IsEmpty());
}

TEST_F(ServiceTest, FeedsThatAreBehindKeepTheMarketFromBeingFrozen) {
  v1::CreateRoundRequest create;
  create.mutable_round()->set_title("early");
  const auto round = As(Role::kOps, "x", "", &Stub::CreateRound, create);
  v1::AdvanceRoundRequest advance;
  advance.set_name(round->name());
  auto* wanted = advance.add_at_least();
  wanted->set_feed("profiles");
  wanted->set_sequence(profiles.sequence + 1);
  const auto refused = As(Role::kOps, "x", "", &Stub::AdvanceRound, advance);
  EXPECT_EQ(ReasonOf(refused.status()), "FEEDS_BEHIND");
  EXPECT_EQ(Round(RoundId(round->name().substr(7))).state, domain::RoundState::kCollecting);
}

TEST_F(ServiceTest, TheSameKeyGivesTheSameAnswerOnce) {
  PublishOverRpc();
  const std::string offer = "offers/" + Offers("open").at(0).id.value();
  const auto first = AnswerAs(Role::kEmployer, "x", "e1", offer, "once");
  const auto again = AnswerAs(Role::kEmployer, "x", "e1", offer, "once");
  ASSERT_TRUE(first.ok() && again.ok()) << again.status();
  EXPECT_EQ(first->SerializeAsString(), again->SerializeAsString());
  EXPECT_EQ(ReasonOf(AnswerAs(Role::kEmployer, "x", "e1", offer, "twice").status()),
            "ALREADY_ANSWERED");
}

TEST_F(ServiceTest, ListsArePaged) {
  vacancies.Put(VacancyAt("v1"));
  PublishOverRpc();
  v1::ListOffersRequest list;
  list.set_page_size(1);
  std::vector<std::string> names;
  for (int page = 0; page < 3; ++page) {
    const auto reply = As(Role::kOps, "x", "", &Stub::ListOffers, list);
    ASSERT_TRUE(reply.ok()) << reply.status();
    for (const auto& offer : reply->offers()) names.push_back(offer.name());
    if (reply->next_page_token().empty()) break;
    list.set_page_token(reply->next_page_token());
  }
  EXPECT_THAT(names, SizeIs(2));
  list.set_page_token("forged");
  EXPECT_EQ(ReasonOf(As(Role::kOps, "x", "", &Stub::ListOffers, list).status()), "PAGE_TOKEN");
}

TEST_F(ServiceTest, TheFeedShowsRoundsAndOffersInOrder) {
  PublishOverRpc();
  grpc::ClientContext context;
  CallerOf(Role::kService, "trajectories", "").Prepare(&context);
  auto reader = stub_->WatchMatches(&context, common::v1::WatchRequest());
  v1::MatchChange change;
  int64_t last = 0;
  bool round = false;
  bool offer = false;
  while (!(round && offer) && reader->Read(&change)) {
    EXPECT_GT(change.position().sequence(), last);
    last = change.position().sequence();
    round = round || change.has_round();
    offer = offer || change.has_offer();
  }
  context.TryCancel();
  (void)reader->Finish();
  EXPECT_TRUE(round && offer);
}

TEST_F(ServiceTest, AnExportHoldsTheMarketAndTheOutcome) {
  const v1::Round round = PublishOverRpc();
  grpc::ClientContext context;
  CallerOf(Role::kAuditor, "x", "").Prepare(&context);
  v1::ExportRoundRequest request;
  request.set_name(round.name());
  auto reader = stub_->ExportRound(&context, request);
  v1::ExportRoundResponse piece;
  std::string market;
  std::string outcome;
  while (reader->Read(&piece)) {
    market += piece.market();
    outcome += piece.outcome();
  }
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_NE(market.find("\"format\":\"market/1\""), std::string::npos);
  EXPECT_NE(outcome.find(round.market_digest()), std::string::npos);
}

TEST(RecordsTest, ASwitcherIsReadWithoutWhatDependsOnTheDay) {
  profiles::v1::Switcher switcher;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"pb(
        name: "switchers/s1"
        partner: "p"
        last_confirmed: "2026-11-01"
        state: STATE_ACTIVE
        obstacles: MATCHING_OBSTACLE_STALE
        obstacles: MATCHING_OBSTACLE_LANGUAGE
        profile {
          education { nlqf_level: 6 year: 2010 }
          education { nlqf_level: 7 }
          skills { skill: "skills/care" level: 3 }
          available_from: "2026-12-01"
          languages { language: "nl" level: LEVEL_B2 }
          home { x: 5 y: 6 }
          travel_km_max: 20
          consents { purpose: PURPOSE_MATCHING given_on: "2026-01-01" }
          consents { purpose: PURPOSE_RESEARCH given_on: "2026-01-01" }
        })pb",
      &switcher));
  const auto record = RecordOf(switcher);
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->id, "s1");
  EXPECT_EQ(record->level, 6) << "an unfinished education does not count";
  EXPECT_EQ(record->dutch_level, 4);
  EXPECT_THAT(record->standing, ElementsAre(domain::Obstacle::kLanguage));
  EXPECT_THAT(record->matching_consents, SizeIs(1));
  switcher.set_last_confirmed("yesterday");
  EXPECT_FALSE(RecordOf(switcher).has_value());
}

TEST(RecordsTest, OnlineAndSelfStudyAreNotTravelledTo) {
  programmes::v1::Start start;
  start.set_begins_on("2026-12-01");
  start.add_delivery(programmes::v1::Start::DELIVERY_ONLINE);
  start.add_delivery(programmes::v1::Start::DELIVERY_SELF_STUDY);
  EXPECT_TRUE(RecordOf(start)->online);
  start.add_delivery(programmes::v1::Start::DELIVERY_CLASSROOM);
  EXPECT_FALSE(RecordOf(start)->online);
}

}  // namespace
}  // namespace matchgo::scheduler
