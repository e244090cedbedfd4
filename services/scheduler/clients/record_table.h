// RecordTable: the records of one feed by name, as the scheduler keeps them in memory.
//
// Filled by the one thread of a feed, read by anybody: one lock, held for a copy of pointers only.
// Test: tests/unit/services/scheduler/service_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace matchgo::scheduler {

template <class T>
class RecordTable {
 public:
  using Records = std::map<std::string, std::shared_ptr<const T>>;

  void Put(const std::string& name, T record) {
    auto made = std::make_shared<const T>(std::move(record));
    const std::lock_guard lock(mutex_);
    records_[name] = std::move(made);
  }
  void Remove(const std::string& name) {
    const std::lock_guard lock(mutex_);
    records_.erase(name);
  }
  void Replace(Records records) {
    const std::lock_guard lock(mutex_);
    records_ = std::move(records);
  }
  std::optional<T> Find(const std::string& name) const {
    std::shared_ptr<const T> record;
    {
      const std::lock_guard lock(mutex_);
      const auto found = records_.find(name);
      if (found == records_.end()) return std::nullopt;
      record = found->second;
    }
    return *record;
  }
  // In order of name.
  std::vector<T> All() const {
    std::vector<std::shared_ptr<const T>> held;
    {
      const std::lock_guard lock(mutex_);
      held.reserve(records_.size());
      for (const auto& [name, record] : records_) held.push_back(record);
    }
    std::vector<T> records;
    records.reserve(held.size());
    for (const auto& record : held) records.push_back(*record);
    return records;
  }

 private:
  mutable std::mutex mutex_;
  Records records_;
};

}  // namespace matchgo::scheduler
