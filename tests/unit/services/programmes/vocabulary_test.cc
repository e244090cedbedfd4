#include "services/programmes/domain/vocabulary.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/services/programmes/programmes_process.h"

namespace matchgo::programmes {
namespace {

class VocabularyTest : public ProgrammesProcess {
 protected:
  static void AddSkill(const std::string& id, const std::string& nl, const std::string& en,
                       v1::ImportVocabularyRequest* request) {
    v1::Skill& skill = *request->add_skills();
    skill.set_name("skills/" + id);
    skill.mutable_label()->set_nl(nl);
    skill.mutable_label()->set_en(en);
    skill.set_source("builtin");
  }
  static v1::Occupation& AddOccupation(const std::string& id, const std::string& nl,
                                       v1::ImportVocabularyRequest* request) {
    v1::Occupation& occupation = *request->add_occupations();
    occupation.set_name("occupations/" + id);
    occupation.mutable_label()->set_nl(nl);
    occupation.set_sector("zorg");
    return occupation;
  }
  std::vector<std::string> Find(const std::string& text) {
    v1::ListSkillsRequest list;
    list.set_text(text);
    auto page = As(Role::kAnonymous).Unary(*stub_, &Service::ListSkills, list);
    EXPECT_THAT(page, IsOk());
    std::vector<std::string> names;
    if (page.ok()) {
      for (const v1::Skill& skill : page->skills()) names.push_back(skill.name());
    }
    return names;
  }
};

TEST_F(VocabularyTest, AnImportAddsChangesAndLeavesAlone) {
  v1::ImportVocabularyRequest request;
  AddSkill("a", "wondzorg", "wound care", &request);
  AddSkill("b", "coördinatie", "coordination", &request);
  AddOccupation("nurse", "verpleegkundige", &request).add_essential_skills("skills/a");
  auto first = Ops(&Service::ImportVocabulary, request);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->created(), 3);
  EXPECT_EQ(first->sequence(), 1);

  request.mutable_skills(1)->mutable_label()->set_en("co-ordination");
  request.mutable_occupations(0)->add_optional_skills("skills/b");
  auto second = Ops(&Service::ImportVocabulary, request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->created(), 0);
  EXPECT_EQ(second->updated(), 2);
  EXPECT_EQ(second->unchanged(), 1);
  EXPECT_EQ(second->sequence(), 2);

  auto third = Ops(&Service::ImportVocabulary, request);
  ASSERT_THAT(third, IsOk());
  EXPECT_EQ(third->unchanged(), 3);
  EXPECT_EQ(third->sequence(), 2);  // nothing happened

  v1::GetOccupationRequest get;
  get.set_name("occupations/nurse");
  auto nurse = As(Role::kAnonymous).Unary(*stub_, &Service::GetOccupation, get);
  ASSERT_THAT(nurse, IsOk());
  EXPECT_EQ(nurse->sequence(), 2);
  EXPECT_EQ(nurse->optional_skills(0), "skills/b");
}

TEST_F(VocabularyTest, AnImportWithAnErrorChangesNothing) {
  v1::ImportVocabularyRequest request;
  AddSkill("a", "wondzorg", "wound care", &request);
  AddOccupation("nurse", "verpleegkundige", &request).add_essential_skills("skills/a");
  AddOccupation("doctor", "arts", &request).add_optional_skills("skills/unknown");
  const auto refused = Ops(&Service::ImportVocabulary, request);
  EXPECT_THAT(refused, HasReason("SKILL_UNKNOWN"));
  EXPECT_EQ(ViolationsOf(refused.status())[0].field, "occupations[1].optional_skills[0]");
  EXPECT_TRUE(Find("").empty());
}

TEST_F(VocabularyTest, NothingMayComeTwice) {
  v1::ImportVocabularyRequest request;
  AddSkill("a", "wondzorg", "wound care", &request);
  AddSkill("a", "wondzorg", "wound care", &request);
  v1::Occupation& nurse = AddOccupation("nurse", "verpleegkundige", &request);
  nurse.add_essential_skills("skills/a");
  nurse.add_optional_skills("skills/a");
  const auto refused = Ops(&Service::ImportVocabulary, request);
  EXPECT_THAT(refused, HasReason("DUPLICATE"));
  const std::vector<Violation> found = ViolationsOf(refused.status());
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].field, "skills[1].name");
  EXPECT_EQ(found[1].field, "occupations[0].optional_skills[0]");
}

TEST_F(VocabularyTest, AThousandEntriesAtOnceAndNotOneMore) {
  v1::ImportVocabularyRequest request;
  for (int i = 0; i < 999; ++i) AddSkill("s" + std::to_string(i), "vaardigheid", "", &request);
  AddOccupation("nurse", "verpleegkundige", &request);
  auto full = Ops(&Service::ImportVocabulary, request);
  ASSERT_THAT(full, IsOk());
  EXPECT_EQ(full->created(), 1000);
  AddOccupation("doctor", "arts", &request);
  EXPECT_THAT(Ops(&Service::ImportVocabulary, request), HasReason("ITEMS"));
}

TEST_F(VocabularyTest, SearchesBothLanguagesWhateverTheCase) {
  v1::ImportVocabularyRequest request;
  AddSkill("a", "Wondzorg", "wound care", &request);
  AddSkill("b", "COÖRDINATIE van zorg", "coordination", &request);
  AddSkill("c", "100% inzet", "full_commitment", &request);
  ASSERT_THAT(Ops(&Service::ImportVocabulary, request), IsOk());
  using Names = std::vector<std::string>;
  EXPECT_EQ(Find("ZORG"), (Names{"skills/a", "skills/b"}));
  EXPECT_EQ(Find("Care"), (Names{"skills/a"}));
  EXPECT_EQ(Find("coördi"), (Names{"skills/b"}));
  EXPECT_EQ(Find("COORD"), (Names{"skills/b"}));
  EXPECT_EQ(Find("100%"), (Names{"skills/c"}));
  EXPECT_EQ(Find("0%z"), Names{});
  EXPECT_EQ(Find("l_c"), (Names{"skills/c"}));
  EXPECT_EQ(Find("ll_o"), Names{});
  EXPECT_EQ(Find("zorg\\"), Names{});
  EXPECT_EQ(Find("'; DROP TABLE skill; --"), Names{});
}

TEST_F(VocabularyTest, OccupationsFilterBySectorAndText) {
  v1::ImportVocabularyRequest request;
  AddOccupation("nurse", "verpleegkundige", &request);
  AddOccupation("welder", "lasser", &request).set_sector("techniek");
  ASSERT_THAT(Ops(&Service::ImportVocabulary, request), IsOk());
  v1::ListOccupationsRequest list;
  list.set_sector("techniek");
  auto page = Ops(&Service::ListOccupations, list);
  ASSERT_THAT(page, IsOk());
  ASSERT_EQ(page->occupations_size(), 1);
  EXPECT_EQ(page->occupations(0).name(), "occupations/welder");
  list.set_text("verpleeg");
  page = Ops(&Service::ListOccupations, list);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->occupations_size(), 0);
}

TEST_F(VocabularyTest, OnlyOperationsImport) {
  v1::ImportVocabularyRequest request;
  AddSkill("a", "wondzorg", "wound care", &request);
  EXPECT_THAT(As(Role::kOpleiderAdmin, "x").Unary(*stub_, &Service::ImportVocabulary, request),
              HasReason("ROLE"));
  v1::GetSkillRequest get;
  get.set_name("skills/a");
  EXPECT_THAT(Ops(&Service::GetSkill, get), HasReason("NOT_FOUND"));
}

}  // namespace
}  // namespace matchgo::programmes
