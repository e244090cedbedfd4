#include "services/programmes/domain/outcomes.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "services/programmes/domain/vocabulary.h"

namespace matchgo::programmes::domain {
namespace {

// The example of the domain: nothing is missing.
Leeruitkomst Complete() {
  return {.verb = "ontwerpt",
          .kind = "ontwerp",
          .subject = "het optische deel van een industrieel visionsysteem",
          .standard = "volgens de V-modelmethode",
          .context = "in een team bij een machinebouwer",
          .skills = {SkillId("k-design-optical-systems")}};
}

struct Case {
  const char* name;
  std::function<void(Leeruitkomst&)> change;
  std::vector<FindingKind> findings;
};

class Linter : public testing::TestWithParam<Case> {};

TEST_P(Linter, SaysWhatIsMissing) {
  Leeruitkomst leeruitkomst = Complete();
  GetParam().change(leeruitkomst);
  EXPECT_EQ(LintLeeruitkomst(leeruitkomst), GetParam().findings);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Linter,
    testing::Values(
        Case{"Complete", [](Leeruitkomst&) {}, {}},
        Case{"NoVerb", [](Leeruitkomst& l) { l.verb = ""; }, {FindingKind::kVerbMissing}},
        Case{"OnlyPunctuation", [](Leeruitkomst& l) { l.verb = " - ."; }, {}},
        Case{"Begrijpt",
             [](Leeruitkomst& l) { l.verb = "Begrijpt"; },
             {FindingKind::kVerbNotActive}},
        Case{"Kent", [](Leeruitkomst& l) { l.verb = "kent"; }, {FindingKind::kVerbNotActive}},
        Case{"HeeftKennisVan",
             [](Leeruitkomst& l) { l.verb = "heeft kennis van"; },
             {FindingKind::kVerbNotActive}},
        Case{"KanUitleggen", [](Leeruitkomst& l) { l.verb = "kan uitleggen"; }, {}},
        Case{"KanBegrijpen",
             [](Leeruitkomst& l) { l.verb = "kan begrijpen"; },
             {FindingKind::kVerbNotActive}},
        Case{"KanAlone", [](Leeruitkomst& l) { l.verb = "kan"; }, {FindingKind::kVerbNotActive}},
        Case{"English",
             [](Leeruitkomst& l) { l.verb = "Understands"; },
             {FindingKind::kVerbNotActive}},
        Case{"EnglishActive", [](Leeruitkomst& l) { l.verb = "designs"; }, {}},
        Case{"NoKind", [](Leeruitkomst& l) { l.kind = "  "; }, {FindingKind::kKindMissing}},
        Case{"NoSubject", [](Leeruitkomst& l) { l.subject = ""; }, {FindingKind::kSubjectMissing}},
        Case{"NoStandard",
             [](Leeruitkomst& l) { l.standard = ""; },
             {FindingKind::kStandardMissing}},
        Case{"NoContext", [](Leeruitkomst& l) { l.context = ""; }, {FindingKind::kContextMissing}},
        Case{"NoSkills", [](Leeruitkomst& l) { l.skills.clear(); }, {FindingKind::kSkillsMissing}},
        Case{"AfterACourse",
             [](Leeruitkomst& l) { l.context = "na de cursus Optica"; },
             {FindingKind::kRouteDependent}},
        Case{"FromABook",
             [](Leeruitkomst& l) { l.standard = "het boek van Hecht, hoofdstuk 4"; },
             {FindingKind::kRouteDependent}},
        Case{"HoursOfLessons",
             [](Leeruitkomst& l) { l.subject = "optica, 40 uur"; },
             {FindingKind::kRouteDependent}},
        Case{"ACourseAsTheResult",
             [](Leeruitkomst& l) { l.subject = "een cursus voor volwassenen"; },
             {}},
        Case{"OpeningHours", [](Leeruitkomst& l) { l.subject = "roosters per uur"; }, {}},
        Case{"Empty",
             [](Leeruitkomst& l) { l = {}; },
             {FindingKind::kVerbMissing, FindingKind::kKindMissing, FindingKind::kSubjectMissing,
              FindingKind::kStandardMissing, FindingKind::kContextMissing,
              FindingKind::kSkillsMissing}}),
    [](const auto& param) { return param.param.name; });

TEST(OutcomesTest, FindingsNameTheirPlaceInOrderOfTheModules) {
  std::vector<Module> modules(3);
  modules[0].leeruitkomsten = {Complete()};
  modules[2].leeruitkomsten = {Complete(), Complete()};
  modules[2].leeruitkomsten[1].verb = "weet";
  modules[2].leeruitkomsten[1].context = "";
  const LintReport report = LintModules(modules);
  EXPECT_EQ(report.checked, 3U);
  EXPECT_EQ(report.findings,
            (std::vector<Finding>{
                {.field = "modules[2].leeruitkomsten[1]", .kind = FindingKind::kVerbNotActive},
                {.field = "modules[2].leeruitkomsten[1]", .kind = FindingKind::kContextMissing}}));
}

TEST(OutcomesTest, EveryFindingHasAdviceInBothLanguages) {
  for (int kind = 1; kind <= 8; ++kind) {
    const Label advice = AdviceFor(static_cast<FindingKind>(kind));
    EXPECT_FALSE(advice.nl.empty()) << kind;
    EXPECT_FALSE(advice.en.empty()) << kind;
    EXPECT_NE(advice.nl, advice.en) << kind;
  }
}

TEST(FoldCaseTest, KnowsAccentsAndLeavesTheRestAlone) {
  EXPECT_EQ(FoldCase("ICT-Beheerder"), "ict-beheerder");
  EXPECT_EQ(FoldCase("COÖRDINATIE É ÿ ×"), "coördinatie é ÿ ×");
  EXPECT_EQ(FoldCase("日本"), "日本");
  EXPECT_EQ(FoldCase("\xC3"), "\xC3");
}

TEST(LikePatternTest, MarksWhatLikeWouldTakeForItself) {
  EXPECT_EQ(LikePattern("100%_Zorg\\"), "%100\\%\\_zorg\\\\%");
}

}  // namespace
}  // namespace matchgo::programmes::domain
