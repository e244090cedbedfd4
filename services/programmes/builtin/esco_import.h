// Reads the ESCO CSV download into plain structs, and counts what does not fit together.
//
// ESCO 1.1.1 has line breaks inside cells and relations that name occupations which are not in the
// same download; those are counted and left out, never guessed. Pure but for ReadEscoFolder, which
// reads files. Test: tests/unit/services/programmes/builtin/esco_import_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"

namespace matchgo::programmes::builtin {

// What the files hold; occupations_nl may be empty.
struct EscoTexts {
  std::string occupations_en{};
  std::string skills_en{};
  std::string relations{};
  std::string occupations_nl{};
};

struct EscoSkill {
  std::string uri{};
  std::string label_en{};
  std::string type{};   // "skill/competence", "knowledge"; empty: not said
  std::string reuse{};  // "cross-sector", ...; empty: not said
  std::vector<std::string> other_labels_en{};
};

struct EscoOccupation {
  std::string uri{};
  std::string isco{};
  std::string label_en{};
  std::string label_nl{};  // empty: no Dutch file, or not in it
  std::vector<std::string> other_labels_en{};
};

// Indices into the two lists.
struct EscoRelation {
  int32_t occupation = 0;
  int32_t skill = 0;
  bool essential = false;

  friend bool operator==(const EscoRelation&, const EscoRelation&) = default;
  friend auto operator<=>(const EscoRelation&, const EscoRelation&) = default;
};

struct EscoReport {
  int64_t relation_rows = 0;
  int64_t dangling_occupation = 0;  // rows whose occupation is not there
  int64_t dangling_skill = 0;       // rows whose occupation is there but whose skill is not
  int64_t repeated_relations = 0;
  int64_t skills_without_type = 0;
  int64_t skills_without_reuse_level = 0;
  int64_t occupations_without_dutch = 0;
  int64_t repeated_uris = 0;  // the first row of a URI counts

  int64_t dangling() const { return dangling_occupation + dangling_skill; }
};

// Sorted by URI; relations by occupation, skill, kind.
struct EscoData {
  std::vector<EscoSkill> skills{};
  std::vector<EscoOccupation> occupations{};
  std::vector<EscoRelation> relations{};
  EscoReport report;
};

// INVALID_ARGUMENT when a text is not CSV or lacks a column; the fact "file" names which.
StatusOr<EscoData> ParseEsco(const EscoTexts& texts);

// Reads occupations_en.csv, skills_en.csv, occupationSkillRelations.csv and, when it is there,
// occupations_nl.csv. NOT_FOUND (ESCO_FILE_MISSING) names the file that is not there.
StatusOr<EscoTexts> ReadEscoFolder(const std::string& folder);

}  // namespace matchgo::programmes::builtin
