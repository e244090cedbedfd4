// Query, Value and Row: a named statement, what goes into it and what comes out.
//
// Queries are constants with static life (the prepared statement is cached by their address); the
// name is a metric label. A Row lives only inside the
// visitor that was given it. Values; not thread-safe.
// Test: tests/unit/common/sql/transaction_test.cc
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "common/base/status.h"
#include "common/base/strong_id.h"

namespace matchgo::sql {

// `text` has parameters :p1, :p2 ... each used once, in this order; `columns` has one character per
// result column, 't' for text and 'i' for a 64-bit integer ("" for statements without a result).
struct Query {
  const char* name;
  const char* text;
  const char* columns;
};

// Bytes that are no text: as they are in SQLite. A database that has no such values beside text
// gets what EncodePayload makes of them.
struct Bytes {
  std::string_view view;
};

// A parameter. What the caller keeps is only referred to (until the statement is done, so a Value
// belongs inside the call); what would be gone by then is taken over.
class Value {
 public:
  Value() = default;
  Value(std::nullopt_t) {}  // NOLINT(google-explicit-constructor): values are written in place
  template <std::integral I>
  Value(I number) : held_(static_cast<int64_t>(number)) {}
  Value(const char* text) : held_(std::string_view(text)) {}
  Value(std::string_view text) : held_(text) {}
  Value(Bytes bytes) : held_(bytes) {}
  Value(const std::string& text) : held_(std::string_view(text)) {}
  Value(std::string&& text) : held_(std::move(text)) {}
  template <class Tag>
  Value(const Id<Tag>& id) : Value(id.value()) {}
  template <class Tag>
  Value(Id<Tag>&& id) : Value(std::string(id.value())) {}
  template <class T>
  Value(const std::optional<T>& maybe) {
    if (maybe.has_value()) *this = Value(*maybe);
  }
  template <class T>
  Value(std::optional<T>&& maybe) {
    if (maybe.has_value()) *this = Value(*std::move(maybe));
  }

  bool is_null() const { return held_.index() == 0; }
  const int64_t* number() const { return std::get_if<int64_t>(&held_); }
  const Bytes* bytes() const { return std::get_if<Bytes>(&held_); }
  // REQUIRES: neither null, a number nor bytes.
  std::string_view text() const {
    const std::string* const own = std::get_if<std::string>(&held_);
    return own != nullptr ? std::string_view(*own) : std::get<std::string_view>(held_);
  }

 private:
  std::variant<std::monostate, int64_t, std::string_view, std::string, Bytes> held_;
};

class PreparedStatement;

class Row {
 public:
  // REQUIRES: the query declares this column as 't'. "" when null.
  const std::string& Text(size_t column) const;
  // The same column, written as Bytes or as the text that EncodePayload makes of them.
  StatusOr<std::string> Payload(size_t column) const;
  // REQUIRES: the query declares this column as 'i'. 0 when null.
  int64_t Int(size_t column) const;
  bool IsNull(size_t column) const;

 private:
  friend class PreparedStatement;
  explicit Row(const PreparedStatement& statement) : statement_(statement) {}
  const PreparedStatement& statement_;
};

}  // namespace matchgo::sql
