#include "services/scheduler/engine/market_builder.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "services/scheduler/engine/feasibility.h"

namespace matchgo::scheduler::engine {
namespace {

int32_t Narrow(int64_t value) { return static_cast<int32_t>(value); }

std::vector<int32_t> InternAll(Interner& interner, const std::vector<std::string>& names) {
  std::vector<int32_t> indices;
  indices.reserve(names.size());
  for (const std::string& name : names) indices.push_back(interner.Add(name));
  return indices;
}

// Provisional names to final ones, as a set.
void RenameSet(std::vector<int32_t>& names, const std::vector<int32_t>& final_of) {
  for (int32_t& name : names) name = final_of[static_cast<size_t>(name)];
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

void Rename(int32_t& name, const std::vector<int32_t>& final_of) {
  if (name != kNone) name = final_of[static_cast<size_t>(name)];
}

// Rows by id; a repeated id is a problem at the later line.
template <class Row>
std::optional<LocatedProblem> SortById(std::vector<Row>& rows) {
  std::ranges::sort(rows, [](const Row& a, const Row& b) {
    return a.id != b.id ? a.id < b.id : a.line < b.line;
  });
  std::optional<LocatedProblem> first;
  for (size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].id != rows[i - 1].id || (first && first->line < rows[i].line)) continue;
    first = LocatedProblem{rows[i].line, {"id", "an id that no other line of this type has"}};
  }
  return first;
}

std::vector<Module> ToModules(const std::vector<MarketModule>& in, Interner& skills) {
  std::vector<size_t> order(in.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, {}, [&in](size_t i) -> const std::string& { return in[i].id; });
  std::vector<Module> modules;
  for (const size_t i : order) {
    Module& module = modules.emplace_back();
    module.id = in[i].id;
    module.skills = InternAll(skills, in[i].skills);
    module.hours = Narrow(in[i].hours);
    module.core = in[i].core;
    module.recognition = in[i].recognition;
    for (size_t bit = 0; bit < order.size(); ++bit) {
      const std::string& id = in[order[bit]].id;
      if (std::ranges::find(in[i].after, id) != in[i].after.end()) {
        module.after |= uint64_t{1} << bit;
      }
    }
  }
  return modules;
}

}  // namespace

int32_t Interner::Add(std::string_view name) {
  const auto found = index_.find(name);
  if (found != index_.end()) return found->second;
  const auto index = static_cast<int32_t>(names_.size());
  names_.emplace_back(name);
  index_.emplace(names_.back(), index);
  return index;
}

std::vector<int32_t> Interner::Finish(IdColumn& column) const {
  std::vector<int32_t> order(names_.size());
  std::iota(order.begin(), order.end(), 0);
  const auto name_of = [this](int32_t i) -> const std::string& {
    return names_[static_cast<size_t>(i)];
  };
  std::ranges::sort(order, {}, name_of);
  std::vector<int32_t> final_of(names_.size());
  for (size_t i = 0; i < order.size(); ++i) {
    column.Append(name_of(order[i]));
    final_of[static_cast<size_t>(order[i])] = static_cast<int32_t>(i);
  }
  return final_of;
}

std::optional<FieldProblem> MarketBuilder::Add(const MarketLine& line, int64_t number) {
  last_line_ = number;
  if (!missing_ && !line.missing_unless_bare.empty()) {
    missing_ = LocatedProblem{number, {line.missing_unless_bare, "this field"}};
  }
  switch (line.type) {
    case LineType::kMeta:
      if (has_meta_) return FieldProblem{"t", "one meta line only"};
      has_meta_ = true;
      seed_ = line.seed;
      today_ = Narrow(line.today);
      break;
    case LineType::kSwitcher:
      AddSwitcher(line.switcher, number);
      break;
    case LineType::kVacancy:
      AddVacancy(line.vacancy, number);
      break;
    case LineType::kStart:
      AddStart(line.start, number);
      break;
    default:
      contracts_.push_back({line.type, number, line.triple});
  }
  return std::nullopt;
}

