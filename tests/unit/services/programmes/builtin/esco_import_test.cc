#include "services/programmes/builtin/esco_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/services/programmes/builtin/outside_data.h"

namespace matchgo::programmes::builtin {
namespace {

EscoTexts SmallTexts() {
  return {
      .occupations_en =
          "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels\n"
          "Occupation,u:o2,7112,bricklayer,\"brick mason\nmason, bricks\"\n"
          "Occupation,u:o1,2512,software developer,\n",
      .skills_en =
          "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels\n"
          "K,u:k1,skill/competence,cross-sector,lay bricks ,\n"
          "K,u:k2,,,computer programming,\"coding\n\nprogramming\"\n",
      .relations =
          "occupationUri,relationType,skillType,skillUri\n"
          "u:o2,essential,skill/competence,u:k1\n"
          "u:o1,optional,knowledge,u:k1\n"
          "u:o1,essential,knowledge,u:k2\n"
          "u:o1,essential,knowledge,u:k2\n"
          "u:gone,essential,knowledge,u:k2\n"
          "u:o1,essential,knowledge,u:gone\n",
      .occupations_nl = "conceptUri,preferredLabel\nu:o2,metselaar\n",
  };
}

TEST(EscoImportTest, ReadsCellsWithLineBreaks) {
  const StatusOr<EscoData> data = ParseEsco(SmallTexts());
  ASSERT_TRUE(data.ok()) << data.status().ToString();
  ASSERT_EQ(data->occupations.size(), 2u);
  EXPECT_EQ(data->occupations[1].label_en, "bricklayer");
  EXPECT_EQ(data->occupations[1].label_nl, "metselaar");
  EXPECT_THAT(data->occupations[1].other_labels_en,
              testing::ElementsAre("brick mason", "mason, bricks"));
  EXPECT_EQ(data->skills[0].label_en, "lay bricks");
  EXPECT_THAT(data->skills[1].other_labels_en, testing::ElementsAre("coding", "programming"));
}

TEST(EscoImportTest, CountsWhatDoesNotFit) {
  const StatusOr<EscoData> data = ParseEsco(SmallTexts());
  ASSERT_TRUE(data.ok());
  EXPECT_EQ(data->report.relation_rows, 6);
  EXPECT_EQ(data->report.dangling_occupation, 1);
  EXPECT_EQ(data->report.dangling_skill, 1);
  EXPECT_EQ(data->report.dangling(), 2);
  EXPECT_EQ(data->report.repeated_relations, 1);
  EXPECT_EQ(data->report.skills_without_type, 1);
  EXPECT_EQ(data->report.skills_without_reuse_level, 1);
  EXPECT_EQ(data->report.occupations_without_dutch, 1);
  EXPECT_THAT(data->relations,
              testing::ElementsAre(EscoRelation{0, 0, false}, EscoRelation{0, 1, true},
                                   EscoRelation{1, 0, true}));
}

TEST(EscoImportTest, TheFirstOfARepeatedUriCounts) {
  EscoTexts texts = SmallTexts();
  texts.skills_en += "K,u:k1,knowledge,,something else,\n";
  const StatusOr<EscoData> data = ParseEsco(texts);
  ASSERT_TRUE(data.ok());
  EXPECT_EQ(data->report.repeated_uris, 1);
  EXPECT_EQ(data->skills[0].label_en, "lay bricks");
}

TEST(EscoImportTest, NamesTheFileThatIsMalformed) {
  EscoTexts texts = SmallTexts();
  texts.relations += "\"never closed\n";
  const Status status = ParseEsco(texts).status();
  EXPECT_EQ(ReasonOf(status), "CSV_MALFORMED");
  EXPECT_THAT(FactsOf(status),
              testing::Contains(testing::Pair("file", "occupationSkillRelations.csv")));
}

TEST(EscoImportTest, NamesTheFileThatLacksAColumn) {
  EscoTexts texts = SmallTexts();
  texts.skills_en = "a,b\n";
  const Status status = ParseEsco(texts).status();
  EXPECT_EQ(ReasonOf(status), "CSV_COLUMN_MISSING");
  EXPECT_THAT(FactsOf(status), testing::Contains(testing::Pair("file", "skills_en.csv")));
}

TEST(EscoImportTest, NamesTheFileThatIsMissing) {
  const Status status = ReadEscoFolder("/nonexistent").status();
  EXPECT_EQ(ReasonOf(status), "ESCO_FILE_MISSING");
  EXPECT_THAT(FactsOf(status), testing::Contains(testing::Pair("file", "occupations_en.csv")));
}

TEST(EscoImportTest, ReadsTheWholeDownload) {
  const StatusOr<EscoData>* esco = OutsideEsco();
  if (esco == nullptr) GTEST_SKIP() << "no ESCO download: set MATCHGO_SHARED to compare with it";
  ASSERT_TRUE(esco->ok()) << esco->status().ToString();
  const StatusOr<EscoData>& data = *esco;
  EXPECT_EQ(data->occupations.size(), 3007u);
  EXPECT_EQ(data->skills.size(), 13896u);
  EXPECT_EQ(data->report.relation_rows, 123855);
  EXPECT_EQ(data->report.dangling(), 67);
  EXPECT_EQ(data->report.skills_without_type, 6);
  EXPECT_EQ(data->report.skills_without_reuse_level, 5);
  EXPECT_EQ(data->report.occupations_without_dutch, 0);
  EXPECT_EQ(data->report.repeated_uris, 0);
  EXPECT_EQ(static_cast<int64_t>(data->relations.size()) + data->report.repeated_relations +
                data->report.dangling(),
            data->report.relation_rows);
}

}  // namespace
}  // namespace matchgo::programmes::builtin
