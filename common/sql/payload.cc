#include "common/sql/payload.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace matchgo::sql {
namespace {

// Not libsodium's: that one takes the same time whatever the bytes are, for keys, and eight times
// as long. These bytes are public or sealed.
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr uint8_t kNone = 64;

// The two characters of twelve bits.
constexpr std::array<char, 8192> kPairs = [] {
  std::array<char, 8192> pairs{};
  for (size_t i = 0; i < 4096; ++i) {
    pairs[2 * i] = kAlphabet[i >> 6];
    pairs[2 * i + 1] = kAlphabet[i & 63];
  }
  return pairs;
}();

constexpr std::array<uint8_t, 256> kSixBits = [] {
  std::array<uint8_t, 256> values{};
  values.fill(kNone);
  for (size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<uint8_t>(kAlphabet[i])] = static_cast<uint8_t>(i);
  }
  return values;
}();

Status NotOurs() { return Internal("a payload column does not hold base64 text"); }

}  // namespace

std::string EncodePayload(std::string_view bytes) {
  const size_t whole = bytes.size() / 3;
  const size_t rest = bytes.size() % 3;
  std::string text(whole * 4 + (rest == 0 ? 0 : rest + 1), '\0');
  const auto byte = [&](size_t i) { return uint32_t{static_cast<uint8_t>(bytes[i])}; };
  char* out = text.data();
  for (size_t i = 0; i < whole * 3; i += 3, out += 4) {
    const uint32_t bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    std::memcpy(out, &kPairs[2 * (bits >> 12)], 2);
    std::memcpy(out + 2, &kPairs[2 * (bits & 4095)], 2);
  }
  if (rest == 0) return text;
  const uint32_t bits = byte(whole * 3) << 16 | (rest == 2 ? byte(whole * 3 + 1) << 8 : 0);
  std::memcpy(out, &kPairs[2 * (bits >> 12)], 2);
  if (rest == 2) out[2] = kAlphabet[bits >> 6 & 63];
  return text;
}

StatusOr<std::string> DecodePayload(std::string_view text) {
  const size_t rest = text.size() % 4;
  if (rest == 1) return NotOurs();
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  uint32_t bits = 0;
  unsigned seen = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const uint8_t value = kSixBits[static_cast<uint8_t>(text[i])];
    seen |= value;
    bits = bits << 6 | (value & 63);
    if (i % 4 != 3) continue;
    const char three[3] = {static_cast<char>(bits >> 16), static_cast<char>(bits >> 8),
                           static_cast<char>(bits)};
    bytes.append(three, sizeof(three));
    bits = 0;
  }
  if (rest == 2) bytes.push_back(static_cast<char>(bits >> 4));
  if (rest == 3) {
    bytes.push_back(static_cast<char>(bits >> 10));
    bytes.push_back(static_cast<char>(bits >> 2));
  }
  // Bits after the last byte are zero in what we wrote.
  const bool ends = rest == 0 || (bits & (rest == 2 ? 15U : 3U)) == 0;
  if ((seen & kNone) != 0 || !ends) return NotOurs();
  return bytes;
}

}  // namespace matchgo::sql
