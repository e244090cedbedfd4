#include <algorithm>
#include <set>

#include "tests/contract/standard_methods_contract.h"

namespace matchgo::contract {
namespace {

// Each file names its cases after its subject: "List/StandardMethods.PagesHold.../Vacancy".
class ListMethod : public StandardMethods {};
INSTANTIATE_TEST_SUITE_P(List, ListMethod, ::testing::ValuesIn(AllResources()), CaseName);

class FilteredList : public StandardMethods {};
INSTANTIATE_TEST_SUITE_P(List, FilteredList,
                         ::testing::ValuesIn(ResourcesWhere([](const ResourceTraits& traits) {
                           return !traits.other_filter.empty();
                         })),
                         CaseName);

TEST_P(ListMethod, PagesHoldEveryRecordOnceAlsoWhileOthersAreAdded) {
  std::set<std::string> before;
  for (int i = 0; i < 7; ++i) before.insert(NameOf(*Create()));
  std::vector<std::string> seen;
  std::string token;
  int pages = 0;
  do {
    const auto page = List(2, &token);
    EXPECT_LE(page.size(), 2U);
    for (const auto& record : page) seen.push_back(NameOf(*record));
    // Too many to end by chance, few enough to end.
    if (++pages <= 3) Create();
    ASSERT_LT(pages, 20);
  } while (!token.empty());
  const std::set<std::string> once(seen.begin(), seen.end());
  EXPECT_EQ(once.size(), seen.size()) << "a record stood on two pages";
  EXPECT_TRUE(std::includes(once.begin(), once.end(), before.begin(), before.end()))
      << "a record that was there all the time is missing";
  if (traits().listed_by_id) {
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  }
}

TEST_P(ListMethod, AListedRecordIsTheRecord) {
  const auto made = Create();
  std::string token;
  const auto page = List(10, &token);
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(token, "");
  EXPECT_EQ(NameOf(*page[0]), NameOf(*made));
  EXPECT_EQ(TextAt(*page[0], "etag"), TextAt(*made, "etag"));
  EXPECT_EQ(SequenceOf(*page[0]), SequenceOf(*made));
}

TEST_P(ListMethod, ATokenOutlivesTheProcess) {
  for (int i = 0; i < 3; ++i) Create();
  std::string token;
  std::set<std::string> names;
  for (const auto& record : List(2, &token)) names.insert(NameOf(*record));
  Restart();
  for (const auto& record : List(2, &token)) names.insert(NameOf(*record));
  EXPECT_EQ(names.size(), 3U);
  EXPECT_EQ(token, "");
}

TEST_P(ListMethod, RefusesTokensItDidNotMake) {
  for (int i = 0; i < 3; ++i) Create();
  std::string token;
  List(2, &token);
  std::string flipped = token;
  flipped[flipped.size() / 2] = flipped[flipped.size() / 2] == 'A' ? 'B' : 'A';
  for (const std::string& forged : {flipped, token.substr(1), std::string("%%%"), token + "A"}) {
    const Answer answer = Call("List", *ListRequest(2, forged), kOps);
    EXPECT_THAT(answer.status, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(answer.status, HasReason("PAGE_TOKEN"));
    ASSERT_EQ(ViolationsOf(answer.status).size(), 1U);
    EXPECT_EQ(ViolationsOf(answer.status)[0].field, "page_token");
  }
}

TEST_P(FilteredList, RefusesATokenOfAnotherFilter) {
  for (int i = 0; i < 3; ++i) Create();
  std::string token;
  List(2, &token);
  const auto request = ListRequest(2, token);
  MergeJson(traits().other_filter, request.get());
  EXPECT_THAT(Call("List", *request, kOps).status, HasReason("PAGE_TOKEN"));
}

TEST_P(FilteredList, AFilterThatNothingMeetsGivesAnEmptyPage) {
  Create();
  const auto request = ListRequest(2);
  MergeJson(traits().other_filter, request.get());
  const Answer answer = Call("List", *request, kOps);
  ASSERT_THAT(answer.status, IsOk());
  EXPECT_EQ(TextAt(*answer.reply, "next_page_token"), "");
  // Nothing but, perhaps, the sequence.
  EXPECT_EQ(JsonOf(*answer.reply).find("etag"), std::string::npos);
}

TEST_P(ListMethod, RefusesANegativePageSize) {
  const Answer answer = Call("List", *ListRequest(-1), kOps);
  EXPECT_THAT(answer.status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(answer.status, HasReason("RANGE"));
}

}  // namespace
}  // namespace matchgo::contract
