// The reader of market files at any size up to a country, as one JSON line: `tools/bench read
// --switchers 1300000 --vacancies 1000000 --starts 20000`. Absolute times need an idle machine.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "common/exec/lanes.h"
#include "services/programmes/builtin/builtin.h"
#include "services/scheduler/engine/digest.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/market_writer.h"
#include "services/scheduler/engine/synthetic/synthetic_market.h"

namespace matchgo::bench {
namespace {

namespace engine = scheduler::engine;

struct BenchSize {
  int64_t switchers = 130'000;
  int64_t vacancies = 100'000;
  int64_t starts = 2'000;
  uint64_t seed = 1;
};

class Stopwatch {
 public:
  int64_t Micros() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin_).count();
  }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point begin_ = Clock::now();
};

class BenchLanes final : public engine::Parallel {
 public:
  explicit BenchLanes(int threads) : lanes_(threads) {}
  int lanes() const override { return lanes_.count(); }
  void For(size_t count, size_t grain, const Body& body) override {
    lanes_.For(count, grain, body);
  }

 private:
  exec::Lanes lanes_;
};

int64_t PeakMegabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

std::string MakeText(const BenchSize& size) {
  const auto catalogue = programmes::builtin::LoadCatalogue();
  engine::SyntheticOptions options;
  options.seed = size.seed;
  options.switchers = size.switchers;
  options.vacancies = size.vacancies;
  options.starts = size.starts;
  for (const auto& place : catalogue->places) {
    options.places.push_back({place.grid.x, place.grid.y, place.population});
  }
  const engine::SyntheticMarket market(std::move(options));
  std::string text;
  engine::AppendMetaLine(text, market.seed(), 0);
  for (int64_t i = 0; i < size.starts; ++i) engine::AppendMarketLine(text, market.Start(i));
  for (int64_t i = 0; i < size.switchers; ++i) engine::AppendMarketLine(text, market.Switcher(i));
  for (int64_t i = 0; i < size.vacancies; ++i) engine::AppendMarketLine(text, market.Vacancy(i));
  return text;
}

int64_t MegabytesPerSecond(size_t bytes, int64_t micros) {
  return static_cast<int64_t>(bytes) / std::max<int64_t>(micros, 1);
}

// CPU of all threads so far, in milliseconds: what an idle machine would need at least.
int64_t CpuMillis() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec * 1000 + usage.ru_utime.tv_usec / 1000;
}

// Parsing, building and the digest together, as a caller sees it; the digest also by itself.
int Measure(const BenchSize& size, engine::Parallel& lanes) {
  const std::string text = MakeText(size);
  const int64_t cpu_before = CpuMillis();
  const Stopwatch whole;
  const auto market = engine::ParseMarket(text, "bench", lanes);
  const int64_t micros = whole.Micros();
  const int64_t cpu = CpuMillis() - cpu_before;
  const int64_t peak = PeakMegabytes();
  const Stopwatch digest;
  const bool same = market.ok() && engine::MarketDigest(text) == market->digest;
  const nlohmann::ordered_json line = {
      {"bench", "read"},
      {"switchers", size.switchers},
      {"vacancies", size.vacancies},
      {"starts", size.starts},
      {"threads", lanes.lanes()},
      {"bytes", text.size()},
      {"ms", micros / 1000},
      {"mb_per_s", MegabytesPerSecond(text.size(), micros)},
      {"goal_mb_per_s", 150},
      {"cpu_ms", cpu},
      {"mb_per_cpu_s", MegabytesPerSecond(text.size(), cpu * 1000)},
      {"digest_ms", digest.Micros() / 1000},
      {"peak_mb", peak},
      {"ok", same}};
  std::cout << line.dump() << std::endl;
  return same ? 0 : 1;
}

}  // namespace
}  // namespace matchgo::bench

int main(int argc, char** argv) {
  CLI::App app{"the reader of market files, measured; one JSON line on stdout"};
  matchgo::bench::BenchSize size;
  int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  app.add_option("--seed", size.seed);
  app.add_option("--switchers", size.switchers);
  app.add_option("--vacancies", size.vacancies);
  app.add_option("--starts", size.starts);
  app.add_option("--threads", threads)->check(CLI::Range(1, 256));
  CLI11_PARSE(app, argc, argv);
  matchgo::bench::BenchLanes lanes(threads);
  return matchgo::bench::Measure(size, lanes);
}
