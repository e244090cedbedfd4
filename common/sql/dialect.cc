#include "common/sql/dialect.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <string_view>

#include "common/sql/log_vfs.h"
#include "common/sql/reasons.h"

namespace matchgo::sql::dialect {
namespace {

constexpr char kEverySession[] =
    "PRAGMA foreign_keys=ON;"
    "PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY;"
    // KiB. A commit after the split of an index page walks over half of the cache.
    "PRAGMA cache_size=-8000;";
constexpr char kWriter[] =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA journal_size_limit=67108864;";
constexpr char kReader[] = "PRAGMA query_only=ON;";

// How long another connection may hold what is wanted.
constexpr int kPatienceMs = 5000;
constexpr int kRestartPatienceMs = 100;

// SOCI declares the same struct in a namespace of its own.
sqlite_api::sqlite3* Inner(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

// Before the first connection of the process. Each session is used by one thread at a time, so the
// locks inside a connection guard nothing; nor does anybody read the statistics of the allocator,
// which cost a global lock at each allocation. Harmless if somebody opened SQLite before us.
void Configure() {
  static const bool configured = [] {
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return true;
  }();
  static_cast<void>(configured);
}

// The file as a URI that names the way to it; an in-memory store has one already.
std::string ThroughLogVfs(const std::string& file) {
  const char* const vfs = LogVfsName();
  if (file.starts_with("file:") || vfs == nullptr) return file;
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : file) {
    if (c == '%' || c == '?' || c == '#') {
      const auto byte = static_cast<unsigned char>(c);
      uri.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    } else {
      uri.push_back(c);
    }
  }
  return uri.append("?vfs=").append(vfs);
}

// "UNIQUE constraint failed: vacancy.tenant, vacancy.reference" -> what follows the colon.
std::string ConstraintOf(std::string_view message) {
  const size_t colon = message.find(": ");
  return std::string(colon == std::string_view::npos ? message : message.substr(colon + 2));
}

Status ConstraintError(int extended, const char* message) {
  switch (extended) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return WithFact(Exists(kUnique), "constraint", ConstraintOf(message));
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return WithFact(Precondition(kConstraint), "constraint", "FOREIGN KEY");
    case SQLITE_CONSTRAINT_CHECK:
    case SQLITE_CONSTRAINT_TRIGGER:
      return WithFact(Precondition(kConstraint), "constraint", ConstraintOf(message));
    default:
      return Internal(message);
  }
}

}  // namespace

sqlite3* Handle(soci::session& session) { return reinterpret_cast<sqlite3*>(Inner(session)); }

void Connect(soci::session& session, const std::string& file, bool writer) {
  Configure();
  const std::string name = writer ? ThroughLogVfs(file) : file;
  session.open(soci::sqlite3, "dbname=\"" + name + "\"");
  sqlite_api::sqlite3_busy_timeout(Inner(session), kPatienceMs);
  const bool ready =
      RunScript(session, kEverySession) && RunScript(session, writer ? kWriter : kReader);
  if (!ready) throw soci::soci_error("the connection could not be set up");
}

Status LastError(soci::session& session, const char* query, bool writer) {
  sqlite_api::sqlite3* const handle = Inner(session);
  const int extended = sqlite_api::sqlite3_extended_errcode(handle);
  const int primary = extended & 0xff;
  const std::string name(query);
  switch (primary) {
    case SQLITE_CONSTRAINT:
      return ConstraintError(extended, sqlite_api::sqlite3_errmsg(handle));
    case SQLITE_READONLY:
      if (!writer) return Internal("query " + name + " writes inside a read");
      [[fallthrough]];
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
    case SQLITE_PROTOCOL:
      return WithFact(Unavailable(kStoreUnavailable), "store", sqlite_api::sqlite3_errstr(primary));
    default:
      // Messages of this kind name tables and columns, never values.
      return Internal("query " + name + ": " + sqlite_api::sqlite3_errmsg(handle));
  }
}

bool RunScript(soci::session& session, const std::string& script) {
  return sqlite_api::sqlite3_exec(Inner(session), script.c_str(), nullptr, nullptr, nullptr) ==
         SQLITE_OK;
}

bool InTransaction(soci::session& session) {
  return sqlite_api::sqlite3_get_autocommit(Inner(session)) == 0;
}

int64_t Changes(soci::session& session) {
  return sqlite_api::sqlite3_total_changes64(Inner(session));
}

void CountLogPages(soci::session& session, int* pages) {
  // Takes the place of SQLite's own automatic checkpoint.
  sqlite_api::sqlite3_wal_hook(
      Inner(session),
      [](void* to, sqlite_api::sqlite3*, const char*, int count) {
        *static_cast<int*>(to) = count;
        return SQLITE_OK;
      },
      pages);
}

Status Checkpoint(soci::session& session, Sweep sweep) {
  sqlite_api::sqlite3* const handle = Inner(session);
  const int mode = sweep == Sweep::kPassive   ? SQLITE_CHECKPOINT_PASSIVE
                   : sweep == Sweep::kRestart ? SQLITE_CHECKPOINT_RESTART
                                              : SQLITE_CHECKPOINT_TRUNCATE;
  // Writes wait meanwhile.
  if (sweep == Sweep::kRestart) sqlite_api::sqlite3_busy_timeout(handle, kRestartPatienceMs);
  const int result = sqlite_api::sqlite3_wal_checkpoint_v2(handle, nullptr, mode, nullptr, nullptr);
  if (sweep == Sweep::kRestart) sqlite_api::sqlite3_busy_timeout(handle, kPatienceMs);
  if (result == SQLITE_OK) return absl::OkStatus();
  return WithFact(Unavailable(kStoreUnavailable), "store", sqlite_api::sqlite3_errstr(result));
}

}  // namespace matchgo::sql::dialect
