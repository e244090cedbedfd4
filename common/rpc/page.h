// ReadPage: one page of a listing: the cursor, the limit, one row more to know if there is another
// page, and the sequence at which the listing began.
//
// The rows come from a lambda; the order is theirs, by what id_of tells. Runs inside a read.
// Test: tests/contract/every_list_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "common/base/status.h"
#include "common/base/status_macros.h"
#include "common/rpc/page_token.h"
#include "common/sql/event_log.h"
#include "common/sql/transaction.h"

namespace matchgo::rpc {

template <class Row>
struct Page {
  std::vector<Row> rows;
  std::string next_page_token;
  int64_t sequence = 0;
};

// read(after, limit) -> StatusOr<std::vector<Row>>; id_of(row) -> the text it is sorted by.
template <class Row, class Req, class Read, class IdOf>
StatusOr<Page<Row>> ReadPage(sql::Tx& tx, const PageTokens& tokens, const Req& request, Read read,
                             IdOf id_of) {
  const std::string filter = FilterDigest(request);
  ASSIGN_OR_RETURN(PageCursor cursor, tokens.Decode(request.page_token(), filter));
  // The sequence of the first page: changes made while the others are read come by the feed.
  if (cursor.last_key.empty()) {
    ASSIGN_OR_RETURN(cursor.sequence, sql::LastSequence(tx));
  }
  const int limit = PageSize(request.page_size(), tx.call().principal.role);
  Page<Row> page;
  page.sequence = cursor.sequence;
  ASSIGN_OR_RETURN(page.rows, read(cursor.last_key, limit + 1));
  if (page.rows.size() > static_cast<size_t>(limit)) {
    page.rows.resize(static_cast<size_t>(limit));
    cursor.last_key = id_of(page.rows.back());
    page.next_page_token = tokens.Encode(cursor, filter);
  }
  return page;
}

}  // namespace matchgo::rpc
