#include "common/sql/log_vfs.h"

#include <sqlite3.h>

#include <cstring>
#include <memory>
#include <new>
#include <vector>

namespace matchgo::sql {
namespace {

// SQLite's file access takes less than 128 KiB at once; a page has 64 KiB at most.
constexpr size_t kGatheredMax = size_t{120} << 10;

// What SQLite holds for a log; the file of the VFS below lies behind it in the same memory, which
// SQLite owns and aligns to 8 bytes.
struct LogFile {
  sqlite3_file seen;  // first: SQLite knows this by it
  std::vector<char> gathered;
  sqlite3_int64 begin;  // where `gathered` belongs

  sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(this + 1); }

  sqlite3_int64 end() const { return begin + static_cast<sqlite3_int64>(gathered.size()); }

  // Keeps what could not be written and tries again: SQLite was told that it is there, and may go
  // on with the transaction, so no sync may succeed before it is.
  int Flush() {
    if (gathered.empty()) return SQLITE_OK;
    const int result = below()->pMethods->xWrite(below(), gathered.data(),
                                                 static_cast<int>(gathered.size()), begin);
    if (result == SQLITE_OK) gathered.clear();
    return result;
  }
};

LogFile& Log(sqlite3_file* file) { return *reinterpret_cast<LogFile*>(file); }

// First what was gathered, then the call itself on the file below.
template <class F>
int AfterFlush(sqlite3_file* file, F call) {
  const int flushed = Log(file).Flush();
  return flushed == SQLITE_OK ? call(Log(file).below()) : flushed;
}

int Close(sqlite3_file* file) {
  const int flushed = Log(file).Flush();
  sqlite3_file* const below = Log(file).below();
  const int closed = below->pMethods->xClose(below);
  std::destroy_at(&Log(file));
  return flushed == SQLITE_OK ? closed : flushed;
}

int Read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
  return AfterFlush(file, [&](sqlite3_file* below) {
    return below->pMethods->xRead(below, bytes, size, offset);
  });
}

int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  LogFile& log = Log(file);
  const auto added = static_cast<size_t>(size);
  if (!log.gathered.empty() &&
      (offset != log.end() || log.gathered.size() + added > kGatheredMax)) {
    if (const int flushed = log.Flush(); flushed != SQLITE_OK) return flushed;
  }
  if (log.gathered.empty()) log.begin = offset;
  const char* const first = static_cast<const char*>(bytes);
  log.gathered.insert(log.gathered.end(), first, first + added);
  return SQLITE_OK;
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  return AfterFlush(file,
                    [&](sqlite3_file* below) { return below->pMethods->xTruncate(below, size); });
}

int Sync(sqlite3_file* file, int flags) {
  return AfterFlush(file,
                    [&](sqlite3_file* below) { return below->pMethods->xSync(below, flags); });
}

int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return AfterFlush(file,
                    [&](sqlite3_file* below) { return below->pMethods->xFileSize(below, size); });
}

int Lock(sqlite3_file* file, int level) {
  return AfterFlush(file,
                    [&](sqlite3_file* below) { return below->pMethods->xLock(below, level); });
}

int Unlock(sqlite3_file* file, int level) {
  return AfterFlush(file,
                    [&](sqlite3_file* below) { return below->pMethods->xUnlock(below, level); });
}

int CheckReservedLock(sqlite3_file* file, int* reserved) {
  return AfterFlush(file, [&](sqlite3_file* below) {
    return below->pMethods->xCheckReservedLock(below, reserved);
  });
}

int FileControl(sqlite3_file* file, int operation, void* argument) {
  return AfterFlush(file, [&](sqlite3_file* below) {
    return below->pMethods->xFileControl(below, operation, argument);
  });
}

int SectorSize(sqlite3_file* file) {
  sqlite3_file* const below = Log(file).below();
  return below->pMethods->xSectorSize(below);
}

