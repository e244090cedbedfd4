#include "common/sql/log_vfs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "common/sql/database.h"
#include "tests/support/note_store.h"
#include "tests/support/status_matchers.h"

namespace matchgo::sql {
namespace {

// What reaches the log's file: a letter a call, "w" write, "s" sync, "t" truncate; and which write
// fails next.
struct Wire {
  std::string calls;
  int fail_writes = 0;
};
Wire& TheWire() {
  static Wire wire;
  return wire;
}

// SQLite's own files with a Wire in front of the log: what the LogVfs of these tests stands on.
struct WiredFile {
  sqlite3_file seen;
  sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
sqlite3_file* Below(sqlite3_file* file) { return reinterpret_cast<WiredFile*>(file)->below(); }

int WiredClose(sqlite3_file* file) { return Below(file)->pMethods->xClose(Below(file)); }
int WiredRead(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  return Below(file)->pMethods->xRead(Below(file), bytes, size, offset);
}
int WiredWrite(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  if (TheWire().fail_writes > 0) {
    --TheWire().fail_writes;
    return SQLITE_FULL;
  }
  TheWire().calls.push_back('w');
  return Below(file)->pMethods->xWrite(Below(file), bytes, size, offset);
}
int WiredTruncate(sqlite3_file* file, sqlite3_int64 size) {
  TheWire().calls.push_back('t');
  return Below(file)->pMethods->xTruncate(Below(file), size);
}
int WiredSync(sqlite3_file* file, int flags) {
  TheWire().calls.push_back('s');
  return Below(file)->pMethods->xSync(Below(file), flags);
}
int WiredSize(sqlite3_file* file, sqlite3_int64* size) {
  return Below(file)->pMethods->xFileSize(Below(file), size);
}
int WiredLock(sqlite3_file* file, int level) {
  return Below(file)->pMethods->xLock(Below(file), level);
}
int WiredUnlock(sqlite3_file* file, int level) {
  return Below(file)->pMethods->xUnlock(Below(file), level);
}
int WiredReserved(sqlite3_file* file, int* reserved) {
  return Below(file)->pMethods->xCheckReservedLock(Below(file), reserved);
}
int WiredControl(sqlite3_file* file, int operation, void* argument) {
  return Below(file)->pMethods->xFileControl(Below(file), operation, argument);
}
int WiredSector(sqlite3_file* file) { return Below(file)->pMethods->xSectorSize(Below(file)); }
int WiredTraits(sqlite3_file* file) {
  return Below(file)->pMethods->xDeviceCharacteristics(Below(file));
}
constexpr sqlite3_io_methods kWiredMethods = {
    1,         WiredClose,  WiredRead,     WiredWrite,   WiredTruncate, WiredSync,   WiredSize,
    WiredLock, WiredUnlock, WiredReserved, WiredControl, WiredSector,   WiredTraits, nullptr,
    nullptr,   nullptr,     nullptr,       nullptr,      nullptr,
};

int WiredOpen(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* opened) {
  sqlite3_vfs* const usual = sqlite3_vfs_find(nullptr);
  if ((flags & SQLITE_OPEN_WAL) == 0) return usual->xOpen(usual, name, file, flags, opened);
  file->pMethods = nullptr;
  const int result = usual->xOpen(usual, name, Below(file), flags, opened);
  if (result == SQLITE_OK) file->pMethods = &kWiredMethods;
  return result;
}

// The name of a LogVfs over wired files.
const char* WiredLogVfs() {
  static sqlite3_vfs wired = [] {
    sqlite3_vfs copy = *sqlite3_vfs_find(nullptr);
    copy.szOsFile += static_cast<int>(sizeof(WiredFile));
    copy.zName = "wired";
    copy.xOpen = WiredOpen;
    return copy;
  }();
  static const bool registered = RegisterLogVfs("test-log", &wired);
  CHECK(registered);
  return "test-log";
}

// A store of numbers, as the writer opens its own.
class Numbers {
 public:
  explicit Numbers(const std::filesystem::path& file, const char* vfs = WiredLogVfs()) {
    CHECK(sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                          vfs) == SQLITE_OK);
    CHECK(Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=10;"
              "CREATE TABLE IF NOT EXISTS number (id INTEGER PRIMARY KEY, text TEXT)") ==
          SQLITE_OK);
    TheWire() = {};
  }
  ~Numbers() { sqlite3_close(handle_); }
  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;

