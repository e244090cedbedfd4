// The SQL of the programmes service, each statement once, with its columns.
//
// Names are metric labels. Constants only; used by programme_store.cc and vocabulary_store.cc.
// Test: tests/unit/services/programmes/programme_store_test.cc
#pragma once

#include "common/sql/query.h"

namespace matchgo::programmes::store {

inline constexpr sql::Query kGetOpleider{
    "get_opleider", "SELECT version, payload FROM opleider WHERE id = :p1", "it"};
inline constexpr sql::Query kInsertOpleider{
    "insert_opleider",
    "INSERT INTO opleider (id, state, version, sequence, payload) VALUES (:p1, :p2, :p3, :p4, :p5)",
    ""};
inline constexpr sql::Query kUpdateOpleider{
    "update_opleider",
    "UPDATE opleider SET state = :p1, version = :p2, sequence = :p3, payload = :p4"
    " WHERE id = :p5 AND version = :p6",
    ""};
// Filters that are '' or 0 let everything pass, here and below.
inline constexpr sql::Query kListOpleiders{
    "list_opleiders",
    "SELECT id, version, payload FROM opleider WHERE id > :p1 AND (:p2 = 0 OR state = :p3)"
    " ORDER BY id LIMIT :p4",
    "tit"};

// A parent that is '' is any.
inline constexpr sql::Query kGetProgramme{
    "get_programme",
    "SELECT version, payload FROM programme WHERE id = :p1 AND (:p2 = '' OR opleider = :p3)", "it"};
inline constexpr sql::Query kInsertProgramme{
    "insert_programme",
    "INSERT INTO programme (id, opleider, external_reference, sector, degree, state, version,"
    " sequence, payload) VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9)",
    ""};
inline constexpr sql::Query kUpdateProgramme{
    "update_programme",
    "UPDATE programme SET external_reference = :p1, sector = :p2, degree = :p3, state = :p4,"
    " version = :p5, sequence = :p6, payload = :p7 WHERE id = :p8 AND version = :p9",
    ""};
inline constexpr sql::Query kProgrammeByReference{
    "programme_by_reference",
    "SELECT id FROM programme WHERE opleider = :p1 AND external_reference = :p2", "t"};
inline constexpr sql::Query kListProgrammes{
    "list_programmes",
    "SELECT id, version, payload FROM programme WHERE id > :p1"
    " AND (:p2 = '' OR sector = :p3) AND (:p4 = 0 OR degree = :p5) AND (:p6 = 0 OR state = :p7)"
    " ORDER BY id LIMIT :p8",
    "tit"};
inline constexpr sql::Query kListProgrammesOfOpleider{
    "list_programmes_of_opleider",
    "SELECT id, version, payload FROM programme WHERE opleider = :p1 AND id > :p2"
    " AND (:p3 = '' OR sector = :p4) AND (:p5 = 0 OR degree = :p6) AND (:p7 = 0 OR state = :p8)"
    " ORDER BY id LIMIT :p9",
    "tit"};

inline constexpr sql::Query kGetStart{
    "get_start",
    "SELECT version, payload FROM start WHERE id = :p1 AND (:p2 = '' OR programme = :p3)"
    " AND (:p4 = '' OR opleider = :p5)",
    "it"};
inline constexpr sql::Query kInsertStart{
    "insert_start",
    "INSERT INTO start (id, programme, opleider, state, capacity, version, sequence, payload)"
    " VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8)",
    ""};
inline constexpr sql::Query kUpdateStart{
    "update_start",
    "UPDATE start SET state = :p1, capacity = :p2, version = :p3, sequence = :p4, payload = :p5"
    " WHERE id = :p6 AND version = :p7",
    ""};
inline constexpr sql::Query kListStarts{
    "list_starts",
    "SELECT id, version, payload FROM start WHERE id > :p1 AND (:p2 = '' OR opleider = :p3)"
    " AND (:p4 = 0 OR state = :p5) ORDER BY id LIMIT :p6",
    "tit"};
inline constexpr sql::Query kListStartsOfProgramme{
    "list_starts_of_programme",
    "SELECT id, version, payload FROM start WHERE programme = :p1 AND id > :p2"
    " AND (:p3 = '' OR opleider = :p4) AND (:p5 = 0 OR state = :p6) ORDER BY id LIMIT :p7",
    "tit"};

inline constexpr sql::Query kGetSkill{"get_skill", "SELECT payload FROM skill WHERE id = :p1", "t"};
inline constexpr sql::Query kInsertSkill{
    "insert_skill", "INSERT INTO skill (id, search, sequence, payload) VALUES (:p1, :p2, :p3, :p4)",
    ""};
inline constexpr sql::Query kUpdateSkill{
    "update_skill", "UPDATE skill SET search = :p1, sequence = :p2, payload = :p3 WHERE id = :p4",
    ""};
inline constexpr sql::Query kListSkills{
    "list_skills",
    "SELECT id, payload FROM skill WHERE id > :p1 AND (:p2 = '' OR search LIKE :p3 ESCAPE '\\')"
    " ORDER BY id LIMIT :p4",
    "tt"};

inline constexpr sql::Query kGetOccupation{"get_occupation",
                                           "SELECT payload FROM occupation WHERE id = :p1", "t"};
inline constexpr sql::Query kInsertOccupation{
    "insert_occupation",
    "INSERT INTO occupation (id, sector, search, sequence, payload)"
    " VALUES (:p1, :p2, :p3, :p4, :p5)",
    ""};
inline constexpr sql::Query kUpdateOccupation{
    "update_occupation",
    "UPDATE occupation SET sector = :p1, search = :p2, sequence = :p3, payload = :p4"
    " WHERE id = :p5",
    ""};
inline constexpr sql::Query kListOccupations{
    "list_occupations",
    "SELECT id, payload FROM occupation WHERE id > :p1 AND (:p2 = '' OR sector = :p3)"
    " AND (:p4 = '' OR search LIKE :p5 ESCAPE '\\') ORDER BY id LIMIT :p6",
    "tt"};

inline constexpr sql::Query kHasSkill{"has_skill", "SELECT 1 FROM skill WHERE id = :id", "i"};
inline constexpr sql::Query kHasOccupation{"has_occupation",
                                           "SELECT 1 FROM occupation WHERE id = :id", "i"};

}  // namespace matchgo::programmes::store
