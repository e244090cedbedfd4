// The vocabulary: skills and occupations, with labels in two languages, and how they are searched.
//
// Ids are built-in ones or the last part of an ESCO concept URI. Pure values and functions.
// Test: tests/unit/services/programmes/vocabulary_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "services/programmes/domain/record.h"

namespace matchgo::programmes::domain {

struct Skill {
  SkillId id;
  Label label;
  std::string esco_uri;
  std::string source;
  int64_t sequence = 0;

  friend bool operator==(const Skill&, const Skill&) = default;
};

struct Occupation {
  OccupationId id;
  Label label;
  std::string esco_uri;
  std::string sector;
  std::vector<SkillId> essential_skills;
  std::vector<SkillId> optional_skills;
  std::string source;
  int64_t sequence = 0;

  friend bool operator==(const Occupation&, const Occupation&) = default;
};

// What is added or changed in one go.
struct VocabularyImport {
  std::vector<Skill> skills;
  std::vector<Occupation> occupations;
};

inline constexpr size_t kImportEntriesMax = 1000;

// All violations: ITEMS (too many together), DUPLICATE (an entry twice, or a skill twice in one
// occupation, also as essential and optional).
Status Validate(const VocabularyImport& import);

// Lower case for ASCII and the accented letters of western Europe; other bytes stay as they are.
std::string FoldCase(std::string_view text);
// Both labels as they are searched.
std::string SearchText(const Label& label);
// The pattern for LIKE ... ESCAPE '\' that finds a text anywhere in a search text.
std::string LikePattern(std::string_view text);

}  // namespace matchgo::programmes::domain
