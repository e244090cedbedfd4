#include "services/matchgo/terminal/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace matchgo::terminal {
namespace {

std::string Paint(const Style& style, const char* code, std::string_view text) {
  if (!style.colour) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

bool IsLead(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::string Repeat(std::string_view piece, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text.append(piece);
  return text;
}

size_t TerminalWidth() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  const char* columns = std::getenv("COLUMNS");
  const long width = columns == nullptr ? 0 : std::strtol(columns, nullptr, 10);
  return width >= 40 && width <= 1000 ? static_cast<size_t>(width) : 100;
}

}  // namespace

Style StdoutStyle() {
  const char* no_colour = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term == nullptr || std::string_view(term) == "dumb";
  const bool refused = no_colour != nullptr && *no_colour != '\0';
  return {.colour = isatty(STDOUT_FILENO) == 1 && !dumb && !refused, .width = TerminalWidth()};
}

std::string Bold(const Style& style, std::string_view text) { return Paint(style, "1", text); }
std::string Dim(const Style& style, std::string_view text) { return Paint(style, "2", text); }
std::string Green(const Style& style, std::string_view text) { return Paint(style, "32", text); }
std::string Red(const Style& style, std::string_view text) { return Paint(style, "31", text); }

size_t Width(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), IsLead));
}

std::string Fit(std::string_view text, size_t width) {
  const size_t own = Width(text);
  if (own <= width) return std::string(text) + std::string(width - own, ' ');
  if (width == 0) return "";
  std::string cut;
  size_t taken = 0;
  for (const char c : text) {
    if (IsLead(c) && taken++ == width - 1) break;
    cut.push_back(c);
  }
  return cut + "…";
}

std::string Wrap(std::string_view text, size_t width, std::string_view indent) {
  std::string wrapped;
  std::string line(indent);
  const size_t empty = line.size();
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    const std::string_view word = text.substr(begin, end - begin);
    if (line.size() > empty && Width(line) + 1 + Width(word) > width) {
      wrapped += line + "\n";
      line = indent;
    }
    if (line.size() > empty) line.push_back(' ');
    line.append(word);
    begin = end + 1;
  }
  return wrapped + line + "\n";
}

std::string FormatTable(const Style& style, const std::vector<Column>& columns,
                        const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  for (size_t c = 0; c < columns.size(); ++c) {
    size_t width = Width(columns[c].title);
    for (const auto& row : rows) width = std::max(width, Width(row[c]));
    widths.push_back(width);
  }
  size_t total = 2 * (columns.size() - 1);
  for (const size_t width : widths) total += width;
  while (total > style.width) {
    size_t widest = columns.size();
    for (size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].align == Align::kRight || columns[c].whole || widths[c] <= 7) continue;
      if (widest == columns.size() || widths[c] > widths[widest]) widest = c;
    }
    if (widest == columns.size()) break;
    --widths[widest];
    --total;
  }
  const auto line = [&](const auto& cell) {
    std::string text;
    for (size_t c = 0; c < columns.size(); ++c) {
      if (c > 0) text += "  ";
      const std::string value = cell(c);
      const size_t own = Width(value);
      if (columns[c].align == Align::kRight && own < widths[c]) {
        text += std::string(widths[c] - own, ' ') + value;
      } else {
        text += Fit(value, widths[c]);
      }
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
  };
  std::string table = Bold(style, line([&](size_t c) { return columns[c].title; })) + "\n";
  table += Dim(style, line([&](size_t c) { return Repeat("─", widths[c]); })) + "\n";
  for (const auto& row : rows) table += line([&](size_t c) { return row[c]; }) + "\n";
  return table;
}

std::string FormatBars(const Style& style, const std::vector<Bar>& bars) {
  size_t label = 0;
  size_t tail = 0;
  int64_t largest = 1;
  for (const Bar& bar : bars) {
    label = std::max(label, Width(bar.label));
    tail = std::max(tail, std::to_string(bar.value).size() + 2 + Width(bar.note));
    largest = std::max(largest, bar.value);
  }
  const size_t taken = label + tail + 4;
  const size_t room = style.width > taken + 10 ? style.width - taken : 10;
  std::string text;
  for (const Bar& bar : bars) {
    const auto eighths = static_cast<size_t>(bar.value * static_cast<int64_t>(room) * 8 / largest);
    static constexpr const char* kParts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const std::string blocks = Repeat("█", eighths / 8) + kParts[eighths % 8];
    text += "  " + Fit(bar.label, label) + " " + Green(style, blocks) + " " +
            std::to_string(bar.value) + (bar.note.empty() ? "" : "  " + bar.note) + "\n";
  }
  return text;
}

Progress::Progress(std::string label, int64_t total, bool quiet)
    : label_(std::move(label)),
      total_(std::max<int64_t>(total, 1)),
      quiet_(quiet),
      terminal_(isatty(STDERR_FILENO) == 1) {
  Draw(false);
}

Progress::~Progress() { Draw(true); }

void Progress::Advance(int64_t steps) {
  done_ = std::min(done_ + steps, total_);
  const auto now = std::chrono::steady_clock::now();
  if (now - drawn_ < std::chrono::milliseconds(80)) return;
  Draw(false);
}

void Progress::Draw(bool last) {
  if (quiet_) return;
  drawn_ = std::chrono::steady_clock::now();
  if (terminal_) {
    constexpr int64_t kCells = 30;
    const auto full = static_cast<size_t>(done_ * kCells / total_);
    const std::string bar = Repeat("█", full) + Repeat("░", static_cast<size_t>(kCells) - full);
    std::fprintf(stderr, "\r  %s %s %3d%%%s", Fit(label_, 34).c_str(), bar.c_str(),
                 static_cast<int>(done_ * 100 / total_), last ? "\n" : "");
  } else if (last) {
    std::fprintf(stderr, "  %s: %lld / %lld\n", label_.c_str(), static_cast<long long>(done_),
                 static_cast<long long>(total_));
  }
}

}  // namespace matchgo::terminal
