#include "common/sql/checkpointer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include "tests/support/note_store.h"
#include "tests/support/status_matchers.h"

namespace matchgo::sql {
namespace {

constexpr int kLogPages = 50;
constexpr uintmax_t kPageBytes = 4096 + 24;
// Where the writer waits for readers, and a commit more.
constexpr uintmax_t kBound = (4 * kLogPages + 40) * kPageBytes;

class CheckpointerTest : public testing::Test {
 protected:
  // Some 17 pages each.
  void WriteLarge(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string id = std::to_string(written_++);
      ASSERT_THAT(database_->Write(
                      MakeCall(),
                      [&](Tx& tx) { return AddNote(tx, id, std::string(64 << 10, 'x')).status(); }),
                  IsOk());
    }
  }
  uintmax_t LogBytes() { return std::filesystem::file_size(folder_ / "notes.db-wal"); }

  const TempFolder folder_;
  std::unique_ptr<Database> database_ = OpenNotes(folder_ / "notes.db", nullptr, {}, kLogPages);
  int written_ = 0;
};

TEST_F(CheckpointerTest, TheLogBeginsAgainWhileWritesGoOn) {
  WriteLarge(100);  // 1,700 pages
  EXPECT_LT(LogBytes(), kBound);
  EXPECT_GT(std::filesystem::file_size(folder_ / "notes.db"), 1000 * kPageBytes);
  EXPECT_EQ(NoteIds(*database_).size(), 100u);
}

TEST_F(CheckpointerTest, AReaderThatStaysDoesNotHoldUpWritesAndTheLogRecovers) {
  WriteLarge(1);
  std::mutex mutex;
  std::condition_variable changed;
  bool reading = false;
  bool release = false;
  int64_t seen = 0;
  std::thread reader([&] {
    (void)database_->Read(MakeCall(), [&](Tx& tx) {
      const auto count = [&] {
        return tx.Select(kCountNotes, {}, [&](const Row& row) {
          seen = row.Int(0);
          return absl::OkStatus();
        });
      };
      RETURN_IF_ERROR(count());
      std::unique_lock lock(mutex);
      reading = true;
      changed.notify_all();
      changed.wait(lock, [&] { return release; });
      return count();
    });
  });
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return reading; });
  }
  WriteLarge(30);
  const uintmax_t with_reader = LogBytes();
  EXPECT_GT(with_reader, kBound);  // it needs what it began with
  {
    const std::lock_guard lock(mutex);
    release = true;
  }
  changed.notify_all();
  reader.join();
  EXPECT_EQ(seen, 1);
  WriteLarge(60);
  EXPECT_LT(LogBytes(), with_reader + kBound);
  EXPECT_EQ(NoteIds(*database_).size(), 91u);
}

TEST_F(CheckpointerTest, EmptyingTheLogWaitsForAMoveUnderWay) {
  for (int round = 0; round < 10; ++round) {
    WriteLarge(4);  // enough to begin a move
    ASSERT_THAT(database_->Checkpoint(), IsOk());
    EXPECT_EQ(LogBytes(), 0u);
  }
}

}  // namespace
}  // namespace matchgo::sql
