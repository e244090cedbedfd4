// PreparedStatement: one statement of SQLite, made once per query and session and used again.
//
// Straight on SQLite's own interface, because SOCI's copies and allocations cost more than a small
// statement itself; PostgreSQL gets one with the same members on SOCI. Nothing is thrown: false or
// kFailed, then see dialect::LastError. Internal to common/sql. Not thread-safe.
// Test: tests/unit/common/sql/transaction_test.cc
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "common/sql/query.h"

struct sqlite3;
struct sqlite3_stmt;

namespace matchgo::sql {

class PreparedStatement {
 public:
  enum class Step { kRow, kDone, kFailed };

  // Null if the database does not understand the text.
  static std::unique_ptr<PreparedStatement> Prepare(sqlite3* handle, const Query& query);
  ~PreparedStatement();
  PreparedStatement(const PreparedStatement&) = delete;
  PreparedStatement& operator=(const PreparedStatement&) = delete;

  // Whether it was made for this text: another query may have come to live at the same address.
  bool Fits(const Query& query) const { return text_ == query.text; }

  // Runs a statement without a result.
  bool Execute(std::span<const Value> values, int64_t* affected);
  // Binds the values, which must live until End. REQUIRES: one for each parameter.
  bool Start(std::span<const Value> values);
  Step Next();
  // Needed after Start, whatever Next said: an open SELECT blocks checkpoints.
  void End();
  Row row() const { return Row(*this); }

  bool busy = false;  // between Start and End

 private:
  friend class Row;
  struct Column {
    bool is_text = true;
    bool is_null = true;
    bool is_bytes = false;
    std::string text = {};
    int64_t number = 0;
  };

  PreparedStatement(sqlite3* handle, sqlite3_stmt* statement, const Query& query);
  void ReadRow();

  sqlite3* const handle_;
  sqlite3_stmt* const statement_;
  const std::string text_;
  std::vector<Column> columns_;
};

}  // namespace matchgo::sql
