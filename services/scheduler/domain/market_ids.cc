#include "services/scheduler/domain/market_ids.h"

#include <vector>

namespace matchgo::scheduler::domain {
namespace {

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// The parts of a name at odd places: the ids between the collection words.
std::string IdsOf(std::string_view name) {
  std::string ids;
  const std::vector<std::string_view> parts = Split(name, '/');
  for (size_t i = 1; i < parts.size(); i += 2) {
    if (!ids.empty()) ids += '/';
    ids += parts[i];
  }
  return ids;
}

StartKey SplitMonth(std::string_view text) {
  const size_t at = text.rfind('@');
  if (at == std::string_view::npos) return {.name = std::string(text), .month = ""};
  return {.name = std::string(text.substr(0, at)), .month = std::string(text.substr(at + 1))};
}

std::string WithMonth(std::string text, const std::string& month) {
  if (!month.empty()) text += "@" + month;
  return text;
}

}  // namespace

std::string VacancyMarketId(std::string_view name) { return IdsOf(name); }

std::string VacancyName(std::string_view market_id) {
  const size_t slash = market_id.find('/');
  if (slash == std::string_view::npos) return {};
  return "employers/" + std::string(market_id.substr(0, slash)) + "/vacancies/" +
         std::string(market_id.substr(slash + 1));
}

std::string StartMarketId(const StartKey& start) {
  return WithMonth(IdsOf(start.name), start.month);
}

StartKey StartOfMarketId(std::string_view market_id) {
  StartKey key = SplitMonth(market_id);
  const std::string ids = key.name;
  const std::vector<std::string_view> parts = Split(ids, '/');
  if (parts.size() != 3) return {};
  key.name = "opleiders/" + std::string(parts[0]) + "/programmes/" + std::string(parts[1]) +
             "/starts/" + std::string(parts[2]);
  return key;
}

std::string SeatResource(const StartKey& start) { return WithMonth(start.name, start.month); }

StartKey StartOfSeats(std::string_view resource) { return SplitMonth(resource); }

std::string MonthOf(Day day) { return FormatDay(day).substr(0, 7); }

std::string OwnerOf(std::string_view name) {
  const std::vector<std::string_view> parts = Split(name, '/');
  return parts.size() < 2 ? std::string() : std::string(parts[1]);
}

std::string ProgrammeOf(std::string_view start_name) {
  return std::string(start_name.substr(0, start_name.rfind("/starts/")));
}

}  // namespace matchgo::scheduler::domain
