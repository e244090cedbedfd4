// tools/bench suggest: SuggestContracts at the size of a town, a province or a country: CPU time of
// a question through the code of the service (checks of the proto rules, decoding, search, words,
// encoding, bytes), without network and threads; and what a renewal of the market costs. JSON
// lines.
//
//   suggest_bench [--vacancies N] [--starts N] [--questions N]    (1,000,000 20,000 3,000)
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "common/base/check.h"
#include "common/metrics/metrics.h"
#include "common/random/random.h"
#include "common/rpc/validate.h"
#include "common/sql/database.h"
#include "common/time/clock.h"
#include "common/vault/vault.h"
#include "services/programmes/builtin/builtin.h"
#include "services/scheduler/actions/refresh_view.h"
#include "services/scheduler/actions/suggest_contracts.h"
#include "services/scheduler/clients/record_table.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/engine/synthetic/synthetic_market.h"
#include "services/scheduler/rpc/suggest_codec.h"
#include "services/scheduler/store/schema/migrations.h"

namespace matchgo::bench {
namespace {

using namespace scheduler;

const Day kToday = Day::FromCivil(2026, 11, 2);

double CpuMicroseconds(clockid_t of) {
  timespec now{};
  clock_gettime(of, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

class Nobody final : public ProfileFeed {
 public:
  FeedProgress progress() const override { return {"profiles", 1, true}; }
  bool WaitFor(int64_t, std::chrono::milliseconds) override { return true; }
  std::vector<domain::SwitcherRecord> Switchers() const override { return {}; }
  std::optional<domain::SwitcherRecord> Find(const std::string&) const override { return {}; }
  int64_t erasures() const override { return 0; }
};

class Jobs final : public VacancyFeed {
 public:
  RecordTable<domain::VacancyRecord> table;
  int64_t sequence = 1;

  FeedProgress progress() const override { return {"vacancies", sequence, true}; }
  bool WaitFor(int64_t, std::chrono::milliseconds) override { return true; }
  std::vector<domain::VacancyRecord> Vacancies() const override { return table.All(); }
  std::optional<domain::VacancyRecord> Find(const std::string& name) const override {
    return table.Find(name);
  }
};

class Schools final : public ProgrammeFeed {
 public:
  RecordTable<domain::ProgrammeRecord> programmes;
  RecordTable<domain::StartRecord> starts;

  FeedProgress progress() const override { return {"programmes", 1, true}; }
  bool WaitFor(int64_t, std::chrono::milliseconds) override { return true; }
  std::vector<domain::ProgrammeRecord> Programmes() const override { return programmes.All(); }
  std::vector<domain::StartRecord> Starts() const override { return starts.All(); }
  std::optional<domain::StartRecord> FindStart(const std::string& name) const override {
    return starts.Find(name);
  }
  Status BeginStart(const std::string&, Day, const std::string&) override {
    return absl::OkStatus();
  }
  Status CancelStart(const std::string&, const std::string&, const std::string&) override {
    return absl::OkStatus();
  }
};

class NobodyLeaves final : public TrajectoryFeed {
 public:
  FeedProgress progress() const override { return {"trajectories", 1, true}; }
  bool WaitFor(int64_t, std::chrono::milliseconds) override { return true; }
  std::vector<domain::DepartureRecord> Departures() const override { return {}; }
  void Forget(int64_t) override {}
};

domain::VacancyRecord RecordOf(const engine::MarketVacancy& made) {
  domain::VacancyRecord record;
  record.name = "employers/e/vacancies/" + made.id;
  record.title = "Functie " + made.id;
  record.published = true;
  record.occupation = made.occupation;
  record.sector = made.sector;
  record.openings = static_cast<int32_t>(made.openings);
  record.learnable_skills = made.required;
  record.nice_skills = made.nice;
  record.qualification = made.qualification.value_or("");
  record.x = static_cast<int32_t>(made.x);
  record.y = static_cast<int32_t>(made.y);
  record.salary_max = made.salary_max;
  record.hours = static_cast<int32_t>(made.hours);
  record.ready_by = kToday + static_cast<int32_t>(made.latest_ready);
  record.expires_on = kToday + 400;
  return record;
}

domain::ProgrammeRecord ProgrammeOf(const engine::MarketStart& made) {
  domain::ProgrammeRecord record;
  record.name = "opleiders/o/programmes/" + made.programme;
  record.active = true;
  record.entry_level = static_cast<int32_t>(made.entry_level);
  record.occupations = made.occupations;
  record.awards = made.awards;
  record.modules = made.modules;
  return record;
}

domain::StartRecord StartOf(const engine::MarketStart& made) {
  domain::StartRecord record;
  record.name = "opleiders/o/programmes/" + made.programme + "/starts/" + made.id;
  record.begins_on = kToday + static_cast<int32_t>(made.begins);
  record.capacity = static_cast<int32_t>(made.capacity);
  record.minimum = static_cast<int32_t>(made.min);
  record.online = made.online;
  record.x = static_cast<int32_t>(made.x);
  record.y = static_cast<int32_t>(made.y);
  return record;
}

v1::SuggestContractsRequest QuestionOf(const engine::MarketSwitcher& made) {
  v1::SuggestContractsRequest request;
  auto* profile = request.mutable_profile();
  for (const std::string& skill : made.skills) profile->add_skills("skills/" + skill);
  for (const std::string& held : made.qualifications) profile->add_qualifications(held);
  profile->set_education_level(static_cast<int32_t>(made.level));
  profile->mutable_home()->set_x(static_cast<int32_t>(made.x));
  profile->mutable_home()->set_y(static_cast<int32_t>(made.y));
  profile->set_travel_km_max(static_cast<int32_t>(made.max_dist / 10));
  profile->set_salary_now_cents(made.salary_now);
  profile->set_salary_floor_cents(made.salary_floor);
  profile->set_hours_min(static_cast<int32_t>(made.hours_min));
  profile->set_hours_max(static_cast<int32_t>(made.hours_max));
  profile->set_study_hours(static_cast<int32_t>(made.study_hours));
  profile->set_available_from(FormatDay(kToday + static_cast<int32_t>(made.available)));
  for (const std::string& sector : made.prefs) profile->add_sector_wishes(sector);
  for (const auto& [sector, score] : made.aptitude) {
    auto* test = profile->add_tests();
    test->set_sector(sector);
    test->set_score(static_cast<int32_t>(score));
  }
  return request;
}

std::vector<engine::SyntheticPlace> DutchPlaces() {
  const auto catalogue = programmes::builtin::LoadCatalogue();
  CHECK(catalogue.ok());
  std::vector<engine::SyntheticPlace> places;
  for (const auto& place : catalogue->places) {
    places.push_back({place.grid.x, place.grid.y, place.population});
  }
  return places;
}

// The most memory this process has used, in MB.
int64_t PeakMegabytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::atoll(line.c_str() + 6) / 1024;
  }
  return 0;
}

struct World {
  World() {
    sql::DatabaseOptions options;
    options.file = ":memory:";
    options.name = "scheduler";
    options.migrations = store::Migrations();
    auto opened = sql::Database::Open(std::move(options), clock);
    CHECK(opened.ok());
    database = *std::move(opened);
    auto keys = Vault::Open({.folder = ":memory:"}, clock);
    CHECK(keys.ok());
    vault = *std::move(keys);
    deps = std::make_unique<Deps>(Deps{.database = *database,
                                       .vault = *vault,
                                       .entropy = entropy,
                                       .clock = clock,
                                       .profiles = profiles,
                                       .vacancies = vacancies,
                                       .programmes = programmes,
                                       .trajectories = trajectories,
                                       .shelf = shelf,
                                       .window = window,
                                       .probe = probe,
                                       .parallel = serial});
  }
  Call At() const {
    Call call;
    call.now = clock.Now();
    call.method = "bench";
    return call;
  }

