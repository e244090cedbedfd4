// tools/bench clear: one clearing of a made-up market, phase by phase, then declines and
// certificates, as one JSON line; before it one about counterfactuals, in CPU time.
//
// Arguments: switchers vacancies starts lanes. The market is that of `matchgo market generate
// --seed 1`. Times are CPU times, of all lanes together, but for those on the wall: what a clearing
// takes beside its searches is clear_wall_s - searches_wall_s.
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/counterfactual.h"
#include "services/scheduler/engine/live_outcome.h"
#include "tests/bench/engine_markets.h"
#include "tests/support/engine/direct_market.h"
#include "tests/support/engine/lanes.h"

namespace matchgo::bench {
namespace {

using namespace scheduler::engine;
// CPU time of all lanes together.
double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double SecondsSince(double began) { return CpuSeconds() - began; }

double WallSeconds() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since).count();
}

// Lanes that know how long loops took on the wall: a clearing runs its searches on them, and all
// else beside them.
class TimedLanes final : public Parallel {
 public:
  explicit TimedLanes(int lanes) : lanes_(lanes) {}

  int lanes() const override { return lanes_.lanes(); }
  void For(size_t count, size_t grain, const Body& body) override {
    const double began = WallSeconds();
    lanes_.For(count, grain, body);
    seconds_ += WallSeconds() - began;
  }
  double seconds() const { return seconds_; }

 private:
  testing::Lanes lanes_;
  double seconds_ = 0;
};

class Phases {
 public:
  void Note(std::string_view phase, int64_t done, int64_t of) {
    const double now = CpuSeconds();
    if (phase != phase_) std::fprintf(stderr, "\n");
    phase_ = phase;
    std::fprintf(stderr, "\r%s %lld of %lld, %.1f s ", phase_.c_str(), static_cast<long long>(done),
                 static_cast<long long>(of), now - began_);
    ends_[phase_] = now;
  }
  double EndOf(const std::string& phase) const {
    const auto found = ends_.find(phase);
    return found == ends_.end() ? 0 : found->second - began_;
  }

 private:
  const double began_ = CpuSeconds();
  std::string phase_;
  std::map<std::string, double> ends_;
};

double Quantile(std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  std::ranges::sort(sorted);
  const auto last = static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<size_t>(last * share)];
}

struct Spread {
  std::vector<double> seconds;
  double ahead_seconds = 0;  // between answers
  double total_moves = 0;
};

Spread Decline(LiveOutcome& live, const Market& market, int count) {
  Spread spread;
  Random random(1);
  while (static_cast<int>(spread.seconds.size()) < count) {
    const auto s = static_cast<int32_t>(random.Below(market.switchers.size()));
    const auto held = live.state().HeldBy(s);
    if (!held) continue;
    const double began = CpuSeconds();
    const Repaired repaired = live.Decline(held->contract());
    spread.seconds.push_back(SecondsSince(began));
    spread.total_moves += static_cast<double>(repaired.moves.size());
    const double answered = CpuSeconds();
    live.Stock();
    spread.ahead_seconds += SecondsSince(answered);
  }
  return spread;
}

// What random people without a contract could have changed; CPU time of this thread.
void AskWhatToChange(const CandidateIndex& index, const Clearing& clearing, size_t people) {
  const Market& market = index.market();
  const double made = CpuMicroseconds();
  const Counterfactuals counterfactuals(index, clearing);
  const double doors = CpuMicroseconds() - made;
  CandidateSearch search(index);
  Random random(3);
  std::vector<double> micros;
  double sum = 0;
  size_t changes = 0;
  size_t joint = 0;
  size_t none = 0;
  for (size_t tries = 0; micros.size() < people && tries < 100 * people; ++tries) {
    const auto s = static_cast<int32_t>(random.Below(market.switchers.size()));
    if (clearing.HeldBy(s) != nullptr) continue;
    const double began = CpuMicroseconds();
    const std::vector<Change> found = counterfactuals.For({.switcher = s}, search);
    micros.push_back(CpuMicroseconds() - began);
    sum += micros.back();
    changes += found.size();
    none += found.empty() ? 1 : 0;
    joint += !found.empty() && std::popcount(found.front().set) > 1 ? 1 : 0;
  }
  std::printf(
      "{\"bench\":\"counterfactuals\",\"switchers\":%d,\"people\":%zu,\"changes\":%zu,"
      "\"joint\":%zu,\"none\":%zu,\"doors_cpu_ms\":%.1f,\"cpu_ms_mean\":%.2f,"
      "\"cpu_ms_p50\":%.2f,\"cpu_ms_p99\":%.2f,\"cpu_ms_max\":%.2f}\n",
      market.switcher_count(), micros.size(), changes, joint, none, doors * 1e-3,
      sum * 1e-3 / static_cast<double>(micros.size()), Quantile(micros, 0.5) * 1e-3,
      Quantile(micros, 0.99) * 1e-3, Quantile(micros, 1) * 1e-3);
}

