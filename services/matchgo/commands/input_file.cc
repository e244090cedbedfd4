#include "services/matchgo/commands/input_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace matchgo::commands {
namespace {

constexpr size_t kPieceBytes = 1U << 20U;

Status Failed(const std::string& name) {
  const std::string text = "cannot read " + name + ": " + std::generic_category().message(errno);
  return Invalid(Reason{"FILE_NOT_READ", text.c_str()});
}

}  // namespace

StatusOr<InputFile> InputFile::Open(const std::string& path) {
  if (path == "-") {
    InputFile file("stdin");
    if (Status status = file.Read(STDIN_FILENO); !status.ok()) return status;
    return file;
  }
  InputFile file(path);
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return Failed(path);
  struct stat about {};
  Status status;
  if (fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0) {
    const auto size = static_cast<size_t>(about.st_size);
    void* map = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (map != MAP_FAILED) {
      file.map_ = map;
      file.size_ = size;
    }
  }
  if (file.map_ == nullptr) status = file.Read(descriptor);
  close(descriptor);
  if (!status.ok()) return status;
  return file;
}

InputFile::InputFile(InputFile&& other) noexcept
    : name_(std::move(other.name_)),
      bytes_(std::move(other.bytes_)),
      map_(std::exchange(other.map_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

InputFile::~InputFile() {
  if (map_ != nullptr) munmap(map_, size_);
}

Status InputFile::Read(int descriptor) {
  while (true) {
    const size_t before = bytes_.size();
    bytes_.resize(before + kPieceBytes);
    const ssize_t count = read(descriptor, bytes_.data() + before, kPieceBytes);
    bytes_.resize(before + (count > 0 ? static_cast<size_t>(count) : 0));
    if (count == 0) return absl::OkStatus();
    if (count < 0 && errno != EINTR) return Failed(name_);
  }
}

}  // namespace matchgo::commands
