// One page of a list: decodes the token, reads one record more than fits, encodes the next token.
//
// `after` is the last key of the page before, "" at the first. Runs in a read transaction. Test:
// tests/unit/services/scheduler/service_test.cc
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/base/status_macros.h"
#include "common/rpc/page_token.h"
#include "common/sql/event_log.h"
#include "common/sql/transaction.h"

namespace matchgo::scheduler {

template <class T>
struct Page {
  std::vector<T> records;
  std::string next_token;
  int64_t sequence = 0;
};

template <class T, class Request>
StatusOr<Page<T>> ReadPage(
    sql::Tx& tx, const rpc::PageTokens& tokens, const Request& request,
    const std::function<StatusOr<std::vector<T>>(const std::string& after, int limit)>& read,
    const std::function<std::string(const T&)>& key_of) {
  const std::string filter = rpc::FilterDigest(request);
  ASSIGN_OR_RETURN(rpc::PageCursor cursor, tokens.Decode(request.page_token(), filter));
  if (cursor.last_key.empty()) {
    ASSIGN_OR_RETURN(cursor.sequence, sql::LastSequence(tx));
  }
  const int size = rpc::PageSize(request.page_size(), tx.call().principal.role);
  Page<T> page;
  page.sequence = cursor.sequence;
  ASSIGN_OR_RETURN(page.records, read(cursor.last_key, size + 1));
  if (page.records.size() > static_cast<size_t>(size)) {
    page.records.pop_back();
    cursor.last_key = key_of(page.records.back());
    page.next_token = tokens.Encode(cursor, filter);
  }
  return page;
}

}  // namespace matchgo::scheduler
