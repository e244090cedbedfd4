// matchgo clear: a market file in, an outcome file out, and why for every contract that was not.
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "common/base/status_macros.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/engine_lanes.h"
#include "services/matchgo/commands/engine_progress.h"
#include "services/matchgo/commands/market_text.h"
#include "services/matchgo/commands/output_file.h"
#include "services/matchgo/commands/wrong_use.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/counterfactual.h"
#include "services/scheduler/engine/outcome_file.h"
#include "services/scheduler/engine/reasons.h"

namespace matchgo::commands {
namespace {

namespace engine = scheduler::engine;

// Beyond this many people the list of all certificates is longer than anybody reads.
constexpr int32_t kCertificatesForAllMax = 10'000;
constexpr size_t kPieceBytes = 1U << 20U;

struct ClearFlags {
  std::string market;
  std::string outcome;
  std::string mechanism = "score";
  std::string weights;
  int threads = DefaultThreads();
  std::string certificates;
  std::string certificates_for;

  bool Certify() const { return !certificates.empty() || !certificates_for.empty(); }
  // For one person, stdout will do.
  std::string CertificatesPath() const { return certificates.empty() ? "-" : certificates; }
};

// "fit=300,nice=100,...": all seven, each once.
StatusOr<engine::Weights> ParseWeights(const std::string& text) {
  const Status wrong = Invalid(
      Reason{engine::reasons::kWeightsInvalid,
             "--weights wants fit=N,nice=N,time=N,travel=N,salary=N,preference=N,aptitude=N: whole "
             "numbers that sum to 1000"});
  engine::Weights weights;
  if (text.empty()) return weights;
  std::array<bool, engine::kPartCount> seen{};
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const size_t equals = part.find('=');
    const std::string name = part.substr(0, equals);
    const auto* const found = std::ranges::find(engine::kPartNames, std::string_view(name));
    if (equals == std::string::npos || found == engine::kPartNames.end()) return wrong;
    const auto at = static_cast<size_t>(found - engine::kPartNames.begin());
    const std::string digits = part.substr(equals + 1);
    const bool number = !digits.empty() && digits.size() <= 4 &&
                        digits.find_first_not_of("0123456789") == std::string::npos;
    if (!number || std::exchange(seen[at], true)) return wrong;
    weights.of[at] = std::stoi(digits);
  }
  if (std::ranges::count(seen, true) != static_cast<std::ptrdiff_t>(seen.size())) return wrong;
  RETURN_IF_ERROR(engine::Validate(weights));
  return weights;
}

// Whom certificates are written for: one switcher, or all of them.
StatusOr<std::pair<int32_t, int32_t>> CertifiedSwitchers(const engine::Market& market,
                                                         const ClearFlags& flags) {
  if (!flags.certificates_for.empty()) {
    const auto switcher = market.switcher_ids.Find(flags.certificates_for);
    if (!switcher) {
      return Invalid(Reason{"UNKNOWN_SWITCHER",
                            "--certificates-for wants the id of a switcher in the market"});
    }
    return std::pair(*switcher, *switcher + 1);
  }
  if (market.switcher_count() > kCertificatesForAllMax) {
    return Invalid(Reason{"TOO_MANY_CERTIFICATES",
                          "the whole list is for markets of at most 10000 switchers; ask for one "
                          "person with --certificates-for ID"});
  }
  return std::pair(0, market.switcher_count());
}

// Of each person first why every better contract is not hers, then what she could have changed.
Status WriteCertificates(const engine::CandidateIndex& index, const engine::Clearing& clearing,
                         std::pair<int32_t, int32_t> switchers, OutputFile& file) {
  std::string piece;
  engine::CandidateSearch search(index);
  const engine::Certifier certifier(index, clearing);
  const engine::Counterfactuals counterfactuals(index, clearing);
  for (int32_t s = switchers.first; s < switchers.second; ++s) {
    for (const engine::Certificate& certificate : certifier.For(s, search)) {
      piece.append(certifier.Format(certificate)).push_back('\n');
    }
    const engine::Counterfactuals::Question question{.switcher = s,
                                                     .declined = clearing.commitments.declined};
    for (const engine::Change& change : counterfactuals.For(question, search)) {
      piece.append(counterfactuals.Format(change)).push_back('\n');
    }
    if (piece.size() < kPieceBytes) continue;
    RETURN_IF_ERROR(file.Write(piece));
    piece.clear();
  }
  return file.Write(piece);
}

void PrintSummary(const Context& context, const engine::OutcomeSummary& summary,
                  std::ostream& out) {
  if (context.json) {
    out << nlohmann::json({{"switchers", summary.switchers},
                           {"matched", summary.matched},
                           {"openings", summary.openings},
                           {"starts", summary.starts},
                           {"running", summary.running},
                           {"seats_filled", summary.seats_filled},
                           {"total_score", summary.total_score},
                           {"open_set", summary.open_set}})
               .dump()
        << "\n";
    return;
  }
  const auto count = [&](int64_t number) {
    return terminal::FormatCount(context.language, number);
  };
  out << count(summary.matched) << context.Say(" van ", " of ") << count(summary.switchers)
      << context.Say(" mensen geplaatst, ", " people placed, ") << count(summary.seats_filled)
      << context.Say(" van hen in ", " of them in ") << count(summary.running)
      << context.Say(" van ", " of ") << count(summary.starts)
      << context.Say(" starts; totale score ", " starts; total score ")
      << count(summary.total_score) << "\n";
}

// A clearing may take minutes: what cannot be written is found before it.
Status CheckWritable(const ClearFlags& flags) {
  for (const std::string& path : {flags.outcome, flags.certificates}) {
    if (path.empty()) continue;
    ASSIGN_OR_RETURN(const OutputFile nothing, OutputFile::Create(path));
  }
  return absl::OkStatus();
}

StatusOr<engine::ClearMarketOptions> OptionsOf(const ClearFlags& flags) {
  engine::ClearMarketOptions options;
  ASSIGN_OR_RETURN(options.weights, ParseWeights(flags.weights));
  ASSIGN_OR_RETURN(options.clear.mechanism, engine::ParseMechanism(flags.mechanism));
  if (flags.Certify() && options.clear.mechanism != engine::Mechanism::kScore) {
    return Invalid(Reason{"MECHANISM_WITHOUT_CERTIFICATES",
                          "certificates exist for the mechanism score only"});
  }
  if (flags.outcome == "-" && flags.Certify() && flags.CertificatesPath() == "-") {
    return Invalid(Reason{"ONE_STDOUT",
                          "the outcome and the certificates cannot both go to stdout: give one of "
                          "--outcome and --certificates a file"});
  }
  RETURN_IF_ERROR(CheckWritable(flags));
  return options;
}

Status RunClear(const Context& context, const ClearFlags& flags) {
  ASSIGN_OR_RETURN(const engine::ClearMarketOptions options, OptionsOf(flags));
  const bool certify = flags.Certify();
  Phases phases(context);
  EngineLanes lanes(flags.threads);
  ASSIGN_OR_RETURN(const engine::Market market, ReadMarket(flags.market, lanes, phases));
  std::pair<int32_t, int32_t> certified;
  if (certify) {
    ASSIGN_OR_RETURN(certified, CertifiedSwitchers(market, flags));
  }
  const engine::CandidateIndex index(market, options.weights);
  phases.End("index", "register maken", "making the index");
  StatusOr<engine::Clearing> cleared = engine::Clearing();
  {
    EngineProgress progress(context);
    cleared = engine::Clear(index, options.clear, lanes, progress.observer());
  }
  ASSIGN_OR_RETURN(const engine::Clearing clearing, std::move(cleared));
  const engine::Outcome outcome = engine::MakeOutcome(market, index, clearing, lanes);
  phases.End("clear", "verdelen", "clearing");
  ASSIGN_OR_RETURN(OutputFile file, OutputFile::Create(flags.outcome));
  RETURN_IF_ERROR(file.Write(engine::FormatOutcome(outcome)));
  phases.End("write", "uitkomst schrijven", "writing the outcome");
  if (certify) {
    ASSIGN_OR_RETURN(OutputFile why, OutputFile::Create(flags.CertificatesPath()));
    RETURN_IF_ERROR(WriteCertificates(index, clearing, certified, why));
    phases.End("certify", "bewijzen schrijven", "writing the certificates");
    RETURN_IF_ERROR(why.Commit());
  }
  RETURN_IF_ERROR(file.Commit());
  if (context.quiet) return absl::OkStatus();
  const bool stdout_taken = flags.outcome == "-" || (certify && flags.CertificatesPath() == "-");
  PrintSummary(context, outcome.summary, stdout_taken ? std::cerr : std::cout);
  return absl::OkStatus();
}

}  // namespace

