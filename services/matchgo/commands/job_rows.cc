#include "services/matchgo/commands/job_rows.h"

#include <map>
#include <utility>

namespace matchgo::commands {

std::vector<JobRow> JobRows(const scheduler::v1::SuggestContractsResponse& answer) {
  std::vector<JobRow> rows;
  std::map<std::pair<std::string, std::string>, size_t> places;  // by vacancy and programme
  for (const scheduler::v1::Suggestion& one : answer.suggestions()) {
    const std::string programme = one.start().substr(0, one.start().find("/starts/"));
    const auto [place, fresh] = places.try_emplace({one.vacancy(), programme}, rows.size());
    if (fresh) rows.push_back({.soonest = one});
    JobRow& row = rows[place->second];
    if (!one.start().empty()) ++row.starts;
    if (one.plan().begins_on() < row.soonest.plan().begins_on()) row.soonest = one;
  }
  return rows;
}

std::string FormatKilometres(terminal::Language language, int32_t hectometres) {
  return std::to_string(hectometres / 10) + terminal::Pick(language, ",", ".") +
         std::to_string(hectometres % 10);
}

}  // namespace matchgo::commands
