#include "common/sql/prepared_statement.h"

#include <sqlite3.h>

#include <cstring>

#include "common/base/check.h"
#include "common/sql/payload.h"

namespace matchgo::sql {
namespace {

int Bind(sqlite3_stmt* statement, int place, const Value& value) {
  if (value.is_null()) return sqlite3_bind_null(statement, place);
  if (const int64_t* number = value.number()) {
    return sqlite3_bind_int64(statement, place, *number);
  }
  // An empty view may have no address, which would mean NULL.
  if (const Bytes* bytes = value.bytes()) {
    const char* const begin = bytes->view.data() == nullptr ? "" : bytes->view.data();
    return sqlite3_bind_blob64(statement, place, begin, bytes->view.size(), SQLITE_STATIC);
  }
  const std::string_view text = value.text();
  const char* const begin = text.data() == nullptr ? "" : text.data();
  return sqlite3_bind_text64(statement, place, begin, text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

}  // namespace

std::unique_ptr<PreparedStatement> PreparedStatement::Prepare(sqlite3* handle, const Query& query) {
  sqlite3_stmt* statement = nullptr;
  const int size = static_cast<int>(std::strlen(query.text)) + 1;
  const int result =
      sqlite3_prepare_v3(handle, query.text, size, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK || statement == nullptr) return nullptr;
  return std::unique_ptr<PreparedStatement>(new PreparedStatement(handle, statement, query));
}

PreparedStatement::PreparedStatement(sqlite3* handle, sqlite3_stmt* statement, const Query& query)
    : handle_(handle),
      statement_(statement),
      text_(query.text),
      columns_(std::strlen(query.columns)) {
  for (size_t i = 0; i < columns_.size(); ++i) {
    CHECK(query.columns[i] == 't' || query.columns[i] == 'i');
    columns_[i].is_text = query.columns[i] == 't';
  }
}

PreparedStatement::~PreparedStatement() { sqlite3_finalize(statement_); }

bool PreparedStatement::Execute(std::span<const Value> values, int64_t* affected) {
  bool done = Start(values);
  if (done) {
    Step step = Next();
    while (step == Step::kRow) step = Next();  // a pragma answers with a row
    done = step == Step::kDone;
    if (done) *affected = sqlite3_changes64(handle_);
  }
  End();
  return done;
}

bool PreparedStatement::Start(std::span<const Value> values) {
  CHECK(sqlite3_bind_parameter_count(statement_) == static_cast<int>(values.size()));
  for (size_t i = 0; i < values.size(); ++i) {
    if (Bind(statement_, static_cast<int>(i) + 1, values[i]) != SQLITE_OK) return false;
  }
  return true;
}

PreparedStatement::Step PreparedStatement::Next() {
  switch (sqlite3_step(statement_)) {
    case SQLITE_ROW:
      ReadRow();
      return Step::kRow;
    case SQLITE_DONE:
      return Step::kDone;
    default:
      return Step::kFailed;
  }
}

// Keeps the error of a failed step where dialect::LastError finds it.
void PreparedStatement::End() { sqlite3_reset(statement_); }

void PreparedStatement::ReadRow() {
  for (size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    const int place = static_cast<int>(i);
    const int type = sqlite3_column_type(statement_, place);
    column.is_null = type == SQLITE_NULL;
    column.is_bytes = type == SQLITE_BLOB;
    if (column.is_null) continue;
    if (column.is_text) {
      const auto* text = static_cast<const char*>(
          column.is_bytes ? sqlite3_column_blob(statement_, place)
                          : static_cast<const void*>(sqlite3_column_text(statement_, place)));
      const int size = sqlite3_column_bytes(statement_, place);
      column.text.assign(text == nullptr ? "" : text, static_cast<size_t>(size));
    } else {
      column.number = sqlite3_column_int64(statement_, place);
    }
  }
}

const std::string& Row::Text(size_t column) const {
  static const std::string kNothing;
  CHECK(column < statement_.columns_.size() && statement_.columns_[column].is_text);
  return IsNull(column) ? kNothing : statement_.columns_[column].text;
}

StatusOr<std::string> Row::Payload(size_t column) const {
  const std::string& stored = Text(column);
  if (statement_.columns_[column].is_bytes) return stored;
  return DecodePayload(stored);
}

int64_t Row::Int(size_t column) const {
  CHECK(column < statement_.columns_.size() && !statement_.columns_[column].is_text);
  return IsNull(column) ? 0 : statement_.columns_[column].number;
}

bool Row::IsNull(size_t column) const {
  CHECK(column < statement_.columns_.size());
  return statement_.columns_[column].is_null;
}

}  // namespace matchgo::sql
