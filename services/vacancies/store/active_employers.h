// ActiveEmployers: employers that were active when last looked up, which saves a lookup a vacancy.
//
// Who is in here is active. One process has the store (common/sql), so nobody else closes one. One
// gets in only after a read; the write that closes it takes it out before it commits, and if that
// is undone, it is only looked up once more; none ever opens again.
// A new employer whose write is undone gave its id to nobody. For work in write transactions, so of
// one thread. Test: tests/unit/services/vacancies/vacancy_service_test.cc
#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>

#include "common/kernel/ids.h"

namespace matchgo::vacancies::store {

class ActiveEmployers {
 public:
  bool Has(const EmployerId& employer) const { return ids_.contains(employer.value()); }
  void Add(const EmployerId& employer) {
    if (ids_.size() >= kMost) ids_.clear();
    ids_.insert(employer.value());
  }
  void Remove(const EmployerId& employer) { ids_.erase(employer.value()); }

 private:
  static constexpr size_t kMost = 4096;  // some hundred kilobytes
  std::unordered_set<std::string> ids_;
};

}  // namespace matchgo::vacancies::store
