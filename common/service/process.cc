#include "common/service/process.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"

namespace matchgo {
namespace {

constexpr size_t kSecretBytes = 32;

Status BadDataDir(const std::filesystem::path& folder) {
  return WithFact(
      Precondition({"DATA_DIR",
                    "the data folder can't be made or written; choose another with --data, or "
                    "mend its permissions"}),
      "folder", folder.string());
}

// Kept in the data folder, so that page tokens survive a restart. Readable by its owner only.
StatusOr<std::string> TokenSecret(const std::filesystem::path& folder, Entropy& entropy) {
  const std::filesystem::path file = folder / "token.secret";
  if (std::ifstream in(file, std::ios::binary); in) {
    std::ostringstream text;
    text << in.rdbuf();
    if (text.str().size() == kSecretBytes) return text.str();
  }
  std::string secret = entropy.Bytes(kSecretBytes);
  std::error_code error;
  const std::filesystem::path fresh = folder / "token.secret.new";
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    std::filesystem::permissions(
        fresh, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
    out << secret;
    if (!out.flush()) return BadDataDir(folder);
  }
  std::filesystem::rename(fresh, file, error);
  if (error) return BadDataDir(folder);
  return secret;
}

Status CheckMetricsAddress(const std::string& address) {
  if (!address.starts_with("unix") && rpc::CheckListenAddress(address).ok()) {
    return absl::OkStatus();
  }
  return WithFact(Precondition({"LISTEN_ADDRESS",
                                "metrics want a loopback address with a port, such as "
                                "127.0.0.1:9464, or port 0 for any free one"}),
                  "flag", "--metrics");
}

}  // namespace

Process::Process(ProcessOptions options) : options_(std::move(options)) {}

StatusOr<std::unique_ptr<Process>> Process::Start(ProcessOptions options, const Clock& clock,
                                                  Entropy& entropy,
                                                  const std::vector<ModuleFactory>& factories) {
  std::unique_ptr<Process> process(new Process(std::move(options)));
  RETURN_IF_ERROR(process->MakeModules(clock, entropy, factories));
  auto registering = [&](grpc::ServerBuilder& builder) {
    for (const auto& module : process->modules_) module->Register(builder);
  };
  ASSIGN_OR_RETURN(process->server_, rpc::Server::Start(process->options_.listen, registering));
  if (!process->options_.metrics_listen.empty()) {
    RETURN_IF_ERROR(CheckMetricsAddress(process->options_.metrics_listen));
    ASSIGN_OR_RETURN(process->exposer_,
                     metrics::Exposer::Start(process->metrics_, process->options_.metrics_listen));
  }
  RETURN_IF_ERROR(process->StartModules());
  return process;
}

Status Process::MakeModules(const Clock& clock, Entropy& entropy,
                            const std::vector<ModuleFactory>& factories) {
  std::error_code error;
  if (std::filesystem::create_directories(options_.data_dir, error)) {
    // What lies in there is about people: nobody else on this machine may read it.
    std::filesystem::permissions(options_.data_dir, std::filesystem::perms::owner_all, error);
  }
  if (error) return BadDataDir(options_.data_dir);
  ASSIGN_OR_RETURN(const std::string secret, TokenSecret(options_.data_dir, entropy));
  executor_ = std::make_unique<exec::BoundedExecutor>(options_.executor);
  const auto environment = [&](Entropy& source) {
    return std::make_unique<Environment>(Environment{.clock = clock,
                                                     .entropy = source,
                                                     .metrics = metrics_,
                                                     .executor = *executor_,
                                                     .data_dir = options_.data_dir,
                                                     .token_secret = secret,
                                                     .stopping = stopping_.get_token(),
                                                     .gate = &gate_});
  };
  environment_ = environment(entropy);
  queue_depth_ = metrics_.AddGauge(
      "matchgo_executor_queue", "Reads that wait for a thread; at the limit callers are refused.");
  for (const ModuleFactory& factory : factories) {
    // Modules work at the same time: with a stream each, a seed gives each the same ids every time.
    entropies_.push_back(entropy.Stream("module/" + std::to_string(modules_.size())));
    environments_.push_back(environment(*entropies_.back()));
    ASSIGN_OR_RETURN(std::unique_ptr<Module> module, factory(*environments_.back()));
    modules_.push_back(std::move(module));
  }
  return absl::OkStatus();
}

Status Process::StartModules() {
  const Neighbours neighbours{
      .channel = [this](std::string_view service) { return ChannelTo(service); },
      .has = [this](std::string_view service) { return Has(service); }};
  for (const auto& module : modules_) {
    ++started_;
    RETURN_IF_ERROR(module->Start(neighbours));
    log::Info("module_started", {{"module", module->name()}});
  }
  if (options_.tick.count() > 0) {
    ticker_ = std::make_unique<exec::Periodic>(options_.tick, [this] {
      TickAll();
      // Not ready is an ordinary state at start; health shows it to whoever asks.
      const Status ready = Ready();
      if (!ready.ok()) log::Debug("not_ready", {{"reason", ReasonOf(ready)}});
    });
  }
  // Without a ticker nobody would ask again, and a module that is not ready yet says so itself.
  server_->SetServing(options_.tick.count() == 0 || Ready().ok());
  return absl::OkStatus();
}

Process::~Process() { Stop(); }

void Process::TickAll() {
  const std::lock_guard lock(tick_mutex_);
  const Instant now = environment_->clock.Now();
  for (const auto& module : modules_) module->Tick(now);
  queue_depth_->Set(static_cast<double>(executor_->queued()));
}

Status Process::Ready() {
  for (const auto& module : modules_) {
    if (Status status = module->Ready(); !status.ok()) {
      server_->SetServing(false);
      return status;
    }
  }
  server_->SetServing(true);
  return absl::OkStatus();
}

void Process::Stop() {
  if (stopped_) return;
  stopped_ = true;
  ticker_.reset();
  if (server_ != nullptr) server_->SetServing(false);
  // Streams end by themselves, new calls are turned away, those in progress get their time.
  stopping_.request_stop();
  if (!gate_.AwaitEmpty(options_.grace)) log::Warn("calls_cut_off");
  // The modules' own callers end before the server: see CallGate. In reverse, so that a module
  // stops before those it was started after.
  while (started_ > 0) modules_[--started_]->Stop();
  if (server_ != nullptr) server_->Stop(std::chrono::milliseconds(0));
  if (executor_ != nullptr) executor_->Stop();
  // Services must outlive the server that refers to them.
  server_.reset();
  modules_.clear();
  exposer_.reset();
}

std::shared_ptr<grpc::Channel> Process::channel() { return server_->InProcessChannel(); }

bool Process::IsHere(std::string_view service) const {
  return std::any_of(modules_.begin(), modules_.end(),
                     [service](const auto& module) { return module->name() == service; });
}

bool Process::Has(std::string_view service) const {
  return IsHere(service) || options_.neighbours.contains(service);
}

std::shared_ptr<grpc::Channel> Process::ChannelTo(std::string_view service) {
  if (IsHere(service)) return server_->InProcessChannel();
  const auto found = options_.neighbours.find(service);
  // A neighbour that nobody configured is like one that is away.
  return rpc::MakeChannel(found == options_.neighbours.end() ? "unix:/nonexistent/neighbour"
                                                             : found->second);
}

}  // namespace matchgo
