#include "services/matchgo/demo/story.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "common/base/status_macros.h"
#include "matchgo/programmes/v1/programme_service.grpc.pb.h"
#include "matchgo/vacancies/v1/vacancy_service.grpc.pb.h"
#include "services/matchgo/demo/words.h"

namespace matchgo::demo {
namespace {

namespace sched = scheduler::v1;
namespace traj = trajectories::v1;
namespace prog = programmes::v1;
namespace vac = vacancies::v1;
using terminal::Pick;

// Everything the story tells, fetched once.
struct Chapter {
  const Person* person = nullptr;
  traj::Trajectory trajectory;
  sched::Contract contract;
  sched::MatchExplanation why;
  vac::Vacancy vacancy;
  vac::Employer employer;
  prog::Programme programme;
  prog::Opleider opleider;
};

// Whoever came farthest with a programme; among equals the first to register.
StatusOr<std::optional<traj::Trajectory>> FindHero(Demo& demo) {
  for (const auto stage : {traj::STAGE_GEDIPLOMEERD, traj::STAGE_OP_LOONWAARDE,
                           traj::STAGE_STARTBEKWAAM, traj::STAGE_GESTART, traj::STAGE_CONTRACT}) {
    traj::ListTrajectoriesRequest list;
    list.set_stage(stage);
    list.set_page_size(1000);
    ASSIGN_OR_RETURN(
        const auto page,
        demo.season().ops().Unary(demo.season().trajectories(),
                                  &traj::TrajectoryService::StubInterface::ListTrajectories, list));
    const auto& order = demo.loader().order();
    std::map<int64_t, const traj::Trajectory*> candidates;
    for (const auto& trajectory : page.trajectories()) {
      const auto place = order.find(trajectory.switcher());
      if (trajectory.direct() || trajectory.has_exit() || place == order.end()) continue;
      candidates[place->second] = &trajectory;
    }
    if (!candidates.empty()) return std::optional(*candidates.begin()->second);
  }
  return std::optional<traj::Trajectory>();
}

// The parent of "a/b/c/d" is "a/b".
std::string Parent(const std::string& name) {
  return name.substr(0, name.rfind('/', name.rfind('/') - 1));
}

Status FetchJob(Demo& demo, Chapter* chapter) {
  using Stub = vac::VacancyService::StubInterface;
  auto& ops = demo.season().ops();
  const auto stub = vac::VacancyService::NewStub(demo.process().channel());
  vac::GetVacancyRequest vacancy;
  vacancy.set_name(chapter->contract.vacancy());
  ASSIGN_OR_RETURN(chapter->vacancy, ops.Unary(*stub, &Stub::GetVacancy, vacancy));
  vac::GetEmployerRequest employer;
  employer.set_name(Parent(vacancy.name()));
  ASSIGN_OR_RETURN(chapter->employer, ops.Unary(*stub, &Stub::GetEmployer, employer));
  return absl::OkStatus();
}

Status FetchProgramme(Demo& demo, Chapter* chapter) {
  using Stub = prog::ProgrammeService::StubInterface;
  auto& ops = demo.season().ops();
  const auto stub = prog::ProgrammeService::NewStub(demo.process().channel());
  prog::GetProgrammeRequest programme;
  programme.set_name(Parent(chapter->contract.start()));
  ASSIGN_OR_RETURN(chapter->programme, ops.Unary(*stub, &Stub::GetProgramme, programme));
  prog::GetOpleiderRequest opleider;
  opleider.set_name(Parent(programme.name()));
  ASSIGN_OR_RETURN(chapter->opleider, ops.Unary(*stub, &Stub::GetOpleider, opleider));
  return absl::OkStatus();
}

StatusOr<Chapter> Fetch(Demo& demo, const traj::Trajectory& hero) {
  using Stub = sched::SchedulerService::StubInterface;
  Chapter chapter;
  chapter.trajectory = hero;
  chapter.person =
      &demo.population().people[static_cast<size_t>(demo.loader().order().at(hero.switcher()))];
  auto& ops = demo.season().ops();
  sched::GetContractRequest contract;
  contract.set_name(hero.contract());
  ASSIGN_OR_RETURN(chapter.contract,
                   ops.Unary(demo.season().scheduler(), &Stub::GetContract, contract));
  sched::ExplainMatchRequest explain;
  explain.set_round(chapter.contract.round());
  explain.set_switcher(hero.switcher());
  ASSIGN_OR_RETURN(chapter.why, ops.Unary(demo.season().scheduler(), &Stub::ExplainMatch, explain));
  RETURN_IF_ERROR(FetchJob(demo, &chapter));
  RETURN_IF_ERROR(FetchProgramme(demo, &chapter));
  return chapter;
}

std::string FirstName(const Person& person) {
  return person.full_name.substr(0, person.full_name.find(' '));
}

std::string Who(const Demo& demo, const Chapter& chapter, terminal::Language language) {
  const Person& person = *chapter.person;
  const std::string work =
      OccupationWord(demo.catalogue(), person.experience.front().occupation, language);
  const int age = Demo::FirstDay().year() - person.birth_year;
  const bool working = person.salary_now_cents > 0;
  const std::string wage = terminal::FormatEuros(language, person.salary_now_cents);
  const std::string floor = terminal::FormatEuros(language, person.salary_floor_cents);
  const std::string hours = std::to_string(person.study_hours);
  const std::string travel = std::to_string(person.travel_km_max);
  if (language == terminal::Language::kDutch) {
    return person.full_name + " (" + std::to_string(age) + ") woont in " + person.home.place +
           (working ? " en werkt als " + work + ". Nu is dat " + wage + " per maand; onder "
                    : " en werkte als " + work + ". Er is nu geen inkomen; onder ") +
           floor + " kan het niet. Studeren kan " + hours + " uur per week, reizen tot " + travel +
           " km.";
  }
  return person.full_name + " (" + std::to_string(age) + ") lives in " + person.home.place +
         (working ? " and works as " + work + ". That pays " + wage + " a month; less than "
                  : " and used to work as " + work + ". There is no income now; less than ") +
         floor + " will not do. There is time to study " + hours +
         " hours a week, and to travel up to " + travel + " km.";
}

// Employers write in Dutch, so that the title says in English what the occupation is.
std::string JobTitle(const Demo& demo, const Chapter& chapter, terminal::Language language) {
  if (language == terminal::Language::kDutch) return chapter.vacancy.title();
  const std::string& name = chapter.vacancy.occupation();
  return OccupationWord(demo.catalogue(), name.substr(name.find('/') + 1), language) +
         " (learning on the job)";
}

std::string Job(const Demo& demo, const Chapter& chapter, terminal::Language language) {
  const std::string wage = terminal::FormatEuros(language, chapter.vacancy.salary_max_cents());
  return JobTitle(demo, chapter, language) + ", " + chapter.employer.display_name() + ", " +
         chapter.vacancy.location().place() + ": " + std::to_string(chapter.vacancy.hours_max()) +
         Pick(language, " uur, tot ", " hours, up to ") + wage +
         Pick(language, " per maand.", " a month.");
}

// What she learns, module by module: hours that remain, or that she is exempted.
std::string Learning(const Demo& demo, const Chapter& chapter, const StoryOptions& options) {
  std::map<std::string, int32_t> hours;
  for (const auto& module : chapter.contract.plan().modules()) hours[module.id()] = module.hours();
  std::vector<std::vector<std::string>> rows;
  for (const prog::Module& module : chapter.programme.modules()) {
    const auto planned = hours.find(module.id());
    std::string what;
    if (planned == hours.end()) {
      what = LaterWord(chapter.programme.degree(), options.language);
    } else if (planned->second == 0) {
      what = Pick(options.language, "vrijgesteld", "exempted");
    } else {
      what = std::to_string(planned->second) + Pick(options.language, " uur", " hours") +
             (planned->second < module.study_hours()
                  ? Pick(options.language, " (versneld)", " (accelerated)")
                  : "");
    }
    rows.push_back({ModuleWord(demo.catalogue(), module.title(), options.language),
                    std::to_string(module.study_hours()), what});
  }
  return terminal::FormatTable(options.style,
                               {{"module"},
                                {Pick(options.language, "uren", "hours"), terminal::Align::kRight},
                                {Pick(options.language, "nog te leren", "still to learn")}},
                               rows);
}

// "STAGE_SELECTIE" -> "SELECTIE".
std::string WithoutPrefix(const std::string& name, const std::string& prefix) {
  return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
}

}  // namespace

StatusOr<std::string> TellStory(Demo& demo, const StoryOptions& options) {
  ASSIGN_OR_RETURN(const auto hero, FindHero(demo));
  const terminal::Language language = options.language;
  if (!hero.has_value()) {
    return std::string(Pick(language, "Niemand vond een baan met opleiding.\n",
                            "Nobody found a job with a programme.\n"));
  }
  ASSIGN_OR_RETURN(const Chapter chapter, Fetch(demo, *hero));
  const size_t width = std::min<size_t>(options.style.width, 96);
  const std::string name = FirstName(*chapter.person);
  const auto heading = [&](const std::string& nl, const std::string& en) {
    return "\n" + terminal::Bold(options.style, Pick(language, nl.c_str(), en.c_str())) + "\n";
  };
  const auto point = [&](const std::string& sentence) {
    return terminal::Wrap("• " + sentence, width, "  ");
  };
  std::string text = terminal::Bold(options.style, chapter.person->full_name) + "\n";
  text += terminal::Wrap(Who(demo, chapter, language), width, "  ");
  text += heading("Waarom deze baan", "Why this job");
  text += terminal::Wrap(Job(demo, chapter, language), width, "  ");
  for (const auto& sentence : chapter.why.sentences()) {
    text += point(language == terminal::Language::kDutch ? sentence.nl() : sentence.en());
  }
  text += heading("Waarom deze opleiding", "Why this programme");
  text += terminal::Wrap(chapter.programme.title() + ", " + chapter.opleider.display_name() + ".",
                         width, "  ");
  for (const std::string& sentence :
       WhyProgramme(chapter.programme, chapter.contract.plan(), chapter.vacancy, name, language)) {
    text += point(sentence);
  }
  text += heading("Wat " + name + " nog leert", "What " + name + " still learns");
  text += Learning(demo, chapter, options);
  text += heading("Onderweg", "On the way");
  for (const traj::Milestone& milestone : chapter.trajectory.milestones()) {
    if (milestone.actual_on().empty()) continue;
    const bool last = milestone.stage() == traj::STAGE_GEDIPLOMEERD;
    text += "  " + milestone.actual_on() + "  " +
            (last ? EndWord(chapter.programme.degree(), language)
                  : StageWord(milestone.stage(), language)) +
            "\n";
  }
  return text;
}

namespace {

// "86" of 859 out of 1000: rounded.
std::string Percent(int64_t part, int64_t whole) {
  const int64_t of = std::max<int64_t>(1, whole);
  return std::to_string((part * 200 + of) / (of * 2));
}

// What is placed was counted before the answers, contracts after them: said, or they seem to
// differ.
std::string FormatBounds(const DemoNumbers& numbers, terminal::Language language, size_t width) {
  std::string text;
  for (const sched::Round& round : numbers.rounds) {
    const auto& summary = round.summary();
    text += terminal::Wrap(
        round.title() + Pick(language, ": voor de antwoorden waren ", ": before any answer ") +
            std::to_string(summary.placed()) +
            Pick(language, " mensen geplaatst, van hoogstens ",
                 " people were placed, of at most ") +
            std::to_string(summary.placed_bound()) + Pick(language, ", met ", ", with ") +
            Percent(summary.total_score(), summary.score_bound()) +
            Pick(language, " % van de hoogste totale score; na antwoorden en herstel hadden ",
                 " % of the highest total score; after answers and repair ") +
            std::to_string(summary.contracts()) +
            Pick(language, " van hen of van wie hun plaats innam een contract.",
                 " of them, or of those who took their place, had a contract."),
        width, "");
  }
  return text;
}

// Who signed more than once, and why: what is signed is more than who signed.
std::string SignedTwice(const ContractCount& all, terminal::Language language) {
  const int64_t further = all.signed_in_all - all.people;
  if (further <= 0) return "";
  const std::string count = std::to_string(further);
  const std::string cohort = std::to_string(all.again);
  const std::string other = std::to_string(further - all.again);
  return language == terminal::Language::kDutch
             ? count + " keer was dat niet het eerste van iemand: " + cohort +
                   " keer na een groep die niet doorging, " + other +
                   " keer na een contract dat anders eindigde. "
             : count + " times it was not somebody's first: " + cohort +
                   " after a group that did not run, " + other +
                   " after a contract that ended otherwise. ";
}

std::string FormatRounds(const DemoNumbers& numbers, const StoryOptions& options) {
  const terminal::Language language = options.language;
  std::vector<std::vector<std::string>> rows;
  for (const sched::Round& round : numbers.rounds) {
    const auto& summary = round.summary();
    rows.push_back({round.title()});
    for (const int64_t count :
         {summary.switchers(), summary.offers(), summary.declined(), summary.expired(),
          summary.repaired(), summary.contracts(), summary.unmatched(), summary.blocking()}) {
      rows.back().push_back(std::to_string(count));
    }
    rows.back().push_back(std::to_string(summary.starts() - summary.closed_starts()) +
                          Pick(language, " van ", " of ") + std::to_string(summary.starts()));
  }
  const auto column = [&](const char* nl, const char* en) {
    return terminal::Column{Pick(language, nl, en), terminal::Align::kRight};
  };
  const size_t width = std::min<size_t>(options.style.width, 96);
  return terminal::FormatTable(options.style,
                               {{Pick(language, "ronde", "round")},
                                column("mensen", "people"),
                                column("aanbod", "offers"),
                                column("nee", "declined"),
                                column("verlopen", "expired"),
                                column("hersteld", "repaired"),
                                column("contract", "contracts"),
                                column("geen", "unmatched"),
                                column("blokkerend", "blocking"),
                                column("starts", "starts")},
                               rows) +
         terminal::Wrap(
             Pick(
                 language,
                 "Starts: de startdata die openbleven; de andere gingen dicht omdat hun groep te "
                 "klein bleef. Een doorlopende opleiding telt elke maand als een startdatum, en "
                 "wie haar kiest komt samen op de maanden die wel vol genoeg worden.",
                 "Starts: the dates that stayed open; the others closed because their group stayed "
                 "too small. A programme that begins every month counts as one date a month, and "
                 "who chooses it comes together in the months that fill well enough."),
             width, "") +
         FormatBounds(numbers, language, width);
}

// What was signed and what became of it; the numbers add up.
std::string FormatContracts(const DemoNumbers& numbers, terminal::Language language, size_t width) {
  const auto number = [](int64_t count) { return std::to_string(count); };
  int64_t at_close = 0;
  for (const sched::Round& round : numbers.rounds) at_close += round.summary().contracts();
  int64_t left = 0;
  int64_t cancelled = 0;
  for (const auto& [reason, count] : numbers.contracts.ended) {
    (reason == kCohortCancelled ? cancelled : left) += count;
  }
  const ContractCount& all = numbers.contracts;
  const bool every = at_close == all.signed_in_all;
  const std::string nl =
      number(all.people) + " mensen tekenden samen " + number(all.signed_in_all) + " contracten; " +
      (every ? "alle" : number(at_close) + " daarvan") + " liepen toen hun ronde sloot. " +
      SignedTwice(all, language) + number(cancelled) +
      " eindigden omdat een groep op de beslisdatum te klein was (groepen: " +
      number(numbers.cancelled_cohorts) + ", mensen: " + number(numbers.cohort_people) +
      "; een coördinator bevestigde het, en zij doen weer mee), " + number(left) +
      " omdat iemand onderweg stopte, en " + number(all.active) + " zijn van kracht.";
  const std::string en =
      number(all.people) + " people signed " + number(all.signed_in_all) + " contracts; " +
      (every ? "all" : number(at_close)) + " of them ran when their round closed. " +
      SignedTwice(all, language) + number(cancelled) +
      " ended because a group was too small on its decision date (groups: " +
      number(numbers.cancelled_cohorts) + ", people: " + number(numbers.cohort_people) +
      "; a coordinator confirmed it, and they take part again), " + number(left) +
      " because somebody left on the way, and " + number(all.active) + " are in force.";
  return terminal::Wrap(Pick(language, nl.c_str(), en.c_str()), width, "");
}

// More than there are people: said, or it seems wrong.
std::string FormatReturns(const DemoNumbers& numbers, terminal::Language language, size_t width) {
  int64_t most = 0;
  for (const auto& stage : numbers.funnel.stages()) most = std::max<int64_t>(most, stage.reached());
  if (most <= numbers.switchers) return "";
  return terminal::Wrap(
      Pick(language, "Geteld zijn trajecten: ", "Counted are trajectories: ") +
          std::to_string(most) + Pick(language, " van ", " of ") +
          std::to_string(numbers.switchers) +
          Pick(language, " mensen, want wie stopte en weer meedoet begint een nieuw.",
               " people, since whoever left and takes part again begins a new one."),
      width, "");
}

std::string FormatExits(const traj::Funnel& funnel, terminal::Language language) {
  int64_t total = 0;
  size_t width = 0;
  for (const auto& exit : funnel.exits()) {
    total += exit.count();
    width = std::max(width, std::to_string(exit.count()).size());
  }
  if (total == 0) return "";
  std::string text = std::to_string(total) + Pick(language, " keer stopte iemand onderweg:\n",
                                                  " times somebody left on the way:\n");
  for (const auto& exit : funnel.exits()) {
    const std::string count = std::to_string(exit.count());
    text += "  " + std::string(width - count.size(), ' ') + count + " × " +
            ExitWord(exit.reason(), language) + Pick(language, ", in de fase ", ", at the stage ") +
            StageWord(exit.stage(), language) + "\n";
  }
  return text;
}

}  // namespace

std::string FormatNumbers(const DemoNumbers& numbers, const StoryOptions& options) {
  const terminal::Language language = options.language;
  std::vector<terminal::Bar> bars;
  for (const auto& stage : numbers.funnel.stages()) {
    bars.push_back(
        {.label = StageWord(stage.stage(), language), .value = stage.reached(), .note = ""});
  }
  const size_t width = std::min<size_t>(options.style.width, 96);
  return FormatRounds(numbers, options) + FormatContracts(numbers, language, width) + "\n" +
         terminal::Bold(options.style, Pick(language, "Zover kwamen zij", "How far they came")) +
         "\n" + terminal::FormatBars(options.style, bars) +
         terminal::Wrap(
             Pick(language,
                  "Wie het werk al kan, begint zonder opleiding en komt zo op loonwaarde: "
                  "daarom is dat balkje langer dan startbekwaam.",
                  "Who can do the work already begins without a programme and comes "
                  "straight to the full wage: hence that bar is longer than "
                  "startbekwaam."),
             width, "") +
         FormatReturns(numbers, language, width) + "\n" +
         Pick(language, "Van match tot startbekwaam: de helft binnen ",
              "From match to startbekwaam: half of them within ") +
         std::to_string(numbers.funnel.match_to_startbekwaam_days_p50()) +
         Pick(language, " dagen, negen van de tien binnen ", " days, nine of ten within ") +
         std::to_string(numbers.funnel.match_to_startbekwaam_days_p90()) + ".\n" +
         FormatExits(numbers.funnel, language);
}

std::string FormatJson(const DemoNumbers& numbers) {
  nlohmann::ordered_json json;
  json["switchers"] = numbers.switchers;
  json["vacancies"] = numbers.vacancies;
  json["openings"] = numbers.openings;
  json["starts"] = numbers.starts;
  json["rounds"] = nlohmann::ordered_json::array();
  for (const sched::Round& round : numbers.rounds) {
    const auto& summary = round.summary();
    json["rounds"].push_back(
        {{"name", round.name()},
         {"state", WithoutPrefix(sched::Round::State_Name(round.state()), "STATE_")},
         {"market_switchers", summary.switchers()},
         {"contracts", summary.contracts()},
         {"offers", summary.offers()},
         {"declined", summary.declined()},
         {"expired", summary.expired()},
         {"withdrawn", summary.withdrawn()},
         {"repaired", summary.repaired()},
         {"starts_in_market", summary.starts()},
         {"closed_starts", summary.closed_starts()},
         {"unmatched", summary.unmatched()},
         {"blocking", summary.blocking()},
         {"placed", summary.placed()},
         {"placed_bound", summary.placed_bound()},
         {"total_score", summary.total_score()},
         {"score_bound", summary.score_bound()},
         {"market_digest", round.market_digest()}});
  }
  json["contracts"] = {{"signed", numbers.contracts.signed_in_all},
                       {"people", numbers.contracts.people},
                       {"active", numbers.contracts.active},
                       {"ended", numbers.contracts.ended}};
  json["cancelled_cohorts"] = {{"cohorts", numbers.cancelled_cohorts},
                               {"people", numbers.cohort_people},
                               {"signed_again", numbers.contracts.again}};
  json["trajectories"] = nlohmann::ordered_json::object();
  for (const auto& stage : numbers.funnel.stages()) {
    json["trajectories"][WithoutPrefix(traj::Stage_Name(stage.stage()), "STAGE_")] =
        stage.reached();
  }
  std::map<std::string, int64_t> exits;
  for (const auto& exit : numbers.funnel.exits()) {
    exits[WithoutPrefix(traj::ExitReason_Name(exit.reason()), "EXIT_REASON_")] += exit.count();
  }
  json["exits"] = exits;
  json["match_to_startbekwaam_days"] = {{"p50", numbers.funnel.match_to_startbekwaam_days_p50()},
                                        {"p90", numbers.funnel.match_to_startbekwaam_days_p90()}};
  json["metrics_url"] = numbers.metrics_url;
  if (numbers.next_season.has_value()) {
    const NextSeason& next = *numbers.next_season;
    json["next_season"] = {{"date", FormatDay(next.today)}, {"round", next.round},
                           {"switchers", next.switchers},   {"vacancies", next.vacancies},
                           {"openings", next.openings},     {"starts", next.starts}};
  }
  return json.dump(2) + "\n";
}

}  // namespace matchgo::demo
