#include "services/matchgo/demo/words.h"

#include <algorithm>

namespace matchgo::demo {
namespace {

namespace prog = programmes::v1;
namespace traj = trajectories::v1;
using terminal::Language;
using terminal::Pick;

// Only the first letter; the rest of two titles that mean the same is written the same.
std::string WithFirst(std::string text, int (*change)(int)) {
  if (!text.empty()) text[0] = static_cast<char>(change(static_cast<unsigned char>(text[0])));
  return text;
}

}  // namespace

std::string StageWord(traj::Stage stage, Language language) {
  switch (stage) {
    case traj::STAGE_AANGEMELD:
      return Pick(language, "aangemeld", "aangemeld (registered)");
    case traj::STAGE_SELECTIE:
      return Pick(language, "selectie", "selectie (selected)");
    case traj::STAGE_INTRODUCTIE:
      return Pick(language, "introductie", "introductie (introduced)");
    case traj::STAGE_CONTRACT:
      return "contract";
    case traj::STAGE_GESTART:
      return Pick(language, "gestart", "gestart (started)");
    case traj::STAGE_STARTBEKWAAM:
      return Pick(language, "startbekwaam", "startbekwaam (able to work alone)");
    case traj::STAGE_OP_LOONWAARDE:
      return Pick(language, "op loonwaarde", "op loonwaarde (full wage)");
    case traj::STAGE_GEDIPLOMEERD:
      return Pick(language, "gediplomeerd", "gediplomeerd (diploma or certificate)");
    default:
      return Pick(language, "onbekend", "unknown");
  }
}

std::string EndWord(prog::Programme::Degree degree, Language language) {
  switch (degree) {
    case prog::Programme::DEGREE_MICROCREDENTIAL:
      return Pick(language, "microcredential behaald", "microcredential earned");
    case prog::Programme::DEGREE_CERTIFICATE:
      return Pick(language, "certificaat behaald", "certificate earned");
    default:
      return Pick(language, "gediplomeerd", "gediplomeerd (diploma)");
  }
}

std::string LaterWord(prog::Programme::Degree degree, Language language) {
  switch (degree) {
    case prog::Programme::DEGREE_MICROCREDENTIAL:
      return Pick(language, "later, voor de microcredential", "later, for the microcredential");
    case prog::Programme::DEGREE_CERTIFICATE:
      return Pick(language, "later, voor het certificaat", "later, for the certificate");
    default:
      return Pick(language, "later, voor het diploma", "later, for the diploma");
  }
}

std::vector<std::string> WhyProgramme(const prog::Programme& programme,
                                      const scheduler::v1::Plan& plan,
                                      const vacancies::v1::Vacancy& vacancy,
                                      const std::string& name, Language language) {
  const bool dutch = language == Language::kDutch;
  std::vector<std::string> why;
  const auto& awards = programme.awards();
  const bool awarded =
      std::find(awards.begin(), awards.end(), vacancy.qualification()) != awards.end();
  if (!vacancy.qualification().empty() && awarded) {
    why.emplace_back(Pick(language, "De opleiding geeft de bevoegdheid die de baan vraagt.",
                          "It gives the formal qualification that the job asks."));
  } else {
    why.emplace_back(Pick(language, "De opleiding is voor precies dit beroep.",
                          "It prepares for exactly this occupation."));
  }
  const auto exempted = std::count_if(plan.modules().begin(), plan.modules().end(),
                                      [](const auto& module) { return module.hours() == 0; });
  const std::string now = std::to_string(plan.modules_size() - exempted);
  const std::string all = std::to_string(programme.modules_size());
  const std::string hours = std::to_string(plan.hours());
  why.push_back(dutch ? "Van de " + all + " modules zijn er " + now +
                            " nodig voor startbekwaam, samen " + hours + " uur."
                      : now + " of its " + all + " modules are for startbekwaam, " + hours +
                            " hours together.");
  if (exempted > 0) {
    const std::string count = std::to_string(exempted);
    why.push_back(dutch ? "Wat " + name + " al kan telt mee: " + count + " vrijgesteld."
                        : "What " + name + " can do already counts: " + count + " exempted.");
  }
  why.push_back(
      dutch ? "De opleiding begint op " + plan.begins_on() + "; startbekwaam is " + name + " op " +
                  plan.ready_on() + ", en de werkgever wacht tot " + vacancy.ready_by() + "."
            : "It begins on " + plan.begins_on() + "; " + name + " is startbekwaam on " +
                  plan.ready_on() + ", and the employer waits until " + vacancy.ready_by() + ".");
  if (programme.has_label()) {
    why.emplace_back(
        Pick(language, "De opleiding heeft het FastSwitch-label.", "It has the FastSwitch label."));
  }
  return why;
}

std::string ExitWord(traj::ExitReason reason, Language language) {
  switch (reason) {
    case traj::EXIT_REASON_WITHDREW:
      return Pick(language, "stopte zelf", "withdrew");
    case traj::EXIT_REASON_REJECTED:
      return Pick(language, "afgewezen in de selectie", "rejected in the selection");
    case traj::EXIT_REASON_EMPLOYER_WITHDREW:
      return Pick(language, "de werkgever trok zich terug", "the employer withdrew");
    case traj::EXIT_REASON_ASSESSMENT_FAILED:
      return Pick(language, "eindbeoordeling niet gehaald", "failed the final assessment");
    case traj::EXIT_REASON_CONTRACT_ENDED:
      return Pick(language, "het arbeidscontract eindigde", "the employment contract ended");
    case traj::EXIT_REASON_GROENPLUK:
      return Pick(language, "groenpluk: aangenomen voor het diploma er was",
                  "groenpluk: hired away before the diploma");
    case traj::EXIT_REASON_COHORT_CANCELLED:
      return Pick(language, "de start ging niet door", "the start did not run");
    default:
      return Pick(language, "een andere reden", "another reason");
  }
}

std::string OccupationWord(const programmes::builtin::Catalogue& catalogue, const std::string& id,
                           Language language) {
  const auto* occupation = programmes::builtin::FindOccupation(catalogue, id);
  if (occupation == nullptr) return id;
  return language == Language::kDutch ? occupation->nl : occupation->en;
}

std::string ModuleWord(const programmes::builtin::Catalogue& catalogue, const std::string& title,
                       Language language) {
  if (language == Language::kDutch) return title;
  if (title == "Leren op de werkplek") return "Learning at the workplace";
  if (title == "Proeve van bekwaamheid en examen") return "Final assessment and exam";
  const std::string wanted = WithFirst(title, std::tolower);
  const auto skill =
      std::find_if(catalogue.skills.begin(), catalogue.skills.end(),
                   [&](const auto& each) { return WithFirst(each.nl, std::tolower) == wanted; });
  return skill == catalogue.skills.end() ? title : WithFirst(skill->en, std::toupper);
}

}  // namespace matchgo::demo
