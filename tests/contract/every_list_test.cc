// What holds for every list of every service: pages, tokens, filters. The lists are found in the
// descriptions that are linked, so that none is forgotten; lists.jsonl has a filter for each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/log/log.h"
#include "matchgo/common/v1/rules.pb.h"
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

using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using ::testing::IsSubsetOf;
using ::testing::SizeIs;

constexpr int kEverything = 100;
const Principal kCaller{.role = Role::kOps, .id = "ops", .tenant = {}};

std::vector<const MethodDescriptor*> Lists() {
  std::vector<const MethodDescriptor*> lists;
  for (const auto* service : AllServices()) {
    for (int i = 0; i < service->method_count(); ++i) {
      if (service->method(i)->name().rfind("List", 0) == 0) lists.push_back(service->method(i));
    }
  }
  return lists;
}

// The rows of the table by the full name of their method.
const std::map<std::string, Json>& Filters() {
  static const auto* const filters = [] {
    auto* const rows = new std::map<std::string, Json>();
    for (const Json& line : ReadTable(MATCHGO_SOURCE_DIR "/tests/contract/lists.jsonl")) {
      if (!line.contains("list")) continue;
      std::string method = line["list"];
      (*rows)["matchgo." + method.insert(method.find('.'), ".v1")] = line;
    }
    return rows;
  }();
  return *filters;
}

// The only list of the response.
std::string ItemsOf(const MethodDescriptor& method) {
  for (int i = 0; i < method.output_type()->field_count(); ++i) {
    if (method.output_type()->field(i)->is_repeated())
      return method.output_type()->field(i)->name();
  }
  return "";
}

bool Pages(const std::string& field) { return field == "page_size" || field == "page_token"; }

class ListWorld : public ::testing::Test {
 protected:
  struct Page {
    std::vector<std::string> records;
    std::string token;
  };

  static void SetUpTestSuite() {
    log::SetLevel(log::Level::kError);
    world_ = new TableWorld({profiles::MakeProfilesModule, vacancies::MakeVacanciesModule,
                             programmes::MakeProgrammesModule, scheduler::MakeSchedulerModule,
                             trajectories::MakeTrajectoriesModule});
    world_->SetUp(ReadTable(MATCHGO_SOURCE_DIR "/tests/contract/bad_input.jsonl"));
    world_->SetUp(ReadTable(MATCHGO_SOURCE_DIR "/tests/contract/lists.jsonl"));
    world_->QuietHeads();
  }
  static void TearDownTestSuite() {
    delete world_;
    world_ = nullptr;
  }

  // Of all parents, where there are any: the resource of the field with - for each id.
  static std::unique_ptr<Message> Request(const MethodDescriptor& list, int size,
                                          const std::string& token = "",
                                          const Json& filter = Json::object()) {
    std::string method = list.full_name().substr(std::string("matchgo.").size());
    method.erase(method.find(".v1"), 3);
    auto request =
        world_->Prepare({{"method", method}, {"as", "ops"}, {"request", filter}}).request;
    const FieldDescriptor* const parent = list.input_type()->FindFieldByName("parent");
    if (parent != nullptr && TextAt(*request, "parent").empty()) {
      std::string all = parent->options().GetExtension(common::v1::rules).resource();
      std::replace(all.begin(), all.end(), '*', '-');
      SetText(request.get(), "parent", all);
    }
    SetText(request.get(), "page_size", std::to_string(size));
    SetText(request.get(), "page_token", token);
    return request;
  }
  static Answer Ask(const MethodDescriptor& list, const Message& request) {
    return CallAny(*world_->served().channel(), list, request, &kCaller);
  }
  static Page Read(const MethodDescriptor& list, int size, const std::string& token = "",
                   const Json& filter = Json::object()) {
    const Answer answer = Ask(list, *Request(list, size, token, filter));
    EXPECT_THAT(answer.status, IsOk());
    Page page;
    if (!answer.ok()) return page;
    for (const Message* item : ListAt(*answer.reply, ItemsOf(list))) {
      page.records.push_back(JsonOf(*item));
    }
    page.token = TextAt(*answer.reply, "next_page_token");
    return page;
  }

  static TableWorld* world_;
};
TableWorld* ListWorld::world_ = nullptr;

class EveryList : public ListWorld, public ::testing::WithParamInterface<const MethodDescriptor*> {
 protected:
  static const MethodDescriptor& list() { return *GetParam(); }
  static const Json& row() { return Filters().at(list().full_name()); }
};

std::string NameOfList(const ::testing::TestParamInfo<const MethodDescriptor*>& info) {
  return info.param->name();
}
INSTANTIATE_TEST_SUITE_P(Lists, EveryList, ::testing::ValuesIn(Lists()), NameOfList);

