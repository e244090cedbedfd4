#include "common/sql/payload.h"

#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace matchgo::sql {
namespace {

TEST(PayloadTest, KnownTexts) {
  // RFC 4648, section 10, without the padding.
  const std::pair<const char*, const char*> rows[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : rows) {
    EXPECT_EQ(EncodePayload(bytes), text);
    EXPECT_EQ(*DecodePayload(text), bytes);
  }
}

TEST(PayloadTest, EveryByteAndLengthComesBack) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(*DecodePayload(EncodePayload(bytes)), bytes);
    bytes.push_back(static_cast<char>(i * 7));
  }
}

TEST(PayloadTest, RefusesWhatItDidNotWrite) {
  for (const char* text : {"Z", "Zg==", "Zm9v!", "Zm 9v", "Zm9v\n", "_-8", "Zh"}) {
    EXPECT_THAT(DecodePayload(text), HasReason("INTERNAL")) << text;
  }
}

}  // namespace
}  // namespace matchgo::sql
