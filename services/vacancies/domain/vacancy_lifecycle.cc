#include "services/vacancies/domain/vacancy_lifecycle.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "common/geography/locate.h"
#include "common/kernel/day.h"
#include "services/vacancies/reasons.h"

namespace matchgo::vacancies::domain {
namespace {

Vacancy NextVersion(Vacancy vacancy, State state, Instant now) {
  vacancy.state = state;
  vacancy.updated = now;
  ++vacancy.version;
  return vacancy;
}

// The content of `wanted` in the record of `current`.
Vacancy WithIdentityOf(const Vacancy& current, Vacancy wanted) {
  wanted.id = current.id;
  wanted.employer = current.employer;
  wanted.state = current.state;
  wanted.created = current.created;
  wanted.updated = current.updated;
  wanted.version = current.version;
  wanted.sequence = current.sequence;
  return wanted;
}

}  // namespace

StatusOr<Vacancy> Create(Vacancy content, bool publish, Instant now) {
  content.state = State::kDraft;
  content.location = geography::Located(std::move(content.location));
  content.created = now;
  content.version = 0;  // never saved
  content.sequence = 0;
  if (publish) return Publish(std::move(content), now);
  return NextVersion(std::move(content), State::kDraft, now);
}

StatusOr<Vacancy> Publish(Vacancy vacancy, Instant now) {
  if (vacancy.state == State::kPublished) return Precondition(reasons::kVacancyPublished);
  if (vacancy.expires_on < DayOf(now)) return Precondition(reasons::kVacancyExpired);
  // A draft of an older version may have a postcode and no point.
  Violations violations;
  geography::CheckLocated(vacancy.location, "vacancy.location", violations);
  RETURN_IF_ERROR(std::move(violations).ToStatus());
  vacancy.location = geography::Located(std::move(vacancy.location));
  return NextVersion(std::move(vacancy), State::kPublished, now);
}

StatusOr<Vacancy> Close(Vacancy vacancy, Instant now) {
  if (vacancy.state == State::kClosed) return Precondition(reasons::kVacancyClosed);
  return NextVersion(std::move(vacancy), State::kClosed, now);
}

StatusOr<Vacancy> Edit(const Vacancy& current, Vacancy wanted, Instant now) {
  if (current.state == State::kClosed) return Precondition(reasons::kVacancyClosed);
  wanted = WithIdentityOf(current, std::move(wanted));
  if (wanted == current) return current;
  return NextVersion(std::move(wanted), current.state, now);
}

StatusOr<Vacancy> Replace(const Vacancy& current, Vacancy wanted, bool publish, Instant now) {
  if (!publish || current.state == State::kPublished) {
    return Edit(current, std::move(wanted), now);
  }
  return Publish(WithIdentityOf(current, std::move(wanted)), now);
}

}  // namespace matchgo::vacancies::domain
