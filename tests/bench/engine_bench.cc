// The engine at the sizes of a town, a province and a country: searches, plans and memory, as JSON
// lines; then bounds and peers (engine_bounds.h). CPU time of one thread; ratios are to a yardstick
// of the same run.
//
//   engine_bench                      13,000 and 130,000 switchers
//   engine_bench --national           and 1,300,000, with the fitted growth
//   engine_bench --verify N           and N random switchers of the largest against the reference
//   engine_bench --bounds             bounds and peers only; with --national of the country, too
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "common/base/check.h"
#include "common/random/random.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/plan.h"
#include "tests/bench/engine_bounds.h"
#include "tests/bench/engine_markets.h"
#include "tests/support/engine/direct_market.h"
#include "tests/support/engine/reference_contracts.h"

namespace matchgo::bench {
namespace {

using namespace scheduler::engine;

// Microseconds, many times.
struct Times {
  std::vector<double> all;
  double At(int permille) {
    CHECK(!all.empty());
    std::ranges::sort(all);
    return all[std::min(all.size() - 1, all.size() * static_cast<size_t>(permille) / 1000)];
  }
  double Mean() const {
    double sum = 0;
    for (const double time : all) sum += time;
    return sum / static_cast<double>(all.size());
  }
};

// The yardstick: one popcount for every lane of every block within her reach, and nothing else.
class PopcountPass {
 public:
  explicit PopcountPass(const VacancyGroups& groups) : groups_(groups) {
    masks_.resize(groups.blocks.size());
    for (const VacancyGroup& group : groups.groups) {
      for (int32_t b = 0; b < group.block_count; ++b) {
        const size_t words = static_cast<size_t>(group.words) * kLanes;
        masks_[static_cast<size_t>(group.first_block + b)] = {
            group.first_mask + static_cast<size_t>(b) * words, words};
      }
    }
  }

  double Run(const Switcher& facts) {
    const int64_t reach = int64_t{facts.max_dist} * facts.max_dist;
    near_.clear();
    for (size_t b = 0; b < groups_.blocks.size(); ++b) {
      const LaneBlock& block = groups_.blocks[b];
      const auto far = [](int32_t at, int32_t low, uint16_t span) {
        return int64_t{std::max({low - at, at - low - span, 0})};
      };
      const int64_t dx = far(facts.x, block.origin_x, *std::ranges::max_element(block.x));
      const int64_t dy = far(facts.y, block.origin_y, *std::ranges::max_element(block.y));
      if (dx * dx + dy * dy <= reach) near_.push_back(masks_[b]);
    }
    return Timed([this] { sum_ += Count(); });
  }
  size_t blocks() const { return near_.size(); }
  uint64_t sum() const { return sum_; }

 private:
  struct Masks {
    size_t first = 0;
    size_t count = 0;
  };
  [[gnu::noinline, gnu::target_clones("arch=icelake-server", "popcnt", "default"),
    gnu::optimize("O3")]] uint64_t
  Count() const {
    uint64_t sum = 0;
    const uint64_t mine = 0x5a5a'5a5a'5a5a'5a5aU;
    for (const Masks& masks : near_) {
      const uint64_t* mask = groups_.required.data() + masks.first;
      for (size_t i = 0; i < masks.count; ++i) {
        sum += static_cast<uint64_t>(__builtin_popcountll(mask[i] & mine));
      }
    }
    return sum;
  }

