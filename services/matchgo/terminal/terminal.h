// What a terminal can show: colour (unless NO_COLOR or a pipe), width, a progress bar, tables,
// bars.
//
// Text for people goes through here so that widths count characters, not bytes. The functions that
// format are pure; Progress writes to stderr and only to a terminal (a pipe gets one line at the
// end). Test: tests/unit/services/matchgo/terminal/terminal_test.cc
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace matchgo::terminal {

struct Style {
  bool colour = false;  // escape sequences allowed
  size_t width = 80;    // characters a line
};
// Of stdout: a terminal, NO_COLOR unset, TERM not "dumb"; width from the terminal or COLUMNS.
Style StdoutStyle();

std::string Bold(const Style& style, std::string_view text);
std::string Dim(const Style& style, std::string_view text);
std::string Green(const Style& style, std::string_view text);
std::string Red(const Style& style, std::string_view text);

// Characters a text takes on the screen: code points, which is right for Dutch and English.
size_t Width(std::string_view text);
// Cut to `width` characters, the last one "…" if something was cut; then padded to it.
std::string Fit(std::string_view text, size_t width);
// Broken at spaces into lines of at most `width` characters, each begun with `indent`.
std::string Wrap(std::string_view text, size_t width, std::string_view indent);

enum class Align { kLeft, kRight };
struct Column {
  std::string title;
  Align align = Align::kLeft;
  bool whole = false;  // never cut: something to copy
};
// Rows under a ruled header; the widest left-aligned column gives way when the line is too long.
std::string FormatTable(const Style& style, const std::vector<Column>& columns,
                        const std::vector<std::vector<std::string>>& rows);

struct Bar {
  std::string label;
  int64_t value = 0;
  std::string note;  // after the number
};
// Horizontal bars, the longest as wide as fits.
std::string FormatBars(const Style& style, const std::vector<Bar>& bars);

class Progress {
 public:
  // `total` steps of a piece of work called `label`; nothing is shown when `quiet`.
  Progress(std::string label, int64_t total, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void Advance(int64_t steps = 1);

 private:
  void Draw(bool last);
  const std::string label_;
  const int64_t total_;
  const bool quiet_;
  const bool terminal_;
  int64_t done_ = 0;
  std::chrono::steady_clock::time_point drawn_{};
};

}  // namespace matchgo::terminal
