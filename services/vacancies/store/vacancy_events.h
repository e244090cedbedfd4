// The events of vacancies, and the feed read back from them.
//
// One event per change of one record, appended in the transaction of the change. The feed gives the
// current record of each event; of several events of one record in a batch only the last, because
// they would all show the same. Test: tests/unit/services/vacancies/vacancy_store_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "common/base/status.h"
#include "common/sql/event_log.h"
#include "common/sql/transaction.h"
#include "services/vacancies/domain/employer.h"
#include "services/vacancies/domain/vacancy.h"

namespace matchgo::vacancies::store {

inline constexpr const char* kEmployerCreated = "employer.created";
inline constexpr const char* kEmployerChanged = "employer.changed";
inline constexpr const char* kEmployerClosed = "employer.closed";
inline constexpr const char* kVacancyCreated = "vacancy.created";
inline constexpr const char* kVacancyChanged = "vacancy.changed";
inline constexpr const char* kVacancyPublished = "vacancy.published";
inline constexpr const char* kVacancyClosed = "vacancy.closed";

sql::Event EventOf(const char* kind, const domain::Employer& employer);
sql::Event EventOf(const char* kind, const domain::Vacancy& vacancy);

// One entry of the feed: exactly one of the records is there.
struct Change {
  sql::RecordedEvent event;
  std::optional<domain::Vacancy> vacancy;
  std::optional<domain::Employer> employer;
};

struct Changes {
  std::vector<Change> changes;
  int64_t last_sequence = 0;    // read on from here
  int64_t newest_sequence = 0;  // that there is
};

// What happened after a sequence, at most `limit` events. FELL_BEHIND for a sequence of the future.
StatusOr<Changes> ReadChanges(sql::Tx& tx, int64_t after, int limit);

}  // namespace matchgo::vacancies::store
