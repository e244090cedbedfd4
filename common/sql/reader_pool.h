// ReaderPool: the sessions that reads run on, one snapshot each.
//
// A read waits for a free session no longer than its deadline. Internal to common/sql. Thread-safe.
// Test: tests/unit/common/sql/database_test.cc
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "common/base/status.h"
#include "common/service/call.h"
#include "common/sql/session.h"
#include "common/sql/transaction.h"

namespace matchgo::sql {

class ReaderPool {
 public:
  // `gate` is held shared during a read; null when the database isolates readers itself.
  ReaderPool(std::vector<std::unique_ptr<Session>> sessions, std::shared_mutex* gate);
  ReaderPool(const ReaderPool&) = delete;
  ReaderPool& operator=(const ReaderPool&) = delete;

  Status Run(const Call& call, const std::function<Status(Tx&)>& work);
  // Waits for reads in progress and closes the sessions; later reads get STOPPING.
  void Stop();

 private:
  StatusOr<std::unique_ptr<Session>> Lease(const Call& call);
  void Return(std::unique_ptr<Session> session);

  std::shared_mutex* const gate_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Session>> idle_;
  size_t count_;
  bool stopping_ = false;
};

}  // namespace matchgo::sql
