// ServeImport: bulk loading over a bidirectional stream; a batch in, its answer out, in order.
//
// `prepare` checks and encodes batches on the bounded executor while the writer commits those
// before; `apply` runs whole or not at all, in the order of the stream. What is in memory is
// bounded, so the size of the load does not matter: gRPC's flow control holds the caller back.
// The stream ends at the first batch that fails; what was answered is durable. Each batch has a key
// (request_id): sent again, also on another stream, it gets its first answer and has no effect.
// Test: tests/unit/common/rpc/import_reactor_test.cc
#pragma once

#include <google/protobuf/arena.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "common/rpc/endpoint.h"
#include "common/rpc/status_map.h"
#include "common/rpc/unary_call.h"
#include "common/rpc/validate.h"
#include "common/rpc/write_once.h"
#include "common/sql/database.h"
#include "common/sql/request_log.h"

namespace matchgo::rpc {

// Batches and bytes between read and answered. Many, because what waits together is committed
// together, and a commit costs as much as some thousand rows.
inline constexpr size_t kImportInFlight = 64;
inline constexpr size_t kImportBytesMax = size_t{4} << 20;
// Batches of one stream that may be in the executor, so that others' reads get their turn.
inline constexpr size_t kImportPreparing = 2;
inline constexpr std::chrono::seconds kImportBatchDeadline{60};

template <class Req, class Rep, class Prepared>
class ImportReactor final : public grpc::ServerBidiReactor<Req, Rep> {
 public:
  using Prepare = std::function<StatusOr<Prepared>(const Call&, const Req&)>;
  using Apply = std::function<StatusOr<Rep>(sql::Tx&, const Call&, const Prepared&)>;

  static ImportReactor* Start(Endpoint& endpoint, size_t method, sql::Database& database,
                              grpc::CallbackServerContext* context, Prepare prepare, Apply apply) {
    auto self = std::shared_ptr<ImportReactor>(
        new ImportReactor(endpoint, method, database, std::move(prepare), std::move(apply)));
    ImportReactor* const reactor = self.get();
    reactor->self_ = self;
    endpoint.Enter();
    endpoint.probe().StreamOpened(method);
    const Status status =
        MakeCall(endpoint, method, *context, std::chrono::hours(24), &reactor->call_);
    if (!status.ok()) {
      reactor->End(status);
    } else {
      reactor->hub_number_ =
          endpoint.watches().Add({.wake = [] {},
                                  .end =
                                      [weak = std::weak_ptr<ImportReactor>(self)] {
                                        if (const auto alive = weak.lock())
                                          alive->End(StoppingStatus());
                                      }});
      reactor->Pump();
    }
    return reactor;
  }

  void OnReadDone(bool ok) override {
    std::shared_ptr<Item> item;
    {
      const std::lock_guard lock(mutex_);
      reading_ = false;
      item = std::move(incoming_);
      if (!ok) read_closed_ = true;
      if (!ok || end_.has_value()) {
        item.reset();  // nothing came, or too late
      } else {
        ++busy_;
        bytes_ += item->bytes = item->request.ByteSizeLong();
        items_.push_back(item);
        unprepared_.push_back(item);
        unsubmitted_.push_back(item);
      }
    }
    if (item != nullptr) PrepareMore();
    Pump();
  }
  void OnWriteDone(bool ok) override {
    {
      const std::lock_guard lock(mutex_);
      writing_ = false;
      bytes_ -= items_.front()->bytes;
      items_.pop_front();
      if (!ok && !end_.has_value()) end_ = absl::CancelledError();
    }
    Pump();
  }
  void OnCancel() override { End(absl::CancelledError()); }
  void OnDone() override {
    if (hub_number_ != 0) endpoint_.watches().Remove(hub_number_);
    endpoint_.probe().StreamClosed(method_);
    endpoint_.Leave();
    self_.reset();
  }

 private:
  // Its messages are on an arena: a batch is thousands of small texts that go all at once.
  struct Item {
    google::protobuf::Arena arena;
    Req& request = *google::protobuf::Arena::CreateMessage<Req>(&arena);
    Call call;
    std::optional<Prepared> prepared;
    Rep reply;
    size_t bytes = 0;      // of the request
    bool decided = false;  // prepared, or answered with why not
    bool done = false;
  };
  enum class Step { kNone, kWrite, kRead, kFinish };

