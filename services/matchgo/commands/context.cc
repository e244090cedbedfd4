#include "services/matchgo/commands/context.h"

#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

namespace matchgo::commands {
namespace {

ExitCode CodeOf(const Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return kWrongUse;
    case absl::StatusCode::kUnavailable:
      return kUnreachable;
    default:
      return kRefused;
  }
}

// What a person can do about it.
const char* Advice(const Context& context, const Status& status) {
  const std::string reason = ReasonOf(status);
  if (reason == "STALE") {
    return context.Say("Lees het record opnieuw en probeer het met de nieuwe etag.",
                       "Read the record again and retry with its new etag.");
  }
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return context.Say("Draait de dienst? Start hem met `matchgo serve --all`, of geef --server.",
                         "Is the service running? Start it with `matchgo serve --all`, or give "
                         "--server.");
    case absl::StatusCode::kNotFound:
      return context.Say("Zoek de naam op met het werkwoord `list`.",
                         "Look the name up with the verb `list`.");
    case absl::StatusCode::kPermissionDenied:
      return context.Say("Kies een rol die dit mag met --as.",
                         "Choose a role that may do this with --as.");
    default:
      return "";
  }
}

}  // namespace

ExitCode Report(const Context& context, const Status& status) {
  if (status.ok()) return kDone;
  const std::vector<Violation> violations = ViolationsOf(status);
  if (context.json) {
    nlohmann::json problem = {{"reason", ReasonOf(status)}, {"text", MessageOf(status)}};
    for (const auto& [key, value] : FactsOf(status)) problem["facts"][key] = value;
    for (const Violation& violation : violations) {
      problem["violations"].push_back(
          {{"field", violation.field}, {"reason", violation.reason}, {"wanted", violation.wanted}});
    }
    std::cerr << problem.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    return CodeOf(status);
  }
  const std::string reason = ReasonOf(status);
  std::cerr << "matchgo: " << (reason.empty() ? "" : reason + ": ") << MessageOf(status) << "\n";
  for (const auto& [key, value] : FactsOf(status))
    std::cerr << "  " << key << ": " << value << "\n";
  for (const Violation& violation : violations) {
    std::cerr << "  " << violation.field << ": " << violation.reason << ", "
              << context.Say("gevraagd: ", "wanted: ") << violation.wanted << "\n";
  }
  if (const std::string advice = Advice(context, status); !advice.empty()) {
    std::cerr << "  " << advice << "\n";
  }
  return CodeOf(status);
}

std::filesystem::path DefaultDataFolder() {
  if (const char* data = std::getenv("MATCHGO_DATA"); data != nullptr && *data != '\0') return data;
  if (geteuid() == 0) return "/var/lib/matchgo";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home == nullptr ? "." : home) / ".local/share/matchgo";
}

}  // namespace matchgo::commands
