#include "common/geography/csv.h"

#include <algorithm>

#include "common/base/status_macros.h"

namespace matchgo::geography {
namespace {

constexpr Reason kMalformed{"CSV_MALFORMED", "the text is not comma-separated as in RFC 4180"};
constexpr Reason kColumnMissing{"CSV_COLUMN_MISSING", "a column that is needed is not there"};
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) at_ = kByteOrderMark.size();
}

Status CsvReader::Malformed(const char* wanted) const {
  return WithFact(WithFact(Invalid(kMalformed), "line", std::to_string(line_)), "wanted", wanted);
}

bool CsvReader::AtLineEnd() const {
  return text_[at_] == '\n' ||
         (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
}

Status CsvReader::ReadQuoted(std::string& cell) {
  ++at_;  // the opening quote
  while (true) {
    const size_t quote = text_.find('"', at_);
    if (quote == std::string_view::npos) return Malformed("a closing quote");
    const std::string_view part = text_.substr(at_, quote - at_);
    line_ += std::ranges::count(part, '\n');
    cell += part;
    at_ = quote + 1;
    if (at_ >= text_.size() || text_[at_] != '"') break;
    cell += '"';
    ++at_;
  }
  if (at_ < text_.size() && text_[at_] != ',' && !AtLineEnd()) {
    return Malformed("a comma or a line end after a closing quote");
  }
  return absl::OkStatus();
}

Status CsvReader::ReadPlain(std::string& cell) {
  while (at_ < text_.size() && text_[at_] != ',' && !AtLineEnd()) {
    if (text_[at_] == '"') return Malformed("quotes around the whole cell");
    cell += text_[at_++];
  }
  return absl::OkStatus();
}

StatusOr<bool> CsvReader::Next(std::vector<std::string>& cells) {
  cells.clear();
  if (at_ >= text_.size()) return false;
  row_line_ = line_;
  while (true) {
    std::string& cell = cells.emplace_back();
    const bool quoted = at_ < text_.size() && text_[at_] == '"';
    RETURN_IF_ERROR(quoted ? ReadQuoted(cell) : ReadPlain(cell));
    if (at_ >= text_.size()) return true;
    if (text_[at_] == ',') {
      ++at_;
      continue;
    }
    at_ += text_[at_] == '\r' ? 2 : 1;
    ++line_;
    return true;
  }
}

Status CsvTable::Open(const std::vector<std::string>& wanted) {
  std::vector<std::string> header;
  RETURN_IF_ERROR(reader_.Next(header).status());
  width_ = header.size();
  for (const std::string& name : wanted) {
    const auto found = std::ranges::find(header, name);
    if (found == header.end()) return WithFact(Invalid(kColumnMissing), "column", name);
    columns_.push_back(static_cast<size_t>(found - header.begin()));
  }
  return absl::OkStatus();
}

StatusOr<bool> CsvTable::Next() {
  ASSIGN_OR_RETURN(const bool more, reader_.Next(cells_));
  if (!more) return false;
  if (cells_.size() != width_) {
    return WithFact(WithFact(Invalid(kMalformed), "line", std::to_string(line())), "wanted",
                    "as many cells as the header");
  }
  return true;
}

}  // namespace matchgo::geography
