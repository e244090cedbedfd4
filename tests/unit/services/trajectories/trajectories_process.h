// A process with the trajectories service whose news comes from the test.
//
// Tell() returns when the news is durable (or refused). Calls go over in-process gRPC with the role
// that a test names. One thread. Used by the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/random/random.h"
#include "common/rpc/channel.h"
#include "common/rpc/serve_unary.h"
#include "common/service/process.h"
#include "common/time/clock.h"
#include "matchgo/trajectories/v1/trajectory_service.grpc.pb.h"
#include "services/trajectories/module.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/trajectories/some_trajectory.h"

namespace matchgo::trajectories {

// What a feed was started with; outlives the feed itself.
template <class News>
struct Tap {
  NewsSink<News> sink;
  int starts = 0;

  Status Tell(std::vector<News> news, std::optional<int64_t> mark) {
    std::promise<Status> taken;
    sink.take(std::move(news), mark, [&](const Status& status) { taken.set_value(status); });
    return taken.get_future().get();
  }
};

template <class News>
class TappedFeed final : public NewsFeed<News> {
 public:
  explicit TappedFeed(Tap<News>& tap) : tap_(tap) {}
  void Start(NewsSink<News> sink) override {
    tap_.sink = std::move(sink);
    ++tap_.starts;
  }
  void Stop() override {}

 private:
  Tap<News>& tap_;
};

class TrajectoriesProcess : public testing::Test {
 protected:
  using Service = v1::TrajectoryService::StubInterface;
  using State = domain::MatchNews::State;

  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / ("trajectories_" + names_.NewId());
    Restart();
  }
  void TearDown() override {
    process_.reset();
    std::filesystem::remove_all(folder_);
  }
  // Ends the process and starts another on the same data.
  void Restart() {
    process_.reset();
    ProcessOptions options;
    options.data_dir = folder_;
    options.executor = {.threads = 2};
    auto started = Process::Start(
        options, clock_, entropy_, {[this](Environment& environment) {
          return MakeTrajectoriesModuleWith(environment, [this](const Neighbours&) {
            return NewsFeeds{
                .profiles = std::make_unique<TappedFeed<domain::ProfileNews>>(profiles_),
                .matches = std::make_unique<TappedFeed<domain::MatchNews>>(matches_)};
          });
        }});
    ASSERT_THAT(started, IsOk());
    process_ = *std::move(started);
    stub_ = v1::TrajectoryService::NewStub(process_->channel());
  }
  void GoTo(Day day) { clock_.AdvanceTo(domain::Noon(day)); }

  // News with a sequence of its own; the mark of the feed is that sequence.
  domain::ProfileNews Profile(const std::string& switcher, bool eligible = true,
                              bool active = true) {
    domain::ProfileNews news;
    news.sequence = ++sequence_;
    news.position = news.sequence;
    news.switcher = SwitcherId(switcher);
    news.partner = "partner1";
    news.active = active;
    news.eligible = eligible && active;
    news.created = clock_.Now();
    news.changed = clock_.Now();
    return news;
  }
  domain::MatchNews Match(State state, const std::string& switcher, bool direct = false) {
    domain::MatchNews news;
    news.sequence = ++sequence_;
    news.position = news.sequence;
    news.state = state;
    news.switcher = SwitcherId(switcher);
    news.agreement = domain::SomeAgreement(direct);
    news.agreement.offer = "offers/o-" + switcher;
    news.agreement.contract = news.contract() ? "contracts/c-" + switcher : "";
    news.name = news.contract() ? news.agreement.contract : news.agreement.offer;
    news.began = clock_.Now();
    news.changed = clock_.Now();
    return news;
  }
  Status Tell(const domain::ProfileNews& news) { return profiles_.Tell({news}, news.position); }
  Status Tell(const domain::MatchNews& news) { return matches_.Tell({news}, news.position); }
  // Somebody with a contract, by the feeds.
  void Contract(const std::string& switcher, bool direct = false) {
    ASSERT_THAT(Tell(Profile(switcher)), IsOk());
    ASSERT_THAT(Tell(Match(State::kOfferOpen, switcher, direct)), IsOk());
    ASSERT_THAT(Tell(Match(State::kContractActive, switcher, direct)), IsOk());
  }

  class Client {
   public:
    Client(Role role, const std::string& id, const std::string& tenant)
        : caller_({.principal = {.role = role, .id = id, .tenant = TenantId(tenant)}}) {}
    template <class Stub, class Method, class Request>
    auto Unary(Stub& stub, Method method, Request request) {
      if constexpr (rpc::HasRequestId<Request>) {
        if (request.request_id().empty()) request.set_request_id(SystemEntropy().NewId());
      }
      return caller_.Unary(stub, method, request);
    }

   private:
    rpc::Caller caller_;
  };
  static Client As(Role role, const std::string& id = "someone", const std::string& tenant = "") {
    return {role, id, tenant};
  }
  template <class Method, class Request>
  auto Ops(Method method, const Request& request) {
    return As(Role::kOps).Unary(*stub_, method, request);
  }

  std::vector<v1::Trajectory> List(const v1::ListTrajectoriesRequest& request = {}) {
    auto page = Ops(&Service::ListTrajectories, request);
    EXPECT_THAT(page, IsOk());
    if (!page.ok()) return {};
    return {page->trajectories().begin(), page->trajectories().end()};
  }
  // The only trajectory of a switcher.
  v1::Trajectory Of(const std::string& switcher) {
    v1::ListTrajectoriesRequest request;
    request.set_switcher("switchers/" + switcher);
    const auto found = List(request);
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? v1::Trajectory() : found[0];
  }
  auto Advance(const std::string& name, v1::Stage to, const std::string& on = "",
               v1::Evidence::Kind kind = v1::Evidence::KIND_UNSPECIFIED) {
    v1::AdvanceTrajectoryRequest request;
    request.set_name(name);
    request.set_to(to);
    request.set_occurred_on(on);
    if (kind != v1::Evidence::KIND_UNSPECIFIED) {
      v1::Evidence& evidence = *request.add_evidence();
      evidence.set_kind(kind);
      evidence.set_reference("r-1");
      evidence.set_issuer("p1");
      evidence.set_issued_on(on);
    }
    return Ops(&Service::AdvanceTrajectory, request);
  }

  SeededEntropy entropy_{7};
  SystemEntropy names_;
  ManualClock clock_{domain::Noon(domain::On("2026-02-02"))};
  std::filesystem::path folder_;
  int64_t sequence_ = 0;
  Tap<domain::ProfileNews> profiles_;
  Tap<domain::MatchNews> matches_;
  std::unique_ptr<Process> process_;
  std::unique_ptr<v1::TrajectoryService::Stub> stub_;
};

}  // namespace matchgo::trajectories
