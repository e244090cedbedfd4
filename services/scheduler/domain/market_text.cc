#include "services/scheduler/domain/market_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "services/scheduler/engine/market_writer.h"

namespace matchgo::scheduler::domain {
namespace {

// The text between `before` and the next quote; ids have no escapes.
std::string_view QuotedAfter(std::string_view line, std::string_view before) {
  const size_t at = line.find(before);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = line.substr(at + before.size());
  return rest.substr(0, rest.find('"'));
}

// The line with another number at a key; the first one, which is the line's own.
std::string WithNumber(std::string line, std::string_view key, int64_t number) {
  const size_t at = line.find(key);
  if (at == std::string::npos) return line;
  const size_t begin = at + key.size();
  const size_t end = std::min(line.find_first_not_of("0123456789", begin), line.size());
  return line.replace(begin, end - begin, std::to_string(number));
}

void AppendLine(std::string& out, std::string_view line) {
  out += line;
  out += '\n';
}

void AppendSeats(std::string& out, std::string_view line, const engine::Market& frozen,
                 const engine::Market& now) {
  const LineLabel label = LabelOf(line);
  if (label.kind == "vacancy") {
    const std::optional<int32_t> v = frozen.vacancy_ids.Find(label.id);
    if (!v.has_value() || frozen.vacancy(*v).openings == now.vacancy(*v).openings) return;
    AppendLine(out, WithNumber(std::string(line), "\"openings\":", now.vacancy(*v).openings));
  } else if (label.kind == "start") {
    const std::optional<int32_t> p = frozen.start_ids.Find(label.id);
    if (!p.has_value()) return;
    const engine::Start& before = frozen.start(*p);
    const engine::Start& after = now.start(*p);
    if (before.capacity == after.capacity && before.min == after.min) return;
    std::string changed = WithNumber(std::string(line), "\"capacity\":", after.capacity);
    AppendLine(out, WithNumber(std::move(changed), "\"min\":", after.min));
  }
}

}  // namespace

LineLabel LabelOf(std::string_view line) {
  LineLabel label{.kind = QuotedAfter(line, R"("t":")"), .id = {}, .subject = {}};
  if (label.kind == "switcher" || label.kind == "vacancy" || label.kind == "start") {
    label.id = QuotedAfter(line, R"("id":")");
  }
  if (label.kind == "switcher") {
    label.subject = label.id;
  } else if (label.kind == "declined" || label.kind == "frozen" || label.kind == "match" ||
             label.kind == "unmatched") {
    label.subject = QuotedAfter(line, R"("s":")");
  }
  return label;
}

std::string RepairLines(std::string_view frozen_text, const engine::Market& frozen,
                        const engine::Market& now) {
  std::string lines;
  ForEachLine(frozen_text, [&](std::string_view line) { AppendSeats(lines, line, frozen, now); });
  for (const engine::Contract& contract : now.commitments.frozen) {
    engine::AppendContractLine(lines, "frozen", now.Ids(contract));
  }
  for (const engine::Contract& contract : now.commitments.declined) {
    engine::AppendContractLine(lines, "declined", now.Ids(contract));
  }
  return lines;
}

std::string WithNames(std::string line, std::string_view list,
                      const std::vector<std::string>& more) {
  const size_t at = line.find(list);
  if (at == std::string::npos) return line;
  const size_t begin = at + list.size();
  const size_t end = line.find(']', begin);
  if (end == std::string::npos) return line;
  std::vector<std::string> names = more;
  for (size_t quote = line.find('"', begin); quote < end; quote = line.find('"', quote + 1)) {
    const size_t close = line.find('"', quote + 1);
    names.push_back(line.substr(quote + 1, close - quote - 1));
    quote = close;
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string joined;
  for (const std::string& name : names) {
    if (!joined.empty()) joined += ',';
    joined += '"' + name + '"';
  }
  return line.replace(begin, end - begin, joined);
}

std::string WithLines(std::string_view text, std::string_view lines) {
  std::set<std::pair<std::string_view, std::string_view>> replaced;
  ForEachLine(lines, [&](std::string_view line) {
    const LineLabel label = LabelOf(line);
    if (!label.id.empty()) replaced.emplace(label.kind, label.id);
  });
  std::string whole;
  whole.reserve(text.size() + lines.size());
  ForEachLine(text, [&](std::string_view line) {
    const LineLabel label = LabelOf(line);
    if (!replaced.contains({label.kind, label.id})) AppendLine(whole, line);
  });
  whole += lines;
  return whole;
}

std::string MarketOfRepair(std::string_view frozen_text, std::string_view repair_lines) {
  std::string parties;
  parties.reserve(frozen_text.size());
  ForEachLine(frozen_text, [&](std::string_view line) {
    const LineLabel label = LabelOf(line);
    if (label.kind != "frozen" && label.kind != "declined") AppendLine(parties, line);
  });
  return WithLines(parties, repair_lines);
}

}  // namespace matchgo::scheduler::domain
