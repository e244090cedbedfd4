#include "common/sql/migrate.h"

#include <sodium.h>

#include <map>
#include <utility>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/sql/dialect.h"
#include "common/sql/reasons.h"
#include "common/sql/session.h"

namespace matchgo::sql {
namespace {

// dbmate's table; it only knows the version column.
constexpr char kTable[] =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    " version VARCHAR(128) PRIMARY KEY,"
    " name TEXT NOT NULL DEFAULT '',"
    " checksum TEXT NOT NULL DEFAULT '',"
    " applied_at BIGINT NOT NULL DEFAULT 0)";
constexpr Query kApplied{"applied_migrations", "SELECT version, checksum FROM schema_migrations",
                         "tt"};
constexpr Query kRecord{"record_migration",
                        "INSERT INTO schema_migrations (version, name, checksum, applied_at)"
                        " VALUES (:p1, :p2, :p3, :p4)",
                        ""};

std::string ChecksumOf(std::string_view text) {
  unsigned char hash[crypto_generichash_BYTES];
  crypto_generichash(hash, sizeof(hash), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  std::string hex(2 * sizeof(hash) + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash, sizeof(hash));
  hex.pop_back();
  return hex;
}

Status About(Status status, std::string_view version) {
  return WithFact(std::move(status), "migration", version);
}

Status Apply(Session& session, const Migration& migration, Instant now) {
  RETURN_IF_ERROR(session.Control(dialect::kBeginWrite));
  const std::string name = "migration " + migration.version;
  Status status = session.RunScript(migration.up, name.c_str());
  if (status.ok()) {
    const Value values[] = {migration.version, migration.name, ChecksumOf(migration.up),
                            now.micros()};
    status = session.Execute(kRecord, values).status();
  }
  if (status.ok()) status = session.Control(dialect::kCommit);
  if (status.ok()) return status;
  if (session.InTransaction()) (void)session.Control(dialect::kRollback);
  Status failed = About(Precondition(kMigrationFailed), migration.version);
  return WithFact(std::move(failed), "error", MessageOf(status));
}

}  // namespace

Migration ParseMigration(std::string_view version, std::string_view name, std::string_view file) {
  constexpr std::string_view kUp = "-- migrate:up\n";
  constexpr std::string_view kDown = "-- migrate:down";
  const size_t up = file.find(kUp);
  CHECK(up != std::string_view::npos);
  std::string_view text = file.substr(up + kUp.size());
  text = text.substr(0, text.find(kDown));
  return {std::string(version), std::string(name), std::string(text)};
}

Status Migrate(Session& session, const std::vector<Migration>& migrations, Instant now) {
  RETURN_IF_ERROR(session.RunScript(kTable, "schema_migrations"));
  std::map<std::string, std::string> applied;
  Status verdict;
  RETURN_IF_ERROR(session.Select(
      kApplied, {},
      [&](const Row& row) {
        applied.emplace(row.Text(0), row.Text(1));
        return absl::OkStatus();
      },
      &verdict));

  std::vector<const Migration*> missing;
  for (const Migration& migration : migrations) {
    const auto found = applied.find(migration.version);
    if (found == applied.end()) {
      missing.push_back(&migration);
      continue;
    }
    if (found->second != ChecksumOf(migration.up)) {
      return About(Precondition(kMigrationChanged), migration.version);
    }
    applied.erase(found);
  }
  if (!applied.empty()) return About(Precondition(kMigrationUnknown), applied.begin()->first);
  for (const Migration* migration : missing) {
    RETURN_IF_ERROR(Apply(session, *migration, now));
  }
  return absl::OkStatus();
}

}  // namespace matchgo::sql
