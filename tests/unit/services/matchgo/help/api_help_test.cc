#include "services/matchgo/help/api_help.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/rpc/validate.h"
#include "matchgo/profiles/v1/switcher.pb.h"
#include "matchgo/programmes/v1/programme.pb.h"
#include "matchgo/scheduler/v1/scheduler_service.pb.h"
#include "matchgo/vacancies/v1/vacancy_service.pb.h"
#include "services/matchgo/help/samples.h"

namespace matchgo::help {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const google::protobuf::MethodDescriptor& Method(const char* service, const char* method) {
  return *google::protobuf::DescriptorPool::generated_pool()
              ->FindServiceByName(service)
              ->FindMethodByName(method);
}

TEST(FieldHelpTest, SaysWhatTheProtoSaysAndWhatTheRulesAccept) {
  const auto* answer = scheduler::v1::AnswerOfferRequest::descriptor();
  EXPECT_EQ(FieldHelp(*answer->FindFieldByName("decision")),
            "Yes or no.\naccept\tYes.\ndecline\tNo.");
  const auto* vacancy = vacancies::v1::Vacancy::descriptor();
  EXPECT_THAT(FieldHelp(*vacancy->FindFieldByName("openings")),
              AllOf(HasSubstr("How many people are wanted."), HasSubstr("(1..1000)")));
  EXPECT_EQ(TypeWord(*vacancy->FindFieldByName("ready_by")), "DATE");
  EXPECT_EQ(TypeWord(*vacancy->FindFieldByName("occupation")), "NAME");
}

// A newcomer reads what a verb does before with which words it refuses.
TEST(MethodHelpTest, KeepsReasonsApart) {
  constexpr char kScheduler[] = "matchgo.scheduler.v1.SchedulerService";
  const auto& list = Method(kScheduler, "ListOffers");
  EXPECT_EQ(MethodHelp(list), "Offers the caller is a party to, in order of id.");
  EXPECT_EQ(MethodReasons(list), "PAGE_TOKEN.");
  const auto& advance = Method(kScheduler, "AdvanceRound");
  EXPECT_THAT(MethodHelp(advance),
              AllOf(HasSubstr("Every step is durable"), Not(HasSubstr("CHECK_FAILED"))));
  EXPECT_THAT(MethodReasons(advance), HasSubstr("OFFERS_OPEN, CHECK_FAILED."));
  EXPECT_EQ(MethodReasons(Method(kScheduler, "GetRound")), "");
}

// Whoever edits a template begins with something that is accepted.
template <class Record>
void ExpectValidTemplate() {
  Record record;
  const std::string text = TemplateOf(*Record::descriptor(), Day::FromCivil(2031, 5, 17)).dump();
  const auto parsed = google::protobuf::util::JsonStringToMessage(text, &record);
  ASSERT_TRUE(parsed.ok()) << Record::descriptor()->name() << ": " << parsed.ToString();
  for (const Violation& wrong : ViolationsOf(rpc::ValidateMessage(record, "record"))) {
    ADD_FAILURE() << Record::descriptor()->name() << ": " << wrong.field << " " << wrong.reason;
  }
}

TEST(TemplateTest, IsAccepted) {
  ExpectValidTemplate<profiles::v1::Switcher>();
  ExpectValidTemplate<vacancies::v1::Vacancy>();
  ExpectValidTemplate<vacancies::v1::Employer>();
  ExpectValidTemplate<programmes::v1::Opleider>();
  ExpectValidTemplate<programmes::v1::Programme>();
  ExpectValidTemplate<programmes::v1::Start>();
  ExpectValidTemplate<scheduler::v1::Round>();
}

// Nobody asks an electrician for a teacher's qualification.
TEST(TemplateTest, AsksForNoFormalQualification) {
  const Day today = Day::FromCivil(2031, 5, 17);
  for (const auto* type :
       {vacancies::v1::Vacancy::descriptor(), programmes::v1::Programme::descriptor(),
        profiles::v1::Switcher::descriptor()}) {
    EXPECT_THAT(TemplateOf(*type, today).dump(), Not(HasSubstr("bevoegdheid"))) << type->name();
  }
}

TEST(ExampleTest, GivesWhatIsRequired) {
  EXPECT_EQ(ExampleOf("outcome", "confirm",
                      Method("matchgo.scheduler.v1.SchedulerService", "ConfirmOutcomes")),
            "matchgo outcome confirm "
            "rounds/3fp71kavmbbmsnkjks8nz4sevm/outcomes/00rfhwzjd3k6e4xa03zz4ydx44 --reason tekst");
  EXPECT_EQ(ExampleOf("round", "get", Method("matchgo.scheduler.v1.SchedulerService", "GetRound")),
            "matchgo round get 3fp71kavmbbmsnkjks8nz4sevm");
}

TEST(RecordTest, IsFoundInCreatesAndUpdatesOnly) {
  const auto* create = vacancies::v1::CreateVacancyRequest::descriptor();
  ASSERT_NE(RecordOf(*create), nullptr);
  EXPECT_EQ(RecordOf(*create)->name(), "vacancy");
  EXPECT_EQ(RecordOf(*vacancies::v1::GetVacancyRequest::descriptor()), nullptr);
}

}  // namespace
}  // namespace matchgo::help
