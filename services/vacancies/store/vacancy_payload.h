// The one mapping between domain values and public messages, and the bytes the store keeps.
//
// A payload is the public message without name, etag and sequence (those are columns, or
// belong to the wire). Fields that a newer version wrote are carried over on update. No rule is
// applied here: shape is checked on the wire, meaning in the domain. Pure.
// Test: tests/unit/services/vacancies/vacancy_payload_test.cc
#pragma once

#include <string>

#include "common/base/status.h"
#include "matchgo/vacancies/v1/vacancy.pb.h"
#include "services/vacancies/domain/employer.h"
#include "services/vacancies/domain/vacancy.h"

namespace matchgo::vacancies::store {

// Sets the fields this version knows and leaves the others alone.
void ToMessage(const domain::Employer& employer, v1::Employer* message);
void ToMessage(const domain::Vacancy& vacancy, v1::Vacancy* message);

// Ids, version and sequence stay empty. REQUIRES: the shape of the message was checked.
domain::Employer FromMessage(const v1::Employer& message);
domain::Vacancy FromMessage(const v1::Vacancy& message);

// `before` is the payload that this one replaces; empty for a new record.
std::string EncodePayload(const domain::Employer& employer, const std::string& before);
std::string EncodePayload(const domain::Vacancy& vacancy, const std::string& before);

StatusOr<domain::Employer> DecodeEmployer(const std::string& payload);
StatusOr<domain::Vacancy> DecodeVacancy(const std::string& payload);

}  // namespace matchgo::vacancies::store
