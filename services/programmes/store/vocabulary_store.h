// VocabularyStore: all SQL about skills and occupations; no rule of the business.
//
// Lives inside one Tx, on its thread. Texts to search for are folded here, so pass them as typed.
// Test: tests/unit/services/programmes/vocabulary_test.cc
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/programmes/domain/vocabulary.h"

namespace matchgo::programmes::store {

class VocabularyStore {
 public:
  explicit VocabularyStore(sql::Tx& tx) : tx_(tx) {}

  StatusOr<bool> Has(const SkillId& id);
  StatusOr<bool> Has(const OccupationId& id);
  StatusOr<std::optional<domain::Skill>> FindSkill(const SkillId& id);
  StatusOr<std::optional<domain::Occupation>> FindOccupation(const OccupationId& id);

  // At most `limit` in order of id, after an id, whose labels hold the text ("": all).
  StatusOr<std::vector<domain::Skill>> ListSkills(const std::string& text, const std::string& after,
                                                  int limit);
  StatusOr<std::vector<domain::Occupation>> ListOccupations(const std::string& sector,
                                                            const std::string& text,
                                                            const std::string& after, int limit);

  Status Insert(const domain::Skill& skill);
  Status Insert(const domain::Occupation& occupation);
  Status Update(const domain::Skill& skill);
  Status Update(const domain::Occupation& occupation);

 private:
  sql::Tx& tx_;
};

}  // namespace matchgo::programmes::store
