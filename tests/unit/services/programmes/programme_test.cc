#include "services/programmes/domain/programme.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"

namespace matchgo::programmes::domain {
namespace {

Module MakeModule(const std::string& id, std::vector<std::string> prerequisites = {}) {
  Module module;
  module.id = ModuleId(id);
  module.title = "Module " + id;
  module.ec_hundredths = 500;
  module.study_hours = 140;
  for (std::string& needed : prerequisites) module.prerequisites.emplace_back(std::move(needed));
  return module;
}

Programme MakeProgramme() {
  Programme programme;
  programme.id = ProgrammeId("p");
  programme.opleider = OpleiderId("o");
  programme.title = "Verpleegkunde";
  programme.sector = "zorg";
  programme.modules = {MakeModule("m1"), MakeModule("m2", {"m1"}), MakeModule("m3", {"m1", "m2"})};
  return programme;
}

struct Case {
  const char* name;
  std::function<void(Programme&)> change;
  std::vector<Violation> violations;  // empty: accepted
};

class ProgrammeRules : public testing::TestWithParam<Case> {};

TEST_P(ProgrammeRules, AreAllReported) {
  Programme programme = MakeProgramme();
  GetParam().change(programme);
  const Status status = Validate(programme);
  EXPECT_EQ(status.ok(), GetParam().violations.empty()) << Describe(status);
  EXPECT_EQ(ViolationsOf(status), GetParam().violations) << Describe(status);
}

constexpr char kEachOnce[] = "each once";
constexpr char kOwnModule[] = "the id of a module of this programme";
constexpr char kNoCycle[] = "prerequisites without a cycle";
constexpr char kSize[] = "3 to 30 EC in total";

INSTANTIATE_TEST_SUITE_P(
    Table, ProgrammeRules,
    testing::Values(
        Case{"NothingWrong", [](Programme&) {}, {}},
        Case{"NoModules", [](Programme& p) { p.modules.clear(); }, {}},
        Case{"ModuleTwice",
             [](Programme& p) { p.modules.push_back(MakeModule("m2")); },
             {{"programme.modules[3]", "DUPLICATE", kEachOnce}}},
        Case{"OccupationTwice",
             [](Programme& p) {
               p.occupations = {OccupationId("b"), OccupationId("a"), OccupationId("b")};
             },
             {{"programme.occupations[2]", "DUPLICATE", kEachOnce}}},
        Case{"AwardTwice",
             [](Programme& p) {
               p.awards = {"x", "x"};
             },
             {{"programme.awards[1]", "DUPLICATE", kEachOnce}}},
        Case{"SkillOfAModuleTwice",
             [](Programme& p) {
               p.modules[0].skills = {SkillId("s"), SkillId("s")};
             },
             {{"programme.modules[0].skills[1]", "DUPLICATE", kEachOnce}}},
        Case{"SkillOfALeeruitkomstTwice",
             [](Programme& p) {
               p.modules[1].leeruitkomsten.resize(1);
               p.modules[1].leeruitkomsten[0].skills = {SkillId("s"), SkillId("s")};
             },
             {{"programme.modules[1].leeruitkomsten[0].skills[1]", "DUPLICATE", kEachOnce}}},
        Case{"PrerequisiteTwice",
             [](Programme& p) {
               p.modules[1] = MakeModule("m2", {"m1", "m1"});
             },
             {{"programme.modules[1].prerequisites[1]", "DUPLICATE", kEachOnce}}},
        Case{"PrerequisiteElsewhere",
             [](Programme& p) {
               p.modules[2] = MakeModule("m3", {"m1", "m9"});
             },
             {{"programme.modules[2].prerequisites[1]", "PREREQUISITE_UNKNOWN", kOwnModule}}},
        Case{"NeedsItself",
             [](Programme& p) { p.modules[0] = MakeModule("m1", {"m1"}); },
             {{"programme.modules[0].prerequisites", "PREREQUISITE_CYCLE", kNoCycle},
              {"programme.modules[1].prerequisites", "PREREQUISITE_CYCLE", kNoCycle},
              {"programme.modules[2].prerequisites", "PREREQUISITE_CYCLE", kNoCycle}}},
        Case{"CycleOfTwo",
             [](Programme& p) {
               p.modules[0] = MakeModule("m1");
               p.modules[1] = MakeModule("m2", {"m3"});
               p.modules[2] = MakeModule("m3", {"m2"});
             },
             {{"programme.modules[1].prerequisites", "PREREQUISITE_CYCLE", kNoCycle},
              {"programme.modules[2].prerequisites", "PREREQUISITE_CYCLE", kNoCycle}}},
        Case{"LabelEndsBeforeItBegins",
             [](Programme& p) {
               p.label = FastSwitchLabel{.valid_from = Day::FromCivil(2026, 9, 2),
                                         .valid_until = Day::FromCivil(2026, 9, 1)};
             },
             {{"programme.label.valid_until", "DATE_ORDER", "not before valid_from"}}},
        Case{"LabelOfOneDay",
             [](Programme& p) {
               p.label = FastSwitchLabel{.valid_from = Day::FromCivil(2026, 9, 1),
                                         .valid_until = Day::FromCivil(2026, 9, 1)};
             },
             {}},
        Case{"TwoThingsWrong",
             [](Programme& p) {
               p.awards = {"x", "x"};
               p.modules[2] = MakeModule("m3", {"m9"});
             },
             {{"programme.awards[1]", "DUPLICATE", kEachOnce},
              {"programme.modules[2].prerequisites[0]", "PREREQUISITE_UNKNOWN", kOwnModule}}}),
    [](const auto& param) { return param.param.name; });

struct SizeCase {
  const char* name;
  std::vector<int32_t> ec_hundredths;  // 0: not known
  bool accepted;
};

class MicrocredentialSize : public testing::TestWithParam<SizeCase> {};

TEST_P(MicrocredentialSize, IsThreeToThirtyEc) {
  Programme programme = MakeProgramme();
  programme.degree = Degree::kMicrocredential;
  programme.modules.clear();
  for (const int32_t ec : GetParam().ec_hundredths) {
    programme.modules.push_back(MakeModule("m" + std::to_string(programme.modules.size())));
    programme.modules.back().ec_hundredths = ec;
  }
  const Status status = Validate(programme);
  if (GetParam().accepted) {
    EXPECT_THAT(status, IsOk());
  } else {
    EXPECT_EQ(ViolationsOf(status),
              (std::vector<Violation>{{"programme.modules", "MICROCREDENTIAL_SIZE", kSize}}));
  }
}

INSTANTIATE_TEST_SUITE_P(Table, MicrocredentialSize,
                         testing::Values(SizeCase{"ThreeExactly", {300}, true},
                                         SizeCase{"ThirtyExactly", {1500, 1500}, true},
                                         SizeCase{"JustUnder", {299}, false},
                                         SizeCase{"JustOver", {1500, 1501}, false},
                                         SizeCase{"PartUnknownAndSmall", {100, 0}, true},
                                         SizeCase{"PartUnknownButTooMuchAlready", {3001, 0}, false},
                                         SizeCase{"AllUnknown", {0, 0}, true},
                                         SizeCase{"NoModules", {}, true}),
                         [](const auto& param) { return param.param.name; });

TEST(ProgrammeTest, AnyOtherDegreeHasAnySize) {
  Programme programme = MakeProgramme();
  programme.degree = Degree::kCertificate;
  programme.modules[0].ec_hundredths = 24000;
  EXPECT_THAT(Validate(programme), IsOk());
}

TEST(ProgrammeTest, LongChainsOfPrerequisitesAreFine) {
  Programme programme = MakeProgramme();
  programme.modules.clear();
  for (int i = 63; i >= 0; --i) {
    programme.modules.push_back(
        i == 0 ? MakeModule("m0")
               : MakeModule("m" + std::to_string(i), {"m" + std::to_string(i - 1)}));
  }
  EXPECT_THAT(Validate(programme), IsOk());
}

TEST(ProgrammeTest, RetiresOnce) {
  const StatusOr<Programme> retired = Retire(MakeProgramme());
  ASSERT_THAT(retired, IsOk());
  EXPECT_EQ(retired->state, ProgrammeState::kRetired);
  EXPECT_THAT(Retire(*retired), HasReason("PROGRAMME_RETIRED"));
}

TEST(ProgrammeTest, SameContentLooksPastTheRevision) {
  const Programme a = MakeProgramme();
  Programme b = a;
  b.revision = {.version = 7, .sequence = 9, .created = {}, .updated = Instant::FromMicros(5)};
  EXPECT_TRUE(SameContent(a, b));
  b.title = "Iets anders";
  EXPECT_FALSE(SameContent(a, b));
}

}  // namespace
}  // namespace matchgo::programmes::domain
