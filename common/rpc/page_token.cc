#include "common/rpc/page_token.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <memory>

#include "common/base/check.h"

namespace matchgo::rpc {
namespace {

// Layout: version byte, sequence as 8 bytes big-endian, the key, 16 bytes of signature; base64url.
constexpr char kVersion = 1;
constexpr size_t kSignatureBytes = 16;
constexpr size_t kHeadBytes = 9;
constexpr size_t kTokenLengthMax = 600;
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string Hash(std::string_view data, std::string_view key, size_t length) {
  std::string digest(length, '\0');
  const int failed =
      crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), length, Bytes(data),
                         data.size(), key.empty() ? nullptr : Bytes(key), key.size());
  CHECK(failed == 0);
  return digest;
}

Status BadToken() {
  return Invalid(std::vector<Violation>{
      {"page_token", "PAGE_TOKEN", "the next_page_token of the previous page, same filter"}});
}

}  // namespace

PageTokens::PageTokens(std::string_view secret) : key_(Hash(secret, "", 32)) {}

// Keyed BLAKE2b is a MAC by design (RFC 7693); the length prefix keeps filter and payload apart.
std::string PageTokens::Sign(std::string_view payload, std::string_view filter) const {
  std::string data = std::to_string(filter.size()) + ":";
  data.append(filter).append(payload);
  return Hash(data, key_, kSignatureBytes);
}

std::string PageTokens::Encode(const PageCursor& cursor, std::string_view filter) const {
  std::string payload(1, kVersion);
  for (int shift = 56; shift >= 0; shift -= 8) {
    payload.push_back(static_cast<char>((cursor.sequence >> shift) & 0xff));
  }
  payload += cursor.last_key;
  payload += Sign(payload, filter);
  std::string text(sodium_base64_encoded_len(payload.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), Bytes(payload), payload.size(), kBase64);
  text.pop_back();  // the terminating zero
  return text;
}

StatusOr<PageCursor> PageTokens::Decode(std::string_view token, std::string_view filter) const {
  if (token.empty()) return PageCursor();
  if (token.size() > kTokenLengthMax) return BadToken();
  std::string payload(token.size(), '\0');
  size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(payload.data()), payload.size(),
                        token.data(), token.size(), nullptr, &length, &end, kBase64) != 0 ||
      end != token.data() + token.size() || length < kHeadBytes + kSignatureBytes) {
    return BadToken();
  }
  payload.resize(length);
  const std::string signature = payload.substr(length - kSignatureBytes);
  payload.resize(length - kSignatureBytes);
  const std::string wanted = Sign(payload, filter);
  if (sodium_memcmp(signature.data(), wanted.data(), kSignatureBytes) != 0) return BadToken();
  if (payload.front() != kVersion) return BadToken();
  PageCursor cursor;
  for (size_t i = 1; i < kHeadBytes; ++i) {
    cursor.sequence = cursor.sequence << 8 | static_cast<unsigned char>(payload[i]);
  }
  cursor.last_key = payload.substr(kHeadBytes);
  return cursor;
}

int PageSize(int requested, Role role) {
  if (requested <= 0) return kPageDefault;
  return std::min(requested, role == Role::kService ? kPageMaxService : kPageMax);
}

std::string FilterDigest(const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> filter(request.New());
  filter->CopyFrom(request);
  for (const char* name : {"page_size", "page_token"}) {
    const auto* field = request.GetDescriptor()->FindFieldByName(name);
    if (field != nullptr) filter->GetReflection()->ClearField(filter.get(), field);
  }
  return Hash(request.GetDescriptor()->full_name() + "\n" + filter->SerializeAsString(), "", 16);
}

}  // namespace matchgo::rpc
