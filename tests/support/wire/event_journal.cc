#include "tests/support/wire/event_journal.h"

#include <sqlite3.h>

#include <functional>

#include "common/base/check.h"

namespace matchgo {
namespace {

constexpr int kPatienceMs = 10'000;

class ReadOnly {
 public:
  explicit ReadOnly(const std::filesystem::path& file) {
    CHECK(sqlite3_open_v2(file.c_str(), &database_, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    sqlite3_busy_timeout(database_, kPatienceMs);
  }
  ReadOnly(const ReadOnly&) = delete;
  ReadOnly& operator=(const ReadOnly&) = delete;
  ~ReadOnly() { sqlite3_close(database_); }

  void Select(const char* sql, const std::function<void(sqlite3_stmt*)>& row) {
    sqlite3_stmt* statement = nullptr;
    CHECK(sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) == SQLITE_OK);
    int step = sqlite3_step(statement);
    for (; step == SQLITE_ROW; step = sqlite3_step(statement)) row(statement);
    sqlite3_finalize(statement);
    CHECK(step == SQLITE_DONE);
  }
  int64_t Number(const char* sql) {
    int64_t number = 0;
    Select(sql, [&](sqlite3_stmt* row) { number = sqlite3_column_int64(row, 0); });
    return number;
  }

 private:
  sqlite3* database_ = nullptr;
};

std::string Text(sqlite3_stmt* row, int column) {
  return reinterpret_cast<const char*>(sqlite3_column_text(row, column));
}

}  // namespace

std::vector<JournalEvent> EventsIn(const std::filesystem::path& database) {
  std::vector<JournalEvent> events;
  ReadOnly(database).Select(
      "SELECT sequence, kind, resource FROM event ORDER BY sequence", [&](sqlite3_stmt* row) {
        events.push_back({sqlite3_column_int64(row, 0), Text(row, 1), Text(row, 2)});
      });
  return events;
}

std::map<std::string, JournalHead> HeadsIn(const std::filesystem::path& folder) {
  std::map<std::string, JournalHead> heads;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".db") continue;
    ReadOnly database(entry.path());
    if (database.Number("SELECT COUNT(*) FROM sqlite_master WHERE name = 'event'") == 0) continue;
    heads[entry.path().filename().string()] = {database.Number("SELECT last FROM event_sequence"),
                                               database.Number("SELECT COUNT(*) FROM event"),
                                               database.Number("SELECT COUNT(*) FROM request_log")};
  }
  return heads;
}

}  // namespace matchgo
