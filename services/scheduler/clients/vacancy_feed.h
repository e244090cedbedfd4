// VacancyFeed: the vacancies as the feed of vacancies tells them; the port, without gRPC.
//
// Never asks the neighbour: answers from memory. Thread-safe. Test:
// tests/unit/services/scheduler/service_test.cc
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/scheduler/clients/feed_progress.h"
#include "services/scheduler/domain/market_records.h"

namespace matchgo::scheduler {

class VacancyFeed {
 public:
  virtual ~VacancyFeed() = default;
  virtual FeedProgress progress() const = 0;
  virtual bool WaitFor(int64_t sequence, std::chrono::milliseconds longest) = 0;
  // In order of name.
  virtual std::vector<domain::VacancyRecord> Vacancies() const = 0;
  virtual std::optional<domain::VacancyRecord> Find(const std::string& name) const = 0;
};

}  // namespace matchgo::scheduler
