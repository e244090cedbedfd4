#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/sql/fault_plan.h"
#include "tests/support/note_store.h"
#include "tests/support/status_matchers.h"

namespace matchgo::sql {
namespace {

// Submits the notes as one group and returns each one's reason ("" for OK).
std::vector<std::string> WriteGroup(Database& database, const std::vector<std::string>& ids) {
  std::vector<std::string> reasons;
  {
    HeldWriter held(database);
    for (const std::string& id : ids) {
      database.Submit(
          MakeCall(), [id](Tx& tx) { return AddNote(tx, id).status(); },
          [&](const Status& status) { reasons.push_back(ReasonOf(status)); });
    }
  }
  CHECK(database.Checkpoint().ok());
  return reasons;
}

class FaultTest : public testing::Test {
 protected:
  // The next group but one: the write that holds the writer is a group of its own.
  void FailGroup(FaultPoint point) { faults_.FailNext(point, 2); }
  FaultPlan faults_;
  std::unique_ptr<Database> database_ = OpenNotes(":memory:", &faults_);
};

TEST_F(FaultTest, CountsPassagesAndFailsOnlyTheOneThatIsNamed) {
  FaultPlan plan;
  plan.FailNext(FaultPoint::kBegin, 2);
  EXPECT_FALSE(plan.Passes(FaultPoint::kBegin));
  EXPECT_FALSE(plan.Passes(FaultPoint::kCommit));
  EXPECT_TRUE(plan.Passes(FaultPoint::kBegin));
  EXPECT_FALSE(plan.Passes(FaultPoint::kBegin));
  EXPECT_EQ(plan.Passages(FaultPoint::kBegin), 3);
}

TEST_F(FaultTest, AFailedBeginRefusesTheGroupAndTheNextOneWorks) {
  FailGroup(FaultPoint::kBegin);
  EXPECT_THAT(WriteGroup(*database_, {"a", "b"}), testing::Each("STORE_UNAVAILABLE"));
  EXPECT_THAT(NoteIds(*database_), testing::IsEmpty());
  EXPECT_THAT(WriteGroup(*database_, {"a", "b"}), testing::Each(""));
  EXPECT_EQ(database_->sequence(), 2);
}

TEST_F(FaultTest, AFailedStatementRefusesOnlyItsOwnWrite) {
  // Each note is two statements: the third is the insert of "b", the fourth its event. The latter
  // leaves a note behind, so the group runs again: "a" is statement 5 and 6, the event of "b" 8.
  const std::vector<std::vector<int>> rows = {{3}, {4, 8}};
  for (const std::vector<int>& failing : rows) {
    const std::string round = std::to_string(failing.front());
    for (const int statement : failing) faults_.FailNext(FaultPoint::kStatement, statement);
    EXPECT_THAT(WriteGroup(*database_, {"a" + round, "b" + round, "c" + round}),
                testing::ElementsAre("", "STORE_UNAVAILABLE", ""));
  }
  EXPECT_THAT(NoteIds(*database_), testing::ElementsAre("a3", "a4", "c3", "c4"));
  const std::vector<RecordedEvent> events = AllEvents(*database_);
  ASSERT_EQ(events.size(), 4u);
  EXPECT_EQ(events[1].resource, "notes/c3");
  EXPECT_EQ(events[3].sequence, 4);
}

TEST_F(FaultTest, AFailedCommitLeavesNothingAndGivesTheNumbersBack) {
  ASSERT_THAT(WriteNote(*database_, "before"), IsOk());
  FailGroup(FaultPoint::kCommit);
  EXPECT_THAT(WriteGroup(*database_, {"a", "before", "b"}),
              testing::ElementsAre("STORE_UNAVAILABLE", "UNIQUE", "STORE_UNAVAILABLE"));
  EXPECT_THAT(NoteIds(*database_), testing::ElementsAre("before"));
  EXPECT_EQ(*WriteNote(*database_, "after"), 2);
}

TEST_F(FaultTest, ALostCommitReplyIsUnknownToTheCallerButKept) {
  std::vector<int64_t> signalled;
  const auto subscription =
      database_->changes().Subscribe([&](int64_t newest) { signalled.push_back(newest); });
  FailGroup(FaultPoint::kCommitReply);
  EXPECT_THAT(WriteGroup(*database_, {"a", "b"}), testing::Each("STORE_UNAVAILABLE"));
  EXPECT_THAT(NoteIds(*database_), testing::ElementsAre("a", "b"));
  EXPECT_EQ(database_->sequence(), 2);
  EXPECT_THAT(signalled, testing::ElementsAre(2));  // watchers must not miss it
  EXPECT_EQ(*WriteNote(*database_, "c"), 3);
}

// Every fault at every place of a random load: whatever was acknowledged is there exactly once,
// what was refused is not, and the numbers have no gaps.
TEST_F(FaultTest, NothingAcknowledgedIsLostAndNothingRefusedIsKept) {
  const FaultPoint points[] = {FaultPoint::kBegin, FaultPoint::kStatement, FaultPoint::kCommit,
                               FaultPoint::kCommitReply};
  std::vector<std::string> acknowledged;
  std::vector<std::string> all;
  for (int round = 0; round < 60; ++round) {
    faults_.FailNext(points[round % 4], 1 + round % 7);
    std::vector<std::string> ids;
    for (int i = 0; i < 1 + round % 5; ++i) {
      ids.push_back("n" + std::to_string(round) + "-" + std::to_string(i));
    }
    const std::vector<std::string> reasons = WriteGroup(*database_, ids);
    for (size_t i = 0; i < ids.size(); ++i) {
      all.push_back(ids[i]);
      if (reasons[i].empty()) acknowledged.push_back(ids[i]);
    }
  }
  EXPECT_GT(acknowledged.size(), 50u);
  EXPECT_LT(acknowledged.size(), all.size());
  const std::vector<std::string> kept = NoteIds(*database_);
  EXPECT_THAT(kept, testing::IsSupersetOf(acknowledged));
  EXPECT_THAT(all, testing::IsSupersetOf(kept));
  const std::vector<RecordedEvent> events = AllEvents(*database_);
  ASSERT_EQ(events.size(), kept.size());
  for (size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].sequence, static_cast<int64_t>(i) + 1);
  }
}

// A real failure, not an injected one: the file may not grow any more.
TEST(FullStoreTest, AFullStoreRefusesAndRecovers) {
  const TempFolder folder;
  const auto database = OpenNotes(folder / "notes.db");
  ASSERT_THAT(WriteNote(*database, "a"), IsOk());
  const auto limit = [&](const char* text) {
    return database->Write(MakeCall(), [&](Tx& tx) {
      return tx.Select({"limit", text, "i"}, {}, [](const Row&) { return absl::OkStatus(); });
    });
  };
  ASSERT_THAT(limit("PRAGMA max_page_count=1"), IsOk());  // means: no more than there are now
  const Status full = database->Write(
      MakeCall(), [](Tx& tx) { return AddNote(tx, "big", std::string(1 << 20, 'x')).status(); });
  EXPECT_THAT(full, HasReason("STORE_UNAVAILABLE"));
  ASSERT_THAT(limit("PRAGMA max_page_count=1000000"), IsOk());
  EXPECT_EQ(*WriteNote(*database, "b"), 2);
  EXPECT_THAT(NoteIds(*database), testing::ElementsAre("a", "b"));
}

}  // namespace
}  // namespace matchgo::sql
