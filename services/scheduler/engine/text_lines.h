// The lines of a JSON lines text, with what no line may hold already refused.
//
// Splits at line feeds, strips carriage returns at the end of a line, and reports a byte order
// mark, NUL or invalid UTF-8 at its line. Views into the text; pure. Test:
// tests/unit/services/scheduler/engine/market_errors_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/status.h"
#include "services/scheduler/engine/json_reader.h"

namespace matchgo::scheduler::engine {

class TextLines {
 public:
  explicit TextLines(std::string_view text) : text_(text) {}

  // The next line that is not empty, or false at the end.
  bool Next(std::string_view& line);
  // Of the line that Next gave, from 1.
  int64_t number() const { return number_; }

 private:
  std::string_view text_;
  size_t at_ = 0;
  int64_t number_ = 0;
};

// Nothing but spaces and tabs: ignored as content.
bool IsBlank(std::string_view line);

// What is wrong with the bytes of a line, or an empty string.
std::string_view BytesProblem(std::string_view line, int64_t number);

bool IsUtf8(std::string_view text);

// `file:line: field: wanted`, as INVALID_ARGUMENT with this reason word.
Status LineError(const char* reason_word, std::string_view file_name, int64_t line,
                 const FieldProblem& problem);

}  // namespace matchgo::scheduler::engine
