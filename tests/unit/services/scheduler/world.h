// World: the scheduler on a real store with feeds that a test fills by hand, and a clock it moves.
//
// No gRPC and no threads of its own beyond the store's writer and one more lane. What a test reads
// back comes from the store, not from what the actions returned.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/metrics/metrics.h"
#include "common/random/random.h"
#include "common/sql/database.h"
#include "common/time/clock.h"
#include "common/vault/vault.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/answer_offer.h"
#include "services/scheduler/actions/create_round.h"
#include "services/scheduler/deps.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/round_lanes.h"
#include "services/scheduler/runner/round_runner.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"
#include "services/scheduler/store/schema/migrations.h"
#include "services/scheduler/store/seat_store.h"
#include "tests/unit/services/scheduler/records.h"

namespace matchgo::scheduler {

// A feed is a map that tests write into.
class DirectProfiles final : public ProfileFeed {
 public:
  std::map<std::string, domain::SwitcherRecord> records;
  int64_t sequence = 1;
  int64_t erased = 0;

  void Put(domain::SwitcherRecord record) {
    records[record.id] = std::move(record);
    ++sequence;
  }
  void Erase(const std::string& id) {
    records.erase(id);
    ++sequence;
    ++erased;
  }
  FeedProgress progress() const override { return {"profiles", sequence, true}; }
  bool WaitFor(int64_t wanted, std::chrono::milliseconds) override { return sequence >= wanted; }
  std::vector<domain::SwitcherRecord> Switchers() const override {
    std::vector<domain::SwitcherRecord> all;
    for (const auto& [id, record] : records) all.push_back(record);
    return all;
  }
  std::optional<domain::SwitcherRecord> Find(const std::string& id) const override {
    const auto found = records.find(id);
    if (found == records.end()) return std::nullopt;
    return found->second;
  }
  int64_t erasures() const override { return erased; }
};

class DirectVacancies final : public VacancyFeed {
 public:
  std::map<std::string, domain::VacancyRecord> records;
  int64_t sequence = 1;
  bool synced = true;

  void Put(domain::VacancyRecord record) {
    records[record.name] = std::move(record);
    ++sequence;
  }
  FeedProgress progress() const override { return {"vacancies", sequence, synced}; }
  bool WaitFor(int64_t wanted, std::chrono::milliseconds) override { return sequence >= wanted; }
  std::vector<domain::VacancyRecord> Vacancies() const override {
    std::vector<domain::VacancyRecord> all;
    for (const auto& [name, record] : records) all.push_back(record);
    return all;
  }
  std::optional<domain::VacancyRecord> Find(const std::string& name) const override {
    const auto found = records.find(name);
    if (found == records.end()) return std::nullopt;
    return found->second;
  }
};

class DirectProgrammes final : public ProgrammeFeed {
 public:
  std::vector<domain::ProgrammeRecord> programmes = {ProgrammeAt("p1")};
  std::map<std::string, domain::StartRecord> starts;
  std::vector<std::string> cancelled;
  std::vector<std::string> begun;  // "name on 2026-12-05"
  int64_t sequence = 1;
  Status answer;  // of BeginStart and CancelStart

  void Put(domain::StartRecord record) {
    starts[record.name] = std::move(record);
    ++sequence;
  }
  FeedProgress progress() const override { return {"programmes", sequence, true}; }
  bool WaitFor(int64_t wanted, std::chrono::milliseconds) override { return sequence >= wanted; }
  std::vector<domain::ProgrammeRecord> Programmes() const override { return programmes; }
  std::vector<domain::StartRecord> Starts() const override {
    std::vector<domain::StartRecord> all;
    for (const auto& [name, record] : starts) all.push_back(record);
    return all;
  }
  std::optional<domain::StartRecord> FindStart(const std::string& name) const override {
    const auto found = starts.find(name);
    if (found == starts.end()) return std::nullopt;
    return found->second;
  }
  // The owner's feed tells it back.
  Status BeginStart(const std::string& name, Day begins_on, const std::string&) override {
    if (!answer.ok()) return answer;
    begun.push_back(name + " on " + FormatDay(begins_on));
    domain::StartRecord record = starts.at(name);
    record.begins_on = begins_on;
    Put(std::move(record));
    return answer;
  }
  Status CancelStart(const std::string& name, const std::string&, const std::string&) override {
    if (answer.ok()) cancelled.push_back(name);
    return answer;
  }
};

class DirectTrajectories final : public TrajectoryFeed {
 public:
  std::map<int64_t, domain::DepartureRecord> records;  // by sequence
  int64_t sequence = 1;

  void Put(domain::DepartureRecord record) {
    record.sequence = ++sequence;
    records[sequence] = std::move(record);
  }
  FeedProgress progress() const override { return {"trajectories", sequence, true}; }
  bool WaitFor(int64_t wanted, std::chrono::milliseconds) override { return sequence >= wanted; }
  std::vector<domain::DepartureRecord> Departures() const override {
    std::vector<domain::DepartureRecord> all;
    for (const auto& [at, record] : records) all.push_back(record);
    return all;
  }
  void Forget(int64_t up_to) override {
    records.erase(records.begin(), records.upper_bound(up_to));
  }
};

// The lanes of the service, and how often they were asked.
class CountedLanes final : public engine::Parallel {
 public:
  std::atomic<int> loops{0};

