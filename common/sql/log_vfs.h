// LogVfs: SQLite's own way to files, but what it writes to a write-ahead log piece by piece goes to
// the file in one piece.
//
// SQLite writes each page of a commit with two calls, and those calls cost more than a small write.
// Here they wait in memory until SQLite does anything else with the file (sync, read, size,
// truncate, close), so that nobody can tell the difference: see common/sql/README.md for why no
// reader and no crash can. REQUIRES of connections: synchronous=FULL. Internal to common/sql.
// Thread-safe. Test: tests/unit/common/sql/log_vfs_test.cc
#pragma once

struct sqlite3_vfs;

namespace matchgo::sql {

// Registers it under `name` on top of `below`, both of which live as long as the process. Not twice
// with one name. False if SQLite refuses.
bool RegisterLogVfs(const char* name, sqlite3_vfs* below);

// The one on top of what SQLite uses by itself, for "file:...?vfs="; null if SQLite refuses.
const char* LogVfsName();

}  // namespace matchgo::sql
