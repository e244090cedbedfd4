#include "services/matchgo/demo/words.h"

#include <algorithm>

namespace matchgo::demo {
namespace {

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
      return Pick(language, "gediplomeerd", "gediplomeerd (diploma)");
    default:
      return Pick(language, "onbekend", "unknown");
  }
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
