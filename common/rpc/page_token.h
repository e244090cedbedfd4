// Page tokens: opaque, versioned, signed, and bound to the filter they were made for.
//
// A token holds the last key of a page and the feed sequence of the listing. A forged, foreign or
// damaged token, or one for another filter, is Invalid PAGE_TOKEN. Tokens are not secret: a key
// must not be personal. Thread-safe. Test: tests/unit/common/rpc/page_token_test.cc
#pragma once

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/status.h"
#include "common/kernel/role.h"

namespace matchgo::rpc {

inline constexpr int kPageDefault = 50;
inline constexpr int kPageMax = 100;
inline constexpr int kPageMaxService = 1000;

struct PageCursor {
  std::string last_key;  // the next page begins after it
  int64_t sequence = 0;  // feed sequence at which the listing began; 0 if the list has no feed

  friend bool operator==(const PageCursor&, const PageCursor&) = default;
};

class PageTokens {
 public:
  // secret: Environment::token_secret. Tokens of another secret are forged ones.
  explicit PageTokens(std::string_view secret);

  // filter: FilterDigest of the request, or any text that names method and filter.
  std::string Encode(const PageCursor& cursor, std::string_view filter) const;
  // The empty token is the first page: a cursor with an empty key.
  StatusOr<PageCursor> Decode(std::string_view token, std::string_view filter) const;

 private:
  std::string Sign(std::string_view payload, std::string_view filter) const;
  std::string key_;
};

// 0 means 50; more than 100 means 100, or 1,000 for services.
int PageSize(int requested, Role role);

// Digest of the request's type and of all its fields but page_size and page_token.
std::string FilterDigest(const google::protobuf::Message& request);

}  // namespace matchgo::rpc
