#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "matchgo/scheduler/v1/scheduler_service.pb.h"
#include "matchgo/trajectories/v1/trajectory_service.pb.h"
#include "matchgo/vacancies/v1/vacancy_service.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/next_step.h"
#include "services/matchgo/commands/nouns.h"
#include "services/matchgo/commands/printer.h"
#include "services/matchgo/commands/request_flags.h"
#include "services/matchgo/roles.h"

namespace matchgo::commands {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using testing::HasSubstr;

// The field at a dotted path, or null.
const FieldDescriptor* FieldAt(const Descriptor* type, const std::string& path) {
  const FieldDescriptor* field = nullptr;
  std::istringstream parts(path);
  for (std::string part; std::getline(parts, part, '.');) {
    if (type == nullptr) return nullptr;
    field = type->FindFieldByName(part);
    if (field == nullptr) return nullptr;
    type = field->message_type();
  }
  return field;
}

TEST(NounsTest, NameServicesAndFieldsThatExist) {
  std::set<std::string> words;
  for (const Noun& noun : Nouns()) {
    EXPECT_TRUE(words.insert(noun.word).second) << noun.word;
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(noun.service);
    ASSERT_NE(service, nullptr) << noun.word;
    const std::string package = service->file()->package();
    const auto* type =
        DescriptorPool::generated_pool()->FindMessageTypeByName(package + "." + noun.singular);
    ASSERT_NE(type, nullptr) << noun.word;
    for (const Shown& shown : noun.columns) {
      EXPECT_NE(FieldAt(type, shown.path), nullptr) << noun.word << " " << shown.path;
    }
  }
}

TEST(RolesTest, CoverTheServicesOfTheNouns) {
  std::set<std::string> roles;
  for (const ServiceRole& role : ServiceRoles()) roles.insert(role.name);
  for (const Noun& noun : Nouns()) {
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(noun.service);
    EXPECT_TRUE(roles.contains(ServiceOf(*service->method(0)))) << noun.service;
  }
}

// Parses `arguments` as the flags of a request message.
template <class Request>
StatusOr<Request> Filled(const std::vector<std::string>& arguments) {
  CLI::App app;
  RequestFlags flags(*Request::descriptor(), app);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  app.parse(reversed);
  Request request;
  const Status status = flags.Fill(&request);
  if (!status.ok()) return status;
  return request;
}

TEST(RequestFlagsTest, FillScalarsEnumsAndBareIds) {
  const auto request = Filled<scheduler::v1::AnswerOfferRequest>(
      {"abc", "--decision", "accept", "--party", "EMPLOYER", "--reason", "FIT"});
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->name(), "offers/abc");
  EXPECT_EQ(request->decision(), scheduler::v1::Offer::DECISION_ACCEPT);
  EXPECT_EQ(request->party(), scheduler::v1::PARTY_EMPLOYER);
  EXPECT_EQ(request->request_id().rfind("cli-", 0), 0u) << "a key is drawn when none is given";
}

TEST(RequestFlagsTest, ListOfAllParentsUnlessOneIsNamed) {
  const auto all = Filled<vacancies::v1::ListVacanciesRequest>({"--state", "published"});
  ASSERT_TRUE(all.ok());
  EXPECT_EQ(all->parent(), "employers/-");
  EXPECT_EQ(all->state(), vacancies::v1::Vacancy::STATE_PUBLISHED);
  const auto one = Filled<vacancies::v1::ListVacanciesRequest>({"--parent", "employers/e"});
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(one->parent(), "employers/e");
}

TEST(RequestFlagsTest, TakeMessagesAsJsonAndMasksAsPaths) {
  const auto request = Filled<trajectories::v1::UpdateTrajectoryRequest>(
      {"--trajectory", R"({"name":"trajectories/t","hours_done":12})", "--update-mask",
       "hours_done,coach"});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->trajectory().hours_done(), 12);
  EXPECT_EQ(request->update_mask().paths_size(), 2);
}

TEST(RequestFlagsTest, RefuseWhatIsNotOfTheFieldsType) {
  struct Row {
    const char* name;
    std::vector<std::string> arguments;
    const char* field;
    const char* reason;
  };
  for (const Row& row : {Row{"unknown word", {"x", "--decision", "perhaps"}, "--decision", "ENUM"},
                         Row{"a number for a word",
                             {"x", "--decision", "accept", "--party", "7"},
                             "--party",
                             "ENUM"}}) {
    const auto request = Filled<scheduler::v1::AnswerOfferRequest>(row.arguments);
    ASSERT_FALSE(request.ok()) << row.name;
    ASSERT_EQ(ViolationsOf(request.status()).size(), 1u) << row.name;
    EXPECT_EQ(ViolationsOf(request.status())[0].field, row.field) << row.name;
    EXPECT_EQ(ViolationsOf(request.status())[0].reason, row.reason) << row.name;
  }
  const auto broken = Filled<trajectories::v1::UpdateTrajectoryRequest>({"--trajectory", "{"});
  EXPECT_EQ(ReasonOf(broken.status()), "JSON_SYNTAX");
}

