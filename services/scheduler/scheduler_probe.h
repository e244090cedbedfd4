// SchedulerProbe: the business numbers of the scheduler as metrics.
//
// Made once; counts what happens and shows how things stand. Labels are enums. Thread-safe. Test:
// tests/unit/services/scheduler/rounds_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/metrics/metrics.h"
#include "common/metrics/stopwatch.h"
#include "services/scheduler/domain/round.h"

namespace matchgo::scheduler {

class SchedulerProbe {
 public:
  explicit SchedulerProbe(metrics::Metrics& metrics);

  // For a phase that begins: real time, also where the clock of the service is a simulated one.
  metrics::Stopwatch Watch() const { return {}; }
  // phase: "freeze", "clear", "verify", "publish", "bound", "repair", "extend", "close".
  void PhaseTook(const std::string& phase, double seconds);
  // state: the state an offer entered: "open", "accepted", "declined", "expired", "withdrawn".
  void OffersBecame(const std::string& state, int64_t count);
  // Joined a running round.
  void NewcomersJoined(int64_t switchers, int64_t vacancies);
  void RoundEnded(const domain::Round& round);
  void UnmatchedIs(int64_t no_feasible_contract, int64_t outcompeted);
  // side: "vacancy" or "start"; `scores`: the cut-offs of those that are full, ascending, of all.
  void CutOffsAre(const std::string& side, const std::vector<int32_t>& scores, int32_t all);
  // What suggestions are searched in, and how long a renewal took; part: "market" or "seats".
  void ViewIs(int64_t vacancies, int64_t starts);
  void ViewTook(const std::string& part, double seconds);
  // Seconds since everything that was known stood in it.
  void ViewAgeIs(int64_t seconds);
  // kind: "vacancy" or "start"; state: "free", "held" or "contracted".
  void SeatsAre(const std::string& kind, const std::string& state, int64_t count);

 private:
  std::map<std::string, metrics::Histogram> phases_;
  std::map<std::string, metrics::Counter> offers_;
  std::map<std::string, metrics::Counter> newcomers_;  // by kind
  std::map<std::pair<std::string, std::string>, metrics::Gauge> seats_;
  std::map<std::string, metrics::Counter> rounds_;
  std::map<std::pair<std::string, int>, metrics::Gauge> cut_offs_;  // by side and per cent
  std::map<std::string, metrics::Gauge> full_;
  std::map<std::string, metrics::Gauge> view_;              // by kind
  std::map<std::string, metrics::Histogram> view_renewed_;  // by part
  metrics::Gauge view_age_;
  metrics::Gauge contracts_;
  metrics::Gauge closed_starts_;
  metrics::Gauge blocking_;
  metrics::Gauge no_feasible_;
  metrics::Gauge outcompeted_;
};

}  // namespace matchgo::scheduler
