// Loads the built-in catalogue into a running programmes service, through its RPCs.
//
// Repeatable: what is there already (opleiders by name, programmes by external reference, starts by
// day and place) is counted and left alone. Facts the source leaves open stay unknown; generated
// parts are marked synthetic. Blocking. Test: tests/integration/command_line_test.py
#pragma once

#include <grpcpp/channel.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "common/rpc/channel.h"
#include "services/programmes/builtin/builtin.h"

namespace matchgo::load {

struct LoadedCatalogue {
  std::map<std::string, std::string> opleiders;   // built-in id -> opleiders/{o}
  std::map<std::string, std::string> programmes;  // built-in id -> opleiders/{o}/programmes/{p}
  // Of one kind of record: what this run made or changed, and what an earlier run had made.
  struct Count {
    int64_t made = 0;
    int64_t there = 0;
  };
  Count vocabulary;  // skills and occupations
  Count opleider_count;
  Count programme_count;
  Count start_count;
  int64_t sequence = 0;  // of the last start that was made
};

struct CatalogueLoad {
  std::shared_ptr<grpc::Channel> programmes;
  rpc::Caller& caller;
  const programmes::builtin::Catalogue& catalogue;
  Day today;
  // Starts that begin sooner than this many days, or later than the horizon, are left out.
  int32_t lead_days = 21;
  int32_t horizon_days = 365;
  // Called with the number of records loaded since the last call.
  std::function<void(int64_t)> progress = [](int64_t) {};
};

// How many records LoadBuiltinCatalogue will report as progress.
int64_t CatalogueSize(const programmes::builtin::Catalogue& catalogue);

StatusOr<LoadedCatalogue> LoadBuiltinCatalogue(const CatalogueLoad& load);

}  // namespace matchgo::load
