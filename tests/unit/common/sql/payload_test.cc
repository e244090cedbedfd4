#include "common/sql/payload.h"

#include <gtest/gtest.h>
#include <sodium.h>

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

TEST(PayloadTest, WritesWhatSodiumWrites) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) {
    std::string text(bytes.size() * 2 + 8, '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    EXPECT_EQ(EncodePayload(bytes), text.c_str());
    bytes.push_back(static_cast<char>(i * 151 + i / 256));
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
  for (const char* text :
       {"Z", "Zg==", "Zm9v!", "Zm 9v", "Zm9v\n", "_-8", "Zh", "Zm9vZm9vYh", "Zm9vYmF",
        "Zm\xFF"
        "8"}) {
    EXPECT_THAT(DecodePayload(text), HasReason("INTERNAL")) << text;
  }
}

}  // namespace
}  // namespace matchgo::sql
