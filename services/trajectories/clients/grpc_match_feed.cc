#include "services/trajectories/clients/grpc_match_feed.h"

#include <utility>

#include "common/kernel/resource_patterns.h"
#include "common/rpc/resource_name.h"
#include "common/time/timestamp.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "services/trajectories/clients/grpc_news_feed.h"

namespace matchgo::trajectories {
namespace {

using domain::MatchNews;
using scheduler::v1::Contract;
using scheduler::v1::MatchChange;
using scheduler::v1::Offer;
using scheduler::v1::SchedulerService;
using State = MatchNews::State;

constexpr int kPage = 1000;

// A day of the neighbour's own making; nothing if it has none.
std::optional<Day> DecodeDay(const std::string& text) {
  const StatusOr<Day> day = ParseDay(text);
  return day.ok() ? std::optional<Day>(*day) : std::nullopt;
}

State StateOf(Offer::State state) {
  switch (state) {
    case Offer::STATE_OPEN:
      return State::kOfferOpen;
    case Offer::STATE_ACCEPTED:
      return State::kOfferAccepted;
    case Offer::STATE_DECLINED:
    case Offer::STATE_EXPIRED:
    case Offer::STATE_WITHDRAWN:
      return State::kOfferFailed;
    default:
      return State::kNone;
  }
}

State StateOf(Contract::State state) {
  switch (state) {
    case Contract::STATE_ACTIVE:
      return State::kContractActive;
    case Contract::STATE_ENDED:
      return State::kContractEnded;
    default:
      return State::kNone;
  }
}

// What offers and contracts have in common.
template <class Record>
MatchNews DecodeRecord(const Record& record) {
  MatchNews news;
  news.sequence = record.sequence();
  news.name = record.name();
  news.state = StateOf(record.state());
  const auto switcher = rpc::ParseOne<SwitcherId>(names::kSwitcher, record.switcher(), "switcher");
  if (switcher.ok()) news.switcher = *switcher;
  news.agreement.vacancy = record.vacancy();
  news.agreement.start = record.start();
  news.agreement.sector = record.sector();
  news.agreement.begins_on = DecodeDay(record.plan().begins_on());
  news.agreement.ready_on = DecodeDay(record.plan().ready_on());
  news.agreement.plan_hours = record.plan().hours();
  news.changed = DecodeTime(record.update_time());
  return news;
}

MatchNews DecodeOffer(const Offer& offer) {
  MatchNews news = DecodeRecord(offer);
  news.agreement.offer = offer.name();
  news.began = DecodeTime(offer.create_time());
  return news;
}

MatchNews DecodeContract(const Contract& contract) {
  MatchNews news = DecodeRecord(contract);
  news.agreement.offer = contract.offer();
  news.agreement.contract = contract.name();
  news.agreement.ended_by = contract.ended_by();
  news.began = DecodeTime(contract.signed_time());
  return news;
}

MatchNews DecodeChange(const MatchChange& change) {
  MatchNews news;
  if (change.has_contract()) {
    news = DecodeContract(change.contract());
  } else if (change.has_offer()) {
    news = DecodeOffer(change.offer());
  }
  news.position = change.position().sequence();
  return news;
}

StatusOr<int64_t> ListAll(SchedulerService::StubInterface& stub, rpc::Caller& caller,
                          std::vector<MatchNews>* all) {
  using Stub = SchedulerService::StubInterface;
  scheduler::v1::ListOffersRequest offers;
  offers.set_page_size(kPage);
  int64_t sequence = 0;
  do {
    ASSIGN_OR_RETURN(const auto page, caller.Unary(stub, &Stub::ListOffers, offers));
    // The first listing's: what changes after it comes by the watch, contracts included.
    if (offers.page_token().empty()) sequence = page.sequence();
    for (const Offer& offer : page.offers()) all->push_back(DecodeOffer(offer));
    offers.set_page_token(page.next_page_token());
  } while (!offers.page_token().empty());
  scheduler::v1::ListContractsRequest contracts;
  contracts.set_page_size(kPage);
  do {
    ASSIGN_OR_RETURN(const auto page, caller.Unary(stub, &Stub::ListContracts, contracts));
    for (const Contract& contract : page.contracts()) all->push_back(DecodeContract(contract));
    contracts.set_page_token(page.next_page_token());
  } while (!contracts.page_token().empty());
  return sequence;
}

}  // namespace

std::unique_ptr<MatchFeed> MakeGrpcMatchFeed(std::shared_ptr<grpc::Channel> channel,
                                             Environment& environment) {
  const std::shared_ptr<SchedulerService::StubInterface> stub =
      SchedulerService::NewStub(std::move(channel));
  using Feed = GrpcNewsFeed<MatchNews, MatchChange>;
  return std::make_unique<Feed>(
      environment,
      Feed::Source{
          .feed = "scheduler",
          .list = [stub](rpc::Caller& caller,
                         std::vector<MatchNews>* all) { return ListAll(*stub, caller, all); },
          .watch =
              [stub](grpc::ClientContext* context, const common::v1::WatchRequest& request) {
                return stub->WatchMatches(context, request);
              },
          .decode = DecodeChange});
}

}  // namespace matchgo::trajectories
