#include "common/log/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace matchgo::log {
namespace {

constexpr std::array<const char*, 5> kWords = {"debug", "info", "warn", "error", "off"};

std::atomic<Level> level_min{Level::kInfo};

struct Output {
  std::mutex mutex;
  std::shared_ptr<spdlog::logger> logger;
  std::function<void(std::string_view)> sink;
};

// Never destroyed: threads may log while the process exits.
Output& TheOutput() {
  static Output& output = []() -> Output& {
    auto* made = new Output;
    made->logger = std::make_shared<spdlog::logger>(
        "matchgo", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    // The pattern of spdlog does not escape anything, so the line arrives here complete.
    made->logger->set_pattern("%v");
    made->logger->set_level(spdlog::level::trace);
    made->logger->flush_on(spdlog::level::trace);
    return *made;
  }();
  return output;
}

std::string TimeNow() {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone());
}

}  // namespace

void Write(Level level, std::string_view event, Fields fields) {
  if (!Enabled(level)) return;
  nlohmann::ordered_json line;
  line["time"] = TimeNow();
  line["level"] = kWords.at(static_cast<size_t>(level));
  line["event"] = std::string(event);
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { line[std::string(field.key)] = value; }, field.value.get());
  }
  const std::string text =
      line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  Output& output = TheOutput();
  const std::lock_guard lock(output.mutex);
  if (output.sink) {
    output.sink(text);
  } else {
    output.logger->log(spdlog::level::info, spdlog::string_view_t(text.data(), text.size()));
  }
}

void SetLevel(Level level) { level_min.store(level, std::memory_order_relaxed); }

bool Enabled(Level level) { return level >= level_min.load(std::memory_order_relaxed); }

bool ParseLevel(std::string_view word, Level* level) {
  for (size_t i = 0; i < kWords.size(); ++i) {
    if (word == kWords.at(i)) {
      *level = static_cast<Level>(i);
      return true;
    }
  }
  return false;
}

void SetSink(std::function<void(std::string_view line)> sink) {
  Output& output = TheOutput();
  const std::lock_guard lock(output.mutex);
  output.sink = std::move(sink);
}

}  // namespace matchgo::log
