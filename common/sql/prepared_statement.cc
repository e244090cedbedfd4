#include "common/sql/prepared_statement.h"

#include <cstring>

#include "common/base/check.h"

namespace matchgo::sql {

PreparedStatement::PreparedStatement(soci::session& session, const Query& query,
                                     std::span<const Value> values)
    : statement_(session),
      text_(query.text),
      parameters_(values.size()),
      columns_(std::strlen(query.columns)) {
  statement_.alloc();
  statement_.prepare(text_);
  for (size_t i = 0; i < columns_.size(); ++i) {
    Column& column = columns_[i];
    CHECK(query.columns[i] == 't' || query.columns[i] == 'i');
    column.is_text = query.columns[i] == 't';
    if (column.is_text) {
      statement_.exchange(soci::into(column.text, column.indicator));
    } else {
      statement_.exchange(soci::into(column.number, column.indicator));
    }
  }
  for (size_t i = 0; i < values.size(); ++i) {
    Parameter& parameter = parameters_[i];
    parameter.is_text = values[i].number() == nullptr;
    if (parameter.is_text) {
      statement_.exchange(soci::use(parameter.text, parameter.indicator));
    } else {
      statement_.exchange(soci::use(parameter.number, parameter.indicator));
    }
  }
  statement_.define_and_bind();
}

bool PreparedStatement::Fits(const Query& query, std::span<const Value> values) const {
  if (parameters_.size() != values.size() || text_ != query.text) return false;
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].is_null()) continue;
    if (parameters_[i].is_text != (values[i].text() != nullptr)) return false;
  }
  return true;
}

void PreparedStatement::Bind(std::span<const Value> values) {
  for (size_t i = 0; i < values.size(); ++i) {
    Parameter& parameter = parameters_[i];
    parameter.indicator = values[i].is_null() ? soci::i_null : soci::i_ok;
    if (const std::string* text = values[i].text()) parameter.text.assign(*text);
    if (const int64_t* number = values[i].number()) parameter.number = *number;
  }
}

int64_t PreparedStatement::Execute(std::span<const Value> values) {
  Bind(values);
  statement_.execute(true);
  return statement_.get_affected_rows();
}

void PreparedStatement::Start(std::span<const Value> values) {
  Bind(values);
  statement_.execute(false);
}

const std::string& Row::Text(size_t column) const {
  static const std::string kNothing;
  CHECK(column < statement_.columns_.size() && statement_.columns_[column].is_text);
  return IsNull(column) ? kNothing : statement_.columns_[column].text;
}

int64_t Row::Int(size_t column) const {
  CHECK(column < statement_.columns_.size() && !statement_.columns_[column].is_text);
  return IsNull(column) ? 0 : statement_.columns_[column].number;
}

bool Row::IsNull(size_t column) const {
  CHECK(column < statement_.columns_.size());
  return statement_.columns_[column].indicator == soci::i_null;
}

}  // namespace matchgo::sql
