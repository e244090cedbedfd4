#include "services/vacancies/store/vacancy_events.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "services/vacancies/reasons.h"
#include "services/vacancies/store/vacancy_store.h"

namespace matchgo::vacancies::store {
namespace {

constexpr std::string_view kEmployers = "employers/";
constexpr std::string_view kVacancies = "/vacancies/";

// Reads the record that an event names. Records are never deleted, so it is there.
StatusOr<Change> ChangeOf(VacancyStore& store, sql::RecordedEvent event) {
  const std::string_view name = std::string_view(event.resource).substr(kEmployers.size());
  const size_t end = name.find(kVacancies);
  Change change;
  if (end == std::string_view::npos) {
    ASSIGN_OR_RETURN(change.employer, store.GetEmployer(EmployerId(std::string(name))));
  } else {
    ASSIGN_OR_RETURN(
        change.vacancy,
        store.GetVacancy(EmployerId(std::string(name.substr(0, end))),
                         VacancyId(std::string(name.substr(end + kVacancies.size())))));
  }
  change.event = std::move(event);
  return change;
}

}  // namespace

sql::Event EventOf(const char* kind, const domain::Employer& employer) {
  return {.kind = kind,
          .resource = std::string(kEmployers) + employer.id.value(),
          .version = employer.version,
          .tenant = domain::TenantOf(employer.id)};
}

sql::Event EventOf(const char* kind, const domain::Vacancy& vacancy) {
  return {.kind = kind,
          .resource = domain::NameOf(vacancy),
          .version = vacancy.version,
          .tenant = domain::TenantOf(vacancy.employer)};
}

StatusOr<Changes> ReadChanges(sql::Tx& tx, int64_t after, int limit) {
  ASSIGN_OR_RETURN(const int64_t newest, sql::LastSequence(tx));
  if (after > newest) return OutOfRange(reasons::kFellBehind);
  ASSIGN_OR_RETURN(std::vector<sql::RecordedEvent> events, sql::ReadEvents(tx, after, limit));

  std::map<std::string, int64_t> last_of;
  for (const sql::RecordedEvent& event : events) last_of[event.resource] = event.sequence;

  Changes read{.changes = {}, .last_sequence = after, .newest_sequence = newest};
  VacancyStore store(tx);
  for (sql::RecordedEvent& event : events) {
    read.last_sequence = event.sequence;
    if (last_of[event.resource] != event.sequence) continue;
    ASSIGN_OR_RETURN(Change change, ChangeOf(store, std::move(event)));
    read.changes.push_back(std::move(change));
  }
  return read;
}

}  // namespace matchgo::vacancies::store
