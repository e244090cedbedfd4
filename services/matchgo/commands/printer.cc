#include "services/matchgo/commands/printer.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <sstream>

#include "common/base/check.h"
#include "common/kernel/resource_patterns.h"
#include "services/matchgo/commands/record_words.h"

namespace matchgo::commands {
namespace {

using nlohmann::json;

const json* Find(const json& record, const std::string& path) {
  const json* at = &record;
  std::istringstream parts(path);
  for (std::string part; std::getline(parts, part, '.');) {
    if (!at->is_object()) return nullptr;
    const auto found = at->find(part);
    if (found == at->end()) return nullptr;
    at = &*found;
  }
  return at;
}

// STATE_PUBLISHED -> published. Only the text is known here, so the prefix is looked up: the words
// that repeat the field's name, or those of the enums whose fields are called otherwise.
std::string EnumWord(const Context& context, const std::string& value, const std::string& field) {
  std::string prefix = field;
  std::transform(prefix.begin(), prefix.end(), prefix.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string word = value;
  for (const std::string& candidate : {prefix + "_", std::string("MATCHING_OBSTACLE_"),
                                       std::string("RISK_"), std::string("EXIT_REASON_")}) {
    if (word.rfind(candidate, 0) == 0) word = word.substr(candidate.size());
  }
  return ValueWords(context.language, value, word);
}

std::string Scalar(const Context& context, const json& value, const Shown& shown) {
  if (value.is_boolean()) return value.get<bool>() ? context.Say("ja", "yes") : "";
  if (value.is_number()) return terminal::FormatCount(context.language, value.get<int64_t>());
  std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  switch (shown.form) {
    case Form::kId:
      return names::LastPart(text);
    case Form::kDate:
      return text.substr(0, 10);
    case Form::kWords:
    case Form::kEnum: {
      const std::string path = shown.path;
      const size_t dot = path.rfind('.');
      return EnumWord(context, text, dot == std::string::npos ? path : path.substr(dot + 1));
    }
    case Form::kEuros:
      return terminal::FormatEuros(context.language, std::stoll(text));
    default:
      return text;
  }
}

// A column without a word in it only takes room. The last one stays: names stand there.
void DropEmpty(std::vector<terminal::Column>* columns,
               std::vector<std::vector<std::string>>* rows) {
  for (size_t c = columns->size() - 1; c-- > 0;) {
    if (!std::ranges::all_of(*rows, [c](const auto& row) { return row[c].empty(); })) continue;
    columns->erase(columns->begin() + static_cast<ptrdiff_t>(c));
    for (auto& row : *rows) row.erase(row.begin() + static_cast<ptrdiff_t>(c));
  }
}

size_t WidestLine(const std::string& text) {
  size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    widest = std::max(widest, terminal::Width(line));
  }
  return widest;
}

}  // namespace

json ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string text;
  CHECK(google::protobuf::util::MessageToJsonString(message, &text, options).ok());
  return json::parse(text);
}

std::string Cell(const Context& context, const json& record, const Shown& shown) {
  const json* value = Find(record, shown.path);
  if (value == nullptr) return shown.form == Form::kNumber ? "0" : "";
  if (!value->is_array()) return Scalar(context, *value, shown);
  std::string joined;
  for (const json& element : *value) {
    joined += (joined.empty() ? "" : ", ") + Scalar(context, element, shown);
  }
  return joined;
}

std::string RecordTable(const Context& context, const Noun& noun,
                        const std::vector<json>& records) {
  std::vector<terminal::Column> columns;
  for (const Shown& shown : noun.columns) {
    columns.push_back({.title = context.Say(shown.nl, shown.en),
                       .align = shown.form == Form::kNumber || shown.form == Form::kEuros
                                    ? terminal::Align::kRight
                                    : terminal::Align::kLeft,
                       .whole = shown.form != Form::kText && shown.form != Form::kWords});
  }
  std::vector<std::vector<std::string>> rows;
  for (const json& record : records) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const Shown& shown : noun.columns) row.push_back(Cell(context, record, shown));
  }
  DropEmpty(&columns, &rows);
  return noun.columns.back().form == Form::kName
             ? NamedTable(context, std::move(columns), std::move(rows))
             : terminal::FormatTable(context.style, columns, rows);
}

std::string NamedTable(const Context& context, std::vector<terminal::Column> columns,
                       std::vector<std::vector<std::string>> rows) {
  // Measured without colour, which takes no room, and before anything is cut.
  const std::string plain =
      terminal::FormatTable({.colour = false, .width = 10'000}, columns, rows);
  if (WidestLine(plain) <= context.style.width) {
    return terminal::FormatTable(context.style, columns, rows);
  }
  std::vector<std::string> names;
  for (std::vector<std::string>& row : rows) {
    names.push_back(row.back());
    row.pop_back();
  }
  columns.pop_back();
  std::istringstream lines(terminal::FormatTable(context.style, columns, rows));
  std::string text;
  size_t at = 0;
  for (std::string line; std::getline(lines, line); ++at) {
    text += line + "\n";
    if (at >= 2) text += "  " + terminal::Dim(context.style, names[at - 2]) + "\n";
  }
  return text;
}

}  // namespace matchgo::commands
