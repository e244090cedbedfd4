#include "services/scheduler/domain/newcomers.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "services/scheduler/domain/market_ids.h"
#include "services/scheduler/domain/market_text.h"
#include "services/scheduler/engine/market_writer.h"

namespace matchgo::scheduler::domain {
namespace {

std::set<std::string> NamesIn(const engine::IdColumn& column) {
  std::set<std::string> names;
  for (int32_t i = 0; i < column.size(); ++i) names.emplace(column[i]);
  return names;
}

// "k" for every "k!" that somebody asks.
std::set<std::string> DayOneSkillsIn(const engine::Market& market) {
  std::set<std::string> skills;
  for (int32_t i = 0; i < market.skill_names.size(); ++i) {
    const std::string_view name = market.skill_names[i];
    if (name.ends_with('!')) skills.emplace(name.substr(0, name.size() - 1));
  }
  return skills;
}

class Joiner {
 public:
  Joiner(std::string_view text, const engine::Market& market, Day today, Day earliest)
      : text_(text),
        market_(market),
        frozen_(Day::FromNumber(market.today)),
        today_(today),
        earliest_(earliest),
        known_(DayOneSkillsIn(market)),
        day_one_(known_),
        sectors_(NamesIn(market.sector_names)) {}

  Joining Run(const Arrivals& arrivals) {
    for (const VacancyRecord& vacancy : arrivals.vacancies) AddVacancy(vacancy);
    for (const SwitcherRecord& switcher : arrivals.switchers) AddSwitcher(switcher);
    ForEachLine(text_, [this](std::string_view line) { Change(line); });
    std::sort(joining_.seats.begin(), joining_.seats.end(),
              [](const SeatPlan& a, const SeatPlan& b) { return a.resource < b.resource; });
    return std::move(joining_);
  }

 private:
  void AddVacancy(const VacancyRecord& record) {
    engine::MarketVacancy line = LineOf(record, frozen_, earliest_);
    line.openings = OpeningsLeft(record, record.openings, 0);
    if (line.openings == 0 || line.id.size() > kMarketIdBytesMax) return;
    day_one_.insert(record.day_one_skills.begin(), record.day_one_skills.end());
    sectors_.insert(record.sector);
    if (line.occupation != record.occupation) special_.emplace(line.occupation, record);
    joining_.seats.push_back(
        {.resource = record.name, .is_start = false, .capacity = record.openings});
    engine::AppendMarketLine(joining_.lines, line);
  }

  void AddSwitcher(const SwitcherRecord& record) {
    engine::MarketSwitcher line = LineOf(record, frozen_, day_one_, sectors_);
    // Tests and notice count from the day she joins, everything else from that of the market.
    line.aptitude = AptitudeOn(record, today_, sectors_);
    line.available = AvailableIn(record, today_) + (today_ - frozen_);
    engine::AppendMarketLine(joining_.lines, line);
  }

  void Change(std::string_view line) {
    const LineLabel label = LabelOf(line);
    if (label.kind == "switcher") {
      Replace(line, R"("skills":[)", NewNeedsMet(*market_.switcher_ids.Find(label.id)));
    } else if (label.kind == "start") {
      Replace(line, R"("occupations":[)", NewlyLedTo(*market_.start_ids.Find(label.id)));
    }
  }
  void Replace(std::string_view line, std::string_view list, const std::vector<std::string>& more) {
    if (more.empty()) return;
    joining_.lines += WithNames(std::string(line), list, more);
    joining_.lines += '\n';
  }

  // Skills asked on day one for the first time, as far as she has them.
  std::vector<std::string> NewNeedsMet(int32_t switcher) const {
    std::vector<std::string> met;
    const std::span<const int32_t> skills = market_.switcher_skills[switcher];
    for (const std::string& skill : day_one_) {
      if (known_.contains(skill)) continue;
      const auto held = market_.skill_names.Find(skill);
      if (held.has_value() && std::binary_search(skills.begin(), skills.end(), *held)) {
        met.push_back(DayOneSkill(skill));
      }
    }
    return met;
  }

  // New occupations that stand in for one of the vocabulary and to which the start leads.
  std::vector<std::string> NewlyLedTo(int32_t start) const {
    std::vector<std::string> listed;
    for (const int32_t occupation : market_.start_occupations[start]) {
      listed.emplace_back(market_.occupation_names[occupation]);
    }
    const std::string opleider = OwnerOf(StartOfMarketId(market_.start_ids[start]).name);
    const Leads leads{.opleider = opleider,
                      .begins = frozen_ + market_.start(start).begins,
                      .earliest = earliest_};
    std::vector<std::string> more;
    for (const auto& [occupation, vacancy] : special_) {
      const bool known = std::find(listed.begin(), listed.end(), occupation) != listed.end();
      if (!known && LeadsTo(vacancy, listed, leads)) more.push_back(occupation);
    }
    return more;
  }

  const std::string_view text_;
  const engine::Market& market_;
  const Day frozen_;
  const Day today_;
  const Day earliest_;
  const std::set<std::string> known_;  // asked on day one before
  std::set<std::string> day_one_;      // and now
  std::set<std::string> sectors_;
  std::map<std::string, VacancyRecord> special_;  // one for each occupation that stands in
  Joining joining_;
};

}  // namespace

Joining Join(std::string_view text, const engine::Market& market, const Arrivals& arrivals,
             Day today, Day earliest) {
  return Joiner(text, market, today, earliest).Run(arrivals);
}

}  // namespace matchgo::scheduler::domain
