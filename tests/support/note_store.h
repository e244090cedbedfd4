// A small table of notes and the calls to use it: what the tests of common/sql write and read.
//
// For tests only; knows no service. HeldWriter makes groups without sleeping.
// Used by tests/unit/common/sql and tests/unit/common/vault.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/sql/database.h"
#include "common/time/clock.h"
#include "tests/support/temp_folder.h"

namespace matchgo::sql {

inline Migration NoteMigration() {
  return {"0001", "notes",
          "CREATE TABLE note (id TEXT NOT NULL PRIMARY KEY, body TEXT, size BIGINT,"
          " CONSTRAINT size_limit CHECK (size < 1000));"
          "CREATE TABLE tag (note TEXT NOT NULL REFERENCES note (id), tag TEXT NOT NULL,"
          " UNIQUE (note, tag));"};
}

inline constexpr Query kAddNote{"add_note",
                                "INSERT INTO note (id, body, size) VALUES (:p1, :p2, :p3)", ""};
inline constexpr Query kGetNote{"get_note", "SELECT body, size FROM note WHERE id = :p1", "ti"};
inline constexpr Query kCountNotes{"count_notes", "SELECT COUNT(*) FROM note", "i"};
inline constexpr Query kListNotes{"list_notes", "SELECT id FROM note ORDER BY id", "t"};

inline Call MakeCall(std::string_view principal = "p1") {
  Call call;
  call.now = Instant::FromMicros(1'700'000'000'000'000);
  call.principal = {Role::kEmployer, std::string(principal), TenantId("t1")};
  call.method = "notes/Add";
  return call;
}

inline const Clock& TestClock() {
  static const ManualClock clock(Instant::FromMicros(1'700'000'000'000'000));
  return clock;
}

inline std::unique_ptr<Database> OpenNotes(const std::filesystem::path& file,
                                           FaultPlan* faults = nullptr, SqlObserver observer = {},
                                           int log_pages = DatabaseOptions().log_pages) {
  DatabaseOptions options;
  options.file = file;
  options.name = "notes";
  options.migrations = {NoteMigration()};
  options.faults = faults;
  options.log_pages = log_pages;
  auto database = Database::Open(std::move(options), TestClock(), std::move(observer));
  CHECK(database.ok());
  return *std::move(database);
}

// One note and one event about it.
inline StatusOr<int64_t> AddNote(Tx& tx, const std::string& id, Value body = "text") {
  RETURN_IF_ERROR(tx.Execute(kAddNote, {id, std::move(body), 1}).status());
  return tx.AppendEvent({"note.added", "notes/" + id, 1, TenantId("t1")});
}

inline StatusOr<int64_t> WriteNote(Database& database, const std::string& id) {
  return database.Write(MakeCall(), [&](Tx& tx) { return AddNote(tx, id); });
}

inline std::vector<std::string> NoteIds(Database& database) {
  std::vector<std::string> ids;
  CHECK(database
            .Read(MakeCall(),
                  [&](Tx& tx) {
                    return tx.Select(kListNotes, {}, [&](const Row& row) {
                      ids.push_back(row.Text(0));
                      return absl::OkStatus();
                    });
                  })
            .ok());
  return ids;
}

inline std::vector<RecordedEvent> AllEvents(Database& database) {
  auto events = database.Read(MakeCall(), [](Tx& tx) { return ReadEvents(tx, 0, 1'000'000); });
  CHECK(events.ok());
  return *std::move(events);
}

// Holds the writer inside a write until released, so that what is submitted meanwhile forms a
// group.
class HeldWriter {
 public:
  explicit HeldWriter(Database& database) {
    database.Submit(
        MakeCall(),
        [state = state_](Tx&) {
          std::unique_lock lock(state->mutex);
          state->inside = true;
          state->changed.notify_all();
          state->changed.wait(lock, [&] { return state->released; });
          return absl::OkStatus();
        },
        // A fault may keep the work from running at all.
        [state = state_](const Status&) {
          const std::lock_guard lock(state->mutex);
          state->inside = true;
          state->changed.notify_all();
        });
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [&] { return state_->inside; });
  }
  ~HeldWriter() {
    const std::lock_guard lock(state_->mutex);
    state_->released = true;
    state_->changed.notify_all();
  }
  HeldWriter(const HeldWriter&) = delete;
  HeldWriter& operator=(const HeldWriter&) = delete;

 private:
  struct State {
    std::mutex mutex;
    std::condition_variable changed;
    bool inside = false;
    bool released = false;
  };
  // Shared: the writer may still be waking up when the test has gone on.
  const std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace matchgo::sql
