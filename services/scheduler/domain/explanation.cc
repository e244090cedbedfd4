#include "services/scheduler/domain/explanation.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "common/kernel/day.h"

namespace matchgo::scheduler::domain {
namespace {

struct PartText {
  const char* nl;
  const char* en;
};

// In the order of engine::kPartNames; each is followed by the share in percent.
constexpr std::array<PartText, engine::kPartCount> kParts = {{
    {"U beheerst nu al een deel van wat de baan vraagt",
     "You already master part of what is asked"},
    {"U heeft of leert wat de werkgever graag ziet", "You have or learn what is nice to have"},
    {"U bent snel startbekwaam", "You are startbekwaam soon"},
    {"Het werk is dichtbij, gemeten aan wat u wilt reizen", "The job is near, by your own measure"},
    {"Het salaris houdt uw huidige salaris bij", "The salary keeps up with what you earn now"},
    {"De sector staat hoog op uw lijst", "The sector is high on your list"},
    {"Uw test voorspelt succes in deze sector", "Your test predicts success in this sector"},
}};

// Without a salary now, the part is full whatever is offered: then only what is known is said.
constexpr size_t kSalaryPart = 4;
static_assert(std::string_view(engine::kPartNames[kSalaryPart]) == "salary");
constexpr PartText kNoSalaryNow = {"Het salaris is minstens wat u nodig heeft",
                                   "The salary is at least what you need"};

struct RuleText {
  const char* word;
  const char* nl;
  const char* en;
};

constexpr std::array kRules = {
    RuleText{"TRAVEL", "De baan is verder weg dan u wilt reizen.",
             "The job is farther away than you want to travel."},
    RuleText{"SALARY", "Het salaris ligt onder wat u minimaal nodig heeft.",
             "The salary is below the least you need."},
    RuleText{"HOURS", "De uren passen niet bij wat u wilt werken.",
             "The hours do not fit what you want to work."},
    RuleText{"SKILLS", "Er worden vaardigheden gevraagd die u nog niet heeft.",
             "Skills are asked that you do not have yet."},
    RuleText{"QUALIFICATION", "De baan vraagt een bevoegdheid die u niet heeft of hier niet haalt.",
             "The job asks a formal qualification that you lack or would not get here."},
    RuleText{"OCCUPATION", "Geen opleiding leidt op voor dit beroep.",
             "No programme prepares for this occupation."},
    RuleText{"ENTRY_LEVEL", "De opleiding vraagt een hoger instapniveau.",
             "The programme asks a higher entry level."},
    RuleText{"START_BEFORE_AVAILABLE", "De opleiding begint voordat u beschikbaar bent.",
             "The programme begins before you are available."},
    RuleText{"START_TRAVEL", "De opleiding is verder weg dan u wilt reizen.",
             "The programme is farther away than you want to travel."},
    RuleText{"NO_PLAN", "Geen opleiding leert u alles wat u mist.",
             "No programme teaches you all that is missing."},
    RuleText{"STUDY_HOURS", "U heeft geen uren vrij om te studeren.",
             "You have no hours free for study."},
    RuleText{"READY_TOO_LATE", "U zou later startbekwaam zijn dan de werkgever vraagt.",
             "You would be startbekwaam later than the employer asks."},
    RuleText{"NOT_NEEDED", "U kunt dit werk al zonder opleiding.",
             "You can do this job without a programme."},
};

std::string Percent(int32_t part) { return std::to_string(part / 10) + " %"; }

}  // namespace

std::vector<Sentence> DescribeMatch(const Score& score, const Plan& plan, bool earns) {
  std::array<size_t, engine::kPartCount> order{};
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    if (score.parts[a] != score.parts[b]) return score.parts[a] > score.parts[b];
    return a < b;
  });
  std::vector<Sentence> sentences;
  for (size_t i = 0; i < 3; ++i) {
    const bool compared = order[i] != kSalaryPart || earns;
    const PartText& text = compared ? kParts[order[i]] : kNoSalaryNow;
    const std::string share = compared ? " (" + Percent(score.parts[order[i]]) + ")." : ".";
    sentences.push_back({text.nl + share, text.en + share});
  }
  const std::string ready = FormatDay(plan.ready_on);
  if (plan.modules.empty()) {
    sentences.push_back({"U hoeft niets bij te leren en kunt beginnen op " + ready + ".",
                         "You need not learn anything more and can begin on " + ready + "."});
  } else {
    const std::string modules = std::to_string(plan.modules.size()) +
                                (plan.modules.size() == 1 ? " module, " : " modules, ");
    const std::string hours = std::to_string(plan.hours);
    sentences.push_back({"U leert alleen wat u nog mist: " + modules + hours +
                             " studie-uren; startbekwaam op " + ready + ".",
                         "You learn only what is missing: " + modules + hours +
                             " study hours; startbekwaam on " + ready + "."});
  }
  return sentences;
}

