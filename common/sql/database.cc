#include "common/sql/database.h"

#include <sodium.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <shared_mutex>
#include <system_error>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/sql/checkpointer.h"
#include "common/sql/file_lock.h"
#include "common/sql/inside.h"
#include "common/sql/reader_pool.h"
#include "common/sql/reasons.h"
#include "common/sql/schema/migrations.h"
#include "common/sql/session.h"
#include "common/sql/writer.h"

namespace matchgo::sql {
namespace {

constexpr char kMemory[] = ":memory:";
constexpr auto kOwnerOnly =
    std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

// A shared in-memory store of its own for each Database.
std::string MemoryUri() {
  static std::atomic<int> count = 0;
  return "file:matchgo-" + std::to_string(++count) + "?mode=memory&cache=shared";
}

std::vector<Migration> AllMigrations(std::vector<Migration> own) {
  std::vector<Migration> all = schema::Migrations();
  all.insert(all.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  return all;
}

}  // namespace

struct Database::Parts {
  DatabaseOptions options;
  SqlObserver observer;
  ChangeSignal changes;
  std::unique_ptr<FileLock> lock;
  std::shared_mutex gate;  // in memory only: shared-cache readers would meet SQLITE_LOCKED
  std::unique_ptr<ReaderPool> readers;
  std::unique_ptr<Checkpointer> checkpointer;
  std::unique_ptr<Writer> writer;
};

Database::Database(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Database::~Database() { Stop(); }

StatusOr<std::unique_ptr<Database>> Database::Open(DatabaseOptions options, const Clock& clock,
                                                   SqlObserver observer) {
  CHECK(sodium_init() >= 0);
  CHECK(options.readers > 0 && options.group_max > 0);
  auto parts = std::make_unique<Parts>();
  parts->options = std::move(options);
  parts->observer = std::move(observer);
  const std::filesystem::path& file = parts->options.file;
  const bool memory = file == kMemory;
  const std::string connection = memory ? MemoryUri() : file.string();
  if (!memory) {
    std::error_code error;
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
    ASSIGN_OR_RETURN(parts->lock, FileLock::Acquire(file));
    std::ofstream(file, std::ios::app).flush();
    std::filesystem::permissions(file, kOwnerOnly, error);  // the log files follow its mode
  }

  ASSIGN_OR_RETURN(
      std::unique_ptr<Session> writer,
      Session::Open(connection, Session::Use::kWrite, parts->observer, parts->options.faults));
  RETURN_IF_ERROR(
      Migrate(*writer, AllMigrations(std::move(parts->options.migrations)), clock.Now()));
  std::vector<std::unique_ptr<Session>> readers;
  for (int i = 0; i < parts->options.readers; ++i) {
    ASSIGN_OR_RETURN(std::unique_ptr<Session> reader,
                     Session::Open(connection, Session::Use::kRead, parts->observer));
    readers.push_back(std::move(reader));
  }

  std::shared_mutex* const gate = memory ? &parts->gate : nullptr;
  parts->readers = std::make_unique<ReaderPool>(std::move(readers), gate);
  std::unique_ptr<Session> mover;
  if (!memory) {
    ASSIGN_OR_RETURN(mover, Session::Open(connection, Session::Use::kWrite, parts->observer));
  }
  parts->checkpointer = std::make_unique<Checkpointer>(std::move(mover), parts->options.log_pages);
  parts->writer = std::make_unique<Writer>(
      std::move(writer), Writer::Limits{parts->options.group_max, parts->options.queue_max},
      *parts->checkpointer, parts->observer, parts->changes, gate);
  RETURN_IF_ERROR(parts->writer->Start());
  return std::unique_ptr<Database>(new Database(std::move(parts)));
}

Status Database::RunRead(const Call& call, const Work& work) {
  const Inside inside(parts_->writer.get());
  return parts_->readers->Run(call, work);
}

Status Database::RunWrite(const Call& call, const Work& work) {
  const Inside inside(parts_->writer.get());
  return parts_->writer->Write(call, work);
}

void Database::Submit(std::shared_ptr<const Call> call, std::function<Status(Tx&)> work,
                      std::function<void(Status)> done) {
  parts_->writer->Submit(std::move(call), std::move(work), std::move(done));
}

ChangeSignal& Database::changes() { return parts_->changes; }

int64_t Database::sequence() const { return parts_->writer->sequence(); }

size_t Database::queue_length() const { return parts_->writer->queue_length(); }

Status Database::Checkpoint() {
  const Inside inside(parts_->writer.get());
  return parts_->writer->Checkpoint();
}

void Database::Stop() {
  parts_->readers->Stop();  // first: an open read would hold up the checkpoint
  // Answers STOPPING the second time, when there is nothing left to do.
  (void)parts_->writer->Checkpoint();
  parts_->writer->Stop();
}

}  // namespace matchgo::sql
