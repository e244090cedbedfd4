#include "common/sql/transaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "common/sql/payload.h"
#include "tests/support/note_store.h"
#include "tests/support/status_matchers.h"

namespace matchgo::sql {
namespace {

struct Note {
  std::string body;
  int64_t size = 0;
  bool body_null = false;
  bool size_null = false;
};

StatusOr<Note> GetNote(Tx& tx, const std::string& id) {
  std::optional<Note> note;
  RETURN_IF_ERROR(tx.Select(kGetNote, {id}, [&](const Row& row) {
    note = Note{row.Text(0), row.Int(1), row.IsNull(0), row.IsNull(1)};
    return absl::OkStatus();
  }));
  if (!note) return NotFound({"NOT_FOUND", "no such note"});
  return *note;
}

class TransactionTest : public testing::Test {
 protected:
  Status Write(const std::function<Status(Tx&)>& work) {
    return database_->Write(MakeCall(), work);
  }
  StatusOr<Note> Get(const std::string& id) {
    return database_->Read(MakeCall(), [&](Tx& tx) { return GetNote(tx, id); });
  }
  StatusOr<std::string> PayloadOf(const std::string& id) {
    static constexpr Query kBody{"body", "SELECT body FROM note WHERE id = :p1", "t"};
    return database_->Read(MakeCall(), [&](Tx& tx) {
      StatusOr<std::string> payload = Internal("no such note");
      const Status status = tx.Select(kBody, {id}, [&](const Row& row) {
        payload = row.Payload(0);
        return absl::OkStatus();
      });
      return status.ok() ? payload : status;
    });
  }
  std::unique_ptr<Database> database_ = OpenNotes(":memory:");
};

TEST_F(TransactionTest, ValuesComeBackAsTheyWent) {
  const std::string long_text(100'000, 'x');
  struct Case {
    const char* id;
    Value body;
    Value size;
    Note expected;
  };
  const Case cases[] = {
      {"plain", "text", 7, {"text", 7}},
      {"empty", "", 0, {"", 0}},
      {"null", std::nullopt, std::optional<int64_t>(), {"", 0, true, true}},
      {"again after null", "text", -7, {"text", -7}},
      {"smallest", "", INT64_MIN, {"", INT64_MIN}},
      {"long", long_text, true, {long_text, 1}},
      {"quotes", "it's \"a\" ü€😀 :p1 ?", 1, {"it's \"a\" ü€😀 :p1 ?", 1}},
  };
  for (const Case& row : cases) {
    ASSERT_THAT(Write([&](Tx& tx) {
                  return tx.Execute(kAddNote, {row.id, row.body, row.size}).status();
                }),
                IsOk());
    const StatusOr<Note> note = Get(row.id);
    ASSERT_THAT(note, IsOk()) << row.id;
    EXPECT_EQ(note->body, row.expected.body) << row.id;
    EXPECT_EQ(note->size, row.expected.size) << row.id;
    EXPECT_EQ(note->body_null, row.expected.body_null) << row.id;
    EXPECT_EQ(note->size_null, row.expected.size_null) << row.id;
  }
}

// Bytes stay what they are, and what was written as base64 before reads the same.
TEST_F(TransactionTest, PayloadsAreBytesOrBase64) {
  using std::string_literals::operator""s;
  const std::string every_kind = "Zm9v\0\xff\xc3("s;
  struct Case {
    const char* id;
    Value body;
    std::string expected;
  };
  const std::string encoded = EncodePayload(every_kind);
  const Case cases[] = {{"bytes", Bytes{every_kind}, every_kind},
                        {"text", encoded, every_kind},
                        {"no bytes", Bytes{}, ""},
                        {"no text", "", ""}};
  for (const Case& row : cases) {
    ASSERT_THAT(Write([&](Tx& tx) {
                  return tx.Execute(kAddNote, {row.id, row.body, 0}).status();
                }),
                IsOk());
    const StatusOr<std::string> payload = PayloadOf(row.id);
    ASSERT_THAT(payload, IsOk()) << row.id;
    EXPECT_EQ(*payload, row.expected) << row.id;
    EXPECT_FALSE(Get(row.id)->body_null) << row.id;
  }
  ASSERT_THAT(Write([](Tx& tx) {
                return tx.Execute(kAddNote, {"damaged", "###", 0}).status();
              }),
              IsOk());
  EXPECT_THAT(PayloadOf("damaged"), HasReason("INTERNAL"));
}

TEST_F(TransactionTest, CountsAffectedRows) {
  static constexpr Query kGrow{"grow", "UPDATE note SET size = size + :p1 WHERE size < :p2", ""};
  ASSERT_THAT(Write([](Tx& tx) -> Status {
                for (int i = 0; i < 5; ++i) {
                  EXPECT_EQ(*tx.Execute(kAddNote, {std::to_string(i), "", i}), 1);
                }
                EXPECT_EQ(*tx.Execute(kGrow, {10, 3}), 3);
                EXPECT_EQ(*tx.Execute(kGrow, {10, 0}), 0);
                return absl::OkStatus();
              }),
              IsOk());
}

TEST_F(TransactionTest, NamesTheConstraintThatRefuses) {
  ASSERT_THAT(WriteNote(*database_, "n"), IsOk());
  constexpr Query kAddTag{"add_tag", "INSERT INTO tag (note, tag) VALUES (:p1, :p2)", ""};
  ASSERT_THAT(Write([&](Tx& tx) { return tx.Execute(kAddTag, {"n", "a"}).status(); }), IsOk());
  struct Case {
    const char* name;
    const Query& query;
    std::vector<Value> values;
    absl::StatusCode code;
    const char* reason;
    const char* constraint;
  };
  const Case cases[] = {
      {"primary key",
       kAddNote,
       {"n", "secret", 1},
       absl::StatusCode::kAlreadyExists,
       "UNIQUE",
       "note.id"},
      {"unique",
       kAddTag,
       {"n", "a"},
       absl::StatusCode::kAlreadyExists,
       "UNIQUE",
       "tag.note, tag.tag"},
      {"check",
       kAddNote,
       {"m", "secret", 1000},
       absl::StatusCode::kFailedPrecondition,
       "CONSTRAINT",
       "size_limit"},
      {"foreign key",
       kAddTag,
       {"secret", "a"},
       absl::StatusCode::kFailedPrecondition,
       "CONSTRAINT",
       "FOREIGN KEY"},
  };
  for (const Case& row : cases) {
    const Status status = Write([&](Tx& tx) { return tx.Execute(row.query, row.values).status(); });
    EXPECT_THAT(status, StatusIs(row.code)) << row.name;
    EXPECT_THAT(status, HasReason(row.reason)) << row.name;
    EXPECT_THAT(FactsOf(status), testing::Contains(testing::Pair("constraint", row.constraint)))
        << row.name;
    EXPECT_EQ(Describe(status).find("secret"), std::string::npos) << row.name;
  }
}

TEST_F(TransactionTest, AFailedStatementPoisonsTheWrite) {
  ASSERT_THAT(WriteNote(*database_, "n"), IsOk());
  const Status swallowed = Write([](Tx& tx) -> Status {
    EXPECT_THAT(AddNote(tx, "kept?"), IsOk());
    EXPECT_THAT(AddNote(tx, "n"), HasReason("UNIQUE"));
    EXPECT_THAT(AddNote(tx, "later"), HasReason("UNIQUE"));
    EXPECT_THAT(GetNote(tx, "n"), HasReason("UNIQUE"));
    return absl::OkStatus();
  });
  EXPECT_THAT(swallowed, HasReason("UNIQUE"));
  EXPECT_THAT(NoteIds(*database_), testing::ElementsAre("n"));
  const Status renamed = Write([](Tx& tx) -> Status {
    return AddNote(tx, "n").ok() ? absl::OkStatus() : Exists({"NOTE_EXISTS", "the note is there"});
  });
  EXPECT_THAT(renamed, HasReason("NOTE_EXISTS"));
}

TEST_F(TransactionTest, AVisitorEndsTheVisitAndMayRunOtherStatements) {
  for (const char* id : {"a", "b", "c"}) ASSERT_THAT(WriteNote(*database_, id), IsOk());
  std::vector<std::string> seen;
  const Status status = Write([&](Tx& tx) -> Status {
    const Status stopped = tx.Select(kListNotes, {}, [&](const Row& row) -> Status {
      seen.push_back(row.Text(0));
      return seen.size() == 2 ? NotFound({"ENOUGH", "stop here"}) : absl::OkStatus();
    });
    EXPECT_THAT(stopped, HasReason("ENOUGH"));
    // The same query again inside its own visitor, and a write.
    return tx.Select(kListNotes, {}, [&](const Row& outer) -> Status {
      int64_t inner = 0;
      RETURN_IF_ERROR(tx.Select(kListNotes, {}, [&](const Row&) {
        ++inner;
        return absl::OkStatus();
      }));
      seen.push_back(outer.Text(0) + std::to_string(inner));
      return tx.Execute({"touch", "UPDATE note SET size = :p1", ""}, {inner}).status();
    });
  });
  EXPECT_THAT(status, IsOk());
  EXPECT_THAT(seen, testing::ElementsAre("a", "b", "a3", "b3", "c3"));
}

TEST_F(TransactionTest, TextsAtOneAddressAreNotMixedUp) {
  ASSERT_THAT(WriteNote(*database_, "a"), IsOk());
  for (int i = 0; i < 3; ++i) {
    char text[64];
    std::snprintf(text, sizeof(text), "SELECT size + %d FROM note", i);
    int64_t size = 0;
    const Status status = database_->Read(MakeCall(), [&](Tx& tx) {
      return tx.Select({"dynamic", text, "i"}, {}, [&](const Row& row) {
        size = row.Int(0);
        return absl::OkStatus();
      });
    });
    EXPECT_THAT(status, IsOk());
    EXPECT_EQ(size, 1 + i);
  }
}

TEST_F(TransactionTest, AReadCannotWriteAndWrongSqlIsInternal) {
  const Status wrote = database_->Read(MakeCall(), [](Tx& tx) {
    return tx.Execute(kAddNote, {"x", "", 1}).status();
  });
  EXPECT_THAT(wrote, HasReason("INTERNAL"));
  EXPECT_THAT(MessageOf(wrote), testing::HasSubstr("add_note"));
  const Status wrong = Write([](Tx& tx) {
    return tx.Execute({"wrong", "UPDATE nowhere SET x = :p1", ""}, {"secret"}).status();
  });
  EXPECT_THAT(wrong, HasReason("INTERNAL"));
  EXPECT_EQ(Describe(wrong).find("secret"), std::string::npos);
  EXPECT_THAT(WriteNote(*database_, "fine"), IsOk());
}

using TransactionDeathTest = TransactionTest;

TEST_F(TransactionDeathTest, WrongUseEndsTheProcess) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  ASSERT_THAT(WriteNote(*database_, "n"), IsOk());
  EXPECT_DEATH((void)database_->Read(MakeCall(),
                                     [](Tx& tx) {
                                       tx.AppendEvent({"a", "b", 1, TenantId("t")});
                                       return absl::OkStatus();
                                     }),
               "sequence_ != nullptr");
  EXPECT_DEATH((void)database_->Read(MakeCall(),
                                     [](Tx& tx) {
                                       return tx.Select(kGetNote, {"n"}, [](const Row& row) {
                                         return row.Int(0) == 0 ? absl::OkStatus()
                                                                : Internal("not an integer");
                                       });
                                     }),
               "is_text");
}

}  // namespace
}  // namespace matchgo::sql
