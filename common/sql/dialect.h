// The dialect: with prepared_statement.h and log_vfs.h everything that is true of SQLite only.
// PostgreSQL becomes a second set of files like them.
//
// Internal to common/sql; only these include a database's own header. Functions are called on the
// thread that holds the session. Test: tests/unit/common/sql/transaction_test.cc
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <string>

#include "common/base/status.h"
#include "common/sql/query.h"

struct sqlite3;

namespace matchgo::sql::dialect {

inline constexpr Query kBeginRead{"begin_read", "BEGIN", ""};
// IMMEDIATE: a plain BEGIN that writes later fails at once when another connection wrote meanwhile.
inline constexpr Query kBeginWrite{"begin_write", "BEGIN IMMEDIATE", ""};
inline constexpr Query kCommit{"commit", "COMMIT", ""};
inline constexpr Query kRollback{"rollback", "ROLLBACK", ""};
inline constexpr Query kSavepoint{"savepoint", "SAVEPOINT write_", ""};
inline constexpr Query kRelease{"release", "RELEASE write_", ""};
inline constexpr Query kRollbackTo{"rollback_to", "ROLLBACK TO write_", ""};

// Opens and sets up the connection. Throws soci::soci_error.
void Connect(soci::session& session, const std::string& file, bool writer);

// What SOCI opened, for statements on SQLite's own interface.
sqlite3* Handle(soci::session& session);

// Keeps `pages` at the number of pages in the write-ahead log, as of the last commit of this
// session. Nothing else begins a checkpoint then.
void CountLogPages(soci::session& session, int* pages);

// How much a checkpoint wants: what is possible beside readers; a log that begins again, for which
// it waits a moment; an empty log file.
enum class Sweep { kPassive, kRestart, kTruncate };
Status Checkpoint(soci::session& session, Sweep sweep);

// What went wrong with the last statement of this session, without any value in it.
Status LastError(soci::session& session, const char* query, bool writer);

// Runs several statements separated by semicolons. False on failure: see LastError.
bool RunScript(soci::session& session, const std::string& script);

// Whether a transaction is open: a full disk or an I/O error ends it behind our back.
bool InTransaction(soci::session& session);

// How many rows this connection ever changed.
int64_t Changes(soci::session& session);

}  // namespace matchgo::sql::dialect
