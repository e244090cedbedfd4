// A process with the vacancies service, and where a test wants it a scheduler that answers what the
// test says.
//
// Calls go over in-process gRPC with the role that a test names. One thread. For tests only.
// Used by the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "matchgo/vacancies/v1/vacancy_service.grpc.pb.h"
#include "services/vacancies/module.h"
#include "tests/support/served_module.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/vacancies/answering_scheduler.h"
#include "tests/unit/services/vacancies/examples.h"

namespace matchgo::vacancies {
using Stub = v1::VacancyService::StubInterface;

inline const Principal kOps{.role = Role::kOps, .id = "ops", .tenant = {}};
inline const Principal kService{.role = Role::kService, .id = "scheduler", .tenant = {}};
inline const Principal kStranger{.role = Role::kEmployer, .id = "x", .tenant = TenantId("other")};
inline const Principal kAnybody{.role = Role::kAnonymous, .id = {}, .tenant = {}};

class VacancyServiceTest : public ::testing::Test {
 protected:
  explicit VacancyServiceTest(bool with_scheduler = false)
      : served_(with_scheduler
                    ? std::vector<ModuleFactory>{MakeVacanciesModule, FactoryOf(scheduler_)}
                    : std::vector<ModuleFactory>{MakeVacanciesModule}),
        stub_(v1::VacancyService::NewStub(served_.channel())) {
    v1::CreateEmployerRequest request;
    *request.mutable_employer() = EmployerMessage();
    const StatusOr<v1::Employer> made = Call(kOps, &Stub::CreateEmployer, request);
    EXPECT_THAT(made, IsOk());
    employer_ = made->name();
    owner_ = {.role = Role::kEmployer,
              .id = "hr",
              .tenant = TenantId(employer_.substr(std::string("employers/").size()))};
  }

  template <class Req, class Rep>
  StatusOr<Rep> Call(const Principal& who,
                     grpc::Status (Stub::*method)(grpc::ClientContext*, const Req&, Rep*),
                     const Req& request) {
    return served_.Call(who, *stub_, method, request);
  }

  StatusOr<v1::Vacancy> Create(const v1::Vacancy& vacancy, bool publish,
                               const std::string& request_id = "") {
    v1::CreateVacancyRequest request;
    request.set_parent(employer_);
    *request.mutable_vacancy() = vacancy;
    request.set_publish(publish);
    request.set_request_id(request_id);
    return Call(owner_, &Stub::CreateVacancy, request);
  }
  StatusOr<v1::Vacancy> Get(const Principal& who, const std::string& name) {
    v1::GetVacancyRequest request;
    request.set_name(name);
    return Call(who, &Stub::GetVacancy, request);
  }
  StatusOr<v1::Vacancy> Update(const v1::Vacancy& vacancy, const std::vector<std::string>& mask) {
    v1::UpdateVacancyRequest request;
    *request.mutable_vacancy() = vacancy;
    for (const std::string& path : mask) request.mutable_update_mask()->add_paths(path);
    return Call(owner_, &Stub::UpdateVacancy, request);
  }
  StatusOr<v1::Vacancy> Publish(const std::string& name, const std::string& etag = "") {
    v1::PublishVacancyRequest request;
    request.set_name(name);
    request.set_etag(etag);
    return Call(owner_, &Stub::PublishVacancy, request);
  }
  StatusOr<v1::Vacancy> Close(const std::string& name, const std::string& request_id = "") {
    v1::CloseVacancyRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    return Call(owner_, &Stub::CloseVacancy, request);
  }
  StatusOr<v1::ListVacanciesResponse> List(const Principal& who, const std::string& parent,
                                           int page_size = 0, const std::string& token = "") {
    v1::ListVacanciesRequest request;
    request.set_parent(parent);
    request.set_page_size(page_size);
    request.set_page_token(token);
    return Call(who, &Stub::ListVacancies, request);
  }
  // Reads `count` changes after a sequence.
  std::vector<v1::VacancyChange> Watch(int64_t from, size_t count) {
    grpc::ClientContext context;
    rpc::Caller(ServedModule::Options(kService)).Prepare(&context);
    common::v1::WatchRequest request;
    request.set_from_sequence(from);
    const auto reader = stub_->WatchVacancies(&context, request);
    std::vector<v1::VacancyChange> changes(count);
    for (v1::VacancyChange& change : changes) EXPECT_TRUE(reader->Read(&change));
    context.TryCancel();
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
    return changes;
  }

  AnsweringScheduler scheduler_;
  ServedModule served_;
  std::unique_ptr<v1::VacancyService::Stub> stub_;
  std::string employer_;
  Principal owner_;
};

// The same with somebody who holds seats.
class SeatsTest : public VacancyServiceTest {
 protected:
  SeatsTest() : VacancyServiceTest(true) {}
};

}  // namespace matchgo::vacancies