  int Run(const std::string& script) {
    return sqlite3_exec(handle_, script.c_str(), nullptr, nullptr, nullptr);
  }
  bool InTransaction() { return sqlite3_get_autocommit(handle_) == 0; }
  // About a page each.
  int Add(int count) {
    return Run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT " +
               std::to_string(count) + ") INSERT INTO number (text) SELECT hex(zeroblob(1800)) " +
               "FROM n");
  }
  int Count() {
    int count = -1;
    sqlite3_exec(
        handle_,
        "SELECT CASE (SELECT * FROM pragma_integrity_check) WHEN 'ok' THEN count(*) "
        "ELSE -2 END FROM number",
        [](void* to, int, char** values, char**) {
          *static_cast<int*>(to) = std::atoi(values[0]);
          return 0;
        },
        &count, nullptr);
    return count;
  }

 private:
  sqlite3* handle_ = nullptr;
};

class LogVfsTest : public testing::Test {
 protected:
  std::string Calls() { return std::exchange(TheWire().calls, ""); }
  // What somebody finds who opens the files as they are now.
  int CountInACopy() {
    for (const char* name : {"n.db", "n.db-wal"}) {
      std::filesystem::copy_file(folder_ / name, copies_ / name,
                                 std::filesystem::copy_options::overwrite_existing);
    }
    return Numbers(copies_ / "n.db", nullptr).Count();
  }
  const TempFolder folder_;
  const TempFolder copies_;
};

TEST_F(LogVfsTest, ACommitIsOneWriteAndOneSync) {
  Numbers numbers(folder_ / "n.db");
  ASSERT_EQ(numbers.Add(6), SQLITE_OK);
  EXPECT_EQ(Calls(), "ws");
}

TEST_F(LogVfsTest, ALargeCommitIsAFewWritesAndOneSyncThatIsTheLast) {
  Numbers numbers(folder_ / "n.db");
  ASSERT_EQ(numbers.Add(200), SQLITE_OK);
  const std::string calls = Calls();
  EXPECT_EQ(calls.find('s'), calls.size() - 1);
  EXPECT_LT(calls.size(), 60u);  // and not 400: its cache of 10 pages makes it read what it wrote
  EXPECT_EQ(numbers.Count(), 200);
}

TEST_F(LogVfsTest, WhatIsCommittedIsInTheFilesWhenTheCommitReturns) {
  Numbers numbers(folder_ / "n.db");
  int added = 0;
  for (const int count : {1, 40, 3, 300, 1}) {
    ASSERT_EQ(numbers.Add(count), SQLITE_OK);
    added += count;
    EXPECT_EQ(CountInACopy(), added);
  }
}

TEST_F(LogVfsTest, WhatIsNotCommittedIsNotThere) {
  Numbers numbers(folder_ / "n.db");
  ASSERT_EQ(numbers.Add(5), SQLITE_OK);
  ASSERT_EQ(numbers.Run("BEGIN"), SQLITE_OK);
  ASSERT_EQ(numbers.Add(100), SQLITE_OK);  // more than the cache: some of it is in the log
  EXPECT_EQ(CountInACopy(), 5);
  ASSERT_EQ(numbers.Run("ROLLBACK"), SQLITE_OK);
  ASSERT_EQ(numbers.Add(1), SQLITE_OK);
  EXPECT_EQ(CountInACopy(), 6);
}

// Whichever write fails: the commit fails or is whole, and the store goes on.
TEST_F(LogVfsTest, AWriteThatFailsLateFailsItsCommit) {
  Numbers numbers(folder_ / "n.db");
  int there = 0;
  for (int round = 0; round < 40; ++round) {
    TheWire().fail_writes = round % 3 == 0 ? 1 : round % 3 == 1 ? 2 : 0;
    ASSERT_EQ(numbers.Run("BEGIN"), SQLITE_OK);
    // Goes on after a statement that failed, as one may unless SQLite ended the transaction.
    bool whole = true;
    for (int i = 0; i < 4 && numbers.InTransaction(); ++i) {
      whole = numbers.Add(20) == SQLITE_OK && whole;
    }
    const bool committed = numbers.InTransaction() && numbers.Run("COMMIT") == SQLITE_OK;
    if (numbers.InTransaction()) {
      ASSERT_EQ(numbers.Run("ROLLBACK"), SQLITE_OK);
    }
    TheWire().fail_writes = 0;
    const int now = numbers.Count();
    if (committed && whole) {
      EXPECT_EQ(now, there + 80) << round;
    } else if (!committed) {
      EXPECT_EQ(now, there) << round;
    }
    ASSERT_GE(now, there) << round;
    there = now;
    EXPECT_EQ(CountInACopy(), there) << round;
  }
  EXPECT_GT(there, 800);
}

