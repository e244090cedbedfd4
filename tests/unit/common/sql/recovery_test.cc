#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "common/sql/database.h"
#include "tests/support/note_store.h"
#include "tests/support/status_matchers.h"

namespace matchgo::sql {
namespace {

// Runs `work` in a process of its own; it talks back through the pipe's end that it is given.
class Child {
 public:
  template <class F>
  explicit Child(F work) {
    int ends[2];
    CHECK(pipe(ends) == 0);
    process_ = fork();
    CHECK(process_ >= 0);
    if (process_ == 0) {
      close(ends[0]);
      work(ends[1]);
      _exit(0);
    }
    close(ends[1]);
    pipe_ = ends[0];
  }
  ~Child() {
    Kill();
    close(pipe_);
  }
  // The next byte it says; 0 when it is gone.
  char Hear() {
    char byte = 0;
    return read(pipe_, &byte, 1) == 1 ? byte : '\0';
  }
  void Kill() {
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = 0;
  }

 private:
  pid_t process_ = 0;
  int pipe_ = -1;
};

void Say(int pipe, char byte) { CHECK(write(pipe, &byte, 1) == 1); }

TEST(RecoveryTest, WhatWasAcknowledgedSurvivesAKill) {
  const TempFolder folder;
  int64_t acknowledged = 0;
  for (int round = 0; round < 3; ++round) {
    Child child([&](int pipe) {
      // A short log: some of the kills come while it is moved into the file.
      const auto database = OpenNotes(folder / "notes.db", nullptr, {}, /*log_pages=*/20);
      for (int64_t i = 0;; ++i) {
        CHECK(WriteNote(*database, std::to_string(round) + "-" + std::to_string(i)).ok());
        Say(pipe, '+');
      }
    });
    for (int i = 0; i < 40; ++i) {
      ASSERT_EQ(child.Hear(), '+');
      ++acknowledged;
    }
    child.Kill();
    while (child.Hear() == '+') ++acknowledged;  // said before the end, not yet heard
    const auto database = OpenNotes(folder / "notes.db");
    const std::vector<RecordedEvent> events = AllEvents(*database);
    EXPECT_GE(static_cast<int64_t>(events.size()), acknowledged);
    // At most one write per round was committed and not yet acknowledged.
    EXPECT_LE(static_cast<int64_t>(events.size()), acknowledged + 1);
    acknowledged = static_cast<int64_t>(events.size());
    EXPECT_EQ(NoteIds(*database).size(), events.size());
    EXPECT_EQ(database->sequence(), acknowledged);
    EXPECT_EQ(events.back().sequence, acknowledged);
  }
}

// The files as they are on disk at that moment, as after a power cut: no checkpoint, no goodbye.
TEST(RecoveryTest, ACopyOfTheFilesAtAnyMomentHoldsWhatWasAcknowledged) {
  const TempFolder folder;
  const auto database = OpenNotes(folder / "notes.db");
  for (int i = 0; i < 5; ++i) {
    for (int n = 0; n < 7; ++n) {
      ASSERT_THAT(WriteNote(*database, std::to_string(i) + "-" + std::to_string(n)), IsOk());
    }
    const TempFolder copy;
    for (const char* name : {"notes.db", "notes.db-wal"}) {
      std::filesystem::copy_file(folder / name, copy / name);
    }
    const auto restored = OpenNotes(copy / "notes.db");
    EXPECT_EQ(restored->sequence(), (i + 1) * 7);
    EXPECT_EQ(NoteIds(*restored).size(), static_cast<size_t>(i + 1) * 7);
  }
}

TEST(RecoveryTest, ASecondProcessIsRefusedWithASentence) {
  const TempFolder folder;
  Child child([&](int pipe) {
    const auto database = OpenNotes(folder / "notes.db");
    Say(pipe, '+');
    pause();
  });
  ASSERT_EQ(child.Hear(), '+');
  const auto open = [&] {
    DatabaseOptions options;
    options.file = folder / "notes.db";
    options.migrations = {NoteMigration()};
    return Database::Open(std::move(options), TestClock());
  };
  const auto refused = open();
  EXPECT_THAT(refused, HasReason("STORE_IN_USE"));
  EXPECT_THAT(MessageOf(refused.status()), testing::HasSubstr("another process already uses"));
  EXPECT_THAT(FactsOf(refused.status()), testing::Contains(testing::Key("process")));
  child.Kill();
  const auto first = open();
  ASSERT_THAT(first, IsOk());
  EXPECT_THAT(open(), HasReason("STORE_IN_USE"));  // the same process twice is no better
}

TEST(RecoveryTest, AFolderThatCannotBeMadeIsAnError) {
  DatabaseOptions options;
  options.file = "/proc/nowhere/notes.db";
  EXPECT_THAT(Database::Open(std::move(options), TestClock()), HasReason("STORE_UNAVAILABLE"));
}

}  // namespace
}  // namespace matchgo::sql
