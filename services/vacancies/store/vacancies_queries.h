// Every statement of the vacancies store. The names are metric labels.
//
// Constants only; they live as long as the program, because prepared statements are kept by their
// address. Test: tests/unit/services/vacancies/vacancy_store_test.cc
#pragma once

#include "common/sql/query.h"

namespace matchgo::vacancies::store {

inline constexpr sql::Query kInsertEmployer{
    "insert_employer",
    "INSERT INTO employer (id, version, sequence, state, sector, payload)"
    " VALUES (:p1, :p2, :p3, :p4, :p5, :p6)",
    ""};

inline constexpr sql::Query kUpdateEmployer{
    "update_employer",
    "UPDATE employer SET version = :p1, sequence = :p2, state = :p3, sector = :p4, payload = :p5"
    " WHERE id = :p6 AND version = :p7",
    ""};

inline constexpr sql::Query kGetEmployer{
    "get_employer", "SELECT id, version, sequence, payload FROM employer WHERE id = :p1", "tiit"};

inline constexpr sql::Query kEmployerState{"employer_state",
                                           "SELECT state FROM employer WHERE id = :p1", "i"};

inline constexpr sql::Query kHasPublished{
    "has_published_vacancy", "SELECT 1 FROM vacancy WHERE employer = :p1 AND state = 2 LIMIT 1",
    "i"};

inline constexpr sql::Query kListEmployers{
    "list_employers",
    "SELECT id, version, sequence, payload FROM employer"
    " WHERE id > :p1 AND (:p2 = '' OR sector = :p3) ORDER BY id LIMIT :p4",
    "tiit"};

// A known reference is no error: what follows may look for it.
inline constexpr sql::Query kInsertVacancy{
    "insert_vacancy",
    "INSERT INTO vacancy (employer, id, version, sequence, state, sector, occupation,"
    " external_reference, payload) VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9)"
    " ON CONFLICT (employer, external_reference) WHERE external_reference IS NOT NULL DO NOTHING",
    ""};

inline constexpr sql::Query kUpdateVacancy{
    "update_vacancy",
    "UPDATE vacancy SET version = :p1, sequence = :p2, state = :p3, sector = :p4,"
    " occupation = :p5, external_reference = :p6, payload = :p7"
    " WHERE employer = :p8 AND id = :p9 AND version = :p10",
    ""};

inline constexpr sql::Query kGetVacancy{
    "get_vacancy",
    "SELECT employer, id, version, sequence, payload FROM vacancy"
    " WHERE employer = :p1 AND id = :p2",
    "ttiit"};

// By a key that is looked through in order: for a person who has but the id.
inline constexpr sql::Query kFindVacancy{
    "find_vacancy",
    "SELECT employer, id, version, sequence, payload FROM vacancy"
    " WHERE (employer, id) IN (SELECT employer, id FROM vacancy WHERE id = :p1)",
    "ttiit"};

inline constexpr sql::Query kFindVacancyByReference{
    "find_vacancy_by_reference",
    "SELECT employer, id, version, sequence, payload FROM vacancy"
    " WHERE employer = :p1 AND external_reference = :p2",
    "ttiit"};

// Parameters 3 and 4 say what the caller may see: everything (1), or what is published and the
// records of one employer.
inline constexpr sql::Query kListVacancies{
    "list_vacancies",
    "SELECT employer, id, version, sequence, payload FROM vacancy"
    " WHERE (employer, id) > (:p1, :p2)"
    " AND (:p3 = 1 OR state = 2 OR employer = :p4)"
    " AND (:p5 = 0 OR state = :p6)"
    " AND (:p7 = '' OR sector = :p8)"
    " AND (:p9 = '' OR occupation = :p10)"
    " AND (:p11 = '' OR external_reference = :p12)"
    " ORDER BY employer, id LIMIT :p13",
    "ttiit"};

inline constexpr sql::Query kListVacanciesOfEmployer{
    "list_vacancies_of_employer",
    "SELECT employer, id, version, sequence, payload FROM vacancy"
    " WHERE employer = :p1 AND id > :p2"
    " AND (:p3 = 1 OR state = 2)"
    " AND (:p4 = 0 OR state = :p5)"
    " AND (:p6 = '' OR sector = :p7)"
    " AND (:p8 = '' OR occupation = :p9)"
    " ORDER BY id LIMIT :p10",
    "ttiit"};

}  // namespace matchgo::vacancies::store