Sentence DescribeWhyNot(engine::WhyNot why, const engine::CutOff* cut_off) {
  const std::string score = cut_off == nullptr ? "" : std::to_string(cut_off->score);
  const std::string nl = score.empty() ? "." : "; de laagste score die meedeed was " + score + ".";
  const std::string en = score.empty() ? "." : "; the lowest score that got in was " + score + ".";
  switch (why) {
    case engine::WhyNot::kDeclined:
      return {"Een van de partijen heeft dit eerder afgewezen.", "A party declined this before."};
    case engine::WhyNot::kStartClosed:
      return {"De opleiding start niet: te weinig deelnemers.",
              "The programme does not start: too few participants."};
    case engine::WhyNot::kVacancyFull:
      return {"De plaatsen bij de werkgever gingen naar mensen met een hogere score" + nl,
              "The openings went to people with a higher score" + en};
    case engine::WhyNot::kStartFull:
      break;
  }
  return {"De plaatsen bij de opleiding gingen naar mensen met een hogere score" + nl,
          "The places at the programme went to people with a higher score" + en};
}

Sentence DescribeObstacle(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kNoConsent:
      return {"Er is geen toestemming om u te matchen.", "There is no consent to match you."};
    case Obstacle::kEducation:
      return {"Uw hoogste opleiding ligt onder het gevraagde niveau.",
              "Your highest education is below the level asked."};
    case Obstacle::kNoExperience:
      return {"Er is geen werkervaring bekend.", "No work experience is known."};
    case Obstacle::kNoValidTest:
      return {"Er is geen geldige, gehaalde geschiktheidstest.",
              "There is no valid suitability test that was passed."};
    case Obstacle::kStale:
      return {"Uw profiel is 180 dagen niet bevestigd.",
              "Your profile was not confirmed for 180 days."};
    case Obstacle::kLanguage:
      return {"Uw Nederlands ligt onder niveau B1.", "Your Dutch is below level B1."};
    case Obstacle::kWithdrawn:
      return {"U heeft zich teruggetrokken.", "You withdrew."};
    case Obstacle::kNoLocation:
      return {"Uw woonplaats is niet bekend.", "Your home is not known."};
    case Obstacle::kHasContract:
      return {"U heeft al een contract.", "You have a contract already."};
    case Obstacle::kHasOffer:
      break;
  }
  return {"U had al een openstaand aanbod.", "You had an open offer already."};
}

Sentence DescribeAbsence() {
  return {"U deed niet mee in deze ronde; wat u toen in de weg stond, is er nu niet meer.",
          "You were not in this round; what stood in the way then is gone now."};
}

std::string RuleWord(engine::Rule rule) {
  switch (rule) {
    case engine::Rule::kVacancyTooFar:
      return "TRAVEL";
    case engine::Rule::kSalaryBelowFloor:
      return "SALARY";
    case engine::Rule::kHoursBelowMinimum:
    case engine::Rule::kHoursAboveMaximum:
      return "HOURS";
    case engine::Rule::kSkillsMissing:
      return "SKILLS";
    case engine::Rule::kQualificationMissing:
    case engine::Rule::kQualificationNotAwarded:
      return "QUALIFICATION";
    case engine::Rule::kNothingToLearn:
      return "NOT_NEEDED";
    case engine::Rule::kNotListed:
    case engine::Rule::kOccupationNotServed:
      return "OCCUPATION";
    case engine::Rule::kEntryLevel:
      return "ENTRY_LEVEL";
    case engine::Rule::kBeginsTooEarly:
      return "START_BEFORE_AVAILABLE";
    case engine::Rule::kStartTooFar:
      return "START_TRAVEL";
    case engine::Rule::kSkillsNotTaught:
      return "NO_PLAN";
    case engine::Rule::kNoStudyHours:
      return "STUDY_HOURS";
    case engine::Rule::kReadyTooLate:
      break;
  }
  return "READY_TOO_LATE";
}

Sentence DescribeRule(const std::string& word) {
  for (const RuleText& rule : kRules) {
    if (word == rule.word) return {rule.nl, rule.en};
  }
  return {};
}

Sentence DescribeFeasible(int64_t feasible) {
  if (feasible == 0) {
    return {"Geen enkele combinatie van baan en opleiding was voor u mogelijk.",
            "No combination of a job and a programme was possible for you."};
  }
  const std::string count = std::to_string(feasible);
  return {"Er waren " + count + " mogelijkheden; ze gingen naar anderen of kwamen niet door.",
          "There were " + count + " possibilities; they went to others or did not come about."};
}

Sentence DescribeAdverse(AdverseKind kind) {
  switch (kind) {
    case AdverseKind::kUnmatched:
      return {"Deze ronde leverde geen contract op.", "This round led to no contract."};
    case AdverseKind::kCohortCancelled:
      return {"De opleiding start niet: te weinig deelnemers.",
              "The programme does not start: too few participants."};
    case AdverseKind::kRejected:
      break;
  }
  return {"Een van de partijen heeft het aanbod afgewezen.", "A party declined the offer."};
}

}  // namespace matchgo::scheduler::domain
