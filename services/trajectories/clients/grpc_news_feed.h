// GrpcNewsFeed: a neighbour's feed over gRPC: list once, then watch, in batches, for ever.
//
// The list is taken in the order of its changes, as the stream would have told them. Resumes
// after the last durable batch. Start and Stop from one thread.
// Test: tests/unit/services/trajectories/grpc_feed_test.cc
#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/support/sync_stream.h>

#include <algorithm>
#include <cstddef>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/rpc/feed_follower.h"
#include "common/rpc/status_map.h"
#include "common/service/environment.h"
#include "services/trajectories/clients/news_batcher.h"
#include "services/trajectories/clients/news_feed.h"

namespace matchgo::trajectories {

template <class News, class Change>
class GrpcNewsFeed final : public NewsFeed<News> {
 public:
  struct Source {
    std::string feed;  // "profiles"
    // Every record as news, in any order, and the sequence at which the list stands.
    std::function<StatusOr<int64_t>(rpc::Caller& caller, std::vector<News>* all)> list;
    std::function<std::unique_ptr<grpc::ClientReaderInterface<Change>>(
        grpc::ClientContext* context, const common::v1::WatchRequest& request)>
        watch;
    std::function<News(const Change& change)> decode;
  };

  GrpcNewsFeed(Environment& environment, Source source)
      : environment_(environment), source_(std::move(source)) {}
  ~GrpcNewsFeed() override { Stop(); }

  void Start(NewsSink<News> sink) override {
    sink_ = std::move(sink);
    rpc::FeedLoop::Options options;
    options.consumer = "trajectories";
    options.feed = source_.feed;
    options.resume_from = sink_.resume_from;
    rpc::FeedLoop::Steps steps;
    steps.list = [this](rpc::Caller& caller) { return List(caller); };
    steps.watch = [this](grpc::ClientContext* context, int64_t from,
                         const rpc::FeedLoop::Progress& progress) {
      return Watch(context, from, progress);
    };
    loop_ =
        std::make_unique<rpc::FeedLoop>(std::move(options), environment_.metrics, std::move(steps));
  }
  void Stop() override {
    if (loop_ != nullptr) loop_->Stop();
  }

 private:
  static constexpr size_t kListBatch = 500;

  StatusOr<int64_t> List(rpc::Caller& caller) {
    std::vector<News> all;
    ASSIGN_OR_RETURN(const int64_t sequence, source_.list(caller, &all));
    std::sort(all.begin(), all.end(), [](const News& a, const News& b) {
      return std::pair(a.sequence, IdOf(a)) < std::pair(b.sequence, IdOf(b));
    });
    size_t next = 0;
    do {
      const size_t end = std::min(all.size(), next + kListBatch);
      std::vector<News> batch(std::make_move_iterator(all.begin() + static_cast<ptrdiff_t>(next)),
                              std::make_move_iterator(all.begin() + static_cast<ptrdiff_t>(end)));
      next = end;
      RETURN_IF_ERROR(TakeAndWait(
          std::move(batch), next == all.size() ? std::optional<int64_t>(sequence) : std::nullopt));
    } while (next < all.size());
    return sequence;
  }

  static const std::string& IdOf(const domain::ProfileNews& news) { return news.switcher.value(); }
  static const std::string& IdOf(const domain::MatchNews& news) { return news.name; }

  Status TakeAndWait(std::vector<News> batch, std::optional<int64_t> mark) {
    const auto taken = std::make_shared<std::promise<Status>>();
    std::future<Status> result = taken->get_future();
    sink_.take(std::move(batch), mark, [taken](const Status& status) { taken->set_value(status); });
    return result.get();
  }

  Status Watch(grpc::ClientContext* context, int64_t from,
               const rpc::FeedLoop::Progress& progress) {
    common::v1::WatchRequest request;
    request.set_from_sequence(from);
    const auto batcher = NewsBatcher<News>::Make({.take = sink_.take,
                                                  .applied = progress.applied,
                                                  .broken = [context] { context->TryCancel(); }});
    const auto reader = source_.watch(context, request);
    Change change;
    int64_t last = from;
    while (reader->Read(&change)) {
      const common::v1::FeedPosition& position = change.position();
      progress.known(position.newest_sequence());
      if (position.sequence() <= last) continue;  // already taken
      last = position.sequence();
      const bool more = rpc::IsHeartbeat(position) ? batcher->Skip(last)
                                                   : batcher->Add(source_.decode(change), last);
      if (!more) break;
    }
    // The context must live until nobody can cancel it any more.
    const Status trouble = batcher->Finish();
    const grpc::Status end = reader->Finish();
    return trouble.ok() ? rpc::FromGrpc(end) : trouble;
  }

  Environment& environment_;
  const Source source_;
  NewsSink<News> sink_;
  std::unique_ptr<rpc::FeedLoop> loop_;
};

}  // namespace matchgo::trajectories
