#include "services/matchgo/demo/demo.h"

#include "common/base/status_macros.h"
#include "common/kernel/day.h"

namespace matchgo::demo {
namespace {

// A seventh of the people and the vacancies come after the first round.
size_t FirstPart(size_t count) { return count - count / 7; }

// Starts of the catalogue beyond this many days are left for later.
constexpr int32_t kStartHorizonDays = 270;

}  // namespace

Day Demo::FirstDay() { return Day::FromCivil(2026, 9, 7); }

Demo::Demo(DemoOptions options)
    : options_(std::move(options)),
      clock_(StartOf(FirstDay()) + std::chrono::hours(9)),
      entropy_(options_.seed) {}

StatusOr<std::unique_ptr<Demo>> Demo::Start(DemoOptions options,
                                            const std::vector<ModuleFactory>& factories) {
  std::unique_ptr<Demo> demo(new Demo(std::move(options)));
  ASSIGN_OR_RETURN(demo->catalogue_, programmes::builtin::LoadCatalogue());
  ProcessOptions process;
  process.data_dir = demo->options_.data;
  process.listen = {demo->options_.listen};
  process.metrics_listen = demo->options_.metrics_listen;
  ASSIGN_OR_RETURN(demo->process_,
                   Process::Start(std::move(process), demo->clock_, demo->entropy_, factories));
  return demo;
}

Status Demo::Load(const ProgressFn& progress) {
  population_ = MakePopulation(catalogue_, {.seed = options_.seed,
                                            .switchers = options_.switchers,
                                            .vacancies = options_.vacancies,
                                            .today = FirstDay()});
  const int64_t total =
      load::CatalogueSize(catalogue_) +
      static_cast<int64_t>(population_.people.size() + population_.employers.size() +
                           population_.vacancies.size());
  // Copied into the loader, which outlives this call: it may hold no references to it.
  const auto advance = [this, progress, total](int64_t records) {
    records_loaded_ += records;
    if (records_loaded_ > total) return;  // the newcomers of the second round
    progress("catalogus, mensen en vacatures laden", "loading catalogue, people and vacancies",
             records_loaded_, total);
  };
  rpc::Caller::Options ops;
  ops.principal = {.role = Role::kOps, .id = "demo-coordinator", .tenant = {}};
  ops.stop = options_.stop;
  rpc::Caller caller(ops);
  ASSIGN_OR_RETURN(loaded_, load::LoadBuiltinCatalogue({.programmes = process_->channel(),
                                                        .caller = caller,
                                                        .catalogue = catalogue_,
                                                        .today = FirstDay(),
                                                        .lead_days = 45,
                                                        .horizon_days = kStartHorizonDays,
                                                        .progress = advance}));
  loader_ = std::make_unique<PopulationLoader>(process_->channel(), population_, loaded_, advance,
                                               options_.stop);
  season_ = std::make_unique<Season>(
      *process_, clock_,
      Season::Choices{.seed = options_.seed, .behaviour = Behaviour{}, .order = loader_->order()},
      options_.stop);
  RETURN_IF_ERROR(loader_->LoadEmployers());
  RETURN_IF_ERROR(loader_->LoadPeople(0, FirstPart(population_.people.size())));
  return loader_->LoadVacancies(0, FirstPart(population_.vacancies.size()));
}

StatusOr<DemoNumbers> Demo::Play(const ProgressFn& progress) {
  RETURN_IF_ERROR(Load(progress));
  DemoNumbers numbers;
  progress("twee rondes", "two rounds", 0, 2);
  ASSIGN_OR_RETURN(const auto first, season_->PlayRound("2026-09", loader_->positions()));
  numbers.rounds.push_back(first);
  progress("twee rondes", "two rounds", 1, 2);
  RETURN_IF_ERROR(
      loader_->LoadPeople(FirstPart(population_.people.size()), population_.people.size()));
  RETURN_IF_ERROR(loader_->LoadVacancies(FirstPart(population_.vacancies.size()),
                                         population_.vacancies.size()));
  ASSIGN_OR_RETURN(const auto second, season_->PlayRound("2026-10", loader_->positions()));
  numbers.rounds.push_back(second);
  progress("twee rondes", "two rounds", 2, 2);
  int64_t month = 0;
  RETURN_IF_ERROR(season_->PlayMonths(options_.months, [&](int64_t passed) {
    month += passed;
    progress("maanden gaan voorbij", "months go by", month, options_.months);
  }));
  ASSIGN_OR_RETURN(
      numbers.funnel,
      season_->ops().Unary(season_->trajectories(),
                           &trajectories::v1::TrajectoryService::StubInterface::GetFunnel,
                           trajectories::v1::GetFunnelRequest()));
  numbers.switchers = static_cast<int64_t>(population_.people.size());
  numbers.vacancies = static_cast<int64_t>(population_.vacancies.size());
  numbers.openings = loader_->openings();
  numbers.starts = loaded_.start_count.made;
  numbers.metrics_url = "http://127.0.0.1:" + std::to_string(process_->metrics_port()) + "/metrics";
  return numbers;
}

}  // namespace matchgo::demo
