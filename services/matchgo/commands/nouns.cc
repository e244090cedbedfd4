#include "services/matchgo/commands/nouns.h"

#include <absl/strings/ascii.h>

namespace matchgo::commands {
namespace {

constexpr char kProfiles[] = "matchgo.profiles.v1.ProfileService";
constexpr char kVacancies[] = "matchgo.vacancies.v1.VacancyService";
constexpr char kProgrammes[] = "matchgo.programmes.v1.ProgrammeService";
constexpr char kScheduler[] = "matchgo.scheduler.v1.SchedulerService";
constexpr char kTrajectories[] = "matchgo.trajectories.v1.TrajectoryService";

Shown Name() { return {"name", "naam", "name", Form::kName}; }
Shown Id() { return {"name", "id", "id", Form::kId}; }
Shown State() { return {"state", "staat", "state", Form::kEnum}; }

std::vector<Noun> People() {
  return {{"switcher",
           "iemand die van beroep wisselt",
           "a person who changes profession",
           kProfiles,
           "Switcher",
           "Switchers",
           {Id(),
            State(),
            {"profile.home.place", "woonplaats", "home"},
            {"profile.sector_wishes", "wensen", "wishes"},
            {"profile.available_from", "beschikbaar", "available", Form::kDate},
            {"obstacles", "in de weg", "obstacles", Form::kWords}}},
          {"employer",
           "een werkgever",
           "an employer",
           kVacancies,
           "Employer",
           "Employers",
           {Id(), {"display_name", "naam", "name"}, {"sector", "sector", "sector"}}},
          {"vacancy",
           "een vacature",
           "a vacancy",
           kVacancies,
           "Vacancy",
           "Vacancies",
           {{"title", "titel", "title"},
            {"sector", "sector", "sector"},
            {"location.place", "plaats", "place"},
            {"openings", "plekken", "openings", Form::kNumber},
            {"ready_by", "klaar op", "ready by", Form::kDate},
            State(),
            Name()}}};
}

std::vector<Noun> Education() {
  return {
      {"opleider",
       "een hogeschool, roc of andere opleider",
       "a school or other provider",
       kProgrammes,
       "Opleider",
       "Opleiders",
       {Id(), {"display_name", "naam", "name"}, {"kind", "soort", "kind", Form::kEnum}}},
      {"programme",
       "een opleiding met modules",
       "a programme with modules",
       kProgrammes,
       "Programme",
       "Programmes",
       {{"title", "titel", "title"},
        {"degree", "graad", "degree", Form::kEnum},
        {"nlqf_level", "niveau", "level", Form::kNumber},
        {"sector", "sector", "sector"},
        State(),
        Name()}},
      {"start",
       "een startmoment van een opleiding",
       "a start (cohort) of a programme",
       kProgrammes,
       "Start",
       "Starts",
       {{"begins_on", "begint", "begins", Form::kDate},
        {"rhythm", "ritme", "rhythm", Form::kEnum},
        {"minimum", "minimum", "minimum", Form::kNumber},
        {"capacity", "plaatsen", "places", Form::kNumber},
        {"location.place", "plaats", "place"},
        State(),
        Name()}},
      {"skill",
       "een vaardigheid",
       "a skill",
       kProgrammes,
       "Skill",
       "Skills",
       {Id(), {"label.nl", "nl", "nl"}, {"label.en", "en", "en"}, {"esco_uri", "ESCO", "ESCO"}}},
      {"occupation",
       "een beroep",
       "an occupation",
       kProgrammes,
       "Occupation",
       "Occupations",
       {Id(), {"label.nl", "nl", "nl"}, {"label.en", "en", "en"}, {"sector", "sector", "sector"}}}};
}

std::vector<Noun> Matching() {
  return {{"round",
           "een matchronde",
           "a matching round",
           kScheduler,
           "Round",
           "Rounds",
           {Id(),
            {"title", "titel", "title"},
            State(),
            {"summary.switchers", "mensen", "people", Form::kNumber},
            {"summary.contracts", "contracten", "contracts", Form::kNumber},
            {"summary.open", "open", "open", Form::kNumber},
            {"summary.unmatched", "zonder match", "unmatched", Form::kNumber}}},
          {"outcome",
           "een ongunstige uitkomst die een mens bevestigt",
           "an adverse outcome that a human confirms",
           kScheduler,
           "AdverseOutcome",
           "AdverseOutcomes",
           {{"kind", "wat", "what", Form::kEnum},
            {"switcher", "switcher", "switcher", Form::kId},
            {"confirmed_by", "bevestigd door", "confirmed by"},
            Name()},
           "Outcomes"},
          {"offer",
           "een voorstel aan de partijen",
           "an offer to the parties",
           kScheduler,
           "Offer",
           "Offers",
           {Id(),
            {"switcher", "switcher", "switcher", Form::kId},
            {"deadline", "antwoord voor", "answer by", Form::kDate},
            State(),
            {"vacancy", "vacature", "vacancy", Form::kName}}},
          {"contract",
           "een contract",
           "a contract",
           kScheduler,
           "Contract",
           "Contracts",
           {Id(),
            {"switcher", "switcher", "switcher", Form::kId},
            {"plan.ready_on", "klaar op", "ready on", Form::kDate},
            State(),
            {"vacancy", "vacature", "vacancy", Form::kName}}}};
}

std::vector<Noun> Following() {
  return {{"seats",
           "de plaatsen van een vacature of start",
           "the seats of a vacancy or a start",
           kScheduler,
           "Seats",
           "Seats",
           {{"capacity", "plaatsen", "seats", Form::kNumber},
            {"held", "in aanbod", "held", Form::kNumber},
            {"contracted", "bezet", "contracted", Form::kNumber},
            {"free", "vrij", "free", Form::kNumber},
            {"resource", "wat", "what", Form::kName}}},
          {"trajectory",
           "de weg van selectie tot diploma",
           "the way from selectie to diploma",
           kTrajectories,
           "Trajectory",
           "Trajectories",
           {Id(),
            {"stage", "fase", "stage", Form::kEnum},
            {"sector", "sector", "sector"},
            {"risks", "risico's", "risks", Form::kWords},
            {"exit.reason", "uitval", "exit", Form::kWords},
            {"switcher", "switcher", "switcher", Form::kName}}}};
}

}  // namespace

const std::vector<Noun>& Nouns() {
  static const std::vector<Noun>* const nouns = [] {
    auto* all = new std::vector<Noun>(People());
    for (const auto& group : {Education(), Matching(), Following()}) {
      all->insert(all->end(), group.begin(), group.end());
    }
    return all;
  }();
  return *nouns;
}

const Noun* NounOf(const std::string& collection) {
  for (const Noun& noun : Nouns()) {
    const std::string plural = *noun.also == '\0' ? noun.plural : noun.also;
    if (absl::AsciiStrToLower(plural) == collection) return &noun;
  }
  return nullptr;
}

}  // namespace matchgo::commands
