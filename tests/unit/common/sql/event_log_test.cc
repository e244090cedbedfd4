#include "common/sql/event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/random/random.h"
#include "tests/support/note_store.h"
#include "tests/support/status_matchers.h"

namespace matchgo::sql {
namespace {

void ExpectNoGaps(const std::vector<RecordedEvent>& events) {
  for (size_t i = 0; i < events.size(); ++i) {
    ASSERT_EQ(events[i].sequence, static_cast<int64_t>(i) + 1);
  }
}

TEST(EventLogTest, KeepsWhatHappenedAndWhoDidIt) {
  const auto database = OpenNotes(":memory:");
  ASSERT_THAT(database->Write(
                  MakeCall("boss"),
                  [](Tx& tx) {
                    EXPECT_EQ(tx.AppendEvent({"note.added", "notes/a", 3, TenantId("acme")}), 1);
                    EXPECT_EQ(*LastSequence(tx), 1);  // before the commit already
                    return absl::OkStatus();
                  }),
              IsOk());
  const std::vector<RecordedEvent> events = AllEvents(*database);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].sequence, 1);
  EXPECT_EQ(events[0].time, MakeCall().now);
  EXPECT_EQ(events[0].kind, "note.added");
  EXPECT_EQ(events[0].resource, "notes/a");
  EXPECT_EQ(events[0].version, 3);
  EXPECT_EQ(events[0].tenant, TenantId("acme"));
  EXPECT_EQ(events[0].actor, "employer:boss");
}

TEST(EventLogTest, ReadsPagesAfterASequence) {
  const auto database = OpenNotes(":memory:");
  for (int i = 1; i <= 5; ++i) ASSERT_THAT(WriteNote(*database, std::to_string(i)), IsOk());
  const auto page = [&](int64_t after, int limit) {
    std::vector<int64_t> sequences;
    const auto events =
        database->Read(MakeCall(), [&](Tx& tx) { return ReadEvents(tx, after, limit); });
    for (const RecordedEvent& event : *events) sequences.push_back(event.sequence);
    return sequences;
  };
  EXPECT_THAT(page(0, 2), testing::ElementsAre(1, 2));
  EXPECT_THAT(page(2, 2), testing::ElementsAre(3, 4));
  EXPECT_THAT(page(4, 2), testing::ElementsAre(5));
  EXPECT_THAT(page(5, 2), testing::IsEmpty());
}

// Random groups in which a third of the writes is refused after it appended events.
TEST(EventLogTest, NumbersHaveNoGapsUnderRefusalsAndReopening) {
  const TempFolder folder;
  Random random(11);
  int64_t expected = 0;
  for (int round = 0; round < 4; ++round) {
    const auto database = OpenNotes(folder / "notes.db");
    ASSERT_EQ(database->sequence(), expected);
    for (int group = 0; group < 10; ++group) {
      HeldWriter held(*database);
      for (uint64_t i = random.Below(8); i > 0; --i) {
        const auto appends = static_cast<int64_t>(random.Below(4));
        const bool refused = random.Chance(333);
        database->Submit(
            MakeCall(),
            [=](Tx& tx) {
              for (int64_t n = 0; n < appends; ++n) {
                tx.AppendEvent({"note.seen", "notes/x", n, TenantId("t1")});
              }
              return refused ? Precondition({"NO", "refused"}) : absl::OkStatus();
            },
            [](const Status&) {});
        if (!refused) expected += appends;
      }
    }
    ASSERT_THAT(database->Checkpoint(), IsOk());
    ASSERT_EQ(database->sequence(), expected);
    const std::vector<RecordedEvent> events = AllEvents(*database);
    ASSERT_EQ(static_cast<int64_t>(events.size()), expected);
    ExpectNoGaps(events);
  }
  EXPECT_GT(expected, 50);
}

TEST(EventLogTest, AStoreWhoseCounterDisagreesIsRefused) {
  const TempFolder folder;
  {
    const auto database = OpenNotes(folder / "notes.db");
    ASSERT_THAT(WriteNote(*database, "a"), IsOk());
    ASSERT_THAT(database->Write(MakeCall(),
                                [](Tx& tx) {
                                  return tx.Execute({"lose", "DELETE FROM event", ""}, {}).status();
                                }),
                IsOk());
  }
  DatabaseOptions options;
  options.file = folder / "notes.db";
  options.migrations = {NoteMigration()};
  EXPECT_THAT(Database::Open(std::move(options), TestClock()), HasReason("STORE_DAMAGED"));
}

}  // namespace
}  // namespace matchgo::sql
