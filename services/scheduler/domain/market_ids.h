// Ids in a market, resource names and seat resources, and the way between them.
//
// A vacancy is "employer/vacancy" in a market, a start "opleider/programme/start", a month of a
// rolling start "opleider/programme/start@2026-12". Its seats are those of the start's name, with
// the month. Pure. Test: tests/unit/services/scheduler/projection_test.cc
#pragma once

#include <string>
#include <string_view>

#include "common/kernel/day.h"

namespace matchgo::scheduler::domain {

// A start, and the month of it when it is rolling ("" when not).
struct StartKey {
  std::string name;
  std::string month;

  friend bool operator==(const StartKey&, const StartKey&) = default;
};

// "employers/e/vacancies/v" <-> "e/v". REQUIRES: a name of that form.
std::string VacancyMarketId(std::string_view name);
std::string VacancyName(std::string_view market_id);

// "opleiders/o/programmes/p/starts/s" and a month <-> "o/p/s@month".
std::string StartMarketId(const StartKey& start);
StartKey StartOfMarketId(std::string_view market_id);

// The key of its seats: "opleiders/o/programmes/p/starts/s@month".
std::string SeatResource(const StartKey& start);
StartKey StartOfSeats(std::string_view resource);

// "2026-12".
std::string MonthOf(Day day);

// The organisation in a name: e of "employers/e/...", o of "opleiders/o/..."; "" when there is
// none.
std::string OwnerOf(std::string_view name);
// "opleiders/o/programmes/p" of the name of a start.
std::string ProgrammeOf(std::string_view start_name);

}  // namespace matchgo::scheduler::domain