  ManualClock clock{matchgo::StartOf(kToday)};
  SeededEntropy entropy{7};
  metrics::Metrics metrics;
  std::unique_ptr<sql::Database> database;
  std::unique_ptr<Vault> vault;
  Nobody profiles;
  Jobs vacancies;
  Schools programmes;
  NobodyLeaves trajectories;
  MarketShelf shelf;
  MarketWindow window;
  SchedulerProbe probe{metrics};
  engine::SerialParallel serial;
  std::unique_ptr<Deps> deps;
};

void Fill(const engine::SyntheticMarket& market, const engine::SyntheticOptions& options,
          World& world) {
  for (int64_t i = 0; i < options.vacancies; ++i) {
    domain::VacancyRecord record = RecordOf(market.Vacancy(i));
    const std::string name = record.name;
    world.vacancies.table.Put(name, std::move(record));
  }
  std::set<std::string> known;
  for (int64_t i = 0; i < options.starts; ++i) {
    const engine::MarketStart made = market.Start(i);
    if (known.insert(made.programme).second) {
      domain::ProgrammeRecord programme = ProgrammeOf(made);
      const std::string name = programme.name;
      world.programmes.programmes.Put(name, std::move(programme));
    }
    domain::StartRecord start = StartOf(made);
    const std::string name = start.name;
    world.programmes.starts.Put(name, std::move(start));
  }
}

// The answer as bytes.
std::string Answer(const World& world, const Call& call, const rpc::PageTokens& tokens,
                   const v1::SuggestContractsRequest& request, std::string* next) {
  CHECK(rpc::ValidateRequest(request).ok());
  const auto command = Decode(request, tokens, kToday);
  CHECK(command.ok());
  const auto suggested = SuggestContracts(*world.deps, call, *command);
  CHECK(suggested.ok());
  const v1::SuggestContractsResponse reply = Encode(*suggested, request, tokens);
  *next = reply.next_page_token();
  return reply.SerializeAsString();
}

struct Way {
  const char* name;
  std::function<void(v1::SuggestContractsRequest&)> set;
  bool second_page = false;
};

void Measure(const World& world, const Way& way,
             std::vector<v1::SuggestContractsRequest> questions) {
  const rpc::PageTokens tokens("secret");
  const Call call = world.At();
  std::vector<double> times;
  double bytes = 0;
  for (v1::SuggestContractsRequest& question : questions) {
    way.set(question);
    std::string next;
    if (way.second_page) {
      Answer(world, call, tokens, question, &next);
      if (next.empty()) continue;
      question.set_page_token(next);
    }
    const double began = CpuMicroseconds(CLOCK_THREAD_CPUTIME_ID);
    bytes += static_cast<double>(Answer(world, call, tokens, question, &next).size());
    times.push_back(CpuMicroseconds(CLOCK_THREAD_CPUTIME_ID) - began);
  }
  CHECK(!times.empty());
  std::ranges::sort(times);
  const auto at = [&times](size_t permille) {
    return times[std::min(times.size() - 1, times.size() * permille / 1000)];
  };
  const engine::Market& market = world.window.Look().view->now->market();
  std::printf(
      "{\"bench\":\"suggest\",\"vacancies\":%d,\"starts\":%d,\"way\":\"%s\",\"questions\":%zu,"
      "\"cpu_us_p50\":%.0f,\"cpu_us_p99\":%.0f,\"cpu_us_max\":%.0f,\"reply_bytes_mean\":%.0f}\n",
      market.vacancy_count(), market.start_count(), way.name, times.size(), at(500), at(990),
      at(1000), bytes / static_cast<double>(times.size()));
  std::fflush(stdout);
}

void Renew(const char* part, World& world, ViewRefresher& refresher) {
  const double began = CpuMicroseconds(CLOCK_PROCESS_CPUTIME_ID);
  CHECK(refresher.Refresh(world.At()).ok());
  std::printf("{\"bench\":\"suggest_renewal\",\"part\":\"%s\",\"cpu_s\":%.2f,\"peak_mb\":%lld}\n",
              part, (CpuMicroseconds(CLOCK_PROCESS_CPUTIME_ID) - began) * 1e-6,
              static_cast<long long>(PeakMegabytes()));
  std::fflush(stdout);
}

int Run(const engine::SyntheticOptions& options, int64_t questions) {
  const engine::SyntheticMarket market(options);
  World world;
  Fill(market, options, world);
  std::printf("{\"bench\":\"suggest_feeds\",\"peak_mb\":%lld}\n",
              static_cast<long long>(PeakMegabytes()));
  ViewRefresher refresher(*world.deps);
  Renew("market", world, refresher);
  Renew("nothing", world, refresher);
  Random random(3);
  std::vector<v1::SuggestContractsRequest> asked;
  for (int64_t i = 0; i < questions; ++i) {
    const uint64_t who = random.Below(static_cast<uint64_t>(options.switchers));
    asked.push_back(QuestionOf(market.Switcher(static_cast<int64_t>(who))));
  }
  const std::vector<Way> ways = {
      {"ten", [](auto&) {}},
      {"fifty", [](auto& request) { request.set_page_size(50); }},
      {"ten occupations", [](auto& request) { request.set_distinct_occupations(true); }},
      {"ten with room", [](auto& request) { request.set_only_with_room(true); }},
      {"second page", [](auto&) {}, true},
  };
  for (const Way& way : ways) Measure(world, way, asked);
  world.database->Stop();
  return 0;
}

}  // namespace
}  // namespace matchgo::bench

int main(int argc, char** argv) {
  int64_t vacancies = 1'000'000;
  int64_t starts = 20'000;
  int64_t questions = 3'000;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string flag = argv[i];
    int64_t* const value = flag == "--vacancies"   ? &vacancies
                           : flag == "--starts"    ? &starts
                           : flag == "--questions" ? &questions
                                                   : nullptr;
    if (value == nullptr) {
      std::fprintf(stderr, "suggest_bench [--vacancies N] [--starts N] [--questions N]\n");
      return 2;
    }
    *value = std::max<int64_t>(1, std::atoll(argv[i + 1]));
  }
  return matchgo::bench::Run({.seed = 1,
                              .switchers = vacancies * 13 / 10,
                              .vacancies = vacancies,
                              .starts = starts,
                              .places = matchgo::bench::DutchPlaces()},
                             questions);
}
