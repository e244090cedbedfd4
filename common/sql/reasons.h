// The error reasons of the store: one line each, explained in common/sql/README.md.
//
// Constants only; a word is never reused for something else.
// Test: tests/unit/common/sql/database_test.cc
#pragma once

#include "common/base/status.h"

namespace matchgo::sql {

// ALREADY_EXISTS; fact "constraint" = "table.column, table.column".
inline constexpr Reason kUnique{"UNIQUE", "another record already holds this key"};
// FAILED_PRECONDITION; fact "constraint" = the name of the CHECK, the text of RAISE or FOREIGN KEY.
inline constexpr Reason kConstraint{"CONSTRAINT", "the change would break a rule of the store"};
// UNAVAILABLE: nothing is known about the effect; try again with the same request_id.
inline constexpr Reason kStoreUnavailable{"STORE_UNAVAILABLE", "the store cannot be used now"};
// UNAVAILABLE: without effect.
inline constexpr Reason kOverloaded{"OVERLOADED", "too many writes are waiting"};
inline constexpr Reason kStopping{"STOPPING", "this process is stopping"};
// DEADLINE_EXCEEDED: without effect.
inline constexpr Reason kDeadline{"DEADLINE", "the deadline passed before the work began"};
// FAILED_PRECONDITION: a request_id was used again with another request.
inline constexpr Reason kKeyReused{"KEY_REUSED", "this request_id belongs to another request"};
// NOT_FOUND: the person this belonged to was erased.
inline constexpr Reason kErased{"ERASED", "the person this belonged to was erased"};
// FAILED_PRECONDITION, at start-up only.
inline constexpr Reason kStoreInUse{
    "STORE_IN_USE",
    "another process already uses this data folder; stop it, or start with another data folder"};
inline constexpr Reason kMigrationChanged{
    "MIGRATION_CHANGED",
    "a migration that was already applied has changed since; restore its file"};
inline constexpr Reason kMigrationUnknown{
    "MIGRATION_UNKNOWN", "a newer version of the program wrote this store; start that version"};
inline constexpr Reason kMigrationFailed{"MIGRATION_FAILED", "a migration could not be applied"};
inline constexpr Reason kStoreDamaged{
    "STORE_DAMAGED", "the event log and its counter disagree; restore the store from a backup"};

}  // namespace matchgo::sql
