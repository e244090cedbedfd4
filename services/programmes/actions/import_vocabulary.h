// ImportVocabulary: adds and changes skills and occupations, all or nothing, in the caller's write.
//
// An import that changes nothing makes no event. Labels and skill lists of an entry are replaced
// whole. Test: tests/unit/services/programmes/vocabulary_test.cc
#pragma once

#include <cstdint>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/programmes/domain/vocabulary.h"

namespace matchgo::programmes {

struct ImportResult {
  int32_t created = 0;
  int32_t updated = 0;
  int32_t unchanged = 0;
  int64_t sequence = 0;
};

// DUPLICATE, ITEMS, SKILL_UNKNOWN (an occupation names a skill that is neither stored nor sent
// along). Event: vocabulary.imported.
StatusOr<ImportResult> ImportVocabulary(sql::Tx& tx, const domain::VocabularyImport& import);

}  // namespace matchgo::programmes
