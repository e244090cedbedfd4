#include "services/matchgo/commands/phases.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace matchgo::commands {
namespace {

int64_t Millis(std::chrono::steady_clock::duration time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

}  // namespace

Phases::Phases(const Context& context) : context_(context) {}

int64_t Phases::TotalMillis() const { return Millis(Clock::now() - first_); }

void Phases::End(const char* word, const char* nl, const char* en, size_t bytes) {
  const auto now = Clock::now();
  const int64_t millis = Millis(now - begin_);
  begin_ = now;
  if (context_.quiet) return;
  const auto rate = static_cast<int64_t>(bytes) / 1000 / std::max<int64_t>(millis, 1);
  if (context_.json) {
    nlohmann::json line = {{"phase", word}, {"ms", millis}};
    if (bytes > 0) line["mb_per_s"] = rate;
    std::cerr << line.dump() << "\n";
    return;
  }
  std::cerr << "  " << terminal::Fit(context_.Say(nl, en), 26) << "  " << millis / 1000 << "."
            << (millis % 1000) / 100 << (millis % 100) / 10 << " s";
  if (bytes > 0) std::cerr << "  " << rate << " MB/s";
  std::cerr << "\n";
}

}  // namespace matchgo::commands
