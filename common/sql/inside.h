// Inside: the stores this thread is now inside of. A second entry into the same one would wait for
// itself sooner or later, so it ends the process at once instead.
//
// Internal to common/sql; lives on the stack. Test: tests/unit/common/sql/database_test.cc
#pragma once

#include "common/base/check.h"

namespace matchgo::sql {

class Inside {
 public:
  explicit Inside(const void* store) : store_(store), outer_(innermost_) {
    for (const Inside* scope = outer_; scope != nullptr; scope = scope->outer_) {
      CHECK(scope->store_ != store);
    }
    innermost_ = this;
  }
  ~Inside() { innermost_ = outer_; }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  const void* const store_;
  const Inside* const outer_;
  static inline thread_local const Inside* innermost_ = nullptr;
};

}  // namespace matchgo::sql
