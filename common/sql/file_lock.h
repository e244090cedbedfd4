// FileLock: one process per database file. Held by an open file description, so a killed process
// leaves no lock behind.
//
// Internal to common/sql. Test: tests/unit/common/sql/recovery_test.cc
#pragma once

#include <filesystem>
#include <memory>

#include "common/base/status.h"

namespace matchgo::sql {

class FileLock {
 public:
  // Makes `<file>.lock` beside the file; STORE_IN_USE when somebody holds it.
  static StatusOr<std::unique_ptr<FileLock>> Acquire(const std::filesystem::path& file);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  const int descriptor_;
};

}  // namespace matchgo::sql
