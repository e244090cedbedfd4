// The metric families of all services are those of tests/golden/metrics.txt: names and help texts
// are a contract with dashboards and with whoever reads them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <sstream>
#include <string>

#include "common/log/log.h"
#include "services/profiles/module.h"
#include "services/programmes/module.h"
#include "services/scheduler/module.h"
#include "services/trajectories/module.h"
#include "services/vacancies/module.h"
#include "tests/contract/table_world.h"

namespace matchgo::contract {
namespace {

constexpr size_t kHelpLeast = 20;
constexpr size_t kIdLength = 26;

// Public ids are 26 characters of base 32, digits and lower case; nothing else is that long without
// a stroke.
size_t LongestIdIn(const std::string& text) {
  size_t longest = 0;
  size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    length = std::isdigit(byte) != 0 || std::islower(byte) != 0 ? length + 1 : 0;
    longest = std::max(longest, length);
  }
  return longest;
}

class MetricsGolden : public ::testing::Test {
 protected:
  // The table of the bad input also tells a small story: a round, answers, trajectories.
  static void SetUpTestSuite() {
    log::SetLevel(log::Level::kError);
    TableWorld world({profiles::MakeProfilesModule, vacancies::MakeVacanciesModule,
                      programmes::MakeProgrammesModule, scheduler::MakeSchedulerModule,
                      trajectories::MakeTrajectoriesModule});
    world.SetUp(ReadTable(MATCHGO_SOURCE_DIR "/tests/contract/bad_input.jsonl"));
    world.QuietHeads();
    world.served().process().TickAll();
    families_ = world.served().process().metrics().Families();
    text_ = world.served().process().metrics().Text();
  }

  static std::vector<metrics::FamilyInfo> families_;
  static std::string text_;
};
std::vector<metrics::FamilyInfo> MetricsGolden::families_;
std::string MetricsGolden::text_;

TEST_F(MetricsGolden, NamesTypesAndHelpAreThoseOfTheList) {
  std::ostringstream made;
  for (const auto& family : families_) {
    made << family.name << " " << family.type << " " << family.help << "\n";
  }
  std::ifstream file(MATCHGO_SOURCE_DIR "/tests/golden/metrics.txt");
  std::ostringstream wanted;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("matchgo_", 0) == 0) wanted << line << "\n";
  }
  EXPECT_EQ(made.str(), wanted.str())
      << "if the change is meant, put this into tests/golden/metrics.txt:\n"
      << made.str();
}

TEST_F(MetricsGolden, HelpIsASentenceThatExplains) {
  for (const auto& family : families_) {
    EXPECT_GE(family.help.size(), kHelpLeast) << family.name;
    EXPECT_TRUE(family.help.ends_with('.')) << family.name;
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(family.help[0])) != 0) << family.name;
    EXPECT_EQ(family.help.find(family.name), std::string::npos) << family.name;
    EXPECT_EQ(family.type == "counter", family.name.ends_with("_total")) << family.name;
  }
}

TEST_F(MetricsGolden, NoLabelHoldsAnIdOrAName) {
  EXPECT_LT(LongestIdIn(text_), kIdLength);
  // What the table calls people and organisations.
  for (const char* canary : {"Sanne", "sanne@", "Zorggroep", "switchers/", "employers/"}) {
    EXPECT_EQ(text_.find(canary), std::string::npos) << canary;
  }
}

}  // namespace
}  // namespace matchgo::contract
