// Reads comma-separated text as RFC 4180 says: quoted cells may hold commas, quotes and line
// breaks.
//
// Accepts CRLF and LF line ends and one byte-order mark. Holds the whole text by view and one row
// at a time. Never interprets a cell. Not thread-safe; lives on the stack of one call.
// Test: tests/unit/common/geography/csv_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"

namespace matchgo::geography {

class CsvReader {
 public:
  // `text` must outlive the reader.
  explicit CsvReader(std::string_view text);

  // The next row, or false at the end. INVALID_ARGUMENT (CSV_MALFORMED) with the line in the fact
  // "line" for a quote in an unquoted cell, text after a closing quote, or a missing one.
  StatusOr<bool> Next(std::vector<std::string>& cells);
  // Line on which the row last read began, from 1.
  int64_t line() const { return row_line_; }

 private:
  Status ReadQuoted(std::string& cell);
  Status ReadPlain(std::string& cell);
  Status Malformed(const char* wanted) const;
  bool AtLineEnd() const;

  std::string_view text_;
  size_t at_ = 0;
  int64_t line_ = 1;
  int64_t row_line_ = 1;
};

// Rows by the names of the first one.
class CsvTable {
 public:
  explicit CsvTable(std::string_view text) : reader_(text) {}

  // Reads the header. INVALID_ARGUMENT (CSV_COLUMN_MISSING) when a wanted column is not there.
  Status Open(const std::vector<std::string>& wanted);
  // The next row, or false at the end. INVALID_ARGUMENT (CSV_MALFORMED) when the number of cells
  // differs from the header's.
  StatusOr<bool> Next();
  // Cell of the wanted column with this index in the current row.
  const std::string& operator[](size_t wanted) const { return cells_[columns_[wanted]]; }
  int64_t line() const { return reader_.line(); }

 private:
  CsvReader reader_;
  std::vector<size_t> columns_;
  size_t width_ = 0;
  std::vector<std::string> cells_;
};

}  // namespace matchgo::geography