TEST(EveryListTable, HasARowForEachListAndNoOther) {
  std::vector<std::string> found;
  for (const MethodDescriptor* list : Lists()) found.push_back(list->full_name());
  std::vector<std::string> described;
  for (const auto& [method, row] : Filters()) described.push_back(method);
  EXPECT_THAT(described, ::testing::UnorderedElementsAreArray(found));
}

TEST_P(EveryList, HasPagesAndAFilter) {
  const auto* const request = list().input_type();
  const auto* const response = list().output_type();
  ASSERT_NE(request->FindFieldByName("page_size"), nullptr);
  ASSERT_NE(request->FindFieldByName("page_token"), nullptr);
  ASSERT_NE(response->FindFieldByName("next_page_token"), nullptr);
  int lists = 0;
  for (int i = 0; i < response->field_count(); ++i) lists += response->field(i)->is_repeated();
  EXPECT_EQ(lists, 1);
  int filters = 0;
  for (int i = 0; i < request->field_count(); ++i) {
    const std::string& field = request->field(i)->name();
    filters += !Pages(field) && field != "parent";
  }
  EXPECT_GE(filters, 1);
}

TEST_P(EveryList, PagesHoldEachRecordOnceAndInTheSameOrderAgain) {
  const Page whole = Read(list(), kEverything);
  ASSERT_GE(whole.records.size(), 2U) << "too few to have pages";
  EXPECT_EQ(whole.token, "");
  for (const int size : {1, 2, 1}) {
    std::vector<std::string> walked;
    std::string token;
    do {
      const Page page = Read(list(), size, token);
      ASSERT_THAT(page.records, SizeIs(::testing::Le(static_cast<size_t>(size))));
      ASSERT_FALSE(page.records.empty());
      walked.insert(walked.end(), page.records.begin(), page.records.end());
      token = page.token;
    } while (!token.empty() && walked.size() <= whole.records.size());
    EXPECT_EQ(walked, whole.records) << "in pages of " << size;
  }
}

TEST_P(EveryList, RefusesTokensItDidNotMake) {
  const std::string token = Read(list(), 1).token;
  ASSERT_GT(token.size(), 2U);
  std::string flipped = token;
  flipped[flipped.size() / 2] = flipped[flipped.size() / 2] == 'A' ? 'B' : 'A';
  std::vector<std::string> forged{flipped, token.substr(1), "%%%", token + "A"};
  for (const MethodDescriptor* other : Lists()) {
    if (other != &list()) forged.push_back(Read(*other, 1).token);
  }
  for (const std::string& text : forged) {
    const Answer answer = Ask(list(), *Request(list(), 1, text));
    EXPECT_THAT(answer.status, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(answer.status, HasReason("PAGE_TOKEN"));
    ASSERT_EQ(ViolationsOf(answer.status).size(), 1U);
    EXPECT_EQ(ViolationsOf(answer.status)[0].field, "page_token");
  }
}

TEST_P(EveryList, RefusesATokenOfAnotherFilter) {
  const std::string token = Read(list(), 1).token;
  EXPECT_THAT(Ask(list(), *Request(list(), 1, token, row().at("some"))).status,
              HasReason("PAGE_TOKEN"));
}

TEST_P(EveryList, AFilterLeavesOutWhatDoesNotMeetIt) {
  const Page whole = Read(list(), kEverything);
  const Page some = Read(list(), kEverything, "", row().at("some"));
  EXPECT_FALSE(some.records.empty());
  EXPECT_LT(some.records.size(), whole.records.size());
  EXPECT_THAT(some.records, IsSubsetOf(whole.records));
  EXPECT_EQ(some.token, "");
  // The filter comes before the page: its pages are full.
  if (some.records.size() > 1) {
    EXPECT_THAT(Read(list(), 1, "", row().at("some")).records, SizeIs(1));
  }
  if (!row().contains("none")) return;
  const Page none = Read(list(), kEverything, "", row()["none"]);
  EXPECT_THAT(none.records, SizeIs(0));
  EXPECT_EQ(none.token, "");
}

TEST_P(EveryList, RefusesANegativePageSize) {
  const Answer answer = Ask(list(), *Request(list(), -1));
  EXPECT_THAT(answer.status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(answer.status, HasReason("RANGE"));
}

// One restart for all of them.
using ListTokens = ListWorld;

TEST_F(ListTokens, OutliveTheProcess) {
  std::map<const MethodDescriptor*, Page> first;
  for (const MethodDescriptor* list : Lists()) first[list] = Read(*list, 1);
  world_->served().Restart();
  for (const MethodDescriptor* list : Lists()) {
    SCOPED_TRACE(list->full_name());
    const Page rest = Read(*list, kEverything, first[list].token);
    EXPECT_FALSE(rest.records.empty());
    EXPECT_THAT(rest.records, ::testing::Not(::testing::Contains(first[list].records.at(0))));
  }
}

}  // namespace
}  // namespace matchgo::contract
