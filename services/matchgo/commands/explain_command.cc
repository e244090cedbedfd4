// matchgo explain: why somebody was matched in a round, or why not, in words.
#include <iostream>

#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/printer.h"

namespace matchgo::commands {
namespace {

namespace pb = scheduler::v1;

struct ExplainFlags {
  std::string round;
  std::string switcher;
  std::string vacancy;
};

std::string InCollection(const std::string& collection, const std::string& id) {
  return id.find('/') == std::string::npos ? collection + "/" + id : id;
}

std::string Words(const Context& context, const common::v1::Label& label) {
  return context.language == terminal::Language::kDutch ? label.nl() : label.en();
}

void PrintSentences(const Context& context,
                    const google::protobuf::RepeatedPtrField<common::v1::Label>& sentences) {
  for (const common::v1::Label& sentence : sentences) {
    std::cout << terminal::Wrap("• " + Words(context, sentence), context.style.width, "  ");
  }
}

void PrintBetter(const Context& context,
                 const google::protobuf::RepeatedPtrField<pb::BetterContract>& better) {
  if (better.empty()) return;
  std::vector<std::vector<std::string>> rows;
  for (const pb::BetterContract& contract : better) {
    rows.push_back({contract.vacancy(), contract.start().empty() ? "-" : contract.start(),
                    std::to_string(contract.score()), Words(context, contract.sentence())});
  }
  std::cout << "\n"
            << terminal::FormatTable(context.style,
                                     {{context.Say("vacature", "vacancy")},
                                      {"start"},
                                      {"score", terminal::Align::kRight},
                                      {context.Say("waarom niet", "why not")}},
                                     rows);
}

int PrintMatch(const Context& context, const pb::MatchExplanation& match) {
  if (context.json) {
    std::cout << ToJson(match).dump(2) << "\n";
    return kDone;
  }
  std::cout << terminal::Bold(context.style, match.vacancy()) << "\n";
  if (!match.start().empty()) std::cout << match.start() << "\n";
  PrintSentences(context, match.sentences());
  std::vector<terminal::Bar> bars;
  for (const auto& [name, value] :
       {std::pair{context.Say("aansluiting", "fit"), match.score().fit()},
        std::pair{context.Say("pluspunten", "nice"), match.score().nice()},
        std::pair{context.Say("tijd", "time"), match.score().time()},
        std::pair{context.Say("reizen", "travel"), match.score().travel()},
        std::pair{context.Say("salaris", "salary"), match.score().salary()},
        std::pair{context.Say("voorkeur", "preference"), match.score().preference()},
        std::pair{context.Say("aanleg", "aptitude"), match.score().aptitude()}}) {
    bars.push_back({.label = name, .value = value, .note = ""});
  }
  std::cout << "\n" << terminal::FormatBars(context.style, bars);
  PrintBetter(context, match.better());
  return kDone;
}

int PrintNoMatch(const Context& context, const pb::NoMatchExplanation& none) {
  if (context.json) {
    std::cout << ToJson(none).dump(2) << "\n";
    return kDone;
  }
  PrintSentences(context, none.sentences());
  PrintBetter(context, none.better());
  return kDone;
}

int RunExplain(const Context& context, const ExplainFlags& flags) {
  const auto stub = pb::SchedulerService::NewStub(ChannelTo(context, "scheduler"));
  rpc::Caller caller(CallerOptions(context));
  pb::ExplainMatchRequest match;
  match.set_round(InCollection("rounds", flags.round));
  match.set_switcher(InCollection("switchers", flags.switcher));
  if (flags.vacancy.empty()) {
    const auto why = caller.Unary(*stub, &pb::SchedulerService::StubInterface::ExplainMatch, match);
    if (why.ok()) return PrintMatch(context, *why);
    if (ReasonOf(why.status()) != "NOT_MATCHED") return Report(context, why.status());
  }
  pb::ExplainNoMatchRequest none;
  none.set_round(match.round());
  none.set_switcher(match.switcher());
  none.set_vacancy(flags.vacancy);
  const auto why = caller.Unary(*stub, &pb::SchedulerService::StubInterface::ExplainNoMatch, none);
  if (!why.ok()) return Report(context, why.status());
  return PrintNoMatch(context, *why);
}

}  // namespace

void AddExplain(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "explain", context.Say("waarom iemand in een ronde werd gematcht, of waarom niet",
                             "why somebody was matched in a round, or why not"));
  auto flags = std::make_shared<ExplainFlags>();
  command->add_option("round", flags->round, "rounds/{round}")->required();
  command->add_option("switcher", flags->switcher, "switchers/{switcher}")->required();
  command->add_option("--vacancy", flags->vacancy, "only: why not this vacancy");
  command->callback([&context, flags] { context.exit_code = RunExplain(context, *flags); });
}

}  // namespace matchgo::commands
