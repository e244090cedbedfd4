// Makes, changes and retires programmes: rules, next revision, event, row; in the caller's write.
//
// A change that changes nothing makes no event and no version. Whose programme it is was checked
// before. Test: tests/unit/services/programmes/programme_service_test.cc
#pragma once

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/sql/transaction.h"
#include "services/programmes/domain/programme.h"

namespace matchgo::programmes {

// Gives the draft an id. NOT_FOUND without its opleider, EXISTS. Event: programme.created.
StatusOr<domain::Programme> CreateProgramme(sql::Tx& tx, Entropy& entropy, domain::Programme draft);
// PROGRAMME_RETIRED, EXISTS. Event: programme.updated.
StatusOr<domain::Programme> UpdateProgramme(sql::Tx& tx, const domain::Programme& current,
                                            domain::Programme next);
// Also closes its open starts, so that nobody has to look in two places. Events: start.closed for
// each, then programme.retired.
StatusOr<domain::Programme> RetireProgramme(sql::Tx& tx, domain::Programme current);

}  // namespace matchgo::programmes
