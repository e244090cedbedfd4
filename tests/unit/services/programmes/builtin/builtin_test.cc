#include "services/programmes/builtin/builtin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "services/programmes/domain/outcomes.h"
#include "tests/unit/services/programmes/builtin/outside_data.h"

namespace matchgo::programmes::builtin {
namespace {

class CatalogueTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(SharedCatalogue().ok()) << SharedCatalogue().status().ToString();
    catalogue_ = *SharedCatalogue();
    for (const Sector& sector : catalogue_.sectors) sectors_.insert(sector.code);
    for (const Qualification& q : catalogue_.qualifications) qualifications_.insert(q.id);
  }
  Catalogue catalogue_;
  std::set<std::string> sectors_;
  std::set<std::string> qualifications_;
};

TEST_F(CatalogueTest, VocabularyIsLargeAndBilingual) {
  EXPECT_GE(catalogue_.skills.size(), 400u);
  EXPECT_GE(catalogue_.occupations.size(), 120u);
  std::map<std::string, std::string> dutch;
  for (const Skill& skill : catalogue_.skills) {
    EXPECT_TRUE(skill.id.starts_with("k-"));
    const auto [other, fresh] = dutch.emplace(skill.nl, skill.id);
    EXPECT_TRUE(fresh) << skill.id << " and " << other->second;
  }
}

TEST_F(CatalogueTest, OccupationsAreClosedUnderTheVocabulary) {
  for (const Occupation& occupation : catalogue_.occupations) {
    EXPECT_TRUE(sectors_.contains(occupation.sector)) << occupation.id;
    EXPECT_TRUE(occupation.level >= 1 && occupation.level <= 8) << occupation.id;
    EXPECT_GE(occupation.essential.size(), 3u) << occupation.id;
    EXPECT_LE(occupation.salary_low_cents, occupation.salary_high_cents) << occupation.id;
    for (const auto* list : {&occupation.essential, &occupation.optional}) {
      for (const std::string& skill : *list) {
        EXPECT_NE(FindSkill(catalogue_, skill), nullptr) << occupation.id << " " << skill;
      }
    }
  }
}

TEST_F(CatalogueTest, EveryProjectIsAProgramme) {
  EXPECT_EQ(catalogue_.projects.size(), 36u);
  std::set<std::string> covered;
  for (const Programme& programme : catalogue_.programmes) {
    if (!programme.project) continue;
    EXPECT_FALSE(programme.synthetic) << programme.id;
    EXPECT_NE(FindProject(catalogue_, *programme.project), nullptr) << programme.id;
    covered.insert(*programme.project);
  }
  EXPECT_EQ(covered.size(), 36u);
}

TEST_F(CatalogueTest, FactsOfAProjectAreAsPrinted) {
  const FlexProject* project = FindProject(catalogue_, "FLEX20019");
  ASSERT_NE(project, nullptr);
  EXPECT_EQ(project->qualifications[0].crebo, "23268");
  EXPECT_EQ(project->qualifications[0].level, std::nullopt);
  EXPECT_EQ(project->qualifications[0].level_inferred, 3);
  EXPECT_EQ(project->formal_exemptions, true);
  EXPECT_EQ(project->own_pace, std::nullopt);
  const auto programme = std::ranges::find(catalogue_.programmes, "p-flex20005-1", &Programme::id);
  ASSERT_NE(programme, catalogue_.programmes.end());
  EXPECT_EQ(programme->title, "Logistiek medewerker");
  EXPECT_EQ(programme->level, std::nullopt);
  EXPECT_EQ(programme->level_inferred, 2);
  EXPECT_EQ(programme->crebo, std::nullopt);
  EXPECT_EQ(programme->entry_level, std::nullopt);
  EXPECT_THAT(programme->unknown_facts,
              testing::IsSupersetOf({"nlqf_level", "crebo", "learning_mix", "entry_level"}));
}

TEST_F(CatalogueTest, WhatIsMadeUpSaysSo) {
  for (const Programme& programme : catalogue_.programmes) {
    const Opleider* opleider = FindOpleider(catalogue_, programme.opleider);
    ASSERT_NE(opleider, nullptr) << programme.id;
    EXPECT_EQ(opleider->synthetic, programme.synthetic) << programme.id;
    EXPECT_FALSE(programme.synthetic_fields.empty()) << programme.id;
    for (const Module& module : programme.modules) EXPECT_TRUE(module.synthetic) << programme.id;
    for (const StartTemplate& start : programme.starts) EXPECT_TRUE(start.synthetic);
  }
}

