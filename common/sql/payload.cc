#include "common/sql/payload.h"

#include <sodium.h>

namespace matchgo::sql {
namespace {

constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;

}  // namespace

std::string EncodePayload(std::string_view bytes) {
  // The length libsodium asks for counts a closing NUL.
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), kVariant);
  text.pop_back();
  return text;
}

StatusOr<std::string> DecodePayload(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  size_t length = 0;
  const char* end = nullptr;
  const int result = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(),
                                       text.data(), text.size(), nullptr, &length, &end, kVariant);
  if (result != 0 || end != text.data() + text.size()) {
    return Internal("a payload column does not hold base64 text");
  }
  bytes.resize(length);
  return bytes;
}

}  // namespace matchgo::sql
