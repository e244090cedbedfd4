// What a list has to do with the records that are made meanwhile; what holds for lists as such,
// also of records that nobody makes, is in every_list_test.cc.
#include <algorithm>
#include <set>

#include "tests/contract/standard_methods_contract.h"

namespace matchgo::contract {
namespace {

// Each file names its cases after its subject: "List/StandardMethods.PagesHold.../Vacancy".
class ListMethod : public StandardMethods {};
INSTANTIATE_TEST_SUITE_P(List, ListMethod, ::testing::ValuesIn(AllResources()), CaseName);

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

}  // namespace
}  // namespace matchgo::contract