  ImportReactor(Endpoint& endpoint, size_t method, sql::Database& database, Prepare prepare,
                Apply apply)
      : endpoint_(endpoint),
        method_(method),
        database_(database),
        began_(std::chrono::steady_clock::now()),
        prepare_(std::move(prepare)),
        apply_(std::move(apply)) {}

  void End(const Status& status) {
    {
      const std::lock_guard lock(mutex_);
      if (!end_.has_value()) end_ = status;
    }
    Pump();
  }

  void PrepareMore() {
    while (const std::shared_ptr<Item> item = NextToPrepare()) {
      if (endpoint_.executor().TrySubmit([this, item] { PrepareOne(item); })) return;
      Decide(item, Overloaded());
    }
  }
  std::shared_ptr<Item> NextToPrepare() {
    const std::lock_guard lock(mutex_);
    if (unprepared_.empty() || preparing_ == kImportPreparing) return nullptr;
    ++preparing_;
    std::shared_ptr<Item> item = std::move(unprepared_.front());
    unprepared_.pop_front();
    return item;
  }

  void PrepareOne(const std::shared_ptr<Item>& item) {
    const std::shared_ptr<ImportReactor> keep = self_;
    item->call = call_;
    item->call.now = endpoint_.environment().clock.Now();
    item->call.deadline = std::chrono::steady_clock::now() + kImportBatchDeadline;
    Decide(item, PrepareItem(*item));
    PrepareMore();
  }
  Status PrepareItem(Item& item) const {
    Req head;  // the rows are checked one by one
    head.set_request_id(item.request.request_id());
    RETURN_IF_ERROR(ValidatePart(head));
    RETURN_IF_ERROR(TakeKey(item.request, item.request.request_id(), &item.call));
    ASSIGN_OR_RETURN(item.prepared, prepare_(item.call, item.request));
    return absl::OkStatus();
  }

  // Hands what is decided to the writer, in the order of the stream.
  void Decide(const std::shared_ptr<Item>& decided, const Status& status) {
    const std::shared_ptr<ImportReactor> keep = self_;
    {
      const std::lock_guard lock(mutex_);
      --preparing_;
      decided->decided = true;
      if (!status.ok() && !end_.has_value()) end_ = status;
      if (submitting_) return;  // whoever is at it sees this one too
      submitting_ = true;
    }
    while (const std::shared_ptr<Item> item = NextToSubmit()) Submit(item);
  }
  std::shared_ptr<Item> NextToSubmit() {
    const std::lock_guard lock(mutex_);
    if (unsubmitted_.empty() || !unsubmitted_.front()->decided) {
      submitting_ = false;
      return nullptr;
    }
    std::shared_ptr<Item> item = std::move(unsubmitted_.front());
    unsubmitted_.pop_front();
    // Nothing comes after the batch that ended the stream.
    if (end_.has_value()) item->prepared.reset();
    return item;
  }
  void Submit(const std::shared_ptr<Item>& item) {
    if (!item->prepared.has_value()) return Answer(item, absl::CancelledError());
    database_.Submit(
        item->call, [this, item](sql::Tx& tx) { return ApplyOnce(tx, *item); },
        [this, item](const Status& answer) { AnswerOn(item, answer); });
  }

  Status ApplyOnce(sql::Tx& tx, Item& item) const {
    bool readable = true;
    const auto work = [&]() -> Status {
      ASSIGN_OR_RETURN(item.reply, apply_(tx, tx.call(), *item.prepared));
      return sql::StoreReply(tx, tx.call(), item.reply.SerializeAsString(), /*subject=*/"");
    };
    RETURN_IF_ERROR(RunUnlessGiven(
        tx, work, [&](const std::string& given) { readable = item.reply.ParseFromString(given); }));
    return readable ? absl::OkStatus() : Internal("a stored reply can't be read");
  }