int Run(int64_t switchers, int64_t vacancies, int64_t starts, int lane_count) {
  const Market market = testing::DirectMarket(OptionsOf({switchers, vacancies, starts}));
  TimedLanes lanes(lane_count);
  Phases phases;
  const CandidateIndex index(market, Weights());
  const double began = CpuSeconds();
  const double began_wall = WallSeconds();
  ClearedState cleared = ClearAndKeep(
      index, market.commitments, {}, lanes,
      [&](std::string_view phase, int64_t done, int64_t of) { phases.Note(phase, done, of); });
  const double clear_seconds = SecondsSince(began);
  const double clear_wall = WallSeconds() - began_wall;
  const double searches_wall = lanes.seconds();
  const Clearing clearing = cleared.clearing;
  const SearchTally searches = cleared.state->searches();
  const size_t known = cleared.state->known().size();
  const Certifier certifier(index, clearing);
  CandidateSearch search(index);
  Random random(2);
  std::vector<double> certificates;
  for (int i = 0; i < 500; ++i) {
    const double asked = CpuSeconds();
    certifier.For(static_cast<int32_t>(random.Below(market.switchers.size())), search);
    certificates.push_back(SecondsSince(asked));
  }
  AskWhatToChange(index, clearing, 500);
  LiveOutcome live(index, std::move(cleared), RepairMode::kStable);
  const double before_stock = CpuSeconds();
  live.Stock();
  const double stock_seconds = SecondsSince(before_stock);
  const SearchTally stocked = live.state().searches();
  Spread declines = Decline(live, market, 2000);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "{\"switchers\":%lld,\"vacancies\":%lld,\"starts\":%lld,\"lanes\":%d,\"candidates_s\":%.2f,"
      "\"minima_ignored_s\":%.2f,\"clear_s\":%.2f,\"clear_wall_s\":%.2f,"
      "\"searches_wall_s\":%.2f,\"matched\":%zu,\"closed\":%zu,\"total\":%lld,"
      "\"total_minima_ignored\":%lld,\"known\":%zu,\"first\":%lld,\"further\":%lld,"
      "\"for_vacancies\":%lld,\"for_starts\":%lld,\"fresh_lines\":%lld,\"stock_s\":%.2f,"
      "\"ahead\":%lld,\"stock_again_ms_mean\":%.2f,\"decline_p50_us\":%.1f,"
      "\"decline_p99_us\":%.1f,\"decline_max_us\":%.1f,\"moves\":%.2f,"
      "\"certificates_p50_ms\":%.2f,\"certificates_p99_ms\":%.2f,\"peak_mib\":%ld}\n",
      static_cast<long long>(switchers), static_cast<long long>(vacancies),
      static_cast<long long>(starts), lane_count, phases.EndOf("candidates"),
      phases.EndOf("minima ignored"), clear_seconds, clear_wall, searches_wall,
      clearing.holdings.size(), clearing.closed.size(),
      static_cast<long long>(clearing.total_score),
      static_cast<long long>(clearing.total_score_minima_ignored), known,
      static_cast<long long>(searches.first), static_cast<long long>(searches.further),
      static_cast<long long>(searches.vacancies), static_cast<long long>(searches.starts),
      static_cast<long long>(searches.fresh_lines), stock_seconds,
      static_cast<long long>(stocked.ahead),
      declines.ahead_seconds * 1e3 / static_cast<double>(declines.seconds.size()),
      Quantile(declines.seconds, 0.5) * 1e6, Quantile(declines.seconds, 0.99) * 1e6,
      Quantile(declines.seconds, 1) * 1e6,
      declines.total_moves / static_cast<double>(declines.seconds.size()),
      Quantile(certificates, 0.5) * 1e3, Quantile(certificates, 0.99) * 1e3,
      usage.ru_maxrss / 1024);
  return 0;
}

}  // namespace
}  // namespace matchgo::bench

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "clear_bench SWITCHERS VACANCIES STARTS LANES\n");
    return 1;
  }
  return matchgo::bench::Run(std::atoll(argv[1]), std::atoll(argv[2]), std::atoll(argv[3]),
                             std::atoi(argv[4]));
}