  int lanes() const override { return lanes_.lanes(); }
  void For(size_t count, size_t grain, const Body& body) override {
    ++loops;
    lanes_.For(count, grain, body);
  }

 private:
  RoundLanes lanes_{2};
};

class World : public testing::Test {
 protected:
  World() {
    sql::DatabaseOptions options;
    options.file = ":memory:";
    options.name = "scheduler";
    options.migrations = store::Migrations();
    auto opened = sql::Database::Open(std::move(options), clock);
    if (!opened.ok()) ADD_FAILURE() << opened.status();
    database = *std::move(opened);
    auto keys = Vault::Open({.folder = ":memory:"}, clock);
    if (!keys.ok()) ADD_FAILURE() << keys.status();
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
                                       .parallel = lanes});
    runner = std::make_unique<RoundRunner>(*deps);
  }

  // `people` switchers for `jobs` vacancies of one opening each, one start.
  void Fill(int people, int jobs) {
    for (int i = 0; i < people; ++i) {
      domain::SwitcherRecord record = SwitcherAt("s" + std::to_string(i));
      record.salary_now = 300000 + 1000 * i;
      profiles.Put(record);
    }
    for (int i = 0; i < jobs; ++i) vacancies.Put(VacancyAt("v" + std::to_string(i)));
    programmes.Put(StartAt("p1", "a"));
  }
  static store::MatchFilter All(const std::string& state) {
    store::MatchFilter filter;
    filter.state = state;
    filter.limit = 10000;
    return filter;
  }
  Call By(Role role, const std::string& id = "x", const std::string& tenant = "") const {
    Call call;
    call.now = clock.Now();
    call.principal = {.role = role, .id = id, .tenant = TenantId(tenant)};
    call.method = "test";
    return call;
  }
  domain::Round Create(CreateRoundCommand command = {}) {
    auto round = database->Write(By(Role::kOps),
                                 [&](sql::Tx& tx) { return CreateRound(tx, entropy, command); });
    EXPECT_TRUE(round.ok()) << round.status();
    return round.ok() ? *round : domain::Round();
  }
  StatusOr<domain::Round> Advance(const domain::Round& round,
                                  std::optional<domain::RoundState> until) {
    return AdvanceRound(*deps, By(Role::kOps), round.id, until);
  }
  domain::Round Publish(CreateRoundCommand command = {}) {
    auto round = Advance(Create(std::move(command)), domain::RoundState::kPublished);
    EXPECT_TRUE(round.ok()) << round.status();
    return round.ok() ? *round : domain::Round();
  }
  void Tick() { runner->Tick(clock.Now()); }

  std::vector<domain::Offer> Offers(const std::string& state = "") {
    return *database->Read(By(Role::kOps), [&](sql::Tx& tx) {
      return store::MatchStore(tx).ListOffers({}, All(state));
    });
  }
  std::vector<domain::Contract> Contracts(const std::string& state = "") {
    return *database->Read(By(Role::kOps), [&](sql::Tx& tx) {
      return store::MatchStore(tx).ListContracts({}, All(state));
    });
  }
  domain::Round Round(const RoundId& id) {
    return *database->Read(By(Role::kOps),
                           [&](sql::Tx& tx) { return store::RoundStore(tx).Get(id); });
  }
  store::SeatCount Seats(const std::string& resource) {
    return *database->Read(By(Role::kOps),
                           [&](sql::Tx& tx) { return store::SeatStore(tx).Count(resource); });
  }
  std::vector<domain::AdverseOutcome> Adverse(const RoundId& round) {
    return *database->Read(By(Role::kOps), [&](sql::Tx& tx) {
      return store::MatchStore(tx).ListAdverse(round, "", false, 10000);
    });
  }
  StatusOr<domain::Offer> Answer(const OfferId& offer, domain::Party party,
                                 domain::Decision decision) {
    return database->Write(By(Role::kOps), [&](sql::Tx& tx) {
      return AnswerOffer(
          tx, *deps,
          {.offer = offer, .decision = decision, .party = party, .reason = "", .version = {}});
    });
  }
  // Everybody says yes.
  domain::Offer AcceptAll(const domain::Offer& offer) {
    domain::Offer last = offer;
    for (const domain::Party party : domain::PartiesOf(offer.terms)) {
      auto answered = Answer(offer.id, party, domain::Decision::kAccept);
      EXPECT_TRUE(answered.ok()) << answered.status();
      if (answered.ok()) last = *answered;
    }
    return last;
  }

  ManualClock clock{StartOf(kToday) + std::chrono::hours(9)};
  SeededEntropy entropy{7};
  metrics::Metrics metrics;
  std::unique_ptr<sql::Database> database;
  std::unique_ptr<Vault> vault;
  DirectProfiles profiles;
  DirectVacancies vacancies;
  DirectProgrammes programmes;
  DirectTrajectories trajectories;
  MarketShelf shelf;
  MarketWindow window;
  SchedulerProbe probe{metrics};
  CountedLanes lanes;
  std::unique_ptr<Deps> deps;
  std::unique_ptr<RoundRunner> runner;
};

}  // namespace matchgo::scheduler
