// Drives bad_input.jsonl: each case gives the right status, reason and field, changes nothing in
// any database, and repeats nothing of what was sent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "common/log/log.h"
#include "services/profiles/module.h"
#include "services/programmes/module.h"
#include "services/scheduler/module.h"
#include "services/trajectories/module.h"
#include "services/vacancies/module.h"
#include "tests/contract/table_world.h"
#include "tests/support/status_matchers.h"
#include "tests/support/wire/message_paths.h"

namespace matchgo::contract {
namespace {

// Cases that issue 2 asks for; a thinner table would be a loss.
constexpr size_t kCasesLeast = 45;

const std::vector<Json>& Table() {
  static const auto* const table =
      new std::vector<Json>(ReadTable(MATCHGO_SOURCE_DIR "/tests/contract/bad_input.jsonl"));
  return *table;
}

std::vector<Json> Cases() {
  std::vector<Json> cases;
  std::copy_if(Table().begin(), Table().end(), std::back_inserter(cases),
               [](const Json& line) { return line.contains("case"); });
  return cases;
}

// "second accept" -> "SecondAccept".
std::string NameOfCase(const std::string& words) {
  std::string name;
  bool begins = true;
  for (const char c : words) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) == 0) {
      begins = true;
      continue;
    }
    name += static_cast<char>(begins ? std::toupper(byte) : byte);
    begins = false;
  }
  return name;
}

class BadInput : public ::testing::TestWithParam<Json> {
 protected:
  static void SetUpTestSuite() {
    log::SetLevel(log::Level::kError);
    world_ = new TableWorld({profiles::MakeProfilesModule, vacancies::MakeVacanciesModule,
                             programmes::MakeProgrammesModule, scheduler::MakeSchedulerModule,
                             trajectories::MakeTrajectoriesModule});
    world_->SetUp(Table());
  }
  static void TearDownTestSuite() {
    delete world_;
    world_ = nullptr;
  }
  // Nothing of the request stands in the error, in whatever part of it, but for the name of the
  // field when a mask held it.
  static void ExpectNoEcho(const grpc::Status& error, const Message& request,
                           const std::string& field) {
    for (const std::string& value : ValuesIn(request)) {
      if (field.find(value) != std::string::npos) continue;
      EXPECT_EQ(error.error_message().find(value), std::string::npos) << value;
      EXPECT_EQ(error.error_details().find(value), std::string::npos) << value;
    }
  }

  static TableWorld* world_;
};
TableWorld* BadInput::world_ = nullptr;

TEST_P(BadInput, IsRefusedAsItShouldAndChangesNothing) {
  const Json& line = GetParam();
  const TableWorld::Prepared call = world_->Prepare(line);
  const auto before = world_->QuietHeads();
  // Later cases stand at the end of the table: time does not run back.
  if (line.contains("days_later")) {
    world_->served().clock().AdvanceTo(ServedModule::Begin() +
                                       std::chrono::days(line["days_later"].get<int>()));
  }
  const Answer answer = world_->Call(call);
  EXPECT_EQ(absl::StatusCodeToString(answer.status.code()), line["code"].get<std::string>());
  EXPECT_THAT(answer.status, HasReason(line["reason"].get<std::string>()));
  const std::vector<Violation> violations = ViolationsOf(answer.status);
  const std::string field = line.value("field", "");
  const bool named = std::any_of(violations.begin(), violations.end(),
                                 [&](const Violation& found) { return found.field == field; });
  if (field.empty()) {
    EXPECT_TRUE(violations.empty()) << Describe(answer.status);
  } else if (violations.empty()) {
    const auto facts = FactsOf(answer.status);
    EXPECT_THAT(facts, ::testing::Contains(std::pair<std::string, std::string>("field", field)));
  } else {
    EXPECT_TRUE(named) << Describe(answer.status);
  }
  if (line.contains("fact")) {
    bool found = false;
    for (const auto& fact : FactsOf(answer.status)) found = found || fact.first == line["fact"];
    EXPECT_TRUE(found) << Describe(answer.status);
  }
  EXPECT_EQ(world_->QuietHeads(), before);
  ExpectNoEcho(answer.wire, *call.request, field);
}

std::string CaseName(const ::testing::TestParamInfo<Json>& info) {
  return NameOfCase(info.param["case"]);
}
INSTANTIATE_TEST_SUITE_P(Table, BadInput, ::testing::ValuesIn(Cases()), CaseName);

TEST(BadInputTable, HoldsEnoughCasesEachNamedOnce) {
  std::set<std::string> names;
  for (const Json& line : Cases()) names.insert(line["case"]);
  EXPECT_EQ(names.size(), Cases().size());
  EXPECT_GE(names.size(), kCasesLeast);
}

}  // namespace
}  // namespace matchgo::contract
