// Demo: a whole season in one process: people, employers and programmes go in through the RPCs, two
// rounds match them with months between, more months pass, and the numbers come out.
//
// Fixed calendar and seed: the same options tell the same story to the letter (see season.h). The
// services keep running until the Demo is destroyed. Blocking. Test: tests/e2e/demo_repeat_test.py
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/service/process.h"
#include "common/time/clock.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "matchgo/trajectories/v1/trajectory_service.grpc.pb.h"
#include "services/matchgo/demo/population.h"
#include "services/matchgo/demo/population_loader.h"
#include "services/matchgo/demo/season.h"
#include "services/programmes/builtin/builtin.h"

namespace matchgo::demo {

struct DemoOptions {
  uint64_t seed = 1;
  int32_t switchers = 2000;
  int32_t vacancies = 800;
  std::filesystem::path data;  // empty folder, or missing
  std::string listen;          // a socket or loopback address
  std::string metrics_listen = "127.0.0.1:0";
  int months = 40;
  bool stay = false;          // ends with the next season open: see NextSeason
  std::stop_token stop = {};  // once requested, Play ends with CANCELLED
};

// What is being done, how far, out of how much.
using ProgressFn = std::function<void(const char* nl, const char* en, int64_t done, int64_t total)>;

// What a visitor finds after the season: people, vacancies and starts of that day, and a round that
// collects.
struct NextSeason {
  Day today;
  int64_t switchers = 0;
  int64_t vacancies = 0;
  int64_t openings = 0;
  int64_t starts = 0;
  std::string round;  // name
};

struct DemoNumbers {
  int64_t switchers = 0;
  int64_t vacancies = 0;
  int64_t openings = 0;
  int64_t starts = 0;
  std::vector<scheduler::v1::Round> rounds;
  ContractCount contracts;
  int64_t cancelled_cohorts = 0;
  int64_t cohort_people = 0;  // in a cancelled cohort, or with an offer for it
  trajectories::v1::Funnel funnel;
  std::string metrics_url;
  std::optional<NextSeason> next_season;
};

class Demo {
 public:
  // The first Monday of September 2026, nine o'clock in Amsterdam.
  static Day FirstDay();

  // Starts the services, empty. `factories`: of all services.
  static StatusOr<std::unique_ptr<Demo>> Start(DemoOptions options,
                                               const std::vector<ModuleFactory>& factories);
  // Plays the season.
  StatusOr<DemoNumbers> Play(const ProgressFn& progress);
  // Afterwards time goes on, in the demo as outside.
  void LiveOn(Duration duration) { season_->Pass(duration); }

  const programmes::builtin::Catalogue& catalogue() const { return catalogue_; }
  const Population& population() const { return population_; }
  const PopulationLoader& loader() const { return *loader_; }
  Season& season() { return *season_; }
  Process& process() { return *process_; }

 private:
  explicit Demo(DemoOptions options);
  Status Load(const ProgressFn& progress);
  // The built-in catalogue, with its starts as of that day.
  StatusOr<load::LoadedCatalogue> LoadCatalogue(Day today, std::function<void(int64_t)> progress);
  Status Count(DemoNumbers* numbers);
  StatusOr<NextSeason> OpenNextSeason();

  const DemoOptions options_;
  ManualClock clock_;
  SeededEntropy entropy_;
  programmes::builtin::Catalogue catalogue_;
  Population population_;
  load::LoadedCatalogue loaded_;
  int64_t records_loaded_ = 0;
  std::unique_ptr<Process> process_;
  std::unique_ptr<PopulationLoader> loader_;
  std::unique_ptr<Season> season_;
};

}  // namespace matchgo::demo
