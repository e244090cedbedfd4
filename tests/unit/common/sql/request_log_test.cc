#include "common/sql/request_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/sql/migrate.h"
#include "common/sql/payload.h"
#include "common/sql/schema/migrations.h"
#include "common/sql/session.h"
#include "tests/support/note_store.h"
#include "tests/support/status_matchers.h"

namespace matchgo::sql {
namespace {

Call Keyed(std::string id, std::string hash) {
  Call call = MakeCall();
  call.request_id = std::move(id);
  call.request_hash = std::move(hash);
  return call;
}

// The shape of every write: replay, or do it and keep the reply.
Status AddOnce(Tx& tx, std::string* reply) {
  ASSIGN_OR_RETURN(const std::optional<std::string> known, FindReply(tx, tx.call()));
  if (known) {
    *reply = *known;
    return absl::OkStatus();
  }
  const int64_t sequence = tx.AppendEvent({"note.added", "notes/n", 1, TenantId("t1")});
  *reply = std::string("reply \0\xff ", 9) + std::to_string(sequence);
  return StoreReply(tx, tx.call(), *reply, "person-1");
}

class RequestLogTest : public testing::Test {
 protected:
  StatusOr<std::string> Add(const Call& call) {
    return database_->Write(call, [](Tx& tx) -> StatusOr<std::string> {
      std::string reply;
      RETURN_IF_ERROR(AddOnce(tx, &reply));
      return reply;
    });
  }
  std::unique_ptr<Database> database_ = OpenNotes(":memory:");
};

TEST_F(RequestLogTest, TheSameRequestGetsTheSameReplyAndHappensOnce) {
  const StatusOr<std::string> first = Add(Keyed("k", "h"));
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(*Add(Keyed("k", "h")), *first);
  EXPECT_EQ(*first, std::string("reply \0\xff ", 9) + "1");
  EXPECT_EQ(database_->sequence(), 1);
}

TEST_F(RequestLogTest, AnotherRequestUnderTheKeyIsRefused) {
  ASSERT_THAT(Add(Keyed("k", "h")), IsOk());
  const StatusOr<std::string> other = Add(Keyed("k", "other"));
  EXPECT_THAT(other, HasReason("KEY_REUSED"));
  EXPECT_THAT(other, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(database_->sequence(), 1);
}

TEST_F(RequestLogTest, KeysOfOthersAreOtherKeys) {
  ASSERT_THAT(Add(Keyed("k", "h")), IsOk());
  Call tenant = Keyed("k", "x");
  tenant.principal.tenant = TenantId("t2");
  Call principal = Keyed("k", "x");
  principal.principal.id = "p2";
  Call role = Keyed("k", "x");
  role.principal.role = Role::kCoach;
  Call method = Keyed("k", "x");
  method.method = "notes/Other";
  int64_t expected = 1;
  for (const Call& call : {tenant, principal, role, method, Keyed("k2", "x")}) {
    EXPECT_THAT(Add(call), IsOk());
    EXPECT_EQ(database_->sequence(), ++expected);
  }
}

TEST_F(RequestLogTest, WithoutAKeyNothingIsKept) {
  ASSERT_THAT(Add(MakeCall()), IsOk());
  ASSERT_THAT(Add(MakeCall()), IsOk());
  EXPECT_EQ(database_->sequence(), 2);
}

TEST_F(RequestLogTest, ARefusedWriteKeepsNoReply) {
  const Call call = Keyed("k", "h");
  const Status refused = database_->Write(call, [](Tx& tx) -> Status {
    std::string reply;
    RETURN_IF_ERROR(AddOnce(tx, &reply));
    return Precondition({"NO", "refused after all"});
  });
  ASSERT_THAT(refused, HasReason("NO"));
  EXPECT_THAT(Add(call), IsOk());
  EXPECT_EQ(database_->sequence(), 1);
}

// Twins in one commit group: the second sees the first's row before it is committed.
TEST_F(RequestLogTest, ConcurrentTwinsHappenOnce) {
  std::vector<std::string> replies;
  std::vector<Status> answers;
  {
    HeldWriter held(*database_);
    for (const char* hash : {"h", "h", "other"}) {
      auto reply = std::make_shared<std::string>();
      database_->Submit(
          Keyed("k", hash), [reply](Tx& tx) { return AddOnce(tx, reply.get()); },
          [&, reply](Status status) {
            replies.push_back(*reply);
            answers.push_back(std::move(status));
          });
    }
  }
  ASSERT_THAT(database_->Checkpoint(), IsOk());
  EXPECT_THAT(answers[0], IsOk());
  EXPECT_THAT(answers[1], IsOk());
  EXPECT_THAT(answers[2], HasReason("KEY_REUSED"));
  EXPECT_EQ(replies[0], replies[1]);
  EXPECT_EQ(database_->sequence(), 1);
}

TEST_F(RequestLogTest, ForgettingAPersonEmptiesTheReplyButKeepsTheKey) {
  ASSERT_THAT(Add(Keyed("k", "h")), IsOk());
  ASSERT_THAT(database_->Write(MakeCall(), [](Tx& tx) { return ForgetReplies(tx, "person-2"); }),
              IsOk());
  EXPECT_THAT(Add(Keyed("k", "h")), IsOk());
  ASSERT_THAT(database_->Write(MakeCall(), [](Tx& tx) { return ForgetReplies(tx, "person-1"); }),
              IsOk());
  EXPECT_THAT(Add(Keyed("k", "h")), HasReason("ERASED"));
  EXPECT_EQ(database_->sequence(), 1);
  const Status empty = database_->Read(MakeCall(), [](Tx& tx) {
    constexpr Query kAll{"all", "SELECT reply, request_hash, subject FROM request_log", "ttt"};
    return tx.Select(kAll, {}, [](const Row& row) {
      EXPECT_EQ(row.Text(0) + row.Text(1) + row.Text(2), "");
      return absl::OkStatus();
    });
  });
  EXPECT_THAT(empty, IsOk());
}

// Calls overtake each other on their way to the writer.
TEST_F(RequestLogTest, PruningNeverRemovesAYoungKey) {
  const Duration ages[] = {std::chrono::hours(50), std::chrono::hours(49), std::chrono::hours(47),
                           std::chrono::hours(49), std::chrono::hours(1)};
  for (const Duration& age : ages) {
    Call call = Keyed("k" + std::to_string(database_->sequence()), "h");
    call.now = call.now - age;
    ASSERT_THAT(Add(call), IsOk());
  }
  const auto prune = [&](int hours) {
    return *database_->Write(MakeCall(), [&](Tx& tx) {
      return PruneReplies(tx, tx.call().now - std::chrono::hours(hours));
    });
  };
  EXPECT_EQ(prune(48), 2);  // what was overtaken goes with the one before it
  EXPECT_EQ(prune(48), 0);
  EXPECT_EQ(prune(46), 2);
  EXPECT_EQ(prune(0), 1);
}

TEST_F(RequestLogTest, PruningRemovesOldKeysOnly) {
  Call old = Keyed("old", "h");
  old.now = old.now - std::chrono::hours(49);
  ASSERT_THAT(Add(old), IsOk());
  ASSERT_THAT(Add(Keyed("new", "h")), IsOk());
  const auto pruned = database_->Write(
      MakeCall(), [](Tx& tx) { return PruneReplies(tx, tx.call().now - std::chrono::hours(48)); });
  EXPECT_EQ(*pruned, 1);
  ASSERT_THAT(Add(Keyed("new", "h")), IsOk());
  EXPECT_EQ(database_->sequence(), 2);
  ASSERT_THAT(Add(Keyed("old", "h")), IsOk());
  EXPECT_EQ(database_->sequence(), 3);
}

// A store from before keys were one column.
TEST(RequestLogMigrationTest, WhatWasAnsweredBeforeIsStillKnown) {
  const TempFolder folder;
  const std::filesystem::path file = folder / "notes.db";
  Call call = Keyed("k", "h");
  const SqlObserver observer;
  {
    const auto session = Session::Open(file.string(), Session::Use::kWrite, observer);
    ASSERT_THAT(session, IsOk());
    ASSERT_THAT(Migrate(**session, {schema::Migrations().front()}, call.now), IsOk());
    constexpr Query kOld{"old",
                         "INSERT INTO request_log (tenant, principal, method, request_id,"
                         " request_hash, reply, subject, state, time) VALUES"
                         " ('t1', 'employer:p1', 'notes/Add', :p1, 'h', :p2, '', 'kept', :p3)",
                         ""};
    for (const char* id : {"k", "k2"}) {
      const std::string reply = EncodePayload(std::string("reply to ") + id);
      const Value values[] = {id, reply, call.now.micros()};
      ASSERT_THAT((*session)->Execute(kOld, values), IsOk());
    }
  }
  const auto database = OpenNotes(file);
  const auto find = [&](const Call& from) {
    return database->Read(from, [](Tx& tx) { return FindReply(tx, tx.call()); });
  };
  EXPECT_EQ(find(call)->value_or("none"), "reply to k");
  EXPECT_EQ(find(Keyed("k2", "h"))->value_or("none"), "reply to k2");
  EXPECT_EQ(find(Keyed("k3", "h"))->value_or("none"), "none");
  EXPECT_THAT(find(Keyed("k", "other")), HasReason("KEY_REUSED"));
}

}  // namespace
}  // namespace matchgo::sql
