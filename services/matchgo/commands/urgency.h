// Urgency: of trajectories at risk, which come first, and which date each has missed by how much.
//
// Whoever has a contract comes before whoever waits for one: she is the one to be lost. Then by the
// number of risks, then by what is longest overdue. Records are as the API prints them. Pure.
// Test: tests/unit/services/matchgo/commands/urgency_test.cc
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "common/kernel/day.h"
#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

void SortByUrgency(std::vector<nlohmann::json>* trajectories);

// "contract 41 days late", or "contract due 2027-01-12" without today; "" if nothing is overdue.
std::string Lateness(const Context& context, const nlohmann::json& trajectory,
                     std::optional<Day> today);

// The same in the place of the risk, which says only that something is overdue: for a table.
void ShowLateness(const Context& context, std::optional<Day> today,
                  std::vector<nlohmann::json>* trajectories);

}  // namespace matchgo::commands
