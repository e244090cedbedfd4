// What may happen to a vacancy: draft -> published -> closed, and back to published.
//
// Each function takes the vacancy as it is and gives its next version, or the reason why not. They
// know nothing of seats: whoever takes seats away asks the scheduler first (clients/seat_keeper.h).
// Pure. Test: tests/unit/services/vacancies/vacancy_lifecycle_test.cc
#pragma once

#include "common/base/status.h"
#include "common/time/instant.h"
#include "services/vacancies/domain/vacancy.h"

namespace matchgo::vacancies::domain {

// A new vacancy, version 1: a draft, or published at once (then VACANCY_EXPIRED).
StatusOr<Vacancy> Create(Vacancy content, bool publish, Instant now);

// From draft or closed. VACANCY_PUBLISHED; VACANCY_EXPIRED once its last day is over.
StatusOr<Vacancy> Publish(Vacancy vacancy, Instant now);

// From draft or published. VACANCY_CLOSED.
StatusOr<Vacancy> Close(Vacancy vacancy, Instant now);

// Draft or published, with the content of `wanted`: `current` itself if that says nothing new.
// VACANCY_CLOSED.
StatusOr<Vacancy> Edit(const Vacancy& current, Vacancy wanted, Instant now);

// What an import makes of a vacancy that exists: an edit, and published if `publish` asks for what
// it is not yet. The reasons of Edit and Publish.
StatusOr<Vacancy> Replace(const Vacancy& current, Vacancy wanted, bool publish, Instant now);

}  // namespace matchgo::vacancies::domain
