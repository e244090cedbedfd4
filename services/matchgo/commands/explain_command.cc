// matchgo explain: why somebody was matched in a round, or why not, in words.
#include <algorithm>
#include <iostream>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/printer.h"
#include "services/matchgo/commands/score_sum.h"
#include "services/matchgo/commands/titles.h"
#include "services/matchgo/commands/whole_name.h"

namespace matchgo::commands {
namespace {

namespace pb = scheduler::v1;
using Stub = pb::SchedulerService::StubInterface;

// Of every reason why a contract is not hers, so many are shown by name.
constexpr int kExamples = 3;
// Where the text after "      548.25  " begins.
constexpr size_t kScoreEnd = 15;

struct ExplainFlags {
  std::string round;
  std::string switcher;
  std::string vacancy;
};

// What is known beside the explanation itself.
struct Background {
  pb::Round round;
  std::vector<pb::Offer> offers;  // hers in this round, in order of time
};

std::string Words(const Context& context, const common::v1::Label& label) {
  return context.language == terminal::Language::kDutch ? label.nl() : label.en();
}

StatusOr<Background> Read(rpc::Caller& caller, pb::SchedulerService::Stub& stub,
                          const std::string& round, const std::string& switcher) {
  Background background;
  pb::GetRoundRequest get;
  get.set_name(round);
  ASSIGN_OR_RETURN(background.round, caller.Unary(stub, &Stub::GetRound, get));
  pb::ListOffersRequest list;
  list.set_round(round);
  list.set_switcher(switcher);
  list.set_page_size(100);
  ASSIGN_OR_RETURN(const auto offers, caller.Unary(stub, &Stub::ListOffers, list));
  background.offers.assign(offers.offers().begin(), offers.offers().end());
  std::sort(background.offers.begin(), background.offers.end(),
            [](const pb::Offer& a, const pb::Offer& b) {
              if (a.create_time().seconds() != b.create_time().seconds()) {
                return a.create_time().seconds() < b.create_time().seconds();
              }
              return a.name() < b.name();
            });
  return background;
}

const char* PartyWords(const Context& context, pb::Party party) {
  switch (party) {
    case pb::PARTY_SWITCHER:
      return context.Say("de switcher", "the switcher");
    case pb::PARTY_EMPLOYER:
      return context.Say("de werkgever", "the employer");
    default:
      return context.Say("de opleider", "the opleider");
  }
}

std::string Day(const google::protobuf::Timestamp& time) {
  nlohmann::json text = ToJson(time);
  return text.is_string() ? text.get<std::string>().substr(0, 10) : "";
}

// Who had not answered yet.
std::string Silent(const Context& context, const pb::Offer& offer) {
  std::string names;
  for (const pb::Party party : {pb::PARTY_SWITCHER, pb::PARTY_EMPLOYER, pb::PARTY_OPLEIDER}) {
    if (party == pb::PARTY_OPLEIDER && offer.start().empty()) continue;
    const bool answered =
        std::any_of(offer.answers().begin(), offer.answers().end(),
                    [&](const pb::Offer::Answer& answer) { return answer.party() == party; });
    if (!answered) names += (names.empty() ? "" : ", ") + std::string(PartyWords(context, party));
  }
  return names;
}

std::string FateOf(const Context& context, const pb::Offer& offer) {
  switch (offer.state()) {
    case pb::Offer::STATE_ACCEPTED:
      return context.Say("door allen aanvaard: een contract", "accepted by all: a contract");
    case pb::Offer::STATE_DECLINED:
      for (const pb::Offer::Answer& answer : offer.answers()) {
        if (answer.decision() != pb::Offer::DECISION_DECLINE) continue;
        return std::string(context.Say("afgewezen door ", "declined by ")) +
               PartyWords(context, answer.party()) + context.Say(" op ", " on ") +
               Day(answer.time());
      }
      return context.Say("afgewezen", "declined");
    case pb::Offer::STATE_EXPIRED:
      return std::string(context.Say("verlopen op ", "expired on ")) + Day(offer.deadline()) +
             context.Say("; geen antwoord van ", "; no answer from ") + Silent(context, offer);
    case pb::Offer::STATE_WITHDRAWN:
      return context.Say("ingetrokken: een partij ging weg, of de vacature of de start verviel",
                         "taken back: a party left, or the vacancy or the start was gone");
    default:
      return std::string(context.Say("wacht tot ", "waits until ")) + Day(offer.deadline()) +
             context.Say(" op ", " for ") + Silent(context, offer);
  }
}

void PrintSentences(const Context& context,
                    const google::protobuf::RepeatedPtrField<common::v1::Label>& sentences) {
  for (const common::v1::Label& sentence : sentences) {
    const std::string lines = terminal::Wrap(Words(context, sentence), context.style.width, "    ");
    std::cout << "  • " << lines.substr(4);
  }
}

void PrintTitle(const Context& context, const char* title) {
  std::cout << "\n" << terminal::Bold(context.style, title) << "\n";
}

void PrintFact(const Context& context, const char* label, const std::string& value) {
  if (value.empty()) return;
  const std::string lines = terminal::Wrap(value, context.style.width, std::string(16, ' '));
  std::cout << "  " << terminal::Fit(label, 14) << lines.substr(16);
}

void PrintOffers(const Context& context, Titles& titles, const std::vector<pb::Offer>& offers) {
  if (offers.empty()) return;
  PrintTitle(context, context.Say("Aanbod in deze ronde", "Offers in this round"));
  for (const pb::Offer& offer : offers) {
    const std::string line = Day(offer.create_time()) + "  " + titles.Vacancy(offer.vacancy()) +
                             ": " + FateOf(context, offer) + ".";
    const std::string lines = terminal::Wrap(line, context.style.width, "              ");
    std::cout << "  " << lines.substr(14);
  }
}

std::string ExampleLine(const Context& context, Titles& titles, const pb::BetterContract& one) {
  std::string line = titles.Vacancy(one.vacancy());
  if (!one.start().empty()) line += "; " + titles.Start(one.start(), one.begins_on());
  if (one.cutoff_score() > 0) {
    line += std::string(" (") +
            context.Say("laagste score die meedeed: ", "lowest score that got in: ") +
            FormatPoints(context.language, one.cutoff_score()) + ")";
  }
  return line;
}

// By reason: how many, and the best of them by name.
template <class Explanation>
void PrintWhyNot(const Context& context, Titles& titles, const Explanation& explanation,
                 const char* title) {
  if (explanation.why_counts().empty()) return;
  PrintTitle(context, title);
  for (const pb::WhyCount& why : explanation.why_counts()) {
    const std::string head = terminal::FormatCount(context.language, why.count()) + " × " +
                             Words(context, why.sentence());
    std::cout << terminal::Wrap(head, context.style.width, "  ");
    int shown = 0;
    for (const pb::BetterContract& one : explanation.better()) {
      if (one.why() != why.why() || shown == kExamples) continue;
      ++shown;
      const std::string score = FormatPoints(context.language, one.score());
      const std::string lines = terminal::Wrap(ExampleLine(context, titles, one),
                                               context.style.width, std::string(kScoreEnd, ' '));
      std::cout << terminal::Fit("      " + score, kScoreEnd) << lines.substr(kScoreEnd);
      // An employer may have two vacancies of one title; and --vacancy wants the name.
      std::cout << "      " << terminal::Dim(context.style, one.vacancy()) << "\n";
    }
    if (shown > 0 && why.count() > shown) {
      std::cout << terminal::Dim(context.style,
                                 std::string("      ") + context.Say("en nog ", "and ") +
                                     terminal::FormatCount(context.language, why.count() - shown) +
                                     context.Say("", " more"))
                << "\n";
    }
  }
}

template <class Explanation>
int PrintJson(const Context& context, const Explanation& explanation, const Background& background,
              nlohmann::json more) {
  nlohmann::json report = ToJson(explanation);
  for (auto& [key, value] : more.items()) report[key] = value;
  Titles titles(context);
  for (const pb::BetterContract& one : explanation.better()) {
    titles.Vacancy(one.vacancy());
    titles.Occupation(one.vacancy());
    titles.Start(one.start());
  }
  if constexpr (requires { explanation.counterfactuals(); }) {
    for (const pb::Counterfactual& one : explanation.counterfactuals()) {
      titles.Vacancy(one.vacancy());
      titles.Start(one.start());
      for (const auto& change : one.changes()) {
        if (!change.skill().empty()) titles.Skill(change.skill());
      }
    }
  }
  report["offers"] = nlohmann::json::array();
  for (const pb::Offer& offer : background.offers) {
    report["offers"].push_back(ToJson(offer));
    titles.Vacancy(offer.vacancy());
    titles.Occupation(offer.vacancy());
    titles.Start(offer.start());
  }
  for (const auto& [name, title] : titles.asked()) report["titles"][name] = title;
  std::cout << report.dump(2) << "\n";
  return kDone;
}

int PrintMatch(const Context& context, const pb::MatchExplanation& match,
               const Background& background) {
  if (context.json) {
    return PrintJson(context, match, background,
                     {{"matched", true}, {"terms", ScoreTerms(match.score(), background.round)}});
  }
  Titles titles(context);
  std::cout << terminal::Bold(context.style, titles.VacancyTitle(match.vacancy())) << "\n";
  PrintFact(context, context.Say("bij", "at"), titles.Vacancy(match.vacancy()));
  PrintFact(context, context.Say("beroep", "occupation"), titles.Occupation(match.vacancy()));
  const std::string start = titles.Start(match.start(), match.plan().begins_on());
  PrintFact(context, context.Say("opleiding", "programme"),
            start.empty() ? context.Say("geen: dit werk kan zonder", "none: this job needs none")
                          : start);
  PrintFact(context, context.Say("begint", "begins"), match.plan().begins_on());
  PrintFact(context, "startbekwaam", match.plan().ready_on());
  PrintTitle(context, context.Say("Waarom", "Why"));
  PrintSentences(context, match.sentences());
  PrintTitle(context, "Score");
  std::cout << ScoreSum(context.language, match.score(), background.round);
  PrintOffers(context, titles, background.offers);
  PrintWhyNot(context, titles, match,
              context.Say("Wat hoger scoorde, en waarom dat het niet werd",
                          "What scored higher, and why it was not that"));
  return kDone;
}

// A skill is named by its title where the sentence has its resource name.
void PrintCounterfactuals(const Context& context, Titles& titles,
                          const pb::NoMatchExplanation& none) {
  if (none.counterfactuals().empty()) return;
  PrintTitle(context, context.Say("Wat u zelf had kunnen veranderen",
                                  "What you could have changed yourself"));
  for (const pb::Counterfactual& one : none.counterfactuals()) {
    std::string words = Words(context, one.sentence());
    for (const auto& change : one.changes()) {
      const size_t at = change.skill().empty() ? std::string::npos : words.find(change.skill());
      if (at == std::string::npos) continue;
      words.replace(at, change.skill().size(), "\"" + titles.Skill(change.skill()) + "\"");
    }
    const std::string lines = terminal::Wrap(words, context.style.width, "    ");
    std::cout << "  • " << lines.substr(4);
    std::string got = titles.Vacancy(one.vacancy());
    if (!one.start().empty()) got += "; " + titles.Start(one.start(), one.begins_on());
    std::cout << terminal::Wrap(got, context.style.width, "    ");
  }
}

int PrintNoMatch(const Context& context, const pb::NoMatchExplanation& none,
                 const Background& background) {
  if (context.json) return PrintJson(context, none, background, {{"matched", false}});
  Titles titles(context);
  std::cout << terminal::Bold(
                   context.style,
                   none.in_market()
                       ? context.Say("Geen contract in deze ronde", "No contract in this round")
                       : context.Say("Niet in deze ronde", "Not in this round"))
            << "\n";
  PrintSentences(context, none.sentences());
  PrintOffers(context, titles, background.offers);
  PrintWhyNot(context, titles, none,
              context.Say("Wat mogelijk was, en waarom het niet doorging",
                          "What was possible, and why it did not come about"));
  PrintCounterfactuals(context, titles, none);
  if (none.failed_rules().empty()) return kDone;
  PrintTitle(context, context.Say("Wat in de weg stond", "What stood in the way"));
  for (const auto& rule : none.failed_rules()) {
    std::cout << terminal::Wrap(terminal::FormatCount(context.language, rule.count()) + " × " +
                                    Words(context, rule.sentence()),
                                context.style.width, "  ");
  }
  return kDone;
}

int RunExplain(const Context& context, const ExplainFlags& flags) {
  const auto stub = pb::SchedulerService::NewStub(ChannelTo(context, "scheduler"));
  rpc::Caller caller(CallerOptions(context));
  pb::ExplainMatchRequest match;
  match.set_round(WithCollection(names::kRound, flags.round));
  match.set_switcher(WithCollection(names::kSwitcher, flags.switcher));
  const auto background = Read(caller, *stub, match.round(), match.switcher());
  if (ReasonOf(background.status()) == "NOT_FOUND") {
    return Report(
        context, background.status(),
        context.Say("Zo'n ronde is er niet: `matchgo round list` toont welke er zijn.",
                    "There is no such round: `matchgo round list` shows which there are."));
  }
  if (!background.ok()) return Report(context, background.status());
  const std::string who =
      context.Say("Wie er in deze ronde zat: `matchgo offer list --round ",
                  "Who was in this round: `matchgo offer list --round ") +
      flags.round +
      context.Say("` en `matchgo outcome list --parent ", "` and `matchgo outcome list --parent ") +
      flags.round + "`.";
  if (flags.vacancy.empty()) {
    const auto why = caller.Unary(*stub, &Stub::ExplainMatch, match);
    if (why.ok()) return PrintMatch(context, *why, *background);
    const std::string reason = ReasonOf(why.status());
    if (reason != "NOT_MATCHED")
      return Report(context, why.status(), reason == "NOT_FOUND" ? who : "");
  }
  const auto vacancy = WholeName(context, WithCollection(names::kVacancy, flags.vacancy));
  if (!vacancy.ok()) {
    return Report(context, vacancy.status(),
                  context.Say("`matchgo vacancy list` toont welke er zijn.",
                              "`matchgo vacancy list` shows which there are."));
  }
  pb::ExplainNoMatchRequest none;
  none.set_round(match.round());
  none.set_switcher(match.switcher());
  none.set_vacancy(*vacancy);
  const auto why = caller.Unary(*stub, &Stub::ExplainNoMatch, none);
  if (!why.ok()) {
    return Report(context, why.status(), ReasonOf(why.status()) == "NOT_FOUND" ? who : "");
  }
  return PrintNoMatch(context, *why, *background);
}

}  // namespace

void AddExplain(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "explain",
      context.Say("Waarom iemand in een ronde werd gematcht, of waarom niet.\nToont de baan en de "
                  "opleiding, de score als som, wie wat antwoordde, en wat er beter was en toch "
                  "niet doorging.",
                  "Why somebody was matched in a round, or why not.\nShows the job and the "
                  "programme, the score as a sum, who answered what, and what was better and still "
                  "did not come about."));
  auto flags = std::make_shared<ExplainFlags>();
  command
      ->add_option(
          "round", flags->round,
          context.Say("de ronde, zie `matchgo round list`", "the round, see `matchgo round list`"))
      ->required();
  command
      ->add_option("switcher", flags->switcher,
                   context.Say("de switcher, zie `matchgo offer list` of `matchgo outcome list`",
                               "the switcher, see `matchgo offer list` or `matchgo outcome list`"))
      ->required();
  command
      ->add_option("--vacancy", flags->vacancy,
                   context.Say("alleen: waarom niet deze vacature", "only: why not this vacancy"))
      ->type_name("NAME");
  command->footer(
      std::string("\n") + context.Say("Voorbeelden", "Examples") +
      ":\n  matchgo explain 3fp71kavmbbmsnkjks8nz4sevm 0earb0xrfhbnf7xfyjvgab50b5\n"
      "  matchgo --lang nl explain 3fp71kavmbbmsnkjks8nz4sevm 0earb0xrfhbnf7xfyjvgab50b5 --json");
  command->callback([&context, flags] { context.exit_code = RunExplain(context, *flags); });
}

}  // namespace matchgo::commands
