// matchgo serve: one service, several, or all in this process, until SIGTERM.
#include <algorithm>
#include <iostream>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "common/config/config_loader.h"
#include "common/log/log.h"
#include "common/rpc/server.h"
#include "common/rpc/validate.h"
#include "common/service/service_main.h"
#include "matchgo/config/v1/config.pb.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/wrong_use.h"
#include "services/matchgo/roles.h"

namespace matchgo::commands {
namespace {

struct ServeFlags {
  std::vector<std::string> roles;
  bool all = false;
  bool check_config = false;
  std::string config_file;
  std::string listen;
  std::string metrics;
  std::vector<std::string> set;
};

config::Sources SourcesOf(const Context& context, const ServeFlags& flags) {
  config::Sources sources;
  sources.file = flags.config_file;
  sources.environment = config::FromProcessEnvironment;
  sources.flags = flags.set;
  if (!flags.listen.empty()) sources.flags.push_back("listen=" + flags.listen);
  if (!flags.metrics.empty()) sources.flags.push_back("metrics=" + flags.metrics);
  if (context.data_given) sources.flags.push_back("data=" + context.data.string());
  return sources;
}

ProcessOptions OptionsOf(const config::v1::ServeConfig& config, const ServeFlags& flags) {
  ProcessOptions options;
  options.data_dir = config.data();
  const std::string own = flags.roles.size() == 1 ? flags.roles[0] : "matchgo";
  const std::string socket = "unix:" + (options.data_dir / (own + ".sock")).string();
  options.listen = {config.listen().empty() ? socket : config.listen()};
  options.metrics_listen = config.metrics();
  for (const ServiceRole& role : ServiceRoles()) {
    options.neighbours[role.name] =
        "unix:" + (options.data_dir / (std::string(role.name) + ".sock")).string();
  }
  for (const auto& [service, address] : config.neighbours()) options.neighbours[service] = address;
  options.executor.threads = config.workers();
  options.executor.queue_max = static_cast<size_t>(config.queue());
  options.tick = std::chrono::seconds(1);
  options.grace = std::chrono::seconds(config.stop_seconds());
  return options;
}

StatusOr<std::vector<ModuleFactory>> FactoriesOf(const ServeFlags& flags) {
  if (flags.all) return AllFactories();
  std::vector<ModuleFactory> factories;
  for (const ServiceRole& role : ServiceRoles()) {
    if (std::find(flags.roles.begin(), flags.roles.end(), role.name) != flags.roles.end()) {
      factories.push_back(role.factory);
    }
  }
  if (factories.empty()) {
    return Invalid(Reason{"ROLE_MISSING", "name the services to run, or give --all"});
  }
  return factories;
}

// The config's rules allow these four words only.
log::Level LevelOf(const std::string& word) {
  if (word == "debug") return log::Level::kDebug;
  if (word == "warn") return log::Level::kWarn;
  if (word == "error") return log::Level::kError;
  return log::Level::kInfo;
}

// The rules of the config's fields, and what zero cannot mean.
Status CheckLimits(const config::v1::ServeConfig& config) {
  RETURN_IF_ERROR(rpc::ValidateMessage(config, "config"));
  Violations wrong;
  if (config.workers() < 1) wrong.Add("config.workers", "RANGE", "1..256");
  if (config.queue() < 1) wrong.Add("config.queue", "RANGE", "1..1000000");
  RETURN_IF_ERROR(std::move(wrong).ToStatus());
  return config.listen().empty() ? absl::OkStatus() : rpc::CheckListenAddress(config.listen());
}

int RunServe(const Context& context, const ServeFlags& flags) {
  config::v1::ServeConfig config;
  config.set_data(DefaultDataFolder().string());
  config.set_metrics("127.0.0.1:0");
  config.set_workers(8);
  config.set_queue(1024);
  config.set_log_level("info");
  config.set_stop_seconds(10);
  if (const Status status = config::Load(SourcesOf(context, flags), &config); !status.ok()) {
    return Report(context, status);
  }
  if (const Status status = CheckLimits(config); !status.ok()) return Report(context, status);
  if (flags.check_config) {
    std::cout << config::Print(config);
    return kDone;
  }
  const auto factories = FactoriesOf(flags);
  if (!factories.ok()) return Report(context, factories.status());
  log::SetLevel(LevelOf(config.log_level()));
  const Status status = ServiceMain(OptionsOf(config, flags), *factories, [&](Process& process) {
    for (const std::string& address : process.addresses()) {
      std::cerr << context.Say("luistert op ", "listens on ") << address << "\n";
    }
    std::cerr << context.Say("metingen op ", "metrics on ")
              << "http://127.0.0.1:" << process.metrics_port() << "/metrics\n"
              << context.Say(
                     "stop met Ctrl-C; vul de catalogus vanuit een andere terminal met "
                     "`matchgo import catalogue`\n",
                     "stop with Ctrl-C; from another terminal, load the catalogue with "
                     "`matchgo import catalogue`\n");
  });
  return Report(context, status);
}

}  // namespace

void AddServe(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "serve", context.Say("Draai een, enkele of alle diensten, tot Ctrl-C of SIGTERM.",
                           "Run one, some or all services, until Ctrl-C or SIGTERM."));
  auto flags = std::make_shared<ServeFlags>();
  std::vector<std::string> names;
  std::string help = context.Say("de diensten die moeten draaien", "services to run");
  for (const ServiceRole& role : ServiceRoles()) {
    names.emplace_back(role.name);
    help += std::string("\n") + role.name + "\t" + context.Say(role.owns_nl, role.owns_en);
  }
  command->add_option("services", flags->roles, help)->check(OneOf(context, names));
  command->add_flag("--all", flags->all,
                    context.Say("alle diensten in dit proces", "all services in this process"));
  command
      ->add_option("--config", flags->config_file,
                   context.Say("instellingen in tekstvorm (zie deploy/config)",
                               "settings in text format (see deploy/config)"))
      ->type_name("FILE");
  command->add_flag("--check-config", flags->check_config,
                    context.Say("print de instellingen zoals ze zouden gelden, en stop",
                                "print the settings as they would be used, and stop"));
  command
      ->add_option("--listen", flags->listen,
                   context.Say("unix:PAD of een eigen adres HOST:POORT, zoals 127.0.0.1:7000 "
                               "(standaard: een socket in de datamap)",
                               "unix:PATH or a loopback HOST:PORT such as 127.0.0.1:7000 (default: "
                               "a socket in the data folder)"))
      ->type_name(context.Say("ADRES", "ADDRESS"));
  command
      ->add_option("--metrics", flags->metrics,
                   context.Say("HOST:POORT van /metrics (poort 0: een vrije)",
                               "HOST:PORT of /metrics (port 0: any free one)"))
      ->type_name("HOST:PORT");
  command
      ->add_option("--set", flags->set,
                   context.Say("een instelling, bijvoorbeeld workers=16",
                               "a setting, for example workers=16"))
      ->type_name(context.Say("VELD=WAARDE", "FIELD=VALUE"));
  command->footer(std::string("\n") + context.Say("Voorbeelden", "Examples") +
                  ":\n  matchgo serve --all\n"
                  "  matchgo serve --all --data /srv/matchgo --metrics 127.0.0.1:9464\n"
                  "  matchgo serve vacancies --config deploy/config/vacancies.textproto "
                  "--check-config");
  command->callback([&context, flags] { context.exit_code = RunServe(context, *flags); });
}

}  // namespace matchgo::commands
