#include "common/sql/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "common/sql/reasons.h"

namespace matchgo::sql {

StatusOr<std::unique_ptr<FileLock>> FileLock::Acquire(const std::filesystem::path& file) {
  const std::string path = file.string() + ".lock";
  const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    const std::string why = std::strerror(errno);
    return WithFact(WithFact(Unavailable(kStoreUnavailable), "file", path), "error", why);
  }
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    // Who holds it wrote its process id; an aid for people, so a failed read does no harm.
    char pid[32] = {};
    const ssize_t length = pread(descriptor, pid, sizeof(pid) - 1, 0);
    close(descriptor);
    Status status = WithFact(Precondition(kStoreInUse), "file", file.string());
    return length > 0 ? WithFact(std::move(status), "process", pid) : status;
  }
  const std::string pid = std::to_string(getpid());
  const bool written =
      ftruncate(descriptor, 0) == 0 && pwrite(descriptor, pid.data(), pid.size(), 0) > 0;
  if (!written) {
    close(descriptor);
    return WithFact(Unavailable(kStoreUnavailable), "file", path);
  }
  return std::unique_ptr<FileLock>(new FileLock(descriptor));
}

FileLock::~FileLock() { close(descriptor_); }

}  // namespace matchgo::sql