void MarketBuilder::AddSwitcher(const MarketSwitcher& in, int64_t number) {
  SwitcherRow& row = switchers_.emplace_back();
  row.id = in.id;
  row.line = number;
  row.values = {.level = Narrow(in.level),
                .x = Narrow(in.x),
                .y = Narrow(in.y),
                .max_dist = Narrow(in.max_dist),
                .salary_now = Narrow(in.salary_now),
                .salary_floor = Narrow(in.salary_floor),
                .hours_min = Narrow(in.hours_min),
                .hours_max = Narrow(in.hours_max),
                .study_hours = Narrow(in.study_hours),
                .available = Narrow(in.available),
                .priority = Narrow(in.priority)};
  row.skills = InternAll(skills_, in.skills);
  row.qualifications = InternAll(qualifications_, in.qualifications);
  row.prefs = InternAll(sectors_, in.prefs);
  for (const auto& [sector, value] : in.aptitude) {
    row.aptitude.push_back({sectors_.Add(sector), Narrow(value)});
  }
}

void MarketBuilder::AddVacancy(const MarketVacancy& in, int64_t number) {
  VacancyRow& row = vacancies_.emplace_back();
  row.id = in.id;
  row.line = number;
  row.values = {.openings = Narrow(in.openings),
                .qualification = in.qualification ? qualifications_.Add(*in.qualification) : kNone,
                .occupation = in.occupation.empty() ? kNone : occupations_.Add(in.occupation),
                .sector = in.sector.empty() ? kNone : sectors_.Add(in.sector),
                .x = Narrow(in.x),
                .y = Narrow(in.y),
                .salary_max = Narrow(in.salary_max),
                .hours = Narrow(in.hours),
                .latest_ready = Narrow(in.latest_ready)};
  row.required = InternAll(skills_, in.required);
  row.nice = InternAll(skills_, in.nice);
}

void MarketBuilder::AddStart(const MarketStart& in, int64_t number) {
  StartRow& row = starts_.emplace_back();
  row.id = in.id;
  row.line = number;
  row.values = {.capacity = Narrow(in.capacity),
                .min = Narrow(in.min),
                .begins = Narrow(in.begins),
                .entry_level = Narrow(in.entry_level),
                .x = Narrow(in.x),
                .y = Narrow(in.y),
                .online = in.online};
  row.occupations = InternAll(occupations_, in.occupations);
  row.awards = InternAll(qualifications_, in.awards);
  row.modules = ToModules(in.modules, skills_);
}

void MarketBuilder::PlaceNames(Market& market) {
  const std::vector<int32_t> skill = skills_.Finish(market.skill_names);
  const std::vector<int32_t> qualification = qualifications_.Finish(market.qualification_names);
  const std::vector<int32_t> occupation = occupations_.Finish(market.occupation_names);
  const std::vector<int32_t> sector = sectors_.Finish(market.sector_names);
  for (SwitcherRow& row : switchers_) {
    RenameSet(row.skills, skill);
    RenameSet(row.qualifications, qualification);
    for (int32_t& name : row.prefs) Rename(name, sector);
    for (Aptitude& aptitude : row.aptitude) Rename(aptitude.sector, sector);
    std::ranges::sort(row.aptitude, {}, &Aptitude::sector);
  }
  for (VacancyRow& row : vacancies_) {
    RenameSet(row.required, skill);
    RenameSet(row.nice, skill);
    Rename(row.values.qualification, qualification);
    Rename(row.values.occupation, occupation);
    Rename(row.values.sector, sector);
  }
  for (StartRow& row : starts_) {
    RenameSet(row.occupations, occupation);
    RenameSet(row.awards, qualification);
    for (Module& module : row.modules) RenameSet(module.skills, skill);
  }
}

void MarketBuilder::PlaceSwitchers(Market& market) {
  for (const SwitcherRow& row : switchers_) {
    market.switcher_ids.Append(row.id);
    market.switchers.push_back(row.values);
    market.switcher_skills.Append(row.skills);
    market.switcher_qualifications.Append(row.qualifications);
    market.switcher_prefs.Append(row.prefs);
    market.switcher_aptitude.Append(row.aptitude);
  }
}

void MarketBuilder::PlaceVacancies(Market& market) {
  for (const VacancyRow& row : vacancies_) {
    market.vacancy_ids.Append(row.id);
    market.vacancies.push_back(row.values);
    market.vacancy_required.Append(row.required);
    market.vacancy_nice.Append(row.nice);
  }
}

void MarketBuilder::PlaceStarts(Market& market) {
  for (const StartRow& row : starts_) {
    market.start_ids.Append(row.id);
    market.starts.push_back(row.values);
    market.start_occupations.Append(row.occupations);
    market.start_awards.Append(row.awards);
    market.start_modules.Append(row.modules);
  }
}

