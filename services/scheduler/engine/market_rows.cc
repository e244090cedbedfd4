#include "services/scheduler/engine/market_rows.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "services/scheduler/engine/text_lines.h"

namespace matchgo::scheduler::engine {
namespace {

using Text = std::string_view;

uint32_t Count(size_t value) { return static_cast<uint32_t>(value); }

std::vector<int32_t> NumbersOf(const std::vector<Text>& list, NameTable& names) {
  std::vector<int32_t> numbers;
  numbers.reserve(list.size());
  for (const Text name : list) numbers.push_back(names.Add(name));
  return numbers;
}

std::vector<Module> ToModules(const std::vector<ModuleOf<Text>>& in, NameTable& skills) {
  std::vector<size_t> order(in.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, {}, [&in](size_t i) { return in[i].id; });
  std::vector<Module> modules;
  modules.reserve(in.size());
  for (const size_t i : order) {
    Module& module = modules.emplace_back();
    module.id = std::string(in[i].id);
    module.skills = NumbersOf(in[i].skills, skills);
    module.hours = Narrow(in[i].hours);
    module.core = in[i].core;
    module.recognition = in[i].recognition;
    for (size_t bit = 0; bit < order.size(); ++bit) {
      if (std::ranges::find(in[i].after, in[order[bit]].id) != in[i].after.end()) {
        module.after |= uint64_t{1} << bit;
      }
    }
  }
  return modules;
}

}  // namespace

void MarketPiece::Read(size_t lane_index, LaneNames& names, MarketLine& line) {
  lane = lane_index;
  TextLines reader(text);
  for (Text raw; reader.Next(raw);) {
    const int64_t number = reader.number();
    const Text wanted = BytesProblem(raw, first ? number : number + 1);
    if (!wanted.empty()) {
      problem = LocatedProblem{number, {"", std::string(wanted)}};
      return;
    }
    if (IsBlank(raw)) continue;
    FieldProblem found;
    if (!ReadMarketLine(raw, texts, line, found)) {
      problem = LocatedProblem{number, std::move(found)};
      return;
    }
    Add(line, names, number);
  }
  lines = reader.number();
}

void MarketPiece::Add(const MarketLine& line, LaneNames& names, int64_t number) {
  last_line_read = number;
  if (!missing && !line.missing_unless_bare.empty()) {
    missing = LocatedProblem{number, {line.missing_unless_bare, "this field"}};
  }
  switch (line.type) {
    case LineType::kMeta:
      if (meta_lines.empty()) {
        seed = line.seed;
        today = Narrow(line.today);
      }
      meta_lines.push_back(number);
      break;
    case LineType::kSwitcher:
      AddSwitcher(line.switcher, names, number);
      break;
    case LineType::kVacancy:
      AddVacancy(line.vacancy, names, number);
      break;
    case LineType::kStart:
      AddStart(line.start, names, number);
      break;
    default:
      contracts.push_back({line.type, static_cast<uint32_t>(number), line.triple});
  }
}

uint32_t MarketPiece::Pool(const std::vector<Text>& list, NameTable& names) {
  for (const Text name : list) pool.push_back(names.Add(name));
  return Count(list.size());
}

void MarketPiece::AddSwitcher(const SwitcherOf<Text>& in, LaneNames& names, int64_t number) {
  ParsedSwitcher& row = switchers.emplace_back();
  row.id = in.id;
  row.line = static_cast<uint32_t>(number);
  row.values = FactsOf(in);
  row.begin = pool.size();
  row.skills = Pool(in.skills, names.skills);
  row.qualifications = Pool(in.qualifications, names.qualifications);
  row.prefs = Pool(in.prefs, names.sectors);
  row.aptitude = Count(in.aptitude.size());
  for (const auto& [sector, value] : in.aptitude) {
    pool.push_back(names.sectors.Add(sector));
    pool.push_back(Narrow(value));
  }
}

void MarketPiece::AddVacancy(const VacancyOf<Text>& in, LaneNames& names, int64_t number) {
  ParsedVacancy& row = vacancies.emplace_back();
  row.id = in.id;
  row.line = static_cast<uint32_t>(number);
  row.values = {
      .openings = Narrow(in.openings),
      .qualification = in.qualification ? names.qualifications.Add(*in.qualification) : kNone,
      .occupation = in.occupation.empty() ? kNone : names.occupations.Add(in.occupation),
      .sector = in.sector.empty() ? kNone : names.sectors.Add(in.sector),
      .x = Narrow(in.x),
      .y = Narrow(in.y),
      .salary_max = Narrow(in.salary_max),
      .hours = Narrow(in.hours),
      .latest_ready = Narrow(in.latest_ready)};
  row.begin = pool.size();
  row.required = Pool(in.required, names.skills);
  row.nice = Pool(in.nice, names.skills);
}

void MarketPiece::AddStart(const StartOf<Text>& in, LaneNames& names, int64_t number) {
  ParsedStart& row = starts.emplace_back();
  row.id = in.id;
  row.line = static_cast<uint32_t>(number);
  row.values = {.capacity = Narrow(in.capacity),
                .min = Narrow(in.min),
                .begins = Narrow(in.begins),
                .entry_level = Narrow(in.entry_level),
                .x = Narrow(in.x),
                .y = Narrow(in.y),
                .online = in.online};
  row.occupations = NumbersOf(in.occupations, names.occupations);
  row.awards = NumbersOf(in.awards, names.qualifications);
  row.modules = ToModules(in.modules, names.skills);
}

std::vector<MarketPiece> CutMarket(std::string_view text, size_t piece_bytes) {
  std::vector<MarketPiece> pieces;
  while (!text.empty()) {
    size_t size = text.size();
    if (piece_bytes < size) size = std::min(text.find('\n', piece_bytes), size - 1) + 1;
    MarketPiece& piece = pieces.emplace_back();
    piece.text = text.substr(0, size);
    piece.first = pieces.size() == 1;
    text.remove_prefix(size);
  }
  return pieces;
}

}  // namespace matchgo::scheduler::engine
