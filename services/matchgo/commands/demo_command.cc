// matchgo demo: see career switches happen, from a profile to startbekwaam and the diploma.
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <memory>

#include "common/exec/periodic.h"
#include "common/kernel/day.h"
#include "common/log/log.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/signal_watch.h"
#include "services/matchgo/commands/wrong_use.h"
#include "services/matchgo/demo/demo.h"
#include "services/matchgo/demo/story.h"
#include "services/matchgo/roles.h"

namespace matchgo::commands {
namespace {

constexpr std::chrono::seconds kTick{1};

struct DemoFlags {
  uint64_t seed = 1;
  int32_t switchers = 2000;
  int32_t vacancies = 800;
  std::string metrics = "127.0.0.1:0";
  bool stay = false;
};

// A folder of its own unless --data says where; removed afterwards.
class DemoFolder {
 public:
  explicit DemoFolder(const Context& context) : temporary_(!context.data_given) {
    if (!temporary_) {
      path_ = context.data;
      return;
    }
    std::string name = (std::filesystem::temp_directory_path() / "matchgo-demo-XXXXXX").string();
    const char* made = mkdtemp(name.data());
    path_ = made == nullptr ? std::filesystem::path(name) : std::filesystem::path(made);
  }
  DemoFolder(const DemoFolder&) = delete;
  DemoFolder& operator=(const DemoFolder&) = delete;
  ~DemoFolder() {
    std::error_code ignored;
    if (temporary_) std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }
  bool temporary() const { return temporary_; }
  bool used_before() const {
    std::error_code error;
    return std::filesystem::exists(path_, error) && !std::filesystem::is_empty(path_, error);
  }

 private:
  const bool temporary_;
  std::filesystem::path path_;
};

// One bar a phase; a new phase ends the bar of the last.
class PhaseBars {
 public:
  explicit PhaseBars(const Context& context)
      : context_(context), quiet_(context.quiet || context.json) {}
  void Show(const char* nl, const char* en, int64_t done, int64_t total) {
    if (bar_ == nullptr || label_ != en) {
      bar_.reset();  // ends its line before the next begins
      bar_ = std::make_unique<terminal::Progress>(context_.Say(nl, en), total, quiet_);
      label_ = en;
      shown_ = 0;
    }
    bar_->Advance(done - shown_);
    shown_ = done;
  }

