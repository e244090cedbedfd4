// matchgo doctor: checks a running installation from outside and says what to do.
#include <iostream>
#include <nlohmann/json.hpp>

#include "grpc/health/v1/health.pb.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "matchgo/trajectories/v1/trajectory_service.grpc.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/roles.h"

namespace matchgo::commands {
namespace {

struct Finding {
  std::string subject;
  bool well = false;
  std::string text;
};

Finding CheckFolder(const Context& context) {
  std::error_code error;
  const auto status = std::filesystem::status(context.data, error);
  const std::string subject = context.Say("datamap", "data folder");
  if (!std::filesystem::is_directory(status)) {
    return {
        subject, false,
        context.data.string() + context.Say(": bestaat niet; `matchgo serve --all` maakt hem",
                                            ": does not exist; `matchgo serve --all` makes it")};
  }
  const auto space = std::filesystem::space(context.data, error);
  const auto free_mib = static_cast<int64_t>(space.available >> 20);
  const bool open_to_others =
      (status.permissions() & std::filesystem::perms::others_all) != std::filesystem::perms::none;
  if (free_mib < 512) {
    return {subject, false,
            context.Say("minder dan 512 MiB vrij: maak ruimte", "under 512 MiB free: make room")};
  }
  if (open_to_others) {
    return {subject, false,
            context.Say("leesbaar voor anderen: chmod 700 ", "readable by others: chmod 700 ") +
                context.data.string()};
  }
  return {
      subject, true,
      terminal::FormatCount(context.language, free_mib) + context.Say(" MiB vrij", " MiB free")};
}

Finding CheckHealth(const Context& context, const std::string& service) {
  const auto* method = google::protobuf::DescriptorPool::generated_pool()
                           ->FindServiceByName("grpc.health.v1.Health")
                           ->FindMethodByName("Check");
  // Without a name: health is that of the process, whatever services it runs.
  const grpc::health::v1::HealthCheckRequest request;
  const auto reply = CallUnaryOver(context, ChannelTo(context, service), *method, request);
  if (!reply.ok()) {
    return {service, false,
            context.Say("antwoordt niet: start hem met `matchgo serve --all`, of geef --server",
                        "does not answer: start it with `matchgo serve --all`, or give --server")};
  }
  const auto& health = dynamic_cast<const grpc::health::v1::HealthCheckResponse&>(**reply);
  if (health.status() != grpc::health::v1::HealthCheckResponse::SERVING) {
    return {service, false,
            context.Say("draait maar is niet klaar: kijk in zijn log",
                        "runs but is not ready: look in its log")};
  }
  return {service, true, context.Say("klaar", "ready")};
}

template <class Feeds>
void AddFeeds(const Context& context, const std::string& consumer, const StatusOr<Feeds>& feeds,
              std::vector<Finding>* findings) {
  if (!feeds.ok()) return;  // the health check said so already
  for (const common::v1::FeedProgress& feed : feeds->feeds()) {
    findings->push_back(
        {consumer + " ← " + feed.feed(), feed.synced(),
         feed.synced() ? context.Say("bij tot ", "read up to ") + std::to_string(feed.sequence())
                       : context.Say("nog niet gelezen: draait de buur?",
                                     "not read yet: does the neighbour run?")});
  }
}

std::vector<Finding> Examine(const Context& context) {
  std::vector<Finding> findings = {CheckFolder(context)};
  for (const ServiceRole& role : ServiceRoles()) {
    findings.push_back(CheckHealth(context, role.name));
  }
  rpc::Caller caller(CallerOptions(context));
  const auto scheduler = scheduler::v1::SchedulerService::NewStub(ChannelTo(context, "scheduler"));
  AddFeeds(
      context, "scheduler",
      caller.Unary(*scheduler, &scheduler::v1::SchedulerService::StubInterface::GetFeedProgress,
                   scheduler::v1::GetFeedProgressRequest()),
      &findings);
  const auto trajectories =
      trajectories::v1::TrajectoryService::NewStub(ChannelTo(context, "trajectories"));
  AddFeeds(context, "trajectories",
           caller.Unary(*trajectories,
                        &trajectories::v1::TrajectoryService::StubInterface::GetFeedProgress,
                        trajectories::v1::GetFeedProgressRequest()),
           &findings);
  return findings;
}

int RunDoctor(const Context& context) {
  const std::vector<Finding> findings = Examine(context);
  bool well = true;
  nlohmann::json report = nlohmann::json::array();
  for (const Finding& finding : findings) {
    well = well && finding.well;
    report.push_back({{"subject", finding.subject}, {"ok", finding.well}, {"text", finding.text}});
    if (context.json) continue;
    std::cout << (finding.well ? terminal::Green(context.style, "✓ ")
                               : terminal::Red(context.style, "✗ "))
              << terminal::Fit(finding.subject, 26) << " " << finding.text << "\n";
  }
  if (context.json) std::cout << report.dump(2) << "\n";
  return well ? kDone : kDifferent;
}

}  // namespace

void AddDoctor(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "doctor", context.Say("onderzoek een draaiende installatie en zeg wat er te doen is",
                            "examine a running installation and say what to do"));
  command->callback([&context] { context.exit_code = RunDoctor(context); });
}

}  // namespace matchgo::commands
