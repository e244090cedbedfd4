#include "common/vault/vault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "common/sql/database.h"
#include "tests/support/note_store.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace matchgo {
namespace {

std::unique_ptr<Vault> OpenVault(const std::filesystem::path& folder, size_t cached_keys = 1000,
                                 sql::SqlObserver observer = {}) {
  auto vault = Vault::Open({.folder = folder, .cached_keys = cached_keys}, sql::TestClock(),
                           std::move(observer));
  CHECK(vault.ok());
  return *std::move(vault);
}

TEST(VaultTest, SealsAndOpens) {
  const auto vault = OpenVault(":memory:");
  for (const std::string& plain :
       {std::string(), std::string("Anna"), std::string("\0\xff", 2), std::string(100'000, 'x')}) {
    const StatusOr<std::string> sealed = vault->Seal("p1", plain);
    ASSERT_THAT(sealed, IsOk());
    EXPECT_EQ(sealed->size(), plain.size() + 41);
    EXPECT_EQ(*vault->Open("p1", *sealed), plain);
  }
  EXPECT_EQ(vault->Seal("p1", "Anna de Vries")->find("Anna"), std::string::npos);
  EXPECT_NE(*vault->Seal("p1", "Anna"),
            *vault->Seal("p1", "Anna"));  // a nonce of its own each time
}

TEST(VaultTest, SealedBytesBelongToOnePersonAndMayNotChange) {
  const auto vault = OpenVault(":memory:");
  const std::string sealed = *vault->Seal("p1", "Anna");
  ASSERT_THAT(vault->Seal("p2", "Bas"), IsOk());
  EXPECT_THAT(vault->Open("p2", sealed), HasReason("INTERNAL"));
  EXPECT_THAT(vault->Open("nobody", sealed), HasReason("INTERNAL"));
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_THAT(vault->Open("p1", changed), HasReason("INTERNAL")) << i;
    EXPECT_THAT(vault->Open("p1", sealed.substr(0, i)), HasReason("INTERNAL")) << i;
  }
}

TEST(VaultTest, KeysSurviveAReopenAndASmallCache) {
  const TempFolder folder;
  std::vector<std::string> sealed;
  {
    const auto vault = OpenVault(folder / "vault");
    for (int i = 0; i < 50; ++i) sealed.push_back(*vault->Seal("p" + std::to_string(i), "text"));
  }
  const auto vault = OpenVault(folder / "vault", 16);
  for (int round = 0; round < 2; ++round) {
    for (size_t i = 0; i < sealed.size(); ++i) {
      EXPECT_EQ(*vault->Open("p" + std::to_string(i), sealed[i]), "text");
    }
  }
  const auto mode = std::filesystem::status(folder / "vault").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_all);
}

std::string AllBytes(const std::filesystem::path& folder) {
  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(in), {});
  }
  return bytes;
}

TEST(VaultTest, ADestroyedKeyIsGoneFromEveryFile) {
  const TempFolder folder;
  std::string sealed;
  {
    const auto vault = OpenVault(folder / "vault");
    sealed = *vault->Seal("p1", "Anna");
    ASSERT_THAT(vault->Seal("p2", "Bas"), IsOk());
  }
  // The key's text is read from the file itself: after the subject in its row.
  const std::string before = AllBytes(folder / "vault");
  const size_t row = before.find("p1");
  ASSERT_NE(row, std::string::npos);
  const std::string key = before.substr(row + 2, 43);
  ASSERT_EQ(
      key.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
      std::string::npos);
  const auto vault = OpenVault(folder / "vault");
  ASSERT_EQ(*vault->Open("p1", sealed), "Anna");
  ASSERT_NE(AllBytes(folder / "vault").find(key), std::string::npos);
  ASSERT_THAT(vault->Destroy("p1"), IsOk());
  EXPECT_EQ(AllBytes(folder / "vault").find(key), std::string::npos);
  EXPECT_THAT(vault->Open("p1", sealed), HasReason("ERASED"));
}

TEST(VaultTest, AfterDestroyNothingOpensAndNoNewKeyIsMade) {
  const TempFolder folder;
  std::string sealed;
  {
    const auto vault = OpenVault(folder / "vault");
    sealed = *vault->Seal("p1", "Anna");
    ASSERT_THAT(vault->Destroy("p1"), IsOk());
    ASSERT_THAT(vault->Destroy("p1"), IsOk());
    ASSERT_THAT(vault->Destroy("never seen"), IsOk());
    EXPECT_THAT(vault->Open("p1", sealed), HasReason("ERASED"));
    EXPECT_THAT(vault->Seal("p1", "Anna"), HasReason("ERASED"));
  }
  const auto vault = OpenVault(folder / "vault");
  const std::string both[] = {"p3", "p1"};
  EXPECT_THAT(vault->EnsureKeys(both), HasReason("ERASED"));
  EXPECT_THAT(vault->Open("p1", sealed), HasReason("ERASED"));
  EXPECT_THAT(vault->Open("p1", sealed), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(vault->Seal("never seen", "x"), HasReason("ERASED"));
}

TEST(VaultTest, TwoThousandKeysCostOneCommit) {
  const TempFolder folder;
  int groups = 0;
  sql::SqlObserver observer;
  observer.group = [&](size_t, Duration, bool) { ++groups; };
  const auto vault = OpenVault(folder / "vault", 5000, observer);
  std::vector<std::string> subjects;
  for (int i = 0; i < 2000; ++i) subjects.push_back("p" + std::to_string(i % 1990));
  ASSERT_THAT(vault->EnsureKeys(subjects), IsOk());
  ASSERT_THAT(vault->EnsureKeys(subjects), IsOk());
  for (const std::string& subject : subjects) ASSERT_THAT(vault->Seal(subject, "x"), IsOk());
  EXPECT_EQ(groups, 1);
}

TEST(VaultTest, WorksInsideAWriteOfAnotherDatabaseAndFromManyThreads) {
  const TempFolder folder;
  const auto vault = OpenVault(folder / "vault");
  const auto database = sql::OpenNotes(folder / "notes.db");
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const std::string person = "p" + std::to_string(i);  // all threads want the same new keys
        const Status status = database->Write(sql::MakeCall(), [&](sql::Tx& tx) -> Status {
          ASSIGN_OR_RETURN(const std::string sealed, vault->Seal(person, "text"));
          ASSIGN_OR_RETURN(const std::string plain, vault->Open(person, sealed));
          EXPECT_EQ(plain, "text");
          return sql::AddNote(tx, person + "/" + std::to_string(t)).status();
        });
        EXPECT_THAT(status, IsOk());
        const StatusOr<std::string> outside = vault->Seal(person, "text");
        EXPECT_THAT(outside, IsOk());
        EXPECT_THAT(vault->Open(person, *outside), IsOk());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(database->sequence(), 160);
}

}  // namespace
}  // namespace matchgo
