// Files that appear only when they are complete.
#include "services/matchgo/commands/output_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace matchgo::commands {
namespace {

std::string Read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

int64_t FilesIn(const std::filesystem::path& folder) {
  int64_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
  return count;
}

TEST(OutputFile, AppearsWhenCommitted) {
  const TempFolder folder;
  const std::filesystem::path path = folder.path() / "out";
  {
    auto file = OutputFile::Create(path.string());
    ASSERT_THAT(file, IsOk());
    ASSERT_THAT(file->Write("one"), IsOk());
    ASSERT_THAT(file->Write(" two"), IsOk());
    EXPECT_FALSE(std::filesystem::exists(path)) << "not before it is complete";
    ASSERT_THAT(file->Commit(), IsOk());
  }
  EXPECT_EQ(Read(path), "one two");
  EXPECT_EQ(FilesIn(folder.path()), 1);
}

TEST(OutputFile, LeavesNothingBehindWithoutCommit) {
  const TempFolder folder;
  const std::filesystem::path path = folder.path() / "out";
  std::ofstream(path) << "older";
  {
    auto file = OutputFile::Create(path.string());
    ASSERT_THAT(file, IsOk());
    ASSERT_THAT(file->Write("half of"), IsOk());
  }
  EXPECT_EQ(Read(path), "older");
  EXPECT_EQ(FilesIn(folder.path()), 1);
}

TEST(OutputFile, SaysWhenTheFolderIsNotThere) {
  const TempFolder folder;
  const auto file = OutputFile::Create((folder.path() / "no" / "out").string());
  EXPECT_THAT(file.status(), HasReason("FILE_NOT_WRITTEN"));
}

}  // namespace
}  // namespace matchgo::commands