void AddClear(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "clear", context.Say("verdeel een markt uit een bestand: wie krijgt welk contract",
                           "clear a market from a file: who gets which contract"));
  auto flags = std::make_shared<ClearFlags>();
  command
      ->add_option(
          "--market", flags->market,
          context.Say("marktbestand (market/1); - is stdin", "market file (market/1); - is stdin"))
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--outcome", flags->outcome,
                   context.Say("bestand voor de uitkomst; - is stdout; verschijnt pas als het "
                               "af is",
                               "file for the outcome; - is stdout; appears only when complete"))
      ->type_name("FILE")
      ->required();
  command
      ->add_option("--mechanism", flags->mechanism,
                   context.Say("score (standaard), priority of nested",
                               "score (default), priority or nested"))
      ->type_name("MECHANISM")
      ->check(OneOf(context, {"score", "priority", "nested"}));
  command
      ->add_option(
          "--weights", flags->weights,
          context.Say("gewichten die samen 1000 zijn (standaard: fit=300, nice=100, time=200, "
                      "travel=100, salary=150, preference=100, aptitude=50)",
                      "weights that sum to 1000 (default: fit=300, nice=100, time=200, "
                      "travel=100, salary=150, preference=100, aptitude=50)"))
      ->type_name("NAME=N,...");
  AddThreads(*command, context, flags->threads);
  command
      ->add_option("--certificates", flags->certificates,
                   context.Say("bestand met het waarom van elk beter contract dat het niet werd, "
                               "en wat wie niets kreeg zelf had kunnen veranderen (tot 10.000 "
                               "mensen); - is stdout",
                               "file with the reason for every better contract that was not "
                               "given, and what those without one could have changed themselves "
                               "(up to 10,000 people); - is stdout"))
      ->type_name("FILE");
  command
      ->add_option("--certificates-for", flags->certificates_for,
                   context.Say("alleen voor deze switcher, in een markt van elke grootte; zonder "
                               "--certificates naar stdout",
                               "only for this switcher, in a market of any size; without "
                               "--certificates to stdout"))
      ->type_name("ID");
  command->callback([&context, flags] {
    const Status status = RunClear(context, *flags);
    if (!status.ok()) context.exit_code = ReportFile(context, status);
  });
}

}  // namespace matchgo::commands
