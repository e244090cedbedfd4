#include "services/matchgo/demo/demo.h"

#include "common/base/status_macros.h"
#include "common/kernel/day.h"

namespace matchgo::demo {
namespace {

// A seventh of the people and the vacancies come after the first round.
constexpr int kLaterPart = 7;
size_t FirstPart(size_t count) { return count - count / kLaterPart; }

// By then the groups of the first round were decided: who was in one that was cancelled, or left a
// job, takes part again, and the seats they freed are given out again.
constexpr int kMonthsBetweenRounds = 3;

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
  ASSIGN_OR_RETURN(loaded_, LoadCatalogue(FirstDay(), advance));
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

StatusOr<load::LoadedCatalogue> Demo::LoadCatalogue(Day today,
                                                    std::function<void(int64_t)> progress) {
  rpc::Caller::Options ops;
  ops.principal = {.role = Role::kOps, .id = "demo-coordinator", .tenant = {}};
  ops.stop = options_.stop;
  rpc::Caller caller(ops);
  return load::LoadBuiltinCatalogue({.programmes = process_->channel(),
                                     .caller = caller,
                                     .catalogue = catalogue_,
                                     .today = today,
                                     .lead_days = 45,
                                     .horizon_days = kStartHorizonDays,
                                     .progress = std::move(progress)});
}

StatusOr<DemoNumbers> Demo::Play(const ProgressFn& progress) {
  RETURN_IF_ERROR(Load(progress));
  DemoNumbers numbers;
  int64_t passed = 0;
  const auto pass_months = [&](int months) {
    return season_->PlayMonths(months, [&](int64_t month) {
      passed += month;
      progress("maanden gaan voorbij", "months go by", passed, options_.months);
    });
  };
  const auto play_round = [&](int64_t number) -> Status {
    progress("twee rondes", "two rounds", number, 2);
    ASSIGN_OR_RETURN(numbers.rounds.emplace_back(), season_->PlayRound(loader_->positions()));
    progress("twee rondes", "two rounds", number + 1, 2);
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(play_round(0));
  RETURN_IF_ERROR(
      loader_->LoadPeople(FirstPart(population_.people.size()), population_.people.size()));
  RETURN_IF_ERROR(loader_->LoadVacancies(FirstPart(population_.vacancies.size()),
                                         population_.vacancies.size()));
  RETURN_IF_ERROR(pass_months(kMonthsBetweenRounds));
  RETURN_IF_ERROR(play_round(1));
  RETURN_IF_ERROR(pass_months(options_.months - kMonthsBetweenRounds));
  RETURN_IF_ERROR(Count(&numbers));
  if (options_.stay) {
    ASSIGN_OR_RETURN(numbers.next_season, OpenNextSeason());
  }
  return numbers;
}

// The vacancies of the season are over by now, and most profiles stale.
StatusOr<NextSeason> Demo::OpenNextSeason() {
  const Day today = DayOf(clock_.Now());
  const Population population =
      MakePopulation(catalogue_, {.seed = options_.seed + 1,
                                  .switchers = options_.switchers / kLaterPart,
                                  .vacancies = options_.vacancies / kLaterPart,
                                  .today = today});
  ASSIGN_OR_RETURN(const load::LoadedCatalogue loaded, LoadCatalogue(today, [](int64_t) {}));
  PopulationLoader loader(
      process_->channel(), population, loaded, [](int64_t) {}, options_.stop);
  RETURN_IF_ERROR(loader.LoadEmployers());
  RETURN_IF_ERROR(loader.LoadPeople(0, population.people.size()));
  RETURN_IF_ERROR(loader.LoadVacancies(0, population.vacancies.size()));
  ASSIGN_OR_RETURN(const scheduler::v1::Round round, season_->OpenRound());
  return NextSeason{.today = today,
                    .switchers = static_cast<int64_t>(population.people.size()),
                    .vacancies = static_cast<int64_t>(population.vacancies.size()),
                    .openings = loader.openings(),
                    .starts = loaded.start_count.made,
                    .round = round.name()};
}

Status Demo::Count(DemoNumbers* numbers) {
  ASSIGN_OR_RETURN(
      numbers->funnel,
      season_->ops().Unary(season_->trajectories(),
                           &trajectories::v1::TrajectoryService::StubInterface::GetFunnel,
                           trajectories::v1::GetFunnelRequest()));
  ASSIGN_OR_RETURN(numbers->contracts, season_->CountContracts());
  numbers->cancelled_cohorts = static_cast<int64_t>(season_->cancelled().cohorts.size());
  numbers->cohort_people = static_cast<int64_t>(season_->cancelled().people.size());
  numbers->switchers = static_cast<int64_t>(population_.people.size());
  numbers->vacancies = static_cast<int64_t>(population_.vacancies.size());
  numbers->openings = loader_->openings();
  numbers->starts = loaded_.start_count.made;
  numbers->metrics_url =
      "http://127.0.0.1:" + std::to_string(process_->metrics_port()) + "/metrics";
  return absl::OkStatus();
}

}  // namespace matchgo::demo