  const VacancyGroups& groups_;
  std::vector<Masks> masks_;
  std::vector<Masks> near_;
  uint64_t sum_ = 0;
};

double Search(const Market& market, const CandidateIndex& index, SimdLevel level, int queries) {
  CandidateSearch search(index, level);
  PopcountPass popcount(index.groups());
  Random random(3);
  Times times;
  Times yardstick;
  SearchCounts sum;
  double blocks = 0;
  for (int i = 0; i < queries; ++i) {
    const auto s =
        static_cast<int32_t>(random.Below(static_cast<uint64_t>(market.switcher_count())));
    const Person person = PersonOf(market, s);
    times.all.push_back(Timed([&] { search.Best({.person = person}); }));
    const SearchCounts& counts = search.counts();
    sum.groups += counts.groups;
    sum.blocks += counts.blocks;
    sum.exact += counts.exact;
    sum.plans += counts.plans;
    if (i % 8 != 0) continue;
    yardstick.all.push_back(popcount.Run(market.switcher(s)));
    blocks += static_cast<double>(popcount.blocks());
  }
  const double n = queries;
  std::printf(
      "{\"bench\":\"search\",\"switchers\":%d,\"simd\":\"%s\",\"k\":24,\"queries\":%d,"
      "\"cpu_us_mean\":%.0f,\"cpu_us_p50\":%.0f,\"cpu_us_p99\":%.0f,\"cpu_us_max\":%.0f,"
      "\"popcount_us_mean\":%.0f,\"popcount_ratio\":%.2f,\"blocks_in_reach\":%.0f,\"groups\":%.0f,"
      "\"blocks\":%.0f,\"exact\":%.0f,\"plans\":%.0f,\"checksum\":%d}\n",
      market.switcher_count(), std::string(SimdLevelName(level)).c_str(), queries, times.Mean(),
      times.At(500), times.At(990), times.At(1000), yardstick.Mean(),
      times.Mean() / yardstick.Mean(), blocks / static_cast<double>(yardstick.all.size()),
      static_cast<double>(sum.groups) / n, static_cast<double>(sum.blocks) / n,
      static_cast<double>(sum.exact) / n, static_cast<double>(sum.plans) / n,
      static_cast<int>(popcount.sum() % 10));
  return times.Mean();
}

void Reverse(const Market& market, const CandidateIndex& index, int queries) {
  CandidateSearch search(index);
  Random random(4);
  Times vacancy;
  Times start;
  for (int i = 0; i < queries; ++i) {
    const auto v =
        static_cast<int32_t>(random.Below(static_cast<uint64_t>(market.vacancy_count())));
    vacancy.all.push_back(Timed([&] { search.BestFor({.vacancy = v}); }));
    if (i % 20 != 0) continue;
    const auto p = static_cast<int32_t>(random.Below(static_cast<uint64_t>(market.start_count())));
    start.all.push_back(Timed([&] { search.BestFor({.start = p}); }));
  }
  std::printf(
      "{\"bench\":\"reverse\",\"switchers\":%d,\"k\":24,\"vacancy_us_p50\":%.0f,"
      "\"vacancy_us_p99\":%.0f,\"start_us_p50\":%.0f,\"start_us_max\":%.0f}\n",
      market.switcher_count(), vacancy.At(500), vacancy.At(990), start.At(500), start.At(1000));
}

void Plans(const char* name, const SyntheticOptions& options, int plans) {
  const Market market = testing::DirectMarket(options);
  std::vector<std::vector<int32_t>> starts_of(static_cast<size_t>(market.occupation_names.size()));
  for (int32_t p = 0; p < market.start_count(); ++p) {
    for (const int32_t o : market.start_occupations[p]) {
      starts_of[static_cast<size_t>(o)].push_back(p);
    }
  }
  Random random(5);
  Times times;
  int feasible = 0;
  for (int i = 0; i < plans; ++i) {
    const auto s =
        static_cast<int32_t>(random.Below(static_cast<uint64_t>(market.switcher_count())));
    const auto v =
        static_cast<int32_t>(random.Below(static_cast<uint64_t>(market.vacancy_count())));
    const auto& starts = starts_of[static_cast<size_t>(market.vacancy(v).occupation)];
    if (starts.empty()) continue;
    const int32_t p = starts[random.Below(starts.size())];
    Plan plan;
    times.all.push_back(Timed([&] { plan = FindPlan(market, {s, v, p}); }));
    feasible += plan.exists ? 1 : 0;
  }
  std::printf(
      "{\"bench\":\"plan\",\"market\":\"%s\",\"plans\":%zu,\"feasible\":%d,\"cpu_us_p50\":%.1f,"
      "\"cpu_us_p99\":%.1f,\"cpu_us_max\":%.1f}\n",
      name, times.all.size(), feasible, times.At(500), times.At(990), times.At(1000));
}

void Verify(const Market& market, const CandidateIndex& index, int count) {
  CandidateSearch search(index);
  Random random(6);
  int wrong = 0;
  int64_t contracts = 0;
  for (int i = 0; i < count; ++i) {
    const auto s =
        static_cast<int32_t>(random.Below(static_cast<uint64_t>(market.switcher_count())));
    const auto all = testing::ReferenceContracts(market, s);
    contracts += static_cast<int64_t>(all.size());
    const Found found = search.Best({.person = PersonOf(market, s)});
    bool same = found.best.size() == std::min<size_t>(24, all.size());
    for (size_t k = 0; same && k < found.best.size(); ++k) same = found.best[k] == all[k];
    wrong += same ? 0 : 1;
  }
  std::printf(
      "{\"bench\":\"exactness\",\"switchers\":%d,\"compared\":%d,\"wrong\":%d,"
      "\"feasible_contracts_mean\":%.0f}\n",
      market.switcher_count(), count, wrong, static_cast<double>(contracts) / std::max(1, count));
}

double Measure(const Size& size, int queries, int verify) {
  const Market market = testing::DirectMarket(OptionsOf(size));
  double search = 0;
  const double before = CpuMicroseconds();
  const CandidateIndex index(market, Weights());
  const double build = CpuMicroseconds() - before;
  std::printf(
      "{\"bench\":\"index\",\"switchers\":%d,\"vacancies\":%d,\"starts\":%d,\"build_cpu_s\":%.2f,"
      "\"bytes_per_vacancy\":%.1f,\"bytes_per_switcher\":%.1f,\"groups\":%zu,\"blocks\":%zu}\n",
      market.switcher_count(), market.vacancy_count(), market.start_count(), build * 1e-6,
      static_cast<double>(index.bytes_for_vacancies()) / market.vacancy_count(),
      static_cast<double>(index.bytes_for_switchers()) / market.switcher_count(),
      index.groups().groups.size(), index.groups().blocks.size());
  for (const SimdLevel level : kSimdLevels) {
    if (level > BestSimdLevel()) continue;
    search = Search(market, index, level, level == BestSimdLevel() ? queries : queries / 8);
  }
  Reverse(market, index, std::max(40, queries / 20));
  if (verify > 0) Verify(market, index, verify);
  return search;
}

int Run(bool national, int verify, int queries) {
  std::vector<Size> sizes = {{13'000, 10'000, 200}, {130'000, 100'000, 2'000}};
  if (national) sizes.push_back({1'300'000, 1'000'000, 20'000});
  std::vector<double> means;
  for (const Size& size : sizes) {
    means.push_back(Measure(size, queries, size.switchers == sizes.back().switchers ? verify : 0));
    std::fflush(stdout);
  }
  std::printf("{\"bench\":\"growth\",\"of\":\"search_cpu_mean\",\"exponents\":[");
  for (size_t i = 1; i < means.size(); ++i) {
    std::printf("%s%.2f", i == 1 ? "" : ",", std::log10(means[i] / means[i - 1]));
  }
  std::printf("]}\n");
  Plans("typical", OptionsOf({20'000, 20'000, 20'000}), 20'000);
  SyntheticOptions hard = OptionsOf({2'000, 2'000, 400});
  hard.hard_plans = true;
  Plans("hard", hard, 1'000);
  return 0;
}

int RunBounds(bool national) {
  for (const Size& size : {Size{10'000, 7'700, 154}, Size{13'000, 10'000, 200}}) MeasureBound(size);
  MeasureBound({130'000, 100'000, 2'000});
  if (national) MeasureBound({1'300'000, 1'000'000, 20'000});
  MeasurePeers({10'000, 7'700, 154});
  MeasurePeers({20'000, 15'400, 308});
  return 0;
}

}  // namespace
}  // namespace matchgo::bench

int main(int argc, char** argv) {
  bool national = false;
  bool bounds = false;
  int verify = 0;
  int queries = 4'000;
  for (int i = 1; i < argc; ++i) {
    const std::string flag = argv[i];
    if (flag == "--national") {
      national = true;
    } else if (flag == "--bounds") {
      bounds = true;
    } else if (flag == "--verify" && i + 1 < argc) {
      verify = std::atoi(argv[++i]);
    } else if (flag == "--queries" && i + 1 < argc) {
      queries = std::atoi(argv[++i]);
    } else {
      std::fprintf(stderr, "engine_bench [--bounds] [--national] [--verify N] [--queries N]\n");
      return 2;
    }
  }
  if (!bounds) matchgo::bench::Run(national, verify, std::max(80, queries));
  return matchgo::bench::RunBounds(national);
}
