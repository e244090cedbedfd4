// RETURN_IF_ERROR and ASSIGN_OR_RETURN: the only control-flow macros of the project.
//
// Both return the error unchanged, payloads included. Usable in functions that return Status or
// StatusOr. Test: tests/unit/common/base/status_test.cc
#pragma once

#include <utility>

#include "common/base/status.h"

#define MATCHGO_CONCAT_INNER(a, b) a##b
#define MATCHGO_CONCAT(a, b) MATCHGO_CONCAT_INNER(a, b)

#define RETURN_IF_ERROR(expression)                                              \
  do {                                                                           \
    if (::matchgo::Status status_ = (expression); !status_.ok()) return status_; \
  } while (false)

#define ASSIGN_OR_RETURN(declaration, expression) \
  ASSIGN_OR_RETURN_INNER(MATCHGO_CONCAT(status_or_, __LINE__), declaration, expression)

#define ASSIGN_OR_RETURN_INNER(name, declaration, expression) \
  auto name = (expression);                                   \
  if (!name.ok()) return std::move(name).status();            \
  declaration = *std::move(name)