  // Away from the writer thread, which has the next group to commit; there after all when the
  // executor is full.
  void AnswerOn(const std::shared_ptr<Item>& item, const Status& status) {
    if (!endpoint_.executor().TrySubmit([this, item, status] { Answer(item, status); })) {
      Answer(item, status);
    }
  }

  // Ends the work on one item. The reactor can't go away before: it waits for busy_ to be 0.
  void Answer(const std::shared_ptr<Item>& item, const Status& status) {
    const std::shared_ptr<ImportReactor> keep = self_;
    {
      const std::lock_guard lock(mutex_);
      --busy_;
      item->done = true;
      item->prepared.reset();
      if (!status.ok() && !end_.has_value()) end_ = status;
    }
    Pump();
  }

  // Decides under the lock, acts outside it: gRPC may call back before StartWrite returns.
  Step NextStep(Item** item) {
    const std::lock_guard lock(mutex_);
    if (finished_) return Step::kNone;
    if (end_.has_value()) {
      if (writing_ || busy_ > 0) return Step::kNone;
      finished_ = true;
      return Step::kFinish;
    }
    if (!writing_ && !items_.empty() && items_.front()->done) {
      writing_ = true;
      *item = items_.front().get();
      return Step::kWrite;
    }
    if (read_closed_ && items_.empty()) {
      end_ = absl::OkStatus();
      finished_ = true;
      return Step::kFinish;
    }
    if (reading_ || read_closed_ || items_.size() >= kImportInFlight || bytes_ >= kImportBytesMax) {
      return Step::kNone;
    }
    reading_ = true;
    incoming_ = std::make_shared<Item>();
    *item = incoming_.get();
    return Step::kRead;
  }
  void Pump() {
    while (true) {
      Item* item = nullptr;
      switch (NextStep(&item)) {
        case Step::kNone:
          return;
        case Step::kWrite:
          this->StartWrite(&item->reply);
          break;
        case Step::kRead:
          this->StartRead(&item->request);
          break;
        case Step::kFinish:
          FinishNow();
          return;
      }
    }
  }
  void FinishNow() {
    const Status status = *end_;
    const auto took = std::chrono::steady_clock::now() - began_;
    endpoint_.probe().Record(method_, static_cast<int>(status.code()), took);
    LogCall(endpoint_, method_, call_, status, took);
    this->Finish(ToGrpc(status, endpoint_.domain()));
  }

  Endpoint& endpoint_;
  const size_t method_;
  sql::Database& database_;
  const std::chrono::steady_clock::time_point began_;
  const Prepare prepare_;
  const Apply apply_;
  Call call_;
  uint64_t hub_number_ = 0;
  std::shared_ptr<ImportReactor> self_;

  std::mutex mutex_;
  std::deque<std::shared_ptr<Item>> items_;        // read and not yet answered, in order
  std::deque<std::shared_ptr<Item>> unprepared_;   // of those, in order
  std::deque<std::shared_ptr<Item>> unsubmitted_;  // of those, in order
  std::shared_ptr<Item> incoming_;
  size_t bytes_ = 0;      // of items_
  size_t preparing_ = 0;  // items in the hands of the executor
  bool submitting_ = false;
  size_t busy_ = 0;  // items that are not yet answered
  bool reading_ = false;
  bool read_closed_ = false;
  bool writing_ = false;
  bool finished_ = false;
  std::optional<Status> end_;
};

// return rpc::ServeImport<Request, Response, Rows>(endpoint_, database_, context,
//     [](const Call&, const Request&) -> StatusOr<Rows> {...},
//     [](sql::Tx&, const Call&, const Rows&) -> StatusOr<Response> {...});
template <class Req, class Rep, class Prepared>
grpc::ServerBidiReactor<Req, Rep>* ServeImport(
    Endpoint& endpoint, sql::Database& database, grpc::CallbackServerContext* context,
    typename ImportReactor<Req, Rep, Prepared>::Prepare prepare,
    typename ImportReactor<Req, Rep, Prepared>::Apply apply) {
  return ImportReactor<Req, Rep, Prepared>::Start(
      endpoint, endpoint.MethodOf(Req::descriptor(), Rep::descriptor()), database, context,
      std::move(prepare), std::move(apply));
}

}  // namespace matchgo::rpc
