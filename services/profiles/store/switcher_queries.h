// Every statement of the profiles store. The names are metric labels.
//
// Constants only; they live as long as the program, because prepared statements are kept by their
// address. Test: tests/unit/services/profiles/switcher_store_test.cc
#pragma once

#include "common/sql/query.h"

namespace matchgo::profiles::store {

inline constexpr sql::Query kInsertSwitcher{
    "insert_switcher",
    "INSERT INTO switcher (id, tenant, version, sequence, state, last_confirmed, identity,"
    " profile) VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8)",
    ""};

inline constexpr sql::Query kUpdateSwitcher{
    "update_switcher",
    "UPDATE switcher SET version = :p1, sequence = :p2, state = :p3, last_confirmed = :p4,"
    " identity = :p5, profile = :p6 WHERE id = :p7 AND version = :p8",
    ""};

inline constexpr sql::Query kGetSwitcher{
    "get_switcher",
    "SELECT id, tenant, version, sequence, state, last_confirmed, profile, identity"
    " FROM switcher WHERE id = :p1",
    "ttiiiitt"};

inline constexpr sql::Query kGetProfile{
    "get_profile",
    "SELECT id, tenant, version, sequence, state, last_confirmed, profile"
    " FROM switcher WHERE id = :p1",
    "ttiiiit"};

inline constexpr sql::Query kListProfiles{
    "list_profiles",
    "SELECT id, tenant, version, sequence, state, last_confirmed, profile"
    " FROM switcher WHERE id > :p1 AND (:p2 = 0 OR state = :p3) ORDER BY id LIMIT :p4",
    "ttiiiit"};

inline constexpr sql::Query kListProfilesOfTenant{
    "list_profiles_of_tenant",
    "SELECT id, tenant, version, sequence, state, last_confirmed, profile"
    " FROM switcher WHERE tenant = :p1 AND id > :p2 AND (:p3 = 0 OR state = :p4)"
    " ORDER BY id LIMIT :p5",
    "ttiiiit"};

}  // namespace matchgo::profiles::store
