// Makes and changes opleiders: next revision, event, row; in that order, in the caller's write.
//
// A change that changes nothing makes no event and no version. Whose opleider it is was checked
// before. Test: tests/unit/services/programmes/programme_service_test.cc
#pragma once

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/sql/transaction.h"
#include "services/programmes/domain/opleider.h"

namespace matchgo::programmes {

// Gives the draft an id. Event: opleider.created.
StatusOr<domain::Opleider> CreateOpleider(sql::Tx& tx, Entropy& entropy, domain::Opleider draft);
// Event: opleider.updated.
StatusOr<domain::Opleider> UpdateOpleider(sql::Tx& tx, const domain::Opleider& current,
                                          domain::Opleider next);

// The opleider as it will be. OPLEIDER_CLOSED, PROGRAMMES_ACTIVE. Writes nothing: who keeps the
// contracts is asked in between. Once no programme is taught no new contract can come.
StatusOr<domain::Opleider> DecideCloseOpleider(sql::Tx& tx, domain::Opleider current);
// Decides again and writes. REQUIRES: none of its contracts is active.
StatusOr<domain::Opleider> CloseOpleider(sql::Tx& tx, domain::Opleider current);

}  // namespace matchgo::programmes
