// One right line of each kind of a market file, from which tables of wrong ones are made.
//
// Constants. Used by tests/unit/services/scheduler/engine/market_errors_test.cc and
// tests/unit/services/matchgo/commands/offline_commands_test.cc
#pragma once

namespace matchgo::scheduler::engine::testing {

inline constexpr char kMeta[] = R"({"t":"meta","format":"market/1","seed":"x","today":0})";
inline constexpr char kSwitcher[] =
    R"({"t":"switcher","id":"s1","skills":["k1"],"qualifications":[],"level":6,"x":0,"y":0,)"
    R"("max_dist":10,"salary_now":0,"salary_floor":0,"hours_min":20,"hours_max":40,)"
    R"("study_hours":8,"available":0,"prefs":["a"],"aptitude":{"a":1},"priority":0})";
inline constexpr char kVacancy[] =
    R"({"t":"vacancy","id":"v1","openings":1,"required":["k1"],"nice":[],"qualification":null,)"
    R"("occupation":"o","sector":"a","x":0,"y":0,"salary_max":5,"hours":30,"latest_ready":99})";
inline constexpr char kStart[] =
    R"({"t":"start","id":"p1","programme":"g","capacity":5,"min":2,"begins":9,"entry_level":4,)"
    R"("occupations":["o"],"awards":[],"online":false,"x":0,"y":0,"modules":[)"
    R"({"id":"m1","skills":["k2"],"hours":9,"core":true,"recognition":"none","after":[]},)"
    R"({"id":"m2","skills":[],"hours":9,"core":false,"recognition":"none","after":["m1"]}]})";

}  // namespace matchgo::scheduler::engine::testing
