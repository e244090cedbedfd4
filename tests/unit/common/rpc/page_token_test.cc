#include "common/rpc/page_token.h"

#include <gtest/gtest.h>

#include <string>

#include "common/rpc/etag.h"
#include "tests/support/echo/echo_service.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

TEST(PageTokenTest, RoundTripAndFirstPage) {
  const PageTokens tokens("secret");
  const PageCursor cursor{.last_key = std::string("k\0\xff", 3), .sequence = 1LL << 40};
  const auto decoded = tokens.Decode(tokens.Encode(cursor, "f"), "f");
  ASSERT_THAT(decoded, IsOk());
  EXPECT_EQ(*decoded, cursor);
  EXPECT_EQ(*tokens.Decode("", "f"), PageCursor());
}

TEST(PageTokenTest, RefusesEveryChangedCharacter) {
  const PageTokens tokens("secret");
  const std::string token = tokens.Encode({.last_key = "abc", .sequence = 5}, "f");
  for (size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(tokens.Decode(forged, "f"), HasReason("PAGE_TOKEN")) << i;
  }
}

TEST(PageTokenTest, RefusesForeignOnes) {
  const PageTokens tokens("secret");
  const std::string token = tokens.Encode({.last_key = "abc", .sequence = 5}, "f");
  EXPECT_THAT(tokens.Decode(token, "g"), HasReason("PAGE_TOKEN"));
  EXPECT_THAT(PageTokens("other").Decode(token, "f"), HasReason("PAGE_TOKEN"));
  EXPECT_THAT(tokens.Decode(token + "A", "f"), HasReason("PAGE_TOKEN"));
  EXPECT_THAT(tokens.Decode(token.substr(1), "f"), HasReason("PAGE_TOKEN"));
  EXPECT_THAT(tokens.Decode("not a token!", "f"), HasReason("PAGE_TOKEN"));
  EXPECT_THAT(tokens.Decode(std::string(5000, 'A'), "f"), HasReason("PAGE_TOKEN"));
}

TEST(PageTokenTest, SizeIsClamped) {
  EXPECT_EQ(PageSize(0, Role::kOps), 50);
  EXPECT_EQ(PageSize(-1, Role::kOps), 50);
  EXPECT_EQ(PageSize(7, Role::kOps), 7);
  EXPECT_EQ(PageSize(5000, Role::kOps), 100);
  EXPECT_EQ(PageSize(5000, Role::kService), 1000);
}

TEST(PageTokenTest, DigestDependsOnFilterAndType) {
  echo::pb::GetEchoRequest one;
  one.set_name("echoes/1");
  echo::pb::GetEchoRequest other;
  other.set_name("echoes/2");
  echo::pb::GetCachedEchoRequest same_bytes;
  same_bytes.set_name("echoes/1");
  EXPECT_EQ(FilterDigest(one), FilterDigest(one));
  EXPECT_NE(FilterDigest(one), FilterDigest(other));
  EXPECT_NE(FilterDigest(one), FilterDigest(same_bytes));
}

TEST(EtagTest, GuardsAVersion) {
  EXPECT_THAT(CheckEtag("", 3), IsOk());
  EXPECT_THAT(CheckEtag(EtagOf(3), 3), IsOk());
  EXPECT_THAT(CheckEtag(EtagOf(3), 4), HasReason("STALE"));
  EXPECT_THAT(CheckEtag("nonsense", 4), HasReason("STALE"));
  EXPECT_EQ(VersionOf(EtagOf(299)), 299);
  EXPECT_EQ(VersionOf("W/\"12b\"x"), 0);
  EXPECT_EQ(VersionOf(""), std::nullopt);
}

}  // namespace
}  // namespace matchgo::rpc
