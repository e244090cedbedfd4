// InputFile: the bytes of a whole file; "-" is stdin.
//
// A regular file is mapped, so that a national market costs no memory beyond what is being read;
// anything else is read to its end. The view lives as long as this. Not thread-safe. Test:
// tests/unit/services/matchgo/commands/offline_commands_test.cc
#pragma once

#include <string>
#include <string_view>

#include "common/base/status.h"

namespace matchgo::commands {

class InputFile {
 public:
  // FILE_NOT_READ when it cannot be opened or read.
  static StatusOr<InputFile> Open(const std::string& path);
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  std::string_view text() const {
    return map_ == nullptr ? std::string_view(bytes_)
                           : std::string_view(static_cast<const char*>(map_), size_);
  }
  // What messages call it.
  const std::string& name() const { return name_; }

 private:
  explicit InputFile(std::string name) : name_(std::move(name)) {}
  Status Read(int descriptor);

  std::string name_;
  std::string bytes_;
  void* map_ = nullptr;
  size_t size_ = 0;
};

}  // namespace matchgo::commands
