#include "services/scheduler/clients/grpc_feeds.h"

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "services/scheduler/clients/grpc_records.h"
#include "services/scheduler/domain/market_ids.h"

namespace matchgo::scheduler {
namespace {

constexpr int kPage = 1000;

Status NotKnownYet() { return Unavailable({"UNAVAILABLE", "the neighbour is not known yet"}); }

// Reads all pages of a list into records; the sequence at which the listing began.
template <class T, class Page, class KeyOf>
StatusOr<int64_t> ListAll(const Page& page, const KeyOf& key_of,
                          typename RecordTable<T>::Records* records) {
  std::string token;
  int64_t sequence = -1;
  do {
    ASSIGN_OR_RETURN(auto answer, page(token));
    if (sequence < 0) sequence = answer.second.sequence();
    for (const auto& message : answer.first) {
      std::optional<T> record = RecordOf(message);
      if (!record.has_value()) continue;
      const std::string key = key_of(*record);
      (*records)[key] = std::make_shared<const T>(*std::move(record));
    }
    token = answer.second.next_page_token();
  } while (!token.empty());
  return sequence;
}

}  // namespace

void GrpcProfileFeed::Start(const std::shared_ptr<grpc::Channel>& channel,
                            metrics::Metrics& metrics) {
  stub_ = profiles::v1::ProfileService::NewStub(channel);
  following_.Start("profiles", metrics,
                   {.list = [this](rpc::Caller& caller) { return List(caller); },
                    .watch =
                        [this](grpc::ClientContext* context, const common::v1::WatchRequest& r) {
                          return stub_->WatchSwitchers(context, r);
                        },
                    .apply = [this](const profiles::v1::SwitcherChange& c) { return Apply(c); }});
}

StatusOr<int64_t> GrpcProfileFeed::List(rpc::Caller& caller) {
  RecordTable<domain::SwitcherRecord>::Records records;
  const auto page = [&](const std::string& token)
      -> StatusOr<std::pair<google::protobuf::RepeatedPtrField<profiles::v1::Switcher>,
                            profiles::v1::ListSwitchersResponse>> {
    profiles::v1::ListSwitchersRequest request;
    request.set_page_size(kPage);
    request.set_page_token(token);
    ASSIGN_OR_RETURN(
        profiles::v1::ListSwitchersResponse reply,
        caller.Unary(*stub_, &profiles::v1::ProfileService::StubInterface::ListSwitchers, request));
    auto found = std::move(*reply.mutable_switchers());
    return std::make_pair(std::move(found), std::move(reply));
  };
  ASSIGN_OR_RETURN(const int64_t sequence,
                   ListAll<domain::SwitcherRecord>(
                       page, [](const auto& record) { return record.id; }, &records));
  table_.Replace(std::move(records));
  ++erasures_;
  return sequence;
}

Status GrpcProfileFeed::Apply(const profiles::v1::SwitcherChange& change) {
  if (!change.has_switcher()) {
    table_.Remove(names::LastPart(change.position().resource()));
    ++erasures_;
    return absl::OkStatus();
  }
  std::optional<domain::SwitcherRecord> record = RecordOf(change.switcher());
  if (record.has_value()) {
    const std::string id = record->id;
    table_.Put(id, *std::move(record));
  }
  return absl::OkStatus();
}

void GrpcVacancyFeed::Start(const std::shared_ptr<grpc::Channel>& channel,
                            metrics::Metrics& metrics) {
  stub_ = vacancies::v1::VacancyService::NewStub(channel);
  following_.Start("vacancies", metrics,
                   {.list = [this](rpc::Caller& caller) { return List(caller); },
                    .watch =
                        [this](grpc::ClientContext* context, const common::v1::WatchRequest& r) {
                          return stub_->WatchVacancies(context, r);
                        },
                    .apply = [this](const vacancies::v1::VacancyChange& c) { return Apply(c); }});
}

StatusOr<int64_t> GrpcVacancyFeed::List(rpc::Caller& caller) {
  RecordTable<domain::VacancyRecord>::Records records;
  const auto page = [&](const std::string& token)
      -> StatusOr<std::pair<google::protobuf::RepeatedPtrField<vacancies::v1::Vacancy>,
                            vacancies::v1::ListVacanciesResponse>> {
    vacancies::v1::ListVacanciesRequest request;
    request.set_parent("employers/-");
    request.set_page_size(kPage);
    request.set_page_token(token);
    ASSIGN_OR_RETURN(
        vacancies::v1::ListVacanciesResponse reply,
        caller.Unary(*stub_, &vacancies::v1::VacancyService::StubInterface::ListVacancies,
                     request));
    auto found = std::move(*reply.mutable_vacancies());
    return std::make_pair(std::move(found), std::move(reply));
  };
  ASSIGN_OR_RETURN(const int64_t sequence,
                   ListAll<domain::VacancyRecord>(
                       page, [](const auto& record) { return record.name; }, &records));
  table_.Replace(std::move(records));
  return sequence;
}

Status GrpcVacancyFeed::Apply(const vacancies::v1::VacancyChange& change) {
  if (!change.has_vacancy()) return absl::OkStatus();  // an employer
  std::optional<domain::VacancyRecord> record = RecordOf(change.vacancy());
  if (record.has_value()) table_.Put(change.vacancy().name(), *std::move(record));
  return absl::OkStatus();
}

void GrpcProgrammeFeed::Start(const std::shared_ptr<grpc::Channel>& channel,
                              metrics::Metrics& metrics) {
  stub_ = programmes::v1::ProgrammeService::NewStub(channel);
  following_.Start(
      "programmes", metrics,
      {.list = [this](rpc::Caller& caller) { return List(caller); },
       .watch =
           [this](grpc::ClientContext* context, const common::v1::WatchRequest& r) {
             return stub_->WatchProgrammes(context, r);
           },
       .apply = [this](const programmes::v1::ProgrammeChange& c) { return Apply(c); }});
}

StatusOr<int64_t> GrpcProgrammeFeed::List(rpc::Caller& caller) {
  namespace pb = programmes::v1;
  RecordTable<domain::ProgrammeRecord>::Records programmes;
  const auto programme_page = [&](const std::string& token)
      -> StatusOr<std::pair<google::protobuf::RepeatedPtrField<pb::Programme>,
                            pb::ListProgrammesResponse>> {
    pb::ListProgrammesRequest request;
    request.set_parent("opleiders/-");
    request.set_page_size(kPage);
    request.set_page_token(token);
    ASSIGN_OR_RETURN(
        pb::ListProgrammesResponse reply,
        caller.Unary(*stub_, &pb::ProgrammeService::StubInterface::ListProgrammes, request));
    auto found = std::move(*reply.mutable_programmes());
    return std::make_pair(std::move(found), std::move(reply));
  };
  RecordTable<domain::StartRecord>::Records starts;
  const auto start_page = [&](const std::string& token)
      -> StatusOr<
          std::pair<google::protobuf::RepeatedPtrField<pb::Start>, pb::ListStartsResponse>> {
    pb::ListStartsRequest request;
    request.set_parent("opleiders/-/programmes/-");
    request.set_page_size(kPage);
    request.set_page_token(token);
    ASSIGN_OR_RETURN(
        pb::ListStartsResponse reply,
        caller.Unary(*stub_, &pb::ProgrammeService::StubInterface::ListStarts, request));
    auto found = std::move(*reply.mutable_starts());
    return std::make_pair(std::move(found), std::move(reply));
  };
  const auto name_of = [](const auto& record) { return record.name; };
  ASSIGN_OR_RETURN(const int64_t first,
                   ListAll<domain::ProgrammeRecord>(programme_page, name_of, &programmes));
  ASSIGN_OR_RETURN(const int64_t second,
                   ListAll<domain::StartRecord>(start_page, name_of, &starts));
  programmes_.Replace(std::move(programmes));
  starts_.Replace(std::move(starts));
  return std::min(first, second);
}

Status GrpcProgrammeFeed::Apply(const programmes::v1::ProgrammeChange& change) {
  if (change.has_programme()) {
    std::optional<domain::ProgrammeRecord> record = RecordOf(change.programme());
    if (record.has_value()) programmes_.Put(change.programme().name(), *std::move(record));
  }
  if (change.has_start()) {
    std::optional<domain::StartRecord> record = RecordOf(change.start());
    if (record.has_value()) starts_.Put(change.start().name(), *std::move(record));
  }
  return absl::OkStatus();
}

Status GrpcProgrammeFeed::BeginStart(const std::string& name, Day begins_on,
                                     const std::string& request_id) {
  if (stub_ == nullptr) return NotKnownYet();
  programmes::v1::BeginStartRequest request;
  request.set_name(name);
  request.set_begins_on(FormatDay(begins_on));
  request.set_request_id(request_id);
  return caller_
      .Unary(*stub_, &programmes::v1::ProgrammeService::StubInterface::BeginStart, request)
      .status();
}

Status GrpcProgrammeFeed::CancelStart(const std::string& name, const std::string& explanation,
                                      const std::string& request_id) {
  if (stub_ == nullptr) return NotKnownYet();
  programmes::v1::CancelStartRequest request;
  request.set_name(name);
  request.set_explanation(explanation);
  request.set_request_id(request_id);
  return caller_
      .Unary(*stub_, &programmes::v1::ProgrammeService::StubInterface::CancelStart, request)
      .status();
}

void GrpcTrajectoryFeed::Start(const std::shared_ptr<grpc::Channel>& channel,
                               metrics::Metrics& metrics) {
  stub_ = trajectories::v1::TrajectoryService::NewStub(channel);
  following_.Start("trajectories", metrics,
                   {.list = [this](rpc::Caller& caller) { return List(caller); },
                    .watch =
                        [this](grpc::ClientContext* context, const common::v1::WatchRequest& r) {
                          return stub_->WatchTrajectories(context, r);
                        },
                    .apply =
                        [this](const trajectories::v1::TrajectoryChange& change) {
                          Take(change.trajectory());
                          return absl::OkStatus();
                        }});
}

StatusOr<int64_t> GrpcTrajectoryFeed::List(rpc::Caller& caller) {
  namespace pb = trajectories::v1;
  pb::ListTrajectoriesRequest request;
  request.set_page_size(kPage);
  request.set_ended(true);
  int64_t sequence = 0;
  do {
    ASSIGN_OR_RETURN(
        const pb::ListTrajectoriesResponse reply,
        caller.Unary(*stub_, &pb::TrajectoryService::StubInterface::ListTrajectories, request));
    if (request.page_token().empty()) sequence = reply.sequence();
    for (const pb::Trajectory& trajectory : reply.trajectories()) Take(trajectory);
    request.set_page_token(reply.next_page_token());
  } while (!request.page_token().empty());
  return sequence;
}

void GrpcTrajectoryFeed::Take(const trajectories::v1::Trajectory& trajectory) {
  const std::optional<domain::DepartureRecord> departure = RecordOf(trajectory);
  if (!departure.has_value()) return;
  const std::lock_guard lock(mutex_);
  departures_.emplace(departure->sequence, *departure);
}

std::vector<domain::DepartureRecord> GrpcTrajectoryFeed::Departures() const {
  const std::lock_guard lock(mutex_);
  std::vector<domain::DepartureRecord> departures;
  departures.reserve(departures_.size());
  for (const auto& [sequence, departure] : departures_) departures.push_back(departure);
  return departures;
}

void GrpcTrajectoryFeed::Forget(int64_t sequence) {
  const std::lock_guard lock(mutex_);
  departures_.erase(departures_.begin(), departures_.upper_bound(sequence));
}

}  // namespace matchgo::scheduler
