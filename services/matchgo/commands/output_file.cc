#include "services/matchgo/commands/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

namespace matchgo::commands {
namespace {

Status Failed(const char* what, const std::string& path) {
  const std::string text =
      std::string(what) + " " + path + ": " + std::generic_category().message(errno);
  return Precondition(Reason{"FILE_NOT_WRITTEN", text.c_str()});
}

}  // namespace

StatusOr<OutputFile> OutputFile::Create(const std::string& path) {
  if (path == "-") return OutputFile(path, "", STDOUT_FILENO);
  std::string temporary = path + ".part-XXXXXX";
  const int descriptor = mkstemp(temporary.data());
  if (descriptor < 0) return Failed("cannot write", path);
  // mkstemp makes files for the owner alone; this one is as public as any other.
  const mode_t mask = umask(0);
  umask(mask);
  fchmod(descriptor, 0666 & ~mask);
  return OutputFile(path, std::move(temporary), descriptor);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::move(other.temporary_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile::~OutputFile() {
  if (descriptor_ < 0 || temporary_.empty()) return;
  close(descriptor_);
  unlink(temporary_.c_str());
}

Status OutputFile::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Failed("cannot write", path_);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

Status OutputFile::Commit() {
  if (temporary_.empty()) return absl::OkStatus();
  if (close(std::exchange(descriptor_, -1)) != 0 ||
      std::rename(temporary_.c_str(), path_.c_str()) != 0) {
    Status failed = Failed("cannot write", path_);
    unlink(temporary_.c_str());
    return failed;
  }
  return absl::OkStatus();
}

}  // namespace matchgo::commands