std::optional<LocatedProblem> MarketBuilder::PlaceContract(Market& market, const ContractRow& row) {
  const MarketContract& ids = row.triple.contract;
  const auto problem = [&row](std::string_view field, std::string_view wanted) {
    return LocatedProblem{row.line, {std::string(field), std::string(wanted)}};
  };
  if (!market.switcher_ids.Find(ids.switcher)) return problem("s", "the id of a switcher line");
  if (!market.vacancy_ids.Find(ids.vacancy)) return problem("v", "the id of a vacancy line");
  const std::optional<Contract> contract = market.Find(ids);
  if (!contract) return problem("p", "the id of a start line, or null");
  switch (row.type) {
    case LineType::kFrozen:
      market.commitments.frozen.push_back(*contract);
      break;
    case LineType::kDeclined:
      market.commitments.declined.push_back(*contract);
      break;
    default:
      market.triples.push_back({.contract = *contract,
                                .score = Narrow(row.triple.score),
                                .rank_s = Narrow(row.triple.rank_s.value_or(0)),
                                .rank_v = Narrow(row.triple.rank_v.value_or(0)),
                                .rank_p = Narrow(row.triple.rank_p.value_or(0))});
  }
  return std::nullopt;
}

std::optional<LocatedProblem> MarketBuilder::PlaceContracts(Market& market) {
  std::map<Contract, int64_t> triple_lines;
  for (const ContractRow& row : contracts_) {
    if (auto problem = PlaceContract(market, row)) return problem;
    if (row.type != LineType::kTriple) continue;
    if (!triple_lines.emplace(market.triples.back().contract, row.line).second) {
      return LocatedProblem{row.line, {"s", "no triple twice"}};
    }
  }
  std::ranges::sort(market.triples, {}, &GivenTriple::contract);
  std::ranges::sort(market.commitments.declined);
  market.commitments.declined.erase(
      std::unique(market.commitments.declined.begin(), market.commitments.declined.end()),
      market.commitments.declined.end());
  return std::nullopt;
}

std::optional<LocatedProblem> MarketBuilder::CheckFrozen(const Market& market) const {
  std::vector<int32_t> held(market.switchers.size(), 0);
  std::vector<int32_t> openings(market.vacancies.size(), 0);
  std::vector<int32_t> places(market.starts.size(), 0);
  for (const ContractRow& row : contracts_) {
    if (row.type != LineType::kFrozen) continue;
    const Contract contract = *market.Find(row.triple.contract);
    const auto problem = [&row](std::string_view field, std::string_view wanted) {
      return LocatedProblem{row.line, {std::string(field), std::string(wanted)}};
    };
    if (++held[static_cast<size_t>(contract.switcher)] > 1) {
      return problem("s", "one frozen contract a switcher");
    }
    if (std::ranges::binary_search(market.commitments.declined, contract)) {
      return problem("s", "a contract that is not declined");
    }
    if (!Check(market, contract).feasible) return problem("s", "a feasible contract");
    if (++openings[static_cast<size_t>(contract.vacancy)] >
        market.vacancy(contract.vacancy).openings) {
      return problem("v", "no more frozen contracts than openings");
    }
    if (!contract.direct() &&
        ++places[static_cast<size_t>(contract.start)] > market.start(contract.start).capacity) {
      return problem("p", "no more frozen contracts than capacity");
    }
  }
  return std::nullopt;
}

std::optional<LocatedProblem> MarketBuilder::Finish(Market& market) {
  if (!has_meta_) return LocatedProblem{std::max<int64_t>(last_line_, 1), {"t", "a meta line"}};
  market.bare = std::ranges::any_of(
      contracts_, [](const ContractRow& row) { return row.type == LineType::kTriple; });
  if (!market.bare && missing_) return missing_;
  if (auto problem = SortById(switchers_)) return problem;
  if (auto problem = SortById(vacancies_)) return problem;
  if (auto problem = SortById(starts_)) return problem;
  market.seed = seed_;
  market.today = today_;
  PlaceNames(market);
  PlaceSwitchers(market);
  PlaceVacancies(market);
  PlaceStarts(market);
  if (auto problem = PlaceContracts(market)) return problem;
  if (auto problem = CheckFrozen(market)) return problem;
  std::ranges::sort(market.commitments.frozen);
  return std::nullopt;
}

}  // namespace matchgo::scheduler::engine
