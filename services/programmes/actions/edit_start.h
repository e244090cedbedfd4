// Makes, changes, begins, closes and cancels starts: rules, next revision, event, row; in the
// caller's write.
//
// A change that changes nothing makes no event and no version. Whose start it is was checked
// before. Test: tests/unit/services/programmes/start_service_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/status.h"
#include "common/random/random.h"
#include "common/sql/transaction.h"
#include "services/programmes/domain/start.h"

namespace matchgo::programmes {

// Gives the draft an id. NOT_FOUND without its programme, PROGRAMME_RETIRED. Event: start.created.
StatusOr<domain::Start> CreateStart(sql::Tx& tx, Entropy& entropy, domain::Start draft);

// A postcode that changes takes the point along, unless that was changed too.
void MoveWithPostcode(const domain::Start& current, domain::Start* next);

// START_CLOSED, START_BEGINS, rules of a start. The places that must be released at the scheduler
// before this change may be written: the new capacity if it is lower, else nothing.
StatusOr<std::optional<int32_t>> CheckStartUpdate(const domain::Start& current,
                                                  const domain::Start& next);
// `released`: the capacity the scheduler agreed to, if it was asked. STALE if the change needs a
// release that was not asked for, because somebody raised the capacity meanwhile.
// Event: start.updated.
StatusOr<domain::Start> UpdateStart(sql::Tx& tx, const domain::Start& current, domain::Start next,
                                    std::optional<int32_t> released);

// The scheduler may say the same again. Event: start.begun.
StatusOr<domain::Start> BeginStart(sql::Tx& tx, const domain::Start& current, Day begins_on);
// Events: start.closed, start.cancelled.
StatusOr<domain::Start> CloseStart(sql::Tx& tx, domain::Start current);
StatusOr<domain::Start> CancelStart(sql::Tx& tx, domain::Start current, std::string explanation);

}  // namespace matchgo::programmes