TEST(RequestFlagsTest, TakeARecordFieldByField) {
  const auto request = Filled<vacancies::v1::CreateVacancyRequest>(
      {"--parent", "e1", "--title", "Monteur", "--openings", "2", "--location.postcode", "3511",
       "--requirements.learnable-skills", "k-solder-electronics", "k-weld", "--contract-form",
       "fixed_term", "--publish"});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->parent(), "employers/e1");
  EXPECT_EQ(request->vacancy().title(), "Monteur");
  EXPECT_EQ(request->vacancy().openings(), 2);
  EXPECT_EQ(request->vacancy().location().postcode(), "3511");
  EXPECT_EQ(request->vacancy().requirements().learnable_skills(1), "skills/k-weld");
  EXPECT_EQ(request->vacancy().contract_form(), vacancies::v1::Vacancy::CONTRACT_FORM_FIXED_TERM);
  EXPECT_TRUE(request->publish());
}

TEST(RequestFlagsTest, LetAFlagWinFromTheJson) {
  const auto request = Filled<vacancies::v1::CreateVacancyRequest>(
      {"--parent", "e1", "--vacancy", R"({"title":"Monteur","openings":5})", "--openings", "2"});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->vacancy().title(), "Monteur");
  EXPECT_EQ(request->vacancy().openings(), 2);
}

TEST(RequestFlagsTest, ChangeWhatTheFlagsNameAndNothingElse) {
  const auto request = Filled<vacancies::v1::UpdateVacancyRequest>(
      {"employers/e/vacancies/v", "--openings", "3", "--location.place", "Ede"});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_EQ(request->vacancy().name(), "employers/e/vacancies/v");
  ASSERT_EQ(request->update_mask().paths_size(), 2);
  EXPECT_EQ(request->update_mask().paths(0), "openings");
  EXPECT_EQ(request->update_mask().paths(1), "location.place");
}

TEST(RequestFlagsTest, TakeWhatAVerbIsAboutWithoutAFlagAndItsParentFromIt) {
  const auto confirm = Filled<scheduler::v1::ConfirmOutcomesRequest>(
      {"rounds/r/outcomes/a", "rounds/r/outcomes/b", "--reason", "seen"});
  ASSERT_TRUE(confirm.ok()) << confirm.status();
  EXPECT_EQ(confirm->parent(), "rounds/r");
  EXPECT_EQ(confirm->names_size(), 2);
  const auto bare =
      Filled<scheduler::v1::ConfirmOutcomesRequest>({"a", "--parent", "r", "--reason", "seen"});
  ASSERT_TRUE(bare.ok()) << bare.status();
  EXPECT_EQ(bare->names(0), "rounds/r/outcomes/a");
  const auto flags = Filled<scheduler::v1::ConfirmOutcomesRequest>(
      {"--names", "rounds/r/outcomes/a", "--reason", "seen"});
  ASSERT_TRUE(flags.ok()) << flags.status();
  EXPECT_EQ(flags->parent(), "rounds/r");
  using Words = std::vector<std::string>;
  for (const Words& given :
       {Words{"employers/e/vacancies/v"}, Words{"--resource", "employers/e/vacancies/v"}}) {
    const auto seats = Filled<scheduler::v1::GetSeatsRequest>(given);
    ASSERT_TRUE(seats.ok()) << seats.status();
    EXPECT_EQ(seats->resource(), "employers/e/vacancies/v");
  }
}

TEST(RequestFlagsTest, TakeBooleansWithAndWithoutAValue) {
  using trajectories::v1::ListTrajectoriesRequest;
  const auto ended = Filled<ListTrajectoriesRequest>({"--ended", "--at-risk"});
  ASSERT_TRUE(ended.ok()) << ended.status();
  EXPECT_TRUE(ended->ended());
  EXPECT_TRUE(ended->at_risk());
  const auto running = Filled<ListTrajectoriesRequest>({"--ended=false", "--at-risk=true"});
  ASSERT_TRUE(running.ok()) << running.status();
  EXPECT_TRUE(running->has_ended());
  EXPECT_FALSE(running->ended());
  EXPECT_TRUE(running->at_risk());
  EXPECT_FALSE(Filled<ListTrajectoriesRequest>({})->has_ended());
  const auto wrong = Filled<ListTrajectoriesRequest>({"--ended=perhaps"});
  EXPECT_EQ(ViolationsOf(wrong.status()).size(), 1u);
}