int DeviceCharacteristics(sqlite3_file* file) {
  sqlite3_file* const below = Log(file).below();
  return below->pMethods->xDeviceCharacteristics(below);
}

// Version 1: no shared memory and no mapping, which SQLite asks of the database's file only.
constexpr sqlite3_io_methods kMethods = {
    1,
    Close,
    Read,
    Write,
    Truncate,
    Sync,
    FileSize,
    Lock,
    Unlock,
    CheckReservedLock,
    FileControl,
    SectorSize,
    DeviceCharacteristics,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
};

sqlite3_vfs* Below(sqlite3_vfs* vfs) { return static_cast<sqlite3_vfs*>(vfs->pAppData); }

// All files but logs are those of the VFS below and never come back here.
int Open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* opened) {
  sqlite3_vfs* const below = Below(vfs);
  if ((flags & SQLITE_OPEN_WAL) == 0) return below->xOpen(below, name, file, flags, opened);
  file->pMethods = nullptr;  // until it is open
  LogFile* const log = new (file) LogFile{};
  log->below()->pMethods = nullptr;
  const int result = below->xOpen(below, name, log->below(), flags, opened);
  if (result == SQLITE_OK) {
    log->seen.pMethods = &kMethods;
    return result;
  }
  if (log->below()->pMethods != nullptr) log->below()->pMethods->xClose(log->below());
  std::destroy_at(log);
  file->pMethods = nullptr;
  return result;
}

int Delete(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  return Below(vfs)->xDelete(Below(vfs), name, sync_folder);
}

int Access(sqlite3_vfs* vfs, const char* name, int flags, int* result) {
  return Below(vfs)->xAccess(Below(vfs), name, flags, result);
}

int FullPathname(sqlite3_vfs* vfs, const char* name, int size, char* full) {
  return Below(vfs)->xFullPathname(Below(vfs), name, size, full);
}

int Randomness(sqlite3_vfs* vfs, int size, char* bytes) {
  return Below(vfs)->xRandomness(Below(vfs), size, bytes);
}

int Sleep(sqlite3_vfs* vfs, int micros) { return Below(vfs)->xSleep(Below(vfs), micros); }

int CurrentTime(sqlite3_vfs* vfs, double* days) {
  return Below(vfs)->xCurrentTime(Below(vfs), days);
}

int LastError(sqlite3_vfs* vfs, int size, char* text) {
  return Below(vfs)->xGetLastError(Below(vfs), size, text);
}

int CurrentTimeInMillis(sqlite3_vfs* vfs, sqlite3_int64* millis) {
  return Below(vfs)->xCurrentTimeInt64(Below(vfs), millis);
}

}  // namespace

bool RegisterLogVfs(const char* name, sqlite3_vfs* below) {
  if (below == nullptr || below->iVersion < 2) return false;
  // SQLite keeps the address for as long as the process lives.
  auto* const vfs = new sqlite3_vfs{};
  vfs->iVersion = 2;
  vfs->szOsFile = static_cast<int>(sizeof(LogFile)) + below->szOsFile;
  vfs->mxPathname = below->mxPathname;
  vfs->zName = name;
  vfs->pAppData = below;
  vfs->xOpen = Open;
  vfs->xDelete = Delete;
  vfs->xAccess = Access;
  vfs->xFullPathname = FullPathname;
  vfs->xRandomness = Randomness;
  vfs->xSleep = Sleep;
  vfs->xCurrentTime = CurrentTime;
  vfs->xGetLastError = LastError;
  vfs->xCurrentTimeInt64 = CurrentTimeInMillis;
  return sqlite3_vfs_register(vfs, /*makeDflt=*/0) == SQLITE_OK;
}

const char* LogVfsName() {
  static constexpr char kName[] = "matchgo-log";
  static const bool registered = RegisterLogVfs(kName, sqlite3_vfs_find(nullptr));
  return registered ? kName : nullptr;
}

}  // namespace matchgo::sql
