#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"
#include "tests/unit/services/vacancies/vacancies_process.h"

namespace matchgo::vacancies {
namespace {

TEST_F(VacancyServiceTest, AnEmployerIsPublicAndChangedByItselfOnly) {
  v1::GetEmployerRequest get;
  get.set_name(employer_);
  const StatusOr<v1::Employer> employer = Call(kAnybody, &Stub::GetEmployer, get);
  ASSERT_THAT(employer, IsOk());
  EXPECT_EQ(employer->display_name(), "Zorggroep Midden");
  EXPECT_EQ(employer->sequence(), 1);

  v1::UpdateEmployerRequest update;
  update.mutable_employer()->set_name(employer_);
  update.mutable_employer()->set_etag(employer->etag());
  update.mutable_employer()->set_display_name("Zorggroep Oost");
  EXPECT_THAT(Call(kStranger, &Stub::UpdateEmployer, update), HasReason("NOT_FOUND"));
  const StatusOr<v1::Employer> changed = Call(owner_, &Stub::UpdateEmployer, update);
  ASSERT_THAT(changed, IsOk());
  EXPECT_EQ(changed->display_name(), "Zorggroep Oost");
  EXPECT_EQ(changed->kvk_number(), "12345678");
  EXPECT_EQ(changed->sequence(), 2);
  EXPECT_THAT(Call(owner_, &Stub::UpdateEmployer, update), HasReason("STALE"));
}

TEST_F(VacancyServiceTest, EmployersAreListedInOrderOfId) {
  for (int i = 0; i < 4; ++i) {
    v1::CreateEmployerRequest request;
    *request.mutable_employer() = EmployerMessage();
    request.mutable_employer()->set_sector(i % 2 == 0 ? "ict" : "zorg");
    ASSERT_THAT(Call(kOps, &Stub::CreateEmployer, request), IsOk());
  }
  v1::ListEmployersRequest request;
  request.set_page_size(2);
  std::vector<std::string> names;
  do {
    const StatusOr<v1::ListEmployersResponse> page = Call(kOps, &Stub::ListEmployers, request);
    ASSERT_THAT(page, IsOk());
    ASSERT_LE(page->employers_size(), 2);
    for (const v1::Employer& employer : page->employers()) names.push_back(employer.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(names.size(), 5u);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  v1::ListEmployersRequest of_sector;
  of_sector.set_sector("ict");
  EXPECT_EQ(Call(kOps, &Stub::ListEmployers, of_sector)->employers_size(), 2);
}

TEST_F(VacancyServiceTest, AVacancyComesBackAsItWasWritten) {
  const StatusOr<v1::Vacancy> made = Create(VacancyMessage(), false);
  ASSERT_THAT(made, IsOk());
  const StatusOr<v1::Vacancy> found = Get(owner_, made->name());
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->SerializeAsString(), made->SerializeAsString());
  v1::Vacancy content = *found;
  for (const char* field : {"name", "state", "create_time", "update_time", "etag", "sequence"}) {
    content.GetReflection()->ClearField(&content,
                                        v1::Vacancy::descriptor()->FindFieldByName(field));
  }
  EXPECT_EQ(content.SerializeAsString(), VacancyMessage().SerializeAsString());
  EXPECT_EQ(found->state(), v1::Vacancy::STATE_DRAFT);
  EXPECT_EQ(found->sequence(), 2);
  EXPECT_EQ(found->create_time().seconds(), ServedModule::Begin().micros() / 1'000'000);
}

TEST_F(VacancyServiceTest, IsFoundByItsIdAloneByWhoeverMaySeeIt) {
  const StatusOr<v1::Vacancy> made = Create(VacancyMessage(), false);
  ASSERT_THAT(made, IsOk());
  const std::string anywhere =
      "employers/-/vacancies/" + made->name().substr(made->name().rfind('/') + 1);
  const StatusOr<v1::Vacancy> found = Get(owner_, anywhere);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->SerializeAsString(), made->SerializeAsString());
  EXPECT_THAT(Get(kStranger, anywhere), HasReason("NOT_FOUND"));
  EXPECT_THAT(Get(owner_, "employers/-/vacancies/nothing"), HasReason("NOT_FOUND"));
  EXPECT_THAT(Publish(anywhere), HasReason("NOT_FOUND")) << "a change says whose it is";
}

TEST_F(VacancyServiceTest, DraftsAndClosedOnesAreSeenByTheirEmployerOnly) {
  const std::string draft = Create(VacancyMessage(), false)->name();
  const std::string open = Create(VacancyMessage(), true)->name();
  const std::string closed = Create(VacancyMessage(), true)->name();
  ASSERT_THAT(Close(closed), IsOk());
  const Principal auditor{.role = Role::kAuditor, .id = "a", .tenant = {}};
  for (const Principal& who : {owner_, kOps, kService, auditor}) {
    for (const std::string& name : {draft, open, closed}) {
      EXPECT_THAT(Get(who, name), IsOk()) << FormatRole(who.role);
    }
    EXPECT_EQ(List(who, employer_)->vacancies_size(), 3) << FormatRole(who.role);
    EXPECT_EQ(List(who, "employers/-")->vacancies_size(), 3) << FormatRole(who.role);
  }
  const Principal switcher{.role = Role::kSwitcher, .id = "s", .tenant = TenantId("partner")};
  for (const Principal& who : {kStranger, kAnybody, switcher}) {
    EXPECT_THAT(Get(who, open), IsOk()) << FormatRole(who.role);
    const StatusOr<v1::Vacancy> hidden = Get(who, draft);
    EXPECT_THAT(Get(who, closed), HasReason("NOT_FOUND")) << FormatRole(who.role);
    // Exactly like one that is not there.
    EXPECT_EQ(hidden.status(), Get(who, employer_ + "/vacancies/none").status());
    EXPECT_EQ(List(who, employer_)->vacancies_size(), 1) << FormatRole(who.role);
    EXPECT_EQ(List(who, "employers/-")->vacancies_size(), 1) << FormatRole(who.role);
  }
}

TEST_F(VacancyServiceTest, AStrangerChangesNothing) {
  const std::string name = Create(VacancyMessage(), false)->name();
  v1::CreateVacancyRequest create;
  create.set_parent(employer_);
  *create.mutable_vacancy() = VacancyMessage();
  EXPECT_THAT(Call(kStranger, &Stub::CreateVacancy, create), HasReason("NOT_FOUND"));
  v1::PublishVacancyRequest publish;
  publish.set_name(name);
  EXPECT_THAT(Call(kStranger, &Stub::PublishVacancy, publish), HasReason("NOT_FOUND"));
  v1::CloseVacancyRequest close;
  close.set_name(name);
  EXPECT_THAT(Call(kStranger, &Stub::CloseVacancy, close), HasReason("NOT_FOUND"));
  v1::UpdateVacancyRequest update;
  update.mutable_vacancy()->set_name(name);
  update.mutable_vacancy()->set_title("Mine now");
  EXPECT_THAT(Call(kStranger, &Stub::UpdateVacancy, update), HasReason("NOT_FOUND"));
  EXPECT_EQ(Get(owner_, name)->sequence(), 2);
}

TEST_F(VacancyServiceTest, SaysAllThatIsWrongAndStoresNothing) {
  v1::Vacancy wrong = VacancyMessage();
  wrong.set_hours_min(40);
  wrong.set_salary_min_cents(wrong.salary_max_cents() + 1);
  const StatusOr<v1::Vacancy> made = Create(wrong, false);
  EXPECT_THAT(made, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(ViolationsOf(made.status()).size(), 2u);
  wrong = VacancyMessage();
  wrong.set_openings(0);
  EXPECT_THAT(Create(wrong, false), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(List(owner_, employer_)->vacancies_size(), 0);
  EXPECT_EQ(List(owner_, employer_)->sequence(), 1);
}

TEST_F(VacancyServiceTest, AReferenceIsUniqueForItsEmployer) {
  v1::Vacancy vacancy = VacancyMessage();
  vacancy.set_external_reference("hr-1");
  ASSERT_THAT(Create(vacancy, false), IsOk());
  EXPECT_THAT(Create(vacancy, false), HasReason("EXISTS"));
  const std::string other = Create(VacancyMessage(), false)->name();
  vacancy.set_name(other);
  EXPECT_THAT(Update(vacancy, {"external_reference"}), HasReason("EXISTS"));
}

TEST_F(VacancyServiceTest, GoesFromDraftToPublishedToClosedAndBack) {
  const StatusOr<v1::Vacancy> draft = Create(VacancyMessage(), false);
  EXPECT_THAT(Publish(draft->name(), "W/\"63\""), HasReason("STALE"));
  const StatusOr<v1::Vacancy> published = Publish(draft->name(), draft->etag());
  ASSERT_THAT(published, IsOk());
  EXPECT_EQ(published->state(), v1::Vacancy::STATE_PUBLISHED);
  EXPECT_THAT(Publish(draft->name()), HasReason("VACANCY_PUBLISHED"));
  EXPECT_EQ(Close(draft->name())->state(), v1::Vacancy::STATE_CLOSED);
  EXPECT_THAT(Close(draft->name()), HasReason("VACANCY_CLOSED"));
  v1::Vacancy change = *draft;
  change.clear_etag();
  change.set_title("Too late");
  EXPECT_THAT(Update(change, {"title"}), HasReason("VACANCY_CLOSED"));
  EXPECT_EQ(Publish(draft->name())->state(), v1::Vacancy::STATE_PUBLISHED);
}

TEST_F(VacancyServiceTest, IsNotPublishedAfterItsLastDay) {
  const std::string name = Create(VacancyMessage(), false)->name();
  served_.clock().AdvanceTo(StartOf(Day::FromCivil(2027, 7, 1)));
  EXPECT_THAT(Publish(name), HasReason("VACANCY_EXPIRED"));
  EXPECT_THAT(Create(VacancyMessage(), true), HasReason("VACANCY_EXPIRED"));
}

TEST_F(VacancyServiceTest, AnUpdateChangesWhatTheMaskNames) {
  const StatusOr<v1::Vacancy> made = Create(VacancyMessage(), false);
  v1::Vacancy change;
  change.set_name(made->name());
  change.set_etag(made->etag());
  change.set_title("Wijkverpleegkundige");
  change.set_openings(5);
  const StatusOr<v1::Vacancy> updated = Update(change, {"title"});
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->title(), "Wijkverpleegkundige");
  EXPECT_EQ(updated->openings(), 3);
  EXPECT_GT(updated->sequence(), made->sequence());
  EXPECT_NE(updated->etag(), made->etag());
  EXPECT_THAT(Update(change, {"title"}), HasReason("STALE"));
  change.clear_etag();
  EXPECT_THAT(Update(change, {"no_such_field"}), HasReason("FIELD_MASK"));
  EXPECT_THAT(Update(change, {"state"}), HasReason("FIELD_FORBIDDEN"));
  change.set_hours_min(50);
  EXPECT_THAT(Update(change, {"hours_min"}), HasReason("HOURS_ORDER"));
  EXPECT_EQ(Get(owner_, made->name())->SerializeAsString(), updated->SerializeAsString());
}

TEST_F(VacancyServiceTest, AnUpdateThatSaysNothingNewIsNoEvent) {
  const StatusOr<v1::Vacancy> made = Create(VacancyMessage(), false);
  const StatusOr<v1::Vacancy> same = Update(*made, {"title", "openings"});
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(same->SerializeAsString(), made->SerializeAsString());
  EXPECT_EQ(List(owner_, employer_)->sequence(), made->sequence());
}

TEST_F(SeatsTest, AreReleasedBeforeTheyAreGone) {
  const StatusOr<v1::Vacancy> made = Create(VacancyMessage(), true);
  ASSERT_THAT(made, IsOk());
  v1::Vacancy fewer;
  fewer.set_name(made->name());
  fewer.set_openings(1);
  struct Case {
    const char* name;
    Status answer;
    const char* reason;
  };
  const Case refusals[] = {
      {"held", Precondition({"CAPACITY_HELD", "somebody has a seat"}), "CAPACITY_HELD"},
      {"away", Unavailable({"OVERLOADED", "later"}), "OVERLOADED"},
  };
  for (const Case& row : refusals) {
    scheduler_.answer = row.answer;
    EXPECT_THAT(Update(fewer, {"openings"}), HasReason(row.reason)) << row.name;
    EXPECT_THAT(Close(made->name()), HasReason(row.reason)) << row.name;
    EXPECT_EQ(Get(owner_, made->name())->SerializeAsString(), made->SerializeAsString());
  }
  scheduler_.answer = absl::OkStatus();
  scheduler_.asked.clear();
  EXPECT_EQ(Update(fewer, {"openings"})->openings(), 1);
  EXPECT_EQ(Close(made->name())->state(), v1::Vacancy::STATE_CLOSED);
  ASSERT_EQ(scheduler_.asked.size(), 2u);
  EXPECT_EQ(scheduler_.asked[0].resource(), made->name());
  EXPECT_EQ(scheduler_.asked[0].new_capacity(), 1);
  EXPECT_EQ(scheduler_.asked[1].new_capacity(), 0);
}

TEST_F(SeatsTest, NobodyIsAskedWhenNoneAreTaken) {
  scheduler_.answer = Precondition({"CAPACITY_HELD", "somebody has a seat"});
  const StatusOr<v1::Vacancy> draft = Create(VacancyMessage(), false);
  v1::Vacancy change;
  change.set_name(draft->name());
  change.set_openings(1);
  EXPECT_THAT(Update(change, {"openings"}), IsOk());
  EXPECT_THAT(Close(draft->name()), IsOk());
  const StatusOr<v1::Vacancy> open = Create(VacancyMessage(), true);
  change.set_name(open->name());
  change.set_openings(9);
  EXPECT_THAT(Update(change, {"openings"}), IsOk());
  EXPECT_TRUE(scheduler_.asked.empty());
}

TEST_F(SeatsTest, AChangeInBetweenIsStale) {
  const StatusOr<v1::Vacancy> made = Create(VacancyMessage(), true);
  v1::Vacancy fewer;
  fewer.set_name(made->name());
  fewer.set_openings(1);
  scheduler_.while_asked = [&] {
    scheduler_.while_asked = {};
    v1::Vacancy title;
    title.set_name(made->name());
    title.set_title("Somebody was faster");
    EXPECT_THAT(Update(title, {"title"}), IsOk());
  };
  EXPECT_THAT(Update(fewer, {"openings"}), HasReason("STALE"));
  EXPECT_EQ(Get(owner_, made->name())->openings(), 3);
  EXPECT_EQ(Update(fewer, {"openings"})->openings(), 1);
}

TEST_F(VacancyServiceTest, TheSameRequestHasTheSameOutcome) {
  const StatusOr<v1::Vacancy> first = Create(VacancyMessage(), true, "key-1");
  const StatusOr<v1::Vacancy> again = Create(VacancyMessage(), true, "key-1");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_THAT(Create(VacancyMessage(), false, "key-1"), HasReason("KEY_REUSED"));
  // A draft is prepared before the writer has it, and its reply is stored in two parts.
  const StatusOr<v1::Vacancy> draft = Create(VacancyMessage(), false, "key-3");
  ASSERT_THAT(draft, IsOk());
  EXPECT_GT(draft->sequence(), first->sequence());
  EXPECT_EQ(Create(VacancyMessage(), false, "key-3")->SerializeAsString(),
            draft->SerializeAsString());
  EXPECT_EQ(Get(owner_, draft->name())->SerializeAsString(), draft->SerializeAsString());
  v1::Vacancy other = VacancyMessage();
  other.set_title("another title");
  EXPECT_THAT(Create(other, false, "key-3"), HasReason("KEY_REUSED"));
  // With a reference, it is the vacancy itself that is in the way of its repetition.
  other.set_external_reference("hr-1");
  const StatusOr<v1::Vacancy> referred = Create(other, false, "key-4");
  ASSERT_THAT(referred, IsOk());
  EXPECT_EQ(Create(other, false, "key-4")->SerializeAsString(), referred->SerializeAsString());
  EXPECT_THAT(Create(other, false, "key-5"), HasReason("EXISTS"));
  other.set_title("a third title");
  EXPECT_THAT(Create(other, false, "key-4"), HasReason("KEY_REUSED"));
  // A write in steps, too: it must not find its own outcome in the way.
  const StatusOr<v1::Vacancy> closed = Close(first->name(), "key-2");
  ASSERT_THAT(closed, IsOk());
  const StatusOr<v1::Vacancy> closed_again = Close(first->name(), "key-2");
  ASSERT_THAT(closed_again, IsOk());
  EXPECT_EQ(closed_again->SerializeAsString(), closed->SerializeAsString());
  served_.Restart();
  stub_ = v1::VacancyService::NewStub(served_.channel());
  EXPECT_EQ(Create(VacancyMessage(), true, "key-1")->SerializeAsString(),
            first->SerializeAsString());
  served_.clock().AdvanceBy(std::chrono::hours(49));
  served_.process().TickAll();
  ASSERT_THAT(Create(VacancyMessage(), false), IsOk());  // old keys go before it is written
  EXPECT_NE(Create(VacancyMessage(), true, "key-1")->name(), first->name());
}

// What would be refused today was done then: checks made before the write must not come in between.
TEST_F(VacancyServiceTest, AnAnswerStandsWhenTheSameRequestWouldNowBeRefused) {
  v1::Vacancy vacancy = VacancyMessage();
  vacancy.set_external_reference("hr-1");
  served_.clock().AdvanceTo(StartOf(Day::FromCivil(2027, 6, 30)));
  const StatusOr<v1::Vacancy> first = Create(vacancy, true, "key-1");
  ASSERT_THAT(first, IsOk());
  served_.clock().AdvanceBy(std::chrono::hours(36));
  const StatusOr<v1::Vacancy> again = Create(vacancy, true, "key-1");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_THAT(Create(vacancy, true, "key-2"), HasReason("VACANCY_EXPIRED"));
  EXPECT_THAT(Create(vacancy, false, "key-3"), HasReason("EXISTS"));
}

TEST_F(VacancyServiceTest, PagesStayWholeWhileOthersWrite) {
  std::set<std::string> wanted;
  for (int i = 0; i < 7; ++i) wanted.insert(Create(VacancyMessage(), true)->name());
  std::vector<std::string> names;
  std::string token;
  const StatusOr<v1::ListVacanciesResponse> first = List(kService, "employers/-", 3);
  ASSERT_THAT(first, IsOk());
  do {
    const StatusOr<v1::ListVacanciesResponse> page = List(kService, "employers/-", 3, token);
    ASSERT_THAT(page, IsOk());
    for (const v1::Vacancy& vacancy : page->vacancies()) names.push_back(vacancy.name());
    ASSERT_THAT(Create(VacancyMessage(), true), IsOk());
    token = page->next_page_token();
    EXPECT_EQ(page->sequence(), first->sequence());
  } while (!token.empty());
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  for (const std::string& name : wanted) EXPECT_THAT(names, ::testing::Contains(name));
  EXPECT_THAT(List(kService, employer_, 3, first->next_page_token()), HasReason("PAGE_TOKEN"));
}

TEST_F(VacancyServiceTest, TheFeedShowsEmployersAndVacancies) {
  const StatusOr<v1::Vacancy> made = Create(VacancyMessage(), false);
  const std::vector<v1::VacancyChange> changes = Watch(0, 2);
  EXPECT_EQ(changes[0].position().kind(), "employer.created");
  EXPECT_EQ(changes[0].employer().name(), employer_);
  EXPECT_EQ(changes[1].position().kind(), "vacancy.created");
  EXPECT_EQ(changes[1].position().resource(), made->name());
  EXPECT_EQ(changes[1].position().sequence(), 2);
  EXPECT_EQ(changes[1].vacancy().SerializeAsString(), made->SerializeAsString());
  ASSERT_THAT(Publish(made->name()), IsOk());
  EXPECT_EQ(Watch(2, 1).front().position().kind(), "vacancy.published");
}

TEST_F(VacancyServiceTest, TheFeedOfTheFutureFellBehind) {
  grpc::ClientContext context;
  rpc::Caller(ServedModule::Options(kService)).Prepare(&context);
  common::v1::WatchRequest request;
  request.set_from_sequence(99);
  const auto reader = stub_->WatchVacancies(&context, request);
  v1::VacancyChange change;
  EXPECT_FALSE(reader->Read(&change));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::OUT_OF_RANGE);
}

TEST_F(VacancyServiceTest, AnImportAnswersEachRowInOrder) {
  grpc::ClientContext context;
  rpc::Caller(ServedModule::Options(owner_)).Prepare(&context);
  const auto stream = stub_->ImportVacancies(&context);
  v1::ImportVacanciesRequest request;
  request.set_publish(true);
  for (int i = 0; i < 3; ++i) {
    v1::ImportVacanciesRequest::Row& row = *request.add_rows();
    row.set_parent(i == 1 ? "employers/other" : employer_);
    *row.mutable_vacancy() = VacancyMessage();
    row.mutable_vacancy()->set_external_reference("hr-" + std::to_string(i));
  }
  request.mutable_rows(2)->mutable_vacancy()->set_openings(0);
  using Result = v1::ImportVacanciesResponse::Result;
  for (const Result::Outcome outcome : {Result::OUTCOME_CREATED, Result::OUTCOME_UNCHANGED}) {
    request.set_request_id("batch-" + std::to_string(outcome));
    ASSERT_TRUE(stream->Write(request));
    v1::ImportVacanciesResponse reply;
    ASSERT_TRUE(stream->Read(&reply));
    ASSERT_EQ(reply.results_size(), 3);
    EXPECT_EQ(reply.results(0).outcome(), outcome);
    EXPECT_EQ(reply.results(1).outcome(), Result::OUTCOME_REFUSED);
    EXPECT_EQ(reply.results(1).reason(), "NOT_FOUND");
    EXPECT_EQ(reply.results(2).outcome(), Result::OUTCOME_REFUSED);
    EXPECT_EQ(reply.results(2).field(), "row.vacancy.openings");
    EXPECT_EQ(reply.sequence(), 2);
    EXPECT_EQ(Get(kAnybody, reply.results(0).name())->sequence(), 2);
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

// A row without a reference would be made twice, and a title changed since would be lost.
TEST_F(VacancyServiceTest, AnImportSentAgainAfterALostConnectionHasNoSecondEffect) {
  v1::ImportVacanciesRequest request;
  request.set_request_id("batch-1");
  for (const char* const reference : {"hr-1", ""}) {
    v1::ImportVacanciesRequest::Row& row = *request.add_rows();
    row.set_parent(employer_);
    *row.mutable_vacancy() = VacancyMessage();
    row.mutable_vacancy()->set_external_reference(reference);
  }
  const auto import = [&](bool leave) {
    grpc::ClientContext context;
    rpc::Caller(ServedModule::Options(owner_)).Prepare(&context);
    const auto stream = stub_->ImportVacancies(&context);
    v1::ImportVacanciesResponse reply;
    EXPECT_TRUE(stream->Write(request));
    EXPECT_TRUE(stream->Read(&reply));
    if (leave) context.TryCancel();
    stream->WritesDone();
    EXPECT_EQ(stream->Finish().ok(), !leave);
    return reply;
  };
  const v1::ImportVacanciesResponse first = import(/*leave=*/true);
  ASSERT_EQ(first.results_size(), 2);
  v1::UpdateVacancyRequest update;
  update.mutable_vacancy()->set_name(first.results(0).name());
  update.mutable_vacancy()->set_title("Wijkverpleegkundige");
  update.mutable_update_mask()->add_paths("title");
  const auto updated = Call(owner_, &Stub::UpdateVacancy, update);
  ASSERT_THAT(updated, IsOk());
  const v1::ImportVacanciesResponse again = import(/*leave=*/false);
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(Get(owner_, first.results(0).name())->title(), "Wijkverpleegkundige");
  v1::ListVacanciesRequest list;
  list.set_parent(employer_);
  EXPECT_EQ(Call(owner_, &Stub::ListVacancies, list)->vacancies_size(), 2);
}

}  // namespace
}  // namespace matchgo::vacancies