TEST(TemplateNotesTest, NameWhatTheReaderReplaces) {
  const Context context;
  const nlohmann::json sample = {{"switcher", "switchers/s"}, {"vacancy", "v"}, {"sector", "ict"}};
  EXPECT_EQ(
      TemplateNotes(context, *trajectories::v1::Trajectory::descriptor(), sample),
      "Replace `switcher` by one of your own: `matchgo switcher list` shows which there are.\n"
      "Replace `vacancy` by one of your own: `matchgo vacancy list` shows which there are.\n");
  EXPECT_EQ(TemplateNotes(context, *vacancies::v1::Vacancy::descriptor(),
                          {{"occupation", "occupations/o-electrician"}}),
            "")
      << "the vocabulary is everybody's";
}

TEST(NextStepTest, IsACommandToPaste) {
  Context context;
  const nlohmann::json draft = {{"name", "employers/e/vacancies/v"}, {"state", "STATE_DRAFT"}};
  EXPECT_EQ(NextStep(context, "vacancy", "create", draft),
            "Next: matchgo vacancy publish employers/e/vacancies/v\n");
  EXPECT_EQ(NextStep(context, "vacancy", "get", draft), "");
  context.language = terminal::Language::kDutch;
  const nlohmann::json round = {{"name", "rounds/r"}, {"state", "STATE_PUBLISHED"}};
  EXPECT_EQ(NextStep(context, "round", "advance", round),
            "Verder: matchgo offer list --round r --state open\n");
}

TEST(PrinterTest, ShowsPeopleWordsAndProgramsJson) {
  Context context;
  context.language = terminal::Language::kDutch;
  vacancies::v1::Vacancy vacancy;
  vacancy.set_name("employers/e/vacancies/v");
  vacancy.set_title("Monteur");
  vacancy.set_openings(1200);
  vacancy.set_state(vacancies::v1::Vacancy::STATE_PUBLISHED);
  const auto json = ToJson(vacancy);
  EXPECT_EQ(Cell(context, json, {"openings", "", "", Form::kNumber}), "1.200");
  EXPECT_EQ(Cell(context, json, {"state", "", "", Form::kEnum}), "gepubliceerd");
  EXPECT_EQ(Cell(context, json, {"name", "", "", Form::kId}), "v");
  EXPECT_EQ(Cell(context, json, {"location.place", "", "", Form::kText}), "");
}

TEST(PrinterTest, LeavesAColumnOutInWhichNothingStands) {
  const Context context;
  const Noun noun{.word = "vacancy",
                  .nl = "",
                  .en = "",
                  .service = "",
                  .singular = "",
                  .plural = "",
                  .columns = {{"title", "titel", "title"},
                              {"sector", "sector", "sector"},
                              {"name", "naam", "name", Form::kName}}};
  const std::string table = RecordTable(context, noun, {{{"title", "Monteur"}, {"name", "v"}}});
  EXPECT_THAT(table, HasSubstr("title"));
  EXPECT_EQ(table.find("sector"), std::string::npos);
}

TEST(PrinterTest, PutsNamesUnderTheirRowsWhenTheTableIsTooWide) {
  Context context;
  const Noun noun{.word = "vacancy",
                  .nl = "",
                  .en = "",
                  .service = "",
                  .singular = "",
                  .plural = "",
                  .columns = {{"title", "titel", "title"}, {"name", "naam", "name", Form::kName}}};
  const std::string name = "employers/6jjndca2d8w7hxf4syqef6htwd/vacancies/3pgnm30vk90x6y90r9wjz";
  const std::vector<nlohmann::json> records = {{{"title", "Monteur in opleiding"}, {"name", name}}};
  context.style.width = 120;
  EXPECT_THAT(RecordTable(context, noun, records), HasSubstr("Monteur in opleiding  " + name));
  context.style.width = 80;
  EXPECT_THAT(RecordTable(context, noun, records), HasSubstr("Monteur in opleiding\n  " + name));
}

// What a list shows of another record must do as an argument of the next command.
TEST(PrinterTest, ListsShowNamesAndIdsWhole) {
  Context context;
  context.style.width = 80;
  const std::string id = "6jjndca2d8w7hxf4syqef6htwd";
  for (const Noun& noun : Nouns()) {
    nlohmann::json record;
    std::set<std::string> wanted;
    for (const Shown& shown : noun.columns) {
      const std::string field = shown.path;
      if (field == "name" || field == "switcher" || field == "vacancy" || field == "resource") {
        record[field] = field + "s/" + id + field;
        wanted.insert(id + field);
      }
      if (field == "display_name" || field == "title") record[field] = std::string(70, 'x');
    }
    const std::string table = RecordTable(context, noun, {record});
    for (const std::string& name : wanted) EXPECT_THAT(table, HasSubstr(name)) << noun.word;
  }
}

}  // namespace
}  // namespace matchgo::commands