TEST_F(CatalogueTest, ModulesFormAPlanThatTeachesTheJob) {
  for (const Programme& programme : catalogue_.programmes) {
    EXPECT_GE(programme.modules.size(), 4u) << programme.id;
    EXPECT_LE(programme.modules.size(), 12u) << programme.id;
    std::set<std::string> earlier;
    std::set<std::string> taught;
    bool has_core = false;
    for (const Module& module : programme.modules) {
      EXPECT_GT(module.hours, 0);
      if (module.ec) {
        EXPECT_EQ(*module.ec * 28, module.hours) << programme.id << module.id;
      }
      for (const std::string& id : module.after) {
        EXPECT_TRUE(earlier.contains(id)) << programme.id << module.id;
      }
      earlier.insert(module.id);
      has_core = has_core || module.core;
      for (const std::string& skill : module.skills) {
        EXPECT_NE(FindSkill(catalogue_, skill), nullptr) << skill;
        taught.insert(skill);
      }
    }
    EXPECT_TRUE(has_core) << programme.id;
    for (const std::string& id : programme.occupations) {
      const Occupation* occupation = FindOccupation(catalogue_, id);
      ASSERT_NE(occupation, nullptr) << programme.id << id;
      for (const std::string& skill : occupation->essential) {
        EXPECT_TRUE(taught.contains(skill)) << programme.id << " " << skill;
      }
    }
  }
}

TEST_F(CatalogueTest, LeeruitkomstenAreComplete) {
  for (const Programme& programme : catalogue_.programmes) {
    for (const Module& module : programme.modules) {
      EXPECT_EQ(module.outcomes.size(), module.skills.size()) << programme.id << module.id;
      for (const Outcome& outcome : module.outcomes) {
        const auto findings =
            domain::LintLeeruitkomst({.verb = outcome.verb,
                                      .kind = outcome.kind,
                                      .subject = outcome.subject,
                                      .standard = outcome.standard,
                                      .context = outcome.context,
                                      .skills = {SkillId(outcome.skills.front())}});
        EXPECT_TRUE(findings.empty()) << outcome.verb << " " << outcome.subject;
        EXPECT_EQ(outcome.verb.find(' '), std::string::npos) << outcome.verb;
        EXPECT_TRUE(outcome.verb.ends_with("n")) << outcome.verb;
        for (const std::string& skill : outcome.skills) {
          EXPECT_EQ(std::ranges::count(module.skills, skill), 1) << programme.id << skill;
        }
      }
    }
  }
}

TEST_F(CatalogueTest, StartsCanBeHeld) {
  for (const Programme& programme : catalogue_.programmes) {
    EXPECT_FALSE(programme.starts.empty()) << programme.id;
    for (const StartTemplate& start : programme.starts) {
      EXPECT_LE(start.minimum, start.capacity) << programme.id;
      EXPECT_GE(start.minimum, 1) << programme.id;
      EXPECT_NE(geography::FindPlace(start.place), nullptr) << start.place;
      EXPECT_NE(start.rhythm == Rhythm::kRolling, !start.months.empty()) << programme.id;
      const Delivery& d = start.delivery;
      EXPECT_EQ(start.online, d.classroom == 0 && d.workplace == 0) << programme.id;
    }
  }
}

TEST_F(CatalogueTest, SharesOfTeachingAreKnownOnlyWhereTheyWereMadeUp) {
  for (const Programme& programme : catalogue_.programmes) {
    const bool unknown = std::ranges::count(programme.unknown_facts, "delivery_mix") == 1;
    EXPECT_EQ(unknown, !programme.synthetic) << programme.id;
    for (const StartTemplate& start : programme.starts) {
      const Delivery& d = start.delivery;
      int32_t sum = 0;
      int32_t used = 0;
      for (const auto& share : {d.online, d.classroom, d.workplace, d.self_study}) {
        sum += share.value_or(0);
        used += share == 0 ? 0 : 1;
      }
      EXPECT_EQ(sum, unknown ? 0 : 100) << programme.id;
      EXPECT_GT(used, 0) << programme.id;
    }
  }
}

