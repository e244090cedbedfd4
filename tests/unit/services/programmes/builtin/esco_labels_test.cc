// Compares the built-in vocabulary with the ESCO files it was derived from.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "services/programmes/builtin/builtin.h"
#include "services/programmes/builtin/esco_import.h"
#include "tests/unit/services/programmes/builtin/outside_data.h"

namespace matchgo::programmes::builtin {
namespace {

class EscoLabelsTest : public testing::Test {
 protected:
  void SetUp() override {
    const StatusOr<EscoData>* esco = OutsideEsco();
    if (esco == nullptr) GTEST_SKIP() << "no ESCO download: set MATCHGO_SHARED to compare with it";
    ASSERT_TRUE(esco->ok()) << esco->status().ToString();
    esco_ = **esco;
    ASSERT_TRUE(SharedCatalogue().ok()) << SharedCatalogue().status().ToString();
    catalogue_ = *SharedCatalogue();
  }
  EscoData esco_;
  Catalogue catalogue_;
};

TEST_F(EscoLabelsTest, UrisLabelsAndRelationsAreEscos) {
  std::map<std::string, const EscoSkill*> skills;
  for (const EscoSkill& skill : esco_.skills) skills[skill.uri] = &skill;
  std::map<std::string, std::string> uri_of;
  for (const Skill& skill : catalogue_.skills) {
    ASSERT_TRUE(skill.esco_uri.has_value()) << skill.id;
    uri_of[skill.id] = *skill.esco_uri;
    const auto found = skills.find(*skill.esco_uri);
    ASSERT_NE(found, skills.end()) << skill.id;
    EXPECT_EQ(skill.en, found->second->label_en);
    EXPECT_EQ(skill.knowledge, found->second->type == "knowledge") << skill.id;
    EXPECT_EQ(skill.reuse.value_or(""), found->second->reuse) << skill.id;
  }
  std::map<std::string, const EscoOccupation*> occupations;
  for (const EscoOccupation& occupation : esco_.occupations) {
    occupations[occupation.uri] = &occupation;
  }
  std::set<std::pair<std::string, std::string>> essential;
  std::set<std::pair<std::string, std::string>> optional;
  for (const EscoRelation& relation : esco_.relations) {
    (relation.essential ? essential : optional)
        .insert({esco_.occupations[static_cast<size_t>(relation.occupation)].uri,
                 esco_.skills[static_cast<size_t>(relation.skill)].uri});
  }
  for (const Occupation& occupation : catalogue_.occupations) {
    ASSERT_TRUE(occupation.esco_uri.has_value()) << occupation.id;
    const std::string& uri = *occupation.esco_uri;
    const auto found = occupations.find(uri);
    ASSERT_NE(found, occupations.end()) << occupation.id;
    EXPECT_EQ(occupation.en, found->second->label_en);
    EXPECT_EQ(occupation.nl, found->second->label_nl);
    EXPECT_EQ(occupation.isco, found->second->isco) << occupation.id;
    for (const std::string& skill : occupation.essential) {
      EXPECT_TRUE(essential.contains({uri, uri_of[skill]})) << occupation.id << " " << skill;
    }
    for (const std::string& skill : occupation.optional) {
      EXPECT_TRUE(optional.contains({uri, uri_of[skill]})) << occupation.id << " " << skill;
    }
  }
}

}  // namespace
}  // namespace matchgo::programmes::builtin
