#include "services/matchgo/commands/urgency.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

#include "services/matchgo/commands/record_words.h"

namespace matchgo::commands {
namespace {

using nlohmann::json;

constexpr char kOverdue[] = "RISK_OVERDUE";

// Not of Trajectory: what has been signed does not wait for a match.
bool HasContract(const json& trajectory) {
  static constexpr std::array<std::string_view, 4> kBefore = {
      "STAGE_UNSPECIFIED", "STAGE_AANGEMELD", "STAGE_SELECTIE", "STAGE_INTRODUCTIE"};
  return std::ranges::find(kBefore, trajectory.value("stage", "STAGE_UNSPECIFIED")) ==
         kBefore.end();
}

std::optional<Day> DayIn(const json& record, const char* field) {
  const auto day = ParseDay(record.value(field, ""));
  return day.ok() ? std::optional(*day) : std::nullopt;
}

// How many days the plan stood still until `today`.
int32_t Paused(const json& trajectory, std::optional<Day> today) {
  int32_t days = 0;
  for (const json& pause : trajectory.value("pauses", json::array())) {
    const std::optional<Day> from = DayIn(pause, "from");
    const std::optional<Day> to = pause.contains("to") ? DayIn(pause, "to") : today;
    if (from.has_value() && to.has_value()) days += std::max(0, *to - *from);
  }
  return days;
}

struct Due {
  std::string stage;
  Day day;
};

// The next date of the chain: as planned, or as promised where there is no plan.
std::optional<Due> NextDue(const json& trajectory, std::optional<Day> today) {
  for (const json& milestone : trajectory.value("milestones", json::array())) {
    if (milestone.contains("actual_on")) continue;
    const std::optional<Day> planned = DayIn(milestone, "planned_on");
    const std::optional<Day> target = DayIn(milestone, "target_on");
    if (!planned.has_value() && !target.has_value()) continue;
    return Due{.stage = milestone.value("stage", ""),
               .day = planned.has_value() ? *planned + Paused(trajectory, today) : *target};
  }
  return std::nullopt;
}

// Smaller comes first.
auto Place(const json& trajectory) {
  const std::optional<Due> due =
      trajectory.value("overdue", false) ? NextDue(trajectory, std::nullopt) : std::nullopt;
  const auto risks = static_cast<int64_t>(trajectory.value("risks", json::array()).size());
  return std::tuple(!HasContract(trajectory), -risks, !due.has_value(),
                    due.has_value() ? FormatDay(due->day) : "", trajectory.value("name", ""));
}

}  // namespace

void SortByUrgency(std::vector<json>* trajectories) { std::ranges::sort(*trajectories, {}, Place); }

std::string Lateness(const Context& context, const json& trajectory, std::optional<Day> today) {
  if (!trajectory.value("overdue", false)) return "";
  const std::optional<Due> due = NextDue(trajectory, today);
  if (!due.has_value()) return "";
  constexpr size_t kPrefix = std::string_view("STAGE_").size();
  const std::string stage = ValueWords(context.language, due->stage,
                                       due->stage.substr(std::min(kPrefix, due->stage.size())));
  if (!today.has_value()) {
    return stage + context.Say(" had gemoeten op ", " due ") + FormatDay(due->day);
  }
  const int32_t days = std::max(0, *today - due->day);
  return stage + " " + terminal::FormatCount(context.language, days) +
         (days == 1 ? context.Say(" dag te laat", " day late")
                    : context.Say(" dagen te laat", " days late"));
}

void ShowLateness(const Context& context, std::optional<Day> today,
                  std::vector<json>* trajectories) {
  for (json& trajectory : *trajectories) {
    const std::string words = Lateness(context, trajectory, today);
    if (words.empty()) continue;
    json risks = json::array({words});
    for (const json& risk : trajectory.value("risks", json::array())) {
      if (risk != kOverdue) risks.push_back(risk);
    }
    trajectory["risks"] = risks;
  }
}

}  // namespace matchgo::commands
