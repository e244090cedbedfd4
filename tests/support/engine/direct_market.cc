#include "tests/support/engine/direct_market.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <unordered_map>
#include <vector>

namespace matchgo::testing {
namespace {

using namespace scheduler::engine;

// Numbers names in the order of first sight, and later in their own order.
class Names {
 public:
  int32_t Add(const std::string& name) {
    const auto [at, added] = numbers_.emplace(name, static_cast<int32_t>(names_.size()));
    if (added) names_.push_back(&at->first);
    return at->second;
  }
  std::vector<int32_t> AddAll(const std::vector<std::string>& names) {
    std::vector<int32_t> numbers;
    for (const std::string& name : names) numbers.push_back(Add(name));
    return numbers;
  }
  // Fills the column; then Final tells where a name went.
  void Finish(IdColumn& column) {
    std::vector<int32_t> order(names_.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, [this](int32_t a, int32_t b) { return NameOf(a) < NameOf(b); });
    final_.resize(order.size());
    for (size_t i = 0; i < order.size(); ++i) {
      column.Append(NameOf(order[i]));
      final_[static_cast<size_t>(order[i])] = static_cast<int32_t>(i);
    }
  }
  int32_t Final(int32_t number) const {
    return number == kNone ? kNone : final_[static_cast<size_t>(number)];
  }
  std::vector<int32_t> FinalSet(std::span<const int32_t> numbers) const {
    std::vector<int32_t> set;
    for (const int32_t number : numbers) set.push_back(Final(number));
    std::ranges::sort(set);
    const auto repeats = std::ranges::unique(set);
    set.erase(repeats.begin(), repeats.end());
    return set;
  }

 private:
  const std::string& NameOf(int32_t i) const { return *names_[static_cast<size_t>(i)]; }
  std::unordered_map<std::string, int32_t> numbers_;
  std::vector<const std::string*> names_;
  std::vector<int32_t> final_;
};

// First everything with provisional numbers, then the same lists with final ones.
class Columns {
 public:
  explicit Columns(const SyntheticOptions& options) : options_(options), world_(options) {}

  Market Run() {
    market_.seed = world_.seed();
    for (int64_t i = 0; i < options_.switchers; ++i) Add(world_.Switcher(i));
    for (int64_t i = 0; i < options_.vacancies; ++i) Add(world_.Vacancy(i));
    for (int64_t i = 0; i < options_.starts; ++i) Add(world_.Start(i));
    skills_.Finish(market_.skill_names);
    qualifications_.Finish(market_.qualification_names);
    occupations_.Finish(market_.occupation_names);
    sectors_.Finish(market_.sector_names);
    for (int32_t s = 0; s < market_.switcher_count(); ++s) FinishSwitcher(s);
    for (int32_t v = 0; v < market_.vacancy_count(); ++v) FinishVacancy(v);
    for (int32_t p = 0; p < market_.start_count(); ++p) FinishStart(p);
    return std::move(market_);
  }

 private:
  void Add(const MarketSwitcher& in) {
    market_.switcher_ids.Append(in.id);
    market_.switchers.push_back(FactsOf(in));
    switcher_skills_.Append(skills_.AddAll(in.skills));
    switcher_qualifications_.Append(qualifications_.AddAll(in.qualifications));
    prefs_.Append(sectors_.AddAll(in.prefs));
    std::vector<Aptitude> aptitude;
    for (const auto& [sector, value] : in.aptitude) {
      aptitude.push_back({sectors_.Add(sector), Narrow(value)});
    }
    aptitude_.Append(aptitude);
  }

  void Add(const MarketVacancy& in) {
    market_.vacancy_ids.Append(in.id);
    market_.vacancies.push_back(
        {.openings = Narrow(in.openings),
         .qualification = in.qualification ? qualifications_.Add(*in.qualification) : kNone,
         .occupation = occupations_.Add(in.occupation),
         .sector = sectors_.Add(in.sector),
         .x = Narrow(in.x),
         .y = Narrow(in.y),
         .salary_max = Narrow(in.salary_max),
         .hours = Narrow(in.hours),
         .latest_ready = Narrow(in.latest_ready)});
    required_.Append(skills_.AddAll(in.required));
    nice_.Append(skills_.AddAll(in.nice));
  }

  void Add(MarketStart in) {
    market_.start_ids.Append(in.id);
    market_.starts.push_back({.capacity = Narrow(in.capacity),
                              .min = Narrow(in.min),
                              .begins = Narrow(in.begins),
                              .entry_level = Narrow(in.entry_level),
                              .x = Narrow(in.x),
                              .y = Narrow(in.y),
                              .online = in.online});
    start_occupations_.Append(occupations_.AddAll(in.occupations));
    awards_.Append(qualifications_.AddAll(in.awards));
    std::ranges::sort(in.modules, {}, &MarketModule::id);
    std::vector<Module> modules;
    for (const MarketModule& from : in.modules) {
      Module& module = modules.emplace_back();
      module.id = from.id;
      module.skills = skills_.AddAll(from.skills);
      module.hours = Narrow(from.hours);
      module.core = from.core;
      module.recognition = from.recognition;
      for (size_t bit = 0; bit < in.modules.size(); ++bit) {
        if (std::ranges::find(from.after, in.modules[bit].id) == from.after.end()) continue;
        module.after |= uint64_t{1} << bit;
      }
    }
    modules_.push_back(std::move(modules));
  }

  void FinishSwitcher(int32_t s) {
    market_.switcher_skills.Append(skills_.FinalSet(switcher_skills_[s]));
    market_.switcher_qualifications.Append(qualifications_.FinalSet(switcher_qualifications_[s]));
    std::vector<int32_t> prefs;
    for (const int32_t sector : prefs_[s]) prefs.push_back(sectors_.Final(sector));
    market_.switcher_prefs.Append(prefs);
    std::vector<Aptitude> aptitude(aptitude_[s].begin(), aptitude_[s].end());
    for (Aptitude& entry : aptitude) entry.sector = sectors_.Final(entry.sector);
    std::ranges::sort(aptitude, {}, &Aptitude::sector);
    market_.switcher_aptitude.Append(aptitude);
  }

  void FinishVacancy(int32_t v) {
    Vacancy& vacancy = market_.vacancies[static_cast<size_t>(v)];
    vacancy.qualification = qualifications_.Final(vacancy.qualification);
    vacancy.occupation = occupations_.Final(vacancy.occupation);
    vacancy.sector = sectors_.Final(vacancy.sector);
    market_.vacancy_required.Append(skills_.FinalSet(required_[v]));
    market_.vacancy_nice.Append(skills_.FinalSet(nice_[v]));
  }

  void FinishStart(int32_t p) {
    market_.start_occupations.Append(occupations_.FinalSet(start_occupations_[p]));
    market_.start_awards.Append(qualifications_.FinalSet(awards_[p]));
    std::vector<Module>& modules = modules_[static_cast<size_t>(p)];
    for (Module& module : modules) module.skills = skills_.FinalSet(module.skills);
    market_.start_modules.Append(modules);
  }

  const SyntheticOptions& options_;
  SyntheticMarket world_;
  Market market_;
  Names skills_, qualifications_, occupations_, sectors_;
  Lists<int32_t> switcher_skills_, switcher_qualifications_, prefs_;
  Lists<Aptitude> aptitude_;
  Lists<int32_t> required_, nice_, start_occupations_, awards_;
  std::vector<std::vector<Module>> modules_;
};

}  // namespace

Market DirectMarket(const SyntheticOptions& options) { return Columns(options).Run(); }

}  // namespace matchgo::testing
