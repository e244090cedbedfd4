#include "common/trace/trace_context.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace matchgo::trace {
namespace {

constexpr char kValid[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

TEST(TraceContextTest, RoundTrip) {
  const auto parsed = ParseTraceparent(kValid);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->TraceId(), "0af7651916cd43dd8448eb211c80319c");
  EXPECT_EQ(FormatTraceparent(*parsed), kValid);
}

TEST(TraceContextTest, RefusesWhatTheRecommendationRefuses) {
  for (const char* const header : {"", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                                   "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                                   "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                                   "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                                   "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                                   "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                                   "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                                   "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01"}) {
    EXPECT_FALSE(ParseTraceparent(header).has_value()) << header;
  }
  EXPECT_TRUE(
      ParseTraceparent("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more").has_value());
}

TEST(TraceContextTest, ChildrenShareTheTraceAndSpansDiffer) {
  SpanSource source(1);
  const TraceContext parent = source.NewTrace();
  std::set<uint64_t> spans{parent.span};
  for (int i = 0; i < 1000; ++i) {
    const TraceContext child = source.ChildOf(parent);
    EXPECT_EQ(child.TraceId(), parent.TraceId());
    EXPECT_TRUE(spans.insert(child.span).second);
  }
  EXPECT_TRUE(ParseTraceparent(FormatTraceparent(parent)).has_value());
}

}  // namespace
}  // namespace matchgo::trace