 private:
  const Context& context_;
  const bool quiet_;
  std::unique_ptr<terminal::Progress> bar_;
  std::string label_;
  int64_t shown_ = 0;
};

// How this program was found, so that the hints can be pasted.
std::string ProgramPath() {
  std::error_code error;
  const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "matchgo" : path.string();
}

// Stopped before the end. What was made for the demo goes with it.
int ReportInterrupted(const Context& context, const DemoFolder& folder, int signal) {
  std::cerr << context.Say("Gestopt voor het einde.", "Stopped before the end.");
  if (!folder.temporary()) {
    std::cerr << context.Say(" Wat er al was, staat in ", " What there was is in ")
              << folder.path().string();
  }
  std::cerr << "\n";
  return kInterrupted + signal;
}

StatusOr<demo::DemoNumbers> Play(const Context& context, demo::Demo& demo) {
  PhaseBars bars(context);
  return demo.Play([&bars](const char* nl, const char* en, int64_t done, int64_t total) {
    bars.Show(nl, en, done, total);
  });
}

Status Print(const Context& context, demo::Demo& demo, const demo::DemoNumbers& numbers,
             bool stay) {
  if (context.json) {
    std::cout << demo::FormatJson(numbers) << std::flush;
    return absl::OkStatus();
  }
  const demo::StoryOptions options{.language = context.language, .style = context.style};
  const auto story = demo::TellStory(demo, options);
  if (!story.ok()) return story.status();
  std::cout << "\n"
            << *story << "\n"
            << demo::FormatNumbers(numbers, options) << "\n"
            << context.Say(
                   "Mensen en werkgevers zijn verzonnen; de opleidingen komen uit de "
                   "catalogus.",
                   "People and employers are made up; the programmes come from the "
                   "catalogue.")
            << "\n"
            << context.Say("Metingen voor Prometheus: ", "Metrics for Prometheus: ")
            << numbers.metrics_url
            << (stay ? ""
                     : context.Say(" (zolang de demo draait; --stay houdt haar aan)",
                                   " (while the demo runs; --stay keeps it up)"))
            << "\n"
            << std::flush;
  return absl::OkStatus();
}

void InviteToLook(const Context& context, const std::filesystem::path& folder,
                  const demo::NextSeason& next) {
  const std::string people = std::to_string(next.switchers);
  const std::string jobs = std::to_string(next.vacancies);
  const std::string with = "  " + ProgramPath() + " --data " + folder.string() + " ";
  std::cerr << context.Say("Het is daar nu ", "It is ") << FormatDay(next.today)
            << context.Say(". Er zijn ", " there. There are ") << people
            << context.Say(" nieuwe mensen en ", " new people and ") << jobs
            << context.Say(" nieuwe vacatures, en een ronde die verzamelt.\n",
                           " new vacancies, and a round that collects.\n")
            << context.Say("De diensten draaien door; stop met Ctrl-C. Probeer:\n",
                           "The services keep running; stop with Ctrl-C. Try:\n")
            << with << "round list\n"
            << with << "round advance " << next.round << " --until published\n"
            << with << "trajectory list --at-risk\n";
}

int RunDemo(const Context& context, const DemoFlags& flags) {
  // Before the folder is made: from here on a signal ends the demo in order.
  SignalWatch signals;
  const DemoFolder folder(context);
  if (folder.used_before()) {
    return Report(
        context, Invalid(Reason{"DATA_NOT_EMPTY", "the demo wants an empty or new --data folder"}));
  }
  log::SetLevel(log::Level::kError);
  demo::DemoOptions options;
  options.seed = flags.seed;
  options.switchers = flags.switchers;
  options.vacancies = flags.vacancies;
  options.data = folder.path();
  options.listen = "unix:" + (folder.path() / "matchgo.sock").string();
  options.metrics_listen = flags.metrics;
  options.stay = flags.stay;
  options.stop = signals.token();
  const auto demo = demo::Demo::Start(std::move(options), AllFactories());
  if (!demo.ok()) return Report(context, demo.status());
  const auto numbers = Play(context, **demo);
  Status status = numbers.status();
  if (status.ok()) status = Print(context, **demo, *numbers, flags.stay);
  if (!status.ok() && signals.received() != 0) {
    return ReportInterrupted(context, folder, signals.received());
  }
  if (!status.ok()) return Report(context, status);
  if (flags.stay) {
    InviteToLook(context, folder.path(), *numbers->next_season);
    // Offers expire and deadlines come here too, at the pace of outside.
    const exec::Periodic ticking(kTick, [&demo] { (*demo)->LiveOn(kTick); });
    signals.Wait();
  }
  return kDone;
}

}  // namespace

void AddDemo(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "demo", context.Say("speel een seizoen: twee rondes, en maanden tot het diploma",
                          "play a season: two rounds, and months until the diploma"));
  auto flags = std::make_shared<DemoFlags>();
  command
      ->add_option("--seed", flags->seed,
                   context.Say("zaad van alles wat toeval is (1)", "seed of everything random (1)"))
      ->type_name("NUMBER");
  command
      ->add_option("--switchers", flags->switchers, context.Say("mensen (2000)", "people (2000)"))
      ->type_name("NUMBER")
      ->check(Between(context, 50, 100'000));
  command
      ->add_option("--vacancies", flags->vacancies,
                   context.Say("vacatures (800)", "vacancies (800)"))
      ->type_name("NUMBER")
      ->check(Between(context, 20, 50'000));
  command
      ->add_option("--metrics", flags->metrics,
                   context.Say("HOST:POORT van /metrics (poort 0: een vrije)",
                               "HOST:PORT of /metrics (port 0: any free one)"))
      ->type_name("HOST:PORT");
  command->add_flag(
      "--stay", flags->stay,
      context.Say("blijf daarna draaien, met een nieuwe ronde die verzamelt, tot Ctrl-C",
                  "keep serving afterwards, with a new round that collects, until Ctrl-C"));
  command->footer(
      std::string("\n") +
      context.Say("Met --json een object, beschreven in services/matchgo/README.md:\n"
                  "  starts            startmomenten die geladen zijn, een doorlopende een keer\n"
                  "  starts_in_market  waar een ronde uit kon kiezen: een doorlopende elke maand\n"
                  "  placed            voor de antwoorden; contracts: toen de ronde sloot\n"
                  "  trajectories      per fase; wie terugkomt begint een nieuw traject",
                  "With --json one object, described in services/matchgo/README.md:\n"
                  "  starts            starts that were loaded, a rolling one once\n"
                  "  starts_in_market  what a round could choose from: a rolling one every month\n"
                  "  placed            before any answer; contracts: when the round closed\n"
                  "  trajectories      by stage; who comes back begins a new trajectory"));
  command->callback([&context, flags] { context.exit_code = RunDemo(context, *flags); });
}

}  // namespace matchgo::commands
