// matchgo suggest: what somebody could become, from a profile or from a switcher's record.
#include <algorithm>
#include <iostream>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "matchgo/scheduler/v1/scheduler_service.grpc.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/job_rows.h"
#include "services/matchgo/commands/nearest_skills.h"
#include "services/matchgo/commands/printer.h"
#include "services/matchgo/commands/score_sum.h"
#include "services/matchgo/commands/titles.h"
#include "services/matchgo/commands/whole_name.h"
#include "services/matchgo/commands/wrong_use.h"

namespace matchgo::commands {
namespace {

namespace pb = scheduler::v1;
using Stub = pb::SchedulerService::StubInterface;

// Of the best of the list so many are explained in words.
constexpr size_t kExplained = 3;
constexpr int64_t kPageMost = 50;
// Read at most, where one job fills many suggestions.
constexpr int kReadMost = 1000;

struct SuggestFlags {
  std::string switcher;
  std::vector<std::string> skills;
  std::vector<std::string> qualifications;
  std::vector<std::string> wishes;
  std::string postcode;
  std::string from;
  int64_t travel = -1;  // -1: not given
  int64_t study = -1;
  int64_t education = 0;
  int64_t hours_min = 0;
  int64_t hours_max = 0;
  int64_t salary_now = 0;  // euros
  int64_t salary_floor = 0;
  int64_t limit = 10;
  bool with_room = false;
  bool distinct = false;
};

const std::string& Words(const Context& context, const common::v1::Label& label) {
  return context.language == terminal::Language::kDutch ? label.nl() : label.en();
}

pb::SoughtProfile ProfileOf(const SuggestFlags& flags) {
  constexpr int64_t kCents = 100;
  pb::SoughtProfile profile;
  for (const std::string& skill : flags.skills)
    profile.add_skills(WithCollection(names::kSkill, skill));
  for (const std::string& held : flags.qualifications) profile.add_qualifications(held);
  for (const std::string& sector : flags.wishes) profile.add_sector_wishes(sector);
  profile.mutable_home()->set_postcode(flags.postcode);
  profile.set_available_from(flags.from);
  if (flags.travel >= 0) profile.set_travel_km_max(static_cast<int32_t>(flags.travel));
  if (flags.study >= 0) profile.set_study_hours(static_cast<int32_t>(flags.study));
  profile.set_education_level(static_cast<int32_t>(flags.education));
  profile.set_hours_min(static_cast<int32_t>(flags.hours_min));
  profile.set_hours_max(static_cast<int32_t>(flags.hours_max));
  profile.set_salary_now_cents(flags.salary_now * kCents);
  profile.set_salary_floor_cents(flags.salary_floor * kCents);
  return profile;
}

pb::SuggestContractsRequest RequestOf(const SuggestFlags& flags) {
  pb::SuggestContractsRequest request;
  if (flags.switcher.empty()) {
    *request.mutable_profile() = ProfileOf(flags);
  } else {
    request.set_switcher(WithCollection(names::kSwitcher, flags.switcher));
  }
  request.set_only_with_room(flags.with_room);
  request.set_distinct_occupations(flags.distinct);
  return request;
}

// All pages up to the limit as one answer: of suggestions for a program, of jobs for a person.
StatusOr<pb::SuggestContractsResponse> Ask(const Context& context, const SuggestFlags& flags) {
  const auto stub = pb::SchedulerService::NewStub(ChannelTo(context, "scheduler"));
  rpc::Caller caller(CallerOptions(context));
  pb::SuggestContractsRequest request = RequestOf(flags);
  pb::SuggestContractsResponse all;
  while (true) {
    const int64_t left = flags.limit - all.suggestions_size();
    const int64_t wanted = context.json ? std::min(left, kPageMost) : kPageMost;
    request.set_page_size(static_cast<int32_t>(wanted));
    ASSIGN_OR_RETURN(const auto page, caller.Unary(*stub, &Stub::SuggestContracts, request));
    all.clear_feeds();
    all.clear_next_page_token();
    all.MergeFrom(page);
    const int64_t found =
        context.json ? all.suggestions_size() : static_cast<int64_t>(JobRows(all).size());
    const bool enough = found >= flags.limit || all.suggestions_size() >= kReadMost;
    if (page.next_page_token().empty() || enough) return all;
    request.set_page_token(page.next_page_token());
  }
}

void PrintTable(const Context& context, Titles& titles, const std::vector<JobRow>& jobs) {
  using terminal::Align;
  std::vector<std::vector<std::string>> rows;
  rows.reserve(jobs.size());
  for (const auto& [one, starts] : jobs) {
    rows.push_back(
        {one.title(), titles.Occupation(one.vacancy()),
         one.start().empty() ? context.Say("niets", "nothing") : std::to_string(one.plan().hours()),
         starts == 0 ? "" : std::to_string(starts), one.plan().ready_on(),
         terminal::FormatEuros(context.language, one.salary_max_cents()),
         FormatKilometres(context.language, one.distance_hm()),
         FormatPoints(context.language, one.score().total()),
         one.has_room() ? context.Say("vrij", "free") : context.Say("vol", "full")});
  }
  std::cout << terminal::FormatTable(context.style,
                                     {{context.Say("baan", "job")},
                                      {context.Say("beroep", "occupation")},
                                      {context.Say("leert (uur)", "learns (h)"), Align::kRight},
                                      {"starts", Align::kRight},
                                      {"startbekwaam"},
                                      {context.Say("salaris", "salary"), Align::kRight},
                                      {"km", Align::kRight},
                                      {"score", Align::kRight},
                                      {context.Say("plaatsen", "seats")}},
                                     rows);
}

void PrintSentence(const Context& context, const common::v1::Label& sentence) {
  const std::string lines = terminal::Wrap(Words(context, sentence), context.style.width, "    ");
  std::cout << "  • " << lines.substr(4);
}

// "; 3 later starts", or nothing.
std::string LaterStarts(const Context& context, const JobRow& job) {
  if (job.starts <= 1) return "";
  return "; " + std::to_string(job.starts - 1) +
         (job.starts == 2 ? context.Say(" latere start", " later start")
                          : context.Say(" latere starts", " later starts"));
}

void PrintWhy(const Context& context, Titles& titles, const JobRow& job) {
  const pb::Suggestion& one = job.soonest;
  std::cout << "\n"
            << terminal::Bold(context.style, titles.Vacancy(one.vacancy())) << "\n"
            << terminal::Wrap(one.vacancy(), context.style.width, "  ");
  const std::string start = titles.Start(one.start(), one.plan().begins_on());
  if (!start.empty()) {
    std::cout << terminal::Wrap(start + LaterStarts(context, job), context.style.width, "  ");
  }
  for (const auto& sentence : one.sentences()) PrintSentence(context, sentence);
}

int RunSuggest(const Context& context, const SuggestFlags& flags) {
  // The scheduler knows skills by name only: one that does not exist would just never match.
  if (const std::string advice = AdviseOnSkills(context, flags.skills); !advice.empty()) {
    return Report(
        context,
        Invalid(std::vector<Violation>{{"--skills", "SKILL_UNKNOWN", "a skill of the vocabulary"}}),
        advice);
  }
  const auto answer = Ask(context, flags);
  if (!answer.ok()) return Report(context, answer.status());
  if (context.json) {
    std::cout << ToJson(*answer).dump(2) << "\n";
    return kDone;
  }
  for (const auto& sentence : answer->sentences()) PrintSentence(context, sentence);
  if (answer->suggestions().empty()) return kDone;
  Titles titles(context);
  std::vector<JobRow> jobs = JobRows(*answer);
  const bool more =
      !answer->next_page_token().empty() || static_cast<int64_t>(jobs.size()) > flags.limit;
  jobs.resize(std::min(jobs.size(), static_cast<size_t>(flags.limit)));
  PrintTable(context, titles, jobs);
  for (size_t i = 0; i < std::min(kExplained, jobs.size()); ++i) {
    PrintWhy(context, titles, jobs[i]);
  }
  if (more) {
    std::cerr << context.Say("Meer? Geef --limit.", "More? Give --limit.") << "\n";
  }
  return kDone;
}

CLI::Option* AddNumber(CLI::App& command, const Context& context, const char* name, int64_t* value,
                       int64_t most, const char* help) {
  return command.add_option(name, *value, help)
      ->type_name(context.Say("GETAL", "NUMBER"))
      ->check(Between(context, 0, most));
}

void AddProfileFlags(CLI::App& command, const Context& context, SuggestFlags& flags) {
  constexpr int64_t kEurosMost = 10'000'000;
  command
      .add_option("--skills", flags.skills,
                  context.Say("wat u kunt, zie `matchgo skill list`",
                              "what you can do, see `matchgo skill list`"))
      ->delimiter(',')
      ->type_name("ID,ID");
  command
      .add_option("--postcode", flags.postcode,
                  context.Say("woonplaats: vier cijfers", "home: four digits"))
      ->type_name("3511");
  AddNumber(command, context, "--travel-km", &flags.travel, 500,
            context.Say("hoe ver u reist (30)", "how far you travel (30)"));
  AddNumber(command, context, "--education", &flags.education, 8,
            context.Say("NLQF-niveau van uw diploma (6)", "NLQF level of your diploma (6)"));
  AddNumber(command, context, "--hours-min", &flags.hours_min, 60,
            context.Say("minst uren per week", "fewest hours a week"));
  AddNumber(command, context, "--hours-max", &flags.hours_max, 60,
            context.Say("meest uren per week (40)", "most hours a week (40)"));
  AddNumber(command, context, "--study-hours", &flags.study, 60,
            context.Say("uren per week om te leren (8)", "hours a week to learn (8)"));
  AddNumber(command, context, "--salary-now", &flags.salary_now, kEurosMost,
            context.Say("bruto per maand nu, in euro", "gross a month now, in euros"));
  AddNumber(command, context, "--salary-floor", &flags.salary_floor, kEurosMost,
            context.Say("minst nodig, in euro", "least needed, in euros"));
  command
      .add_option("--from", flags.from, context.Say("eerste dag (vandaag)", "first day (today)"))
      ->type_name(context.Say("DATUM", "DATE"));
  command
      .add_option("--wishes", flags.wishes,
                  context.Say("sectoren, liefste eerst", "sectors, most wanted first"))
      ->delimiter(',')
      ->type_name("SECTOR,SECTOR");
  command
      .add_option("--qualifications", flags.qualifications,
                  context.Say("bevoegdheden, als codes", "formal qualifications, by code"))
      ->delimiter(',')
      ->type_name("CODE,CODE");
}

}  // namespace

void AddSuggest(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "suggest",
      context.Say(
          "Wat u kunt worden: de beste banen die nu mogelijk zijn, en wat u daarvoor nog "
          "leert.\nVan een switcher, of van wat u zelf opgeeft; dat wordt nergens bewaard. Een "
          "baan met haar opleiding staat er een keer, met de eerste start en hoeveel het er zijn.",
          "What you could become: the best jobs that are possible now, and what you would "
          "still learn for them.\nOf a switcher, or of what you say yourself; that is kept "
          "nowhere. A job with its programme stands there once, with the first start and how "
          "many there are."));
  auto flags = std::make_shared<SuggestFlags>();
  auto* switcher = command->add_option(
      "switcher", flags->switcher,
      context.Say("de switcher; zonder: de vlaggen", "the switcher; without: the flags"));
  AddProfileFlags(*command, context, *flags);
  for (CLI::Option* option : command->get_options()) {
    if (option != switcher && option->get_single_name() != "help") option->excludes(switcher);
  }
  command->add_flag("--with-room", flags->with_room,
                    context.Say("alleen waar nu plaats is", "only where a place is free now"));
  command->add_flag(
      "--distinct", flags->distinct,
      context.Say("van elk beroep alleen het beste", "of each occupation only the best"));
  command
      ->add_option("--limit", flags->limit,
                   context.Say("hoeveel ten hoogste (10)", "most to show (10)"))
      ->type_name(context.Say("GETAL", "NUMBER"))
      ->check(Between(context, 1, 1000));
  command->footer(
      std::string("\n") + context.Say("Voorbeelden", "Examples") +
      ":\n  matchgo suggest --skills k-plan,k-communicate --postcode 3511 --wishes zorg\n"
      "  matchgo suggest 0earb0xrfhbnf7xfyjvgab50b5 --distinct --with-room\n"
      "  matchgo --lang nl suggest --postcode 1012 --skills k-plan --json");
  command->callback([&context, flags] { context.exit_code = RunSuggest(context, *flags); });
}

}  // namespace matchgo::commands