TEST_F(CatalogueTest, StartsOfEveryRhythmAreThere) {
  std::map<Rhythm, int> count;
  for (const Programme& programme : catalogue_.programmes) {
    for (const StartTemplate& start : programme.starts) ++count[start.rhythm];
  }
  EXPECT_GE(count[Rhythm::kFixed], 10);
  EXPECT_GE(count[Rhythm::kRolling], 10);
  EXPECT_GE(count[Rhythm::kAtMinimum], 10);
}

TEST_F(CatalogueTest, HboProgrammesCarryTheLabelAndSizeRules) {
  int32_t labelled = 0;
  for (const Programme& programme : catalogue_.programmes) {
    EXPECT_TRUE(sectors_.contains(programme.sector)) << programme.id;
    for (const std::string& award : programme.awards) {
      EXPECT_TRUE(qualifications_.contains(award)) << award;
    }
    if (programme.award == Award::kMicrocredential) {
      EXPECT_TRUE(programme.ec && *programme.ec >= 3 && *programme.ec <= 30) << programme.id;
    }
    if (!programme.label) continue;
    ++labelled;
    EXPECT_TRUE(programme.synthetic) << programme.id;
    EXPECT_LT(programme.label->valid_from, programme.label->valid_until);
  }
  EXPECT_GE(labelled, 40);
}

DataFiles Small() {
  DataFiles files = EmbeddedDataFiles();
  files.skills = R"({"id":"k-a","nl":"a","en":"a","esco":null,"kind":"skill","reuse":null})";
  return files;
}

TEST(ParseCatalogueTest, AcceptsAbsentEscoUris) {
  const auto catalogue = ParseCatalogue(Small());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status().ToString();
  EXPECT_EQ(catalogue->skills[0].esco_uri, std::nullopt);
}

TEST(ParseCatalogueTest, CollectsEveryWrongField) {
  DataFiles files = Small();
  files.skills = "{\"id\":1,\"nl\":\"\",\"en\":\"a\",\"esco\":null,\"kind\":\"skill\"}\nnot json\n";
  std::vector<std::string> fields;
  for (const Violation& v : ViolationsOf(ParseCatalogue(files).status())) fields.push_back(v.field);
  EXPECT_THAT(fields, testing::IsSupersetOf({"skills.jsonl:1.id", "skills.jsonl:1.nl",
                                             "skills.jsonl:1.reuse", "skills.jsonl:2"}));
}

TEST(ParseCatalogueTest, RefusesIdsOutOfOrder) {
  DataFiles files = Small();
  const std::string twice = std::string(files.skills) + "\n" + std::string(files.skills);
  files.skills = twice;
  const auto violations = ViolationsOf(ParseCatalogue(files).status());
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].reason, "ORDER");
}

TEST(ParseCatalogueTest, RefusesAnUnknownWord) {
  DataFiles files = Small();
  std::string programmes(files.programmes);
  programmes.replace(programmes.find("\"rolling\""), 9, "\"waltzing\"");
  files.programmes = programmes;
  const auto violations = ViolationsOf(ParseCatalogue(files).status());
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "programmes.jsonl:1.starts[0].kind");
}

TEST(StartDaysTest, AreFirstMondaysOfItsMonths) {
  const StartTemplate start{.months = {2, 9}};
  const auto days = StartDays(start, Day::FromCivil(2026, 11, 21), 21, 365);
  ASSERT_EQ(days.size(), 2u);
  EXPECT_EQ(FormatDay(days[0]), "2027-02-01");
  EXPECT_EQ(FormatDay(days[1]), "2027-09-06");
}

TEST(StartDaysTest, ARollingStartBeginsEveryMonthAfterTheLeadTime) {
  const StartTemplate start{.rhythm = Rhythm::kRolling};
  const auto days = StartDays(start, Day::FromCivil(2026, 11, 21), 21, 80);
  ASSERT_EQ(days.size(), 2u);  // 7 December is too soon
  EXPECT_EQ(FormatDay(days[0]), "2027-01-04");
  EXPECT_EQ(FormatDay(days[1]), "2027-02-01");
}

}  // namespace
}  // namespace matchgo::programmes::builtin
