#include "common/sql/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <map>
#include <thread>

#include "tests/support/note_store.h"
#include "tests/support/status_matchers.h"

namespace matchgo::sql {
namespace {

using std::chrono::steady_clock;

// Both kinds of store behave alike.
class DatabaseTest : public testing::TestWithParam<bool> {
 protected:
  std::filesystem::path File() { return GetParam() ? ":memory:" : folder_ / "data/notes.db"; }
  TempFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Stores, DatabaseTest, testing::Bool(),
                         [](const auto& store) { return store.param ? "Memory" : "File"; });

TEST_P(DatabaseTest, WritesAreReadBackWithTheirSequence) {
  const auto database = OpenNotes(File());
  EXPECT_EQ(*WriteNote(*database, "a"), 1);
  EXPECT_EQ(*WriteNote(*database, "b"), 2);
  EXPECT_EQ(database->sequence(), 2);
  EXPECT_THAT(NoteIds(*database), testing::ElementsAre("a", "b"));
}

TEST_P(DatabaseTest, ManyWritersAndReadersLoseNothing) {
  std::atomic<int> groups = 0;
  SqlObserver observer;
  observer.group = [&](size_t, Duration, bool ok) { groups += ok ? 1 : 0; };
  const auto database = OpenNotes(File(), nullptr, observer);
  constexpr int kThreads = 16;
  constexpr int kWrites = 25;
  std::atomic<bool> writing = true;
  std::thread reader([&] {
    size_t seen = 0;
    while (writing) {
      const size_t now = NoteIds(*database).size();
      EXPECT_GE(now, seen);
      seen = now;
    }
  });
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kWrites; ++i) {
        EXPECT_THAT(WriteNote(*database, std::to_string(t) + "-" + std::to_string(i)), IsOk());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  writing = false;
  reader.join();
  EXPECT_EQ(NoteIds(*database).size(), size_t{kThreads * kWrites});
  EXPECT_EQ(database->sequence(), kThreads * kWrites);
  EXPECT_LE(groups, kThreads * kWrites);
}

TEST_P(DatabaseTest, QueuedWritesShareOneCommitAndARefusedOneLeavesNoTrace) {
  std::vector<size_t> groups;
  SqlObserver observer;
  observer.group = [&](size_t writes, Duration, bool) { groups.push_back(writes); };
  const auto database = OpenNotes(File(), nullptr, observer);
  ASSERT_THAT(WriteNote(*database, "there"), IsOk());
  groups.clear();
  std::vector<std::pair<std::string, Status>> answers;
  {
    HeldWriter held(*database);
    for (const char* id : {"a", "there", "b", "refused", "c"}) {
      database->Submit(
          MakeCall(),
          [id = std::string(id)](Tx& tx) -> Status {
            RETURN_IF_ERROR(AddNote(tx, id).status());
            return id == "refused" ? Precondition({"NO", "not this one"}) : absl::OkStatus();
          },
          [&, id](Status status) { answers.emplace_back(id, std::move(status)); });
    }
  }
  database->Stop();
  EXPECT_THAT(groups, testing::ElementsAre(1, 5));
  ASSERT_EQ(answers.size(), 5u);
  EXPECT_THAT(answers[0].second, IsOk());
  EXPECT_THAT(answers[1].second, HasReason("UNIQUE"));
  EXPECT_THAT(answers[2].second, IsOk());
  EXPECT_THAT(answers[3].second, HasReason("NO"));
  EXPECT_THAT(answers[4].second, IsOk());
  EXPECT_EQ(database->sequence(), 4);  // there, a, b, c
}

TEST_P(DatabaseTest, OnlyAWriteThatFailsHalfWayMakesItsGroupRunAgain) {
  struct Case {
    const char* name;
    std::function<Status(Tx&)> work;
    const char* reason;
    int runs;  // of its neighbour before; the one after has not run yet
  };
  const auto refuse = [] { return Precondition({"NO", "not this one"}); };
  const Case cases[] = {
      {"refused at once", [&](Tx&) -> Status { return refuse(); }, "NO", 1},
      {"refused by its first statement", [](Tx& tx) { return AddNote(tx, "there").status(); },
       "UNIQUE", 1},
      {"refused after a change",
       [&](Tx& tx) -> Status {
         RETURN_IF_ERROR(AddNote(tx, "half").status());
         return refuse();
       },
       "NO", 2},
      {"refused by its second statement",
       [](Tx& tx) -> Status {
         RETURN_IF_ERROR(AddNote(tx, "half").status());
         return AddNote(tx, "there").status();
       },
       "UNIQUE", 2},
      {"that asked to run apart",
       [&](Tx& tx) -> Status {
         if (!tx.may_ask()) return refuse();
         tx.AskToRunApart();
         return absl::OkStatus();
       },
       "NO", 2},
  };
  const auto database = OpenNotes(File());
  ASSERT_THAT(WriteNote(*database, "there"), IsOk());
  std::vector<std::string> kept = {"there"};
  for (const Case& row : cases) {
    std::map<std::string, int> runs;
    std::vector<std::string> reasons;
    const std::string before = std::string("before one ") + row.name;
    const std::string after = std::string("after one ") + row.name;
    {
      HeldWriter held(*database);
      const auto add = [&](const std::string& id) {
        kept.push_back(id);
        return [&runs, id](Tx& tx) {
          ++runs[id];
          return AddNote(tx, id).status();
        };
      };
      const auto keep = [&](const Status& status) { reasons.push_back(ReasonOf(status)); };
      database->Submit(MakeCall(), add(before), keep);
      database->Submit(MakeCall(), row.work, keep);
      database->Submit(MakeCall(), add(after), keep);
    }
    ASSERT_THAT(database->Checkpoint(), IsOk());
    EXPECT_EQ(runs[before], row.runs) << row.name;
    EXPECT_EQ(runs[after], 1) << row.name;
    EXPECT_THAT(reasons, testing::ElementsAre("", row.reason, "")) << row.name;
    EXPECT_THAT(NoteIds(*database), testing::UnorderedElementsAreArray(kept)) << row.name;
    EXPECT_EQ(database->sequence(), static_cast<int64_t>(kept.size())) << row.name;
  }
}

TEST_P(DatabaseTest, AWriteThatFailsAloneIsNotRepeated) {
  const auto database = OpenNotes(File());
  int runs = 0;
  const Status refused = database->Write(MakeCall(), [&](Tx& tx) -> Status {
    ++runs;
    RETURN_IF_ERROR(AddNote(tx, "half").status());
    return Precondition({"NO", "not this one"});
  });
  EXPECT_THAT(refused, HasReason("NO"));
  EXPECT_EQ(runs, 1);
  EXPECT_THAT(NoteIds(*database), testing::IsEmpty());
  EXPECT_EQ(*WriteNote(*database, "next"), 1);
}

TEST_P(DatabaseTest, AWriteThatAsksRunsApartAlsoWhenItIsAlone) {
  const auto database = OpenNotes(File());
  std::vector<bool> changed;
  const Status written = database->Write(MakeCall(), [&](Tx& tx) -> Status {
    changed.push_back(tx.changed());
    RETURN_IF_ERROR(AddNote(tx, "note").status());
    changed.push_back(tx.changed());
    if (tx.may_ask()) tx.AskToRunApart();
    return absl::OkStatus();
  });
  EXPECT_THAT(written, IsOk());
  EXPECT_THAT(changed, testing::ElementsAre(false, true, false, true));
  EXPECT_THAT(NoteIds(*database), testing::ElementsAre("note"));
  EXPECT_EQ(database->sequence(), 1);
}

// Else a storm of repeated requests would have the writer do everything twice.
TEST_P(DatabaseTest, AfterOneThatAskedAThousandMayNot) {
  const auto database = OpenNotes(File());
  std::vector<bool> asked;
  {
    HeldWriter held(*database);
    for (int i = 0; i < 2010; ++i) {
      const auto work = [&asked](Tx& tx) {
        asked.push_back(tx.may_ask());
        if (tx.may_ask()) tx.AskToRunApart();
        return absl::OkStatus();
      };
      database->Submit(MakeCall(), work, [](const Status& status) { EXPECT_THAT(status, IsOk()); });
    }
  }
  ASSERT_THAT(database->Checkpoint(), IsOk());
  EXPECT_EQ(std::count(asked.begin(), asked.end(), true), 2);
}

TEST_P(DatabaseTest, GroupsAreCapped) {
  std::vector<size_t> groups;
  DatabaseOptions options;
  options.file = File();
  options.migrations = {NoteMigration()};
  options.group_max = 4;
  SqlObserver observer;
  observer.group = [&](size_t writes, Duration, bool) { groups.push_back(writes); };
  auto database = *Database::Open(std::move(options), TestClock(), observer);
  {
    HeldWriter held(*database);
    for (int i = 0; i < 10; ++i) {
      database->Submit(
          MakeCall(), [i](Tx& tx) { return AddNote(tx, std::to_string(i)).status(); },
          [](const Status& status) { EXPECT_THAT(status, IsOk()); });
    }
  }
  database->Stop();
  EXPECT_THAT(groups, testing::ElementsAre(1, 4, 4, 2));
}

TEST_P(DatabaseTest, AFullQueueAndAPassedDeadlineRefuseWithoutEffect) {
  DatabaseOptions options;
  options.file = File();
  options.migrations = {NoteMigration()};
  options.queue_max = 2;
  auto database = *Database::Open(std::move(options), TestClock());
  std::vector<Status> answers;
  const auto keep = [&](Status status) { answers.push_back(std::move(status)); };
  {
    HeldWriter held(*database);
    Call late = MakeCall();
    late.deadline = steady_clock::now() - std::chrono::seconds(1);
    database->Submit(
        late, [](Tx& tx) { return AddNote(tx, "late").status(); }, keep);
    database->Submit(
        MakeCall(), [](Tx& tx) { return AddNote(tx, "fine").status(); }, keep);
    EXPECT_EQ(database->queue_length(), 2u);
    database->Submit(
        MakeCall(), [](Tx& tx) { return AddNote(tx, "third").status(); }, keep);
    ASSERT_EQ(answers.size(), 1u);
    EXPECT_THAT(answers[0], HasReason("OVERLOADED"));
    EXPECT_THAT(answers[0], StatusIs(absl::StatusCode::kUnavailable));
  }
  ASSERT_THAT(database->Checkpoint(), IsOk());
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_THAT(answers[1], HasReason("DEADLINE"));
  EXPECT_THAT(answers[2], IsOk());
  EXPECT_THAT(NoteIds(*database), testing::ElementsAre("fine"));
}

TEST_P(DatabaseTest, AReadPastItsDeadlineIsRefused) {
  const auto database = OpenNotes(File());
  Call late = MakeCall();
  late.deadline = steady_clock::now() - std::chrono::seconds(1);
  EXPECT_THAT(database->Read(late, [](Tx&) { return absl::OkStatus(); }), HasReason("DEADLINE"));
}

TEST(DatabaseFileTest, AReadSeesOneSnapshotWhileWritesGoOn) {
  const TempFolder folder;
  const auto database = OpenNotes(folder / "notes.db");
  ASSERT_THAT(WriteNote(*database, "a"), IsOk());
  const auto count = [](Tx& tx) {
    int64_t notes = 0;
    EXPECT_THAT(tx.Select(kCountNotes, {},
                          [&](const Row& row) {
                            notes = row.Int(0);
                            return absl::OkStatus();
                          }),
                IsOk());
    return notes;
  };
  const Status status = database->Read(MakeCall(), [&](Tx& tx) -> Status {
    EXPECT_EQ(count(tx), 1);
    std::thread other([&] { EXPECT_THAT(WriteNote(*database, "b"), IsOk()); });
    other.join();
    EXPECT_EQ(count(tx), 1);
    return absl::OkStatus();
  });
  EXPECT_THAT(status, IsOk());
  EXPECT_EQ(NoteIds(*database).size(), 2u);
}

TEST_P(DatabaseTest, AnswersAndChangesComeAfterTheCommit) {
  const auto database = OpenNotes(File());
  std::vector<int64_t> signalled;
  const auto subscription =
      database->changes().Subscribe([&](int64_t newest) { signalled.push_back(newest); });
  std::vector<size_t> seen;
  {
    HeldWriter held(*database);
    for (const char* id : {"a", "b"}) {
      database->Submit(
          MakeCall(), [id](Tx& tx) { return AddNote(tx, id).status(); },
          [&](const Status&) { seen.push_back(NoteIds(*database).size()); });
    }
  }
  ASSERT_THAT(database->Checkpoint(), IsOk());
  EXPECT_THAT(seen, testing::ElementsAre(2, 2));
  EXPECT_THAT(signalled, testing::ElementsAre(2));
  // No event, no signal.
  ASSERT_THAT(database->Write(MakeCall(), [](Tx&) { return absl::OkStatus(); }), IsOk());
  ASSERT_THAT(database->Checkpoint(), IsOk());
  EXPECT_THAT(signalled, testing::ElementsAre(2));
}

TEST_P(DatabaseTest, StopFinishesWhatIsQueuedAndRefusesTheRest) {
  const auto database = OpenNotes(File());
  int answered = 0;
  {
    HeldWriter held(*database);
    for (int i = 0; i < 5; ++i) {
      database->Submit(
          MakeCall(), [i](Tx& tx) { return AddNote(tx, std::to_string(i)).status(); },
          [&](const Status& status) { answered += status.ok() ? 1 : 0; });
    }
  }
  database->Stop();
  EXPECT_EQ(answered, 5);
  EXPECT_THAT(WriteNote(*database, "late"), HasReason("STOPPING"));
  EXPECT_THAT(database->Read(MakeCall(), [](Tx&) { return absl::OkStatus(); }),
              HasReason("STOPPING"));
  database->Stop();
}

TEST(DatabaseFileTest, ACheckpointEmptiesTheLogOfTheDatabase) {
  const TempFolder folder;
  const auto database = OpenNotes(folder / "notes.db");
  for (int i = 0; i < 20; ++i) ASSERT_THAT(WriteNote(*database, std::to_string(i)), IsOk());
  EXPECT_GT(std::filesystem::file_size(folder / "notes.db-wal"), 0u);
  EXPECT_THAT(database->Checkpoint(), IsOk());
  EXPECT_EQ(std::filesystem::file_size(folder / "notes.db-wal"), 0u);
  const auto mode = std::filesystem::status(folder / "notes.db").permissions();
  EXPECT_EQ(mode & std::filesystem::perms::others_all, std::filesystem::perms::none);
}

TEST_P(DatabaseTest, TheObserverHearsOfStatements) {
  std::vector<std::pair<std::string, bool>> heard;
  int waited = 0;
  SqlObserver observer;
  observer.statement = [&](const char* query, Duration, bool ok) { heard.emplace_back(query, ok); };
  observer.queue_wait = [&](Duration wait) { waited += wait >= Duration(0) ? 1 : 0; };
  const auto database = OpenNotes(File(), nullptr, observer);
  heard.clear();
  ASSERT_THAT(WriteNote(*database, "a"), IsOk());
  ASSERT_THAT(WriteNote(*database, "a"), HasReason("UNIQUE"));
  EXPECT_THAT(heard, testing::ElementsAre(testing::Pair("add_note", true),
                                          testing::Pair("append_event", true),
                                          testing::Pair("move_event_sequence", true),
                                          testing::Pair("add_note", false)));
  EXPECT_EQ(waited, 2);
}

TEST(DatabaseDeathTest, NestedCallsEndTheProcessInsteadOfHanging) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  const auto database = OpenNotes(":memory:");
  EXPECT_DEATH(
      (void)database->Write(MakeCall(), [&](Tx&) { return WriteNote(*database, "a").status(); }),
      "CHECK");
  EXPECT_DEATH(
      (void)database->Write(
          MakeCall(),
          [&](Tx&) { return database->Read(MakeCall(), [](Tx&) { return absl::OkStatus(); }); }),
      "CHECK");
}

// What makes 64 callers durable at once affordable: they share commits.
TEST(DatabaseFileTest, SixtyFourCallersShareCommits) {
  const TempFolder folder;
  std::atomic<int> commits = 0;
  SqlObserver observer;
  observer.group = [&](size_t, Duration, bool) { ++commits; };
  const auto database = OpenNotes(folder / "notes.db", nullptr, observer);
  constexpr int kCallers = 64;
  constexpr int kWrites = 20;
  std::latch start(kCallers);
  std::vector<std::thread> callers;
  for (int c = 0; c < kCallers; ++c) {
    callers.emplace_back([&, c] {
      start.arrive_and_wait();
      for (int i = 0; i < kWrites; ++i) {
        EXPECT_THAT(WriteNote(*database, std::to_string(c * kWrites + i)), IsOk());
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_LE(commits, kCallers * kWrites / 4);
  RecordProperty("commits", commits);
}

}  // namespace
}  // namespace matchgo::sql
