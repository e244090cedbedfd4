// VocabularyKeeper: the port to whoever owns skills and occupations (programmes).
//
// Asked before a write that names them, never inside a transaction. What is known stays known, so
// an answer is remembered. May block. Real one: grpc_vocabulary.h. Test:
// tests/unit/services/vacancies/grpc_vocabulary_test.cc
#pragma once

#include <functional>

#include "common/base/status.h"
#include "common/service/call.h"
#include "services/vacancies/domain/references.h"

namespace matchgo::vacancies::clients {

// Those of `asked` that the vocabulary does not have.
using VocabularyKeeper =
    std::function<StatusOr<domain::References>(const Call& call, const domain::References& asked)>;

}  // namespace matchgo::vacancies::clients
