// OutputFile: a file that appears only when it is complete; "-" is stdout.
//
// Writes to a temporary beside the target and renames it in Commit; without Commit nothing is left
// behind and an older file stays as it was. Not thread-safe. Test:
// tests/unit/services/matchgo/commands/output_file_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/status.h"

namespace matchgo::commands {

class OutputFile {
 public:
  static StatusOr<OutputFile> Create(const std::string& path);
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  Status Write(std::string_view bytes);
  // REQUIRES: called once, last.
  Status Commit();

 private:
  OutputFile(std::string path, std::string temporary, int descriptor)
      : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

  std::string path_;
  std::string temporary_;  // empty: stdout
  int descriptor_;         // -1: moved from, or committed
};

}  // namespace matchgo::commands
