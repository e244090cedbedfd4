// JobRows: suggestions for a reader: a job with its programme once, whatever month it can begin.
//
// The service suggests contracts, and a programme that begins every month makes as many of one job.
// Pure. Test: tests/unit/services/matchgo/commands/job_rows_test.cc
#pragma once

#include <string>
#include <vector>

#include "matchgo/scheduler/v1/suggest.pb.h"
#include "services/matchgo/terminal/language.h"

namespace matchgo::commands {

struct JobRow {
  scheduler::v1::Suggestion soonest;  // of its starts
  int64_t starts = 0;                 // of those suggested; 0: it needs none
};

// In the order in which the jobs first come.
std::vector<JobRow> JobRows(const scheduler::v1::SuggestContractsResponse& answer);

// "12.4" of 124 hectometres, as the sentences have it.
std::string FormatKilometres(terminal::Language language, int32_t hectometres);

}  // namespace matchgo::commands
