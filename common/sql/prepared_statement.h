// PreparedStatement: one SOCI statement with the memory its parameters and columns live in.
//
// Made once per query and session and used again and again; throws soci::soci_error, which Session
// translates. Internal to common/sql. Not thread-safe.
// Test: tests/unit/common/sql/transaction_test.cc
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "common/sql/query.h"

namespace matchgo::sql {

class PreparedStatement {
 public:
  // The kinds of the parameters (text or integer) follow from the first values.
  PreparedStatement(soci::session& session, const Query& query, std::span<const Value> values);
  PreparedStatement(const PreparedStatement&) = delete;
  PreparedStatement& operator=(const PreparedStatement&) = delete;

  // Whether it was made for this text and for values of these kinds.
  bool Fits(const Query& query, std::span<const Value> values) const;

  int64_t Execute(std::span<const Value> values);
  void Start(std::span<const Value> values);
  // False after the last row. Call until false: an open SELECT blocks checkpoints.
  bool Fetch() { return statement_.fetch(); }
  Row row() const { return Row(*this); }

  bool busy = false;  // between Start and the last Fetch

 private:
  friend class Row;
  // Addresses are given to SOCI once, so neither vector grows after the constructor.
  struct Parameter {
    bool is_text = true;
    std::string text;
    long long number = 0;
    soci::indicator indicator = soci::i_null;
  };
  struct Column {
    bool is_text = true;
    std::string text;
    long long number = 0;
    soci::indicator indicator = soci::i_null;
  };

  void Bind(std::span<const Value> values);

  soci::statement statement_;
  std::string text_;
  std::vector<Parameter> parameters_;
  std::vector<Column> columns_;
};

}  // namespace matchgo::sql
