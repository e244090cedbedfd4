#include "services/scheduler/engine/market_writer.h"

#include <algorithm>
#include <vector>

#include "services/scheduler/engine/json_writer.h"
#include "services/scheduler/engine/market_file.h"

namespace matchgo::scheduler::engine {
namespace {

std::string_view RecognitionName(Recognition recognition) {
  switch (recognition) {
    case Recognition::kExempt:
      return "exempt";
    case Recognition::kAccelerate:
      return "accelerate";
    case Recognition::kNone:
      break;
  }
  return "none";
}

void AppendLine(std::string& out, const MarketSwitcher& s, bool bare) {
  JsonLine line(out, "switcher");
  line.Text("id", s.id);
  if (!bare) {
    line.TextList("skills", s.skills).TextList("qualifications", s.qualifications);
    line.Number("level", s.level).Number("x", s.x).Number("y", s.y).Number("max_dist", s.max_dist);
    line.Number("salary_now", s.salary_now).Number("salary_floor", s.salary_floor);
    line.Number("hours_min", s.hours_min).Number("hours_max", s.hours_max);
    line.Number("study_hours", s.study_hours).Number("available", s.available);
    line.TextList("prefs", s.prefs);
    std::string aptitude = "{";
    for (const auto& [sector, value] : s.aptitude) {
      if (aptitude.size() > 1) aptitude.push_back(',');
      AppendJsonText(aptitude, sector);
      aptitude.append(":").append(std::to_string(value));
    }
    line.Raw("aptitude", aptitude + "}").Number("priority", s.priority);
  } else if (s.priority != 0) {
    line.Number("priority", s.priority);
  }
  line.End();
  out.push_back('\n');
}

void AppendLine(std::string& out, const MarketVacancy& v, bool bare) {
  JsonLine line(out, "vacancy");
  line.Text("id", v.id).Number("openings", v.openings);
  if (!bare) {
    line.TextList("required", v.required).TextList("nice", v.nice);
    line.TextOrNull("qualification", v.qualification);
    line.Text("occupation", v.occupation).Text("sector", v.sector);
    line.Number("x", v.x).Number("y", v.y).Number("salary_max", v.salary_max);
    line.Number("hours", v.hours).Number("latest_ready", v.latest_ready);
  }
  line.End();
  out.push_back('\n');
}

std::string ModuleJson(const MarketModule& module) {
  // A module has no type: the shape of a line without its `t`.
  std::string json;
  JsonLine line(json, "");
  line.Text("id", module.id).TextList("skills", module.skills).Number("hours", module.hours);
  line.Boolean("core", module.core).Text("recognition", RecognitionName(module.recognition));
  line.TextList("after", module.after).End();
  static constexpr std::string_view kBegin = "{\"t\":\"\",";
  return "{" + json.substr(kBegin.size());
}

void AppendLine(std::string& out, const MarketStart& p, bool bare) {
  JsonLine line(out, "start");
  line.Text("id", p.id);
  if (!bare) line.Text("programme", p.programme);
  line.Number("capacity", p.capacity).Number("min", p.min);
  if (!bare) {
    line.Number("begins", p.begins).Number("entry_level", p.entry_level);
    line.TextList("occupations", p.occupations).TextList("awards", p.awards);
    line.Boolean("online", p.online).Number("x", p.x).Number("y", p.y);
    std::string modules = "[";
    for (const MarketModule& module : p.modules) {
      if (modules.size() > 1) modules.push_back(',');
      modules.append(ModuleJson(module));
    }
    line.Raw("modules", modules + "]");
  }
  line.End();
  out.push_back('\n');
}

void AppendTriple(std::string& out, const MarketTriple& triple) {
  JsonLine line(out, "triple");
  line.Text("s", triple.contract.switcher).Text("v", triple.contract.vacancy);
  line.TextOrNull("p", triple.contract.start).Number("score", triple.score);
  if (triple.rank_s) line.Number("rank_s", *triple.rank_s);
  if (triple.rank_v) line.Number("rank_v", *triple.rank_v);
  if (triple.rank_p) line.Number("rank_p", *triple.rank_p);
  line.End();
  out.push_back('\n');
}

template <class T, class Less>
std::vector<const T*> Sorted(const std::vector<T>& items, Less less) {
  std::vector<const T*> sorted;
  sorted.reserve(items.size());
  for (const T& item : items) sorted.push_back(&item);
  // Stable: items that are equal here make equal lines or an error, in either order.
  std::ranges::stable_sort(sorted, [&less](const T* a, const T* b) { return less(*a, *b); });
  return sorted;
}

constexpr auto kById = [](const auto& a, const auto& b) { return a.id < b.id; };
constexpr auto kByContract = [](const auto& a, const auto& b) { return a.contract < b.contract; };

}  // namespace

void AppendMetaLine(std::string& out, std::string_view seed, int64_t today) {
  JsonLine meta(out, "meta");
  meta.Text("format", "market/1").Text("seed", seed).Number("today", today).End();
  out.push_back('\n');
}

void AppendMarketLine(std::string& out, const MarketSwitcher& s) { AppendLine(out, s, false); }
void AppendMarketLine(std::string& out, const MarketVacancy& v) { AppendLine(out, v, false); }
void AppendMarketLine(std::string& out, const MarketStart& p) { AppendLine(out, p, false); }

void AppendContractLine(std::string& out, std::string_view type, const MarketContract& contract) {
  JsonLine line(out, type);
  line.Text("s", contract.switcher).Text("v", contract.vacancy);
  line.TextOrNull("p", contract.start).End();
  out.push_back('\n');
}

std::string FormatMarket(const MarketInput& input) {
  const bool bare = !input.triples.empty();
  std::string out;
  AppendMetaLine(out, input.seed, input.today);
  for (const auto* s : Sorted(input.switchers, kById)) AppendLine(out, *s, bare);
  for (const auto* v : Sorted(input.vacancies, kById)) AppendLine(out, *v, bare);
  for (const auto* p : Sorted(input.starts, kById)) AppendLine(out, *p, bare);
  for (const auto* c : Sorted(input.frozen, std::less<>())) AppendContractLine(out, "frozen", *c);
  for (const auto* c : Sorted(input.declined, std::less<>())) {
    AppendContractLine(out, "declined", *c);
  }
  for (const auto* t : Sorted(input.triples, kByContract)) AppendTriple(out, *t);
  return out;
}

}  // namespace matchgo::scheduler::engine
