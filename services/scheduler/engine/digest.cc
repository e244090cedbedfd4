#include "services/scheduler/engine/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "common/base/check.h"
#include "services/scheduler/engine/text_lines.h"

namespace matchgo::scheduler::engine {

std::string MarketDigest(std::string_view text) {
  std::vector<std::string_view> lines;
  TextLines reader(text);
  for (std::string_view line; reader.Next(line);) lines.push_back(line);
  std::ranges::sort(lines);

  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  CHECK(EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  for (const std::string_view line : lines) {
    CHECK(EVP_DigestUpdate(context.get(), line.data(), line.size()) == 1);
    CHECK(EVP_DigestUpdate(context.get(), "\n", 1) == 1);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned length = 0;
  CHECK(EVP_DigestFinal_ex(context.get(), bytes.data(), &length) == 1);

  static constexpr char kHex[] = "0123456789abcdef";
  std::string digest = "sha256:";
  for (unsigned i = 0; i < length; ++i) {
    digest.push_back(kHex[bytes[i] >> 4U]);
    digest.push_back(kHex[bytes[i] & 15U]);
  }
  return digest;
}

}  // namespace matchgo::scheduler::engine
