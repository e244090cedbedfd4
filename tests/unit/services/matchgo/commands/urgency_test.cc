#include "services/matchgo/commands/urgency.h"

#include <gtest/gtest.h>

namespace matchgo::commands {
namespace {

using nlohmann::json;

json AtRisk(const char* name, const char* stage, json milestones) {
  return {{"name", name},
          {"stage", stage},
          {"overdue", true},
          {"risks", json::array({"RISK_OVERDUE"})},
          {"milestones", std::move(milestones)}};
}

// Whoever waits for a match: the match phase is promised as a whole.
json Waiting(const char* name, const char* contract_by) {
  return AtRisk(name, "STAGE_SELECTIE",
                {{{"stage", "STAGE_SELECTIE"}, {"actual_on", "2026-09-07"}},
                 {{"stage", "STAGE_INTRODUCTIE"}},
                 {{"stage", "STAGE_CONTRACT"}, {"target_on", contract_by}}});
}

json Learning(const char* name, const char* planned_on) {
  return AtRisk(
      name, "STAGE_GESTART",
      {{{"stage", "STAGE_GESTART"}, {"actual_on", "2026-12-07"}},
       {{"stage", "STAGE_STARTBEKWAAM"}, {"planned_on", planned_on}, {"target_on", "2028-01-01"}}});
}

TEST(UrgencyTest, WhoHasAContractComesFirstAndThenWhatIsLongestOverdue) {
  json shaky = Learning("trajectories/c", "2027-06-01");
  shaky["risks"].push_back("RISK_NO_PROGRESS");
  std::vector<json> rows = {
      Waiting("trajectories/a", "2026-10-05"), Learning("trajectories/b", "2027-05-01"), shaky,
      Learning("trajectories/d", "2027-03-01"), Waiting("trajectories/e", "2026-09-01")};
  SortByUrgency(&rows);
  std::string order;
  for (const json& row : rows) order += row["name"].get<std::string>().back();
  EXPECT_EQ(order, "cdbea");
}

TEST(UrgencyTest, SaysWhichDateWasMissedByHowMuch) {
  Context context;
  const auto today = ParseDay("2026-10-26");
  const json waiting = Waiting("trajectories/a", "2026-10-05");
  EXPECT_EQ(Lateness(context, waiting, *today), "contract 21 days late");
  EXPECT_EQ(Lateness(context, waiting, std::nullopt), "contract due 2026-10-05");
  EXPECT_EQ(Lateness(context, json{{"stage", "STAGE_GESTART"}}, *today), "");
  context.language = terminal::Language::kDutch;
  EXPECT_EQ(Lateness(context, waiting, *today), "contract 21 dagen te laat");
}

TEST(UrgencyTest, APauseMovesThePlan) {
  const Context context;
  json learning = Learning("trajectories/b", "2027-05-01");
  learning["pauses"] = json::array({{{"from", "2027-01-01"}, {"to", "2027-01-11"}}});
  EXPECT_EQ(Lateness(context, learning, *ParseDay("2027-05-12")), "startbekwaam 1 day late");
}

TEST(UrgencyTest, StandsBeforeTheOtherRisks) {
  json learning = Learning("trajectories/b", "2027-05-01");
  learning["risks"] = json::array({"RISK_NO_PROGRESS", "RISK_OVERDUE"});
  std::vector<json> rows = {learning};
  ShowLateness(Context(), *ParseDay("2027-05-11"), &rows);
  EXPECT_EQ(rows[0]["risks"], json::array({"startbekwaam 10 days late", "RISK_NO_PROGRESS"}));
}

}  // namespace
}  // namespace matchgo::commands
