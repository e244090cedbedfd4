#include "common/geography/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matchgo::geography {
namespace {

using Rows = std::vector<std::vector<std::string>>;

StatusOr<Rows> ReadAll(std::string_view text) {
  CsvReader reader(text);
  Rows rows;
  std::vector<std::string> cells;
  while (true) {
    const StatusOr<bool> more = reader.Next(cells);
    if (!more.ok()) return more.status();
    if (!*more) return rows;
    rows.push_back(cells);
  }
}

struct GoodCase {
  const char* name;
  const char* text;
  Rows rows;
};

class CsvGoodTest : public testing::TestWithParam<GoodCase> {};

TEST_P(CsvGoodTest, Reads) {
  const StatusOr<Rows> rows = ReadAll(GetParam().text);
  ASSERT_TRUE(rows.ok()) << rows.status().ToString();
  EXPECT_EQ(*rows, GetParam().rows);
}

INSTANTIATE_TEST_SUITE_P(
    Rfc4180, CsvGoodTest,
    testing::Values(GoodCase{"Nothing", "", {}}, GoodCase{"OneCell", "a", {{"a"}}},
                    GoodCase{"LineFeeds", "a,b\nc,d\n", {{"a", "b"}, {"c", "d"}}},
                    GoodCase{"CarriageReturns", "a,b\r\nc,d\r\n", {{"a", "b"}, {"c", "d"}}},
                    GoodCase{"NoLastLineEnd", "a,b\nc,d", {{"a", "b"}, {"c", "d"}}},
                    GoodCase{"EmptyCells", ",,\n", {{"", "", ""}}},
                    GoodCase{"CommaAtTheEnd", "a,", {{"a", ""}}},
                    GoodCase{"QuotedComma", "\"a,b\",c", {{"a,b", "c"}}},
                    GoodCase{"QuotedQuote", "\"a\"\"b\"", {{"a\"b"}}},
                    GoodCase{"QuotedLineBreak", "\"a\nb\",c\nd,e", {{"a\nb", "c"}, {"d", "e"}}},
                    GoodCase{"QuotedEmpty", "\"\",a", {{"", "a"}}},
                    GoodCase{"LoneCarriageReturn", "a\rb,c", {{"a\rb", "c"}}},
                    GoodCase{"ByteOrderMark",
                             "\xEF\xBB\xBF"
                             "a,b",
                             {{"a", "b"}}}),
    [](const auto& test_info) { return test_info.param.name; });

struct BadCase {
  const char* name;
  const char* text;
  const char* line;
};

class CsvBadTest : public testing::TestWithParam<BadCase> {};

TEST_P(CsvBadTest, NamesTheLine) {
  const StatusOr<Rows> rows = ReadAll(GetParam().text);
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(ReasonOf(rows.status()), "CSV_MALFORMED");
  EXPECT_THAT(FactsOf(rows.status()), testing::Contains(testing::Pair("line", GetParam().line)));
}

INSTANTIATE_TEST_SUITE_P(Rfc4180, CsvBadTest,
                         testing::Values(BadCase{"QuoteInside", "a,b\nc,d\"e", "2"},
                                         BadCase{"TextAfterQuote", "\"a\"b", "1"},
                                         BadCase{"NoClosingQuote", "a\nb\n\"c\nd", "3"}),
                         [](const auto& test_info) { return test_info.param.name; });

TEST(CsvTableTest, FindsColumnsByName) {
  CsvTable table("x,y,z\n1,2,3\n");
  ASSERT_TRUE(table.Open({"z", "x"}).ok());
  ASSERT_EQ(table.Next().value_or(false), true);
  EXPECT_EQ(table[0], "3");
  EXPECT_EQ(table[1], "1");
  EXPECT_EQ(table.Next().value_or(true), false);
}

TEST(CsvTableTest, RefusesAMissingColumn) {
  CsvTable table("x,y\n");
  const Status status = table.Open({"z"});
  EXPECT_EQ(ReasonOf(status), "CSV_COLUMN_MISSING");
  EXPECT_THAT(FactsOf(status), testing::Contains(testing::Pair("column", "z")));
}

TEST(CsvTableTest, RefusesARowOfAnotherWidth) {
  CsvTable table("x,y\n1\n");
  ASSERT_TRUE(table.Open({"x"}).ok());
  EXPECT_EQ(ReasonOf(table.Next().status()), "CSV_MALFORMED");
}

TEST(CsvReaderTest, CountsLinesInsideCells) {
  CsvReader reader("\"a\nb\nc\"\nd\n");
  std::vector<std::string> cells;
  ASSERT_EQ(reader.Next(cells).value_or(false), true);
  EXPECT_EQ(reader.line(), 1);
  ASSERT_EQ(reader.Next(cells).value_or(false), true);
  EXPECT_EQ(reader.line(), 4);
}

}  // namespace
}  // namespace matchgo::geography