TEST_F(LogVfsTest, ACheckpointFindsEverythingAndTheLogBeginsAgain) {
  Numbers numbers(folder_ / "n.db");
  ASSERT_EQ(numbers.Add(50), SQLITE_OK);
  ASSERT_EQ(numbers.Run("PRAGMA wal_checkpoint(TRUNCATE)"), SQLITE_OK);
  EXPECT_EQ(std::filesystem::file_size(folder_ / "n.db-wal"), 0u);
  ASSERT_EQ(numbers.Add(1), SQLITE_OK);
  EXPECT_EQ(CountInACopy(), 51);
}

// The same calls on a gathering file and on a plain one: the same answers, and the same bytes.
TEST_F(LogVfsTest, NobodyCanTellAGatheringFileFromAPlainOne) {
  sqlite3_vfs* const gathering = sqlite3_vfs_find(WiredLogVfs());
  sqlite3_vfs* const plain = sqlite3_vfs_find(nullptr);
  struct Opened {
    sqlite3_vfs* vfs;
    std::string name;
    std::unique_ptr<char[]> memory = {};
    sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(memory.get()); }
  };
  // A log takes the mode of its database. Names as SQLite passes them: zeros follow.
  for (const char* name : {"a", "b"}) std::ofstream(folder_ / name).flush();
  Opened both[] = {{gathering, (folder_ / "a-wal").string() + std::string(4, '\0')},
                   {plain, (folder_ / "b-wal").string() + std::string(4, '\0')}};
  for (Opened& one : both) {
    one.memory = std::make_unique<char[]>(static_cast<size_t>(one.vfs->szOsFile));
    const int flags = SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int opened = 0;
    ASSERT_EQ(one.vfs->xOpen(one.vfs, one.name.c_str(), one.file(), flags, &opened), SQLITE_OK);
  }
  Random random(7);
  sqlite3_int64 next = 0;
  for (int step = 0; step < 800; ++step) {
    const uint64_t kind = random.Below(23);
    const auto offset = random.Chance(800) ? next : random.Between(0, 300'000);
    const std::string bytes(static_cast<size_t>(random.Between(1, 4120)),
                            static_cast<char>('a' + random.Below(26)));
    std::string answers[2];
    for (size_t i = 0; i < 2; ++i) {
      sqlite3_file* const file = both[i].file();
      int result = SQLITE_OK;
      if (kind < 19) {
        result = file->pMethods->xWrite(file, bytes.data(), static_cast<int>(bytes.size()), offset);
      } else if (kind == 19) {
        answers[i] = bytes;
        result = file->pMethods->xRead(file, answers[i].data(), static_cast<int>(bytes.size()),
                                       offset / 2);
      } else if (kind == 20) {
        sqlite3_int64 size = 0;
        result = file->pMethods->xFileSize(file, &size);
        answers[i] = std::to_string(size);
      } else if (kind == 21) {
        result = file->pMethods->xTruncate(file, offset / 2);
      } else {
        result = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
        std::ifstream in(both[i].name.c_str(), std::ios::binary);
        answers[i].assign(std::istreambuf_iterator<char>(in), {});
      }
      answers[i] += "/" + std::to_string(result);
    }
    ASSERT_EQ(answers[0], answers[1]) << step;
    if (kind < 19) next = offset + static_cast<sqlite3_int64>(bytes.size());
    if (next > 400'000) next = 0;
  }
  for (Opened& one : both) EXPECT_EQ(one.file()->pMethods->xClose(one.file()), SQLITE_OK);
}

// A gathering log is only right while commits are synced before others see them.
TEST_F(LogVfsTest, TheWriterSyncsItsCommits) {
  const auto database = OpenNotes(folder_ / "we?ird #100%.db");
  ASSERT_THAT(WriteNote(*database, "a"), IsOk());
  int64_t level = 0;
  ASSERT_THAT(database->Write(MakeCall(),
                              [&](Tx& tx) {
                                return tx.Select({"synchronous", "PRAGMA synchronous", "i"}, {},
                                                 [&](const Row& row) {
                                                   level = row.Int(0);
                                                   return absl::OkStatus();
                                                 });
                              }),
              IsOk());
  EXPECT_EQ(level, 2);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "we?ird #100%.db-wal"));
  EXPECT_THAT(NoteIds(*database), testing::ElementsAre("a"));
}

}  // namespace
}  // namespace matchgo::sql
