// Migrations: numbered SQL files in dbmate's format, applied in order, one transaction each.
//
// `matchgo_embed_migrations` (tools/cmake/Migrations.cmake) turns a service's files into
// `<namespace>::Migrations()`. Run by Database::Open, single-threaded.
// Test: tests/unit/common/sql/migrate_test.cc
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"
#include "common/time/instant.h"

namespace matchgo::sql {

class Session;

struct Migration {
  std::string version;  // "0001"; those of common/sql itself are "common.0001"
  std::string name;     // "vacancies"
  std::string up;       // the SQL between "-- migrate:up" and "-- migrate:down"
};

// Cuts the part to apply out of a file. CHECK-fails without a "-- migrate:up" line: files are ours.
Migration ParseMigration(std::string_view version, std::string_view name, std::string_view file);

// Applies what is missing. Refuses a changed checksum (MIGRATION_CHANGED), a version it does not
// know (MIGRATION_UNKNOWN), and names the migration that fails (MIGRATION_FAILED).
Status Migrate(Session& session, const std::vector<Migration>& migrations, Instant now);

}  // namespace matchgo::sql
