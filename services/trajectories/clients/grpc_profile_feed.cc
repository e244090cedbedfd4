#include "services/trajectories/clients/grpc_profile_feed.h"

#include <utility>

#include "common/kernel/resource_patterns.h"
#include "common/rpc/resource_name.h"
#include "common/time/timestamp.h"
#include "matchgo/profiles/v1/profile_service.grpc.pb.h"
#include "services/trajectories/clients/grpc_news_feed.h"

namespace matchgo::trajectories {
namespace {

using domain::ProfileNews;
using profiles::v1::ProfileService;
using profiles::v1::Switcher;
using profiles::v1::SwitcherChange;

constexpr int kPage = 1000;

// The id in a name of the neighbour's own making; empty, and so nobody's, if it is none.
SwitcherId IdIn(const std::string& name) {
  const auto id = rpc::ParseOne<SwitcherId>(names::kSwitcher, name, "name");
  return id.ok() ? *id : SwitcherId();
}

ProfileNews DecodeSwitcher(const Switcher& switcher) {
  ProfileNews news;
  news.sequence = switcher.sequence();
  news.switcher = IdIn(switcher.name());
  news.partner = switcher.partner();
  news.active = switcher.state() == Switcher::STATE_ACTIVE;
  news.eligible = news.active && switcher.obstacles().empty();
  news.created = DecodeTime(switcher.create_time());
  news.changed = DecodeTime(switcher.update_time());
  return news;
}

// An erased profile leaves a tombstone: its name only.
ProfileNews DecodeChange(const SwitcherChange& change) {
  ProfileNews news;
  if (change.has_switcher()) {
    news = DecodeSwitcher(change.switcher());
  } else {
    news.erased = true;
    news.switcher = IdIn(change.position().resource());
    news.sequence = change.position().sequence();
    news.changed = DecodeTime(change.position().time());
    news.created = news.changed;
  }
  news.position = change.position().sequence();
  return news;
}

StatusOr<int64_t> ListAll(ProfileService::StubInterface& stub, rpc::Caller& caller,
                          std::vector<ProfileNews>* all) {
  profiles::v1::ListSwitchersRequest request;
  request.set_page_size(kPage);
  int64_t sequence = 0;
  do {
    ASSIGN_OR_RETURN(const auto page,
                     caller.Unary(stub, &ProfileService::StubInterface::ListSwitchers, request));
    if (request.page_token().empty()) sequence = page.sequence();
    for (const Switcher& switcher : page.switchers()) all->push_back(DecodeSwitcher(switcher));
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return sequence;
}

}  // namespace

std::unique_ptr<ProfileFeed> MakeGrpcProfileFeed(std::shared_ptr<grpc::Channel> channel,
                                                 Environment& environment) {
  const std::shared_ptr<ProfileService::StubInterface> stub =
      ProfileService::NewStub(std::move(channel));
  using Feed = GrpcNewsFeed<ProfileNews, SwitcherChange>;
  return std::make_unique<Feed>(
      environment,
      Feed::Source{
          .feed = "profiles",
          .list = [stub](rpc::Caller& caller,
                         std::vector<ProfileNews>* all) { return ListAll(*stub, caller, all); },
          .watch =
              [stub](grpc::ClientContext* context, const common::v1::WatchRequest& request) {
                return stub->WatchSwitchers(context, request);
              },
          .decode = DecodeChange});
}

}  // namespace matchgo::trajectories
