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

// In the order of engine::kPartNames. '#' is the share itself; the others are followed by their
// points of a hundred, which are no share of anything.
constexpr std::array<PartText, engine::kPartCount> kParts = {{
    {"U beheerst nu al # van wat de baan vraagt", "You already master # of what is asked"},
    {"U heeft of leert # van wat de werkgever graag ziet",
     "You have or learn # of what is nice to have"},
    {"U bent snel startbekwaam", "You are startbekwaam soon"},
    {"Het werk is dichtbij, gemeten aan wat u wilt reizen", "The job is near, by your own measure"},
    {"Het salaris houdt uw huidige salaris bij", "The salary keeps up with what you earn now"},
    {"De sector staat hoog op uw lijst", "The sector is high on your list"},
    {"Uw test voorspelt succes in deze sector", "Your test predicts success in this sector"},
}};

// Without a salary now, the part is full whatever is offered: then only what is known is said.
constexpr size_t kSalaryPart = 4;
static_assert(std::string_view(engine::kPartNames[kSalaryPart]) == "salary");
Sentence NoSalaryNow() {
  return {"Het salaris is minstens wat u nodig heeft.", "The salary is at least what you need."};
}

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

std::string WithShare(const char* words, int32_t part, const char* points) {
  std::string text = words;
  const std::string share = std::to_string(part / 10);
  const size_t at = text.find('#');
  if (at == std::string::npos) return text + " (" + share + points + ").";
  return text.replace(at, 1, share + " %") + ".";
}

// "3.400" or "3,400": whole euros of an amount in cents.
std::string Euros(int64_t cents, char separator) {
  std::string text = std::to_string(cents / 100);
  for (size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, 1, separator);
  }
  return text;
}

// "12,3": kilometres of hectometres.
std::string Kilometres(int32_t hectometres, char point) {
  return std::to_string(hectometres / 10) + point + std::to_string(hectometres % 10);
}

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
    if (order[i] == kSalaryPart && !earns) {
      sentences.push_back(NoSalaryNow());
      continue;
    }
    const PartText& text = kParts[order[i]];
    const int32_t part = score.parts[order[i]];
    sentences.push_back(
        {WithShare(text.nl, part, " van 100 punten"), WithShare(text.en, part, " of 100 points")});
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

Sentence DescribeTerms(const JobTerms& terms) {
  const std::string hours = std::to_string(terms.hours);
  return {"Het werk is " + Kilometres(terms.distance, ',') + " km van uw huis en betaalt tot € " +
              Euros(terms.salary_max, '.') + " per maand bij " + hours + " uur per week.",
          "The job is " + Kilometres(terms.distance, '.') + " km from your home and pays up to €" +
              Euros(terms.salary_max, ',') + " a month for " + hours + " hours a week."};
}

Sentence DescribeExempt(size_t modules) {
  const std::string count = std::to_string(modules);
  return {"Voor " + count + (modules == 1 ? " module" : " modules") +
              " krijgt u vrijstelling: u beheerst wat zij leert.",
          "You are exempted from " + count + (modules == 1 ? " module" : " modules") +
              ": you master what is taught there."};
}

Sentence DescribeNoRoom() {
  return {"Op dit moment is er geen plaats vrij.", "At this moment no place is free."};
}

Sentence DescribeNothingFound(bool with_room) {
  if (with_room) {
    return {"Nergens waar nu plaats is, past een baan bij dit profiel.",
            "Nowhere with a free place is there a job that fits this profile."};
  }
  return {"Geen enkele baan past nu bij dit profiel, ook niet met een opleiding.",
          "No job fits this profile now, not even with a programme."};
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
    case AdverseKind::kExpired:
      return {"Het aanbod verliep: een andere partij antwoordde niet op tijd.",
              "The offer expired: another party did not answer in time."};
    case AdverseKind::kRejected:
      break;
  }
  return {"Een van de partijen heeft het aanbod afgewezen.", "A party declined the offer."};
}

namespace {

constexpr std::string_view kDutchPrefix = "dutch:";
// Of the levels that a market knows; what lies below is everybody's.
constexpr std::array<const char*, 7> kDutchLevels = {"", "A1", "A2", "B1", "B2", "C1", "C2"};

std::string_view WithoutMark(std::string_view market_skill) {
  if (market_skill.ends_with('!')) market_skill.remove_suffix(1);
  return market_skill;
}

// `number / 10^digits`, without a fraction of nothing.
std::string Decimal(int64_t number, int digits, char point) {
  int64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  std::string text = std::to_string(number / unit);
  if (number % unit == 0) return text;
  std::string fraction = std::to_string(unit + number % unit).substr(1);
  return text + point + fraction;
}

Sentence DescribeSkill(std::string_view market_skill) {
  if (!market_skill.starts_with(kDutchPrefix)) {
    const std::string name = SkillName(market_skill);
    return {"de vaardigheid " + name + " beheersen", "mastering the skill " + name};
  }
  const std::string digits(WithoutMark(market_skill.substr(kDutchPrefix.size())));
  const size_t level = digits.size() == 1 ? static_cast<size_t>(digits[0] - '0') : 0;
  const std::string name = level < kDutchLevels.size() ? kDutchLevels[level] : "";
  return {"Nederlands op niveau " + name + " beheersen", "mastering Dutch at level " + name};
}

Sentence DescribeNumber(engine::Dimension dimension, int64_t from, int64_t to, Day frozen_on) {
  const std::string now = std::to_string(from);
  const std::string then = std::to_string(to);
  const auto day = [&](int64_t number) {
    return FormatDay(frozen_on + static_cast<int32_t>(number));
  };
  switch (dimension) {
    case engine::Dimension::kMaxDist:
      return {
          "tot " + Decimal(to, 1, ',') + " km reizen (nu " + Decimal(from, 1, ',') + " km)",
          "travelling up to " + Decimal(to, 1, '.') + " km (now " + Decimal(from, 1, '.') + " km)"};
    case engine::Dimension::kHoursMin:
      return {"ook " + then + " uur per week werken (nu minstens " + now + ")",
              "working as few as " + then + " hours a week (now at least " + now + ")"};
    case engine::Dimension::kHoursMax:
      return {"ook " + then + " uur per week werken (nu hoogstens " + now + ")",
              "working as many as " + then + " hours a week (now at most " + now + ")"};
    case engine::Dimension::kStudyHours:
      return {then + " uur per week studeren (nu " + now + ")",
              "studying " + then + " hours a week (now " + now + ")"};
    case engine::Dimension::kAvailable:
      return {"beschikbaar zijn op " + day(to) + " (nu " + day(from) + ")",
              "being available on " + day(to) + " (now " + day(from) + ")"};
    default:
      return {"een salaris vanaf " + Decimal(to, 2, ',') + " euro per maand (nu vanaf " +
                  Decimal(from, 2, ',') + ")",
              "accepting " + Decimal(to, 2, '.') + " euros a month (now at least " +
                  Decimal(from, 2, '.') + ")"};
  }
}

}  // namespace

std::string SkillName(std::string_view market_skill) {
  if (market_skill.starts_with(kDutchPrefix)) return "";
  return "skills/" + std::string(WithoutMark(market_skill));
}

Sentence DescribeChange(const engine::Market& market, const engine::Change& change, Day frozen_on,
                        bool one_vacancy) {
  const engine::Switcher& facts = market.switcher(change.contract.contract.switcher);
  Sentence all;
  for (size_t d = 0; d < engine::kDimensions; ++d) {
    const auto dimension = static_cast<engine::Dimension>(d);
    if (!change.Has(dimension)) continue;
    Sentence one;
    if (engine::IsNumber(dimension)) {
      one = DescribeNumber(dimension, engine::NumberOf(facts, dimension), change.To(dimension),
                           frozen_on);
    } else if (dimension == engine::Dimension::kSkill) {
      one = DescribeSkill(market.skill_names[change.To(dimension)]);
    } else {
      const std::string sector(market.sector_names[change.To(dimension)]);
      one = {"ook de sector " + sector + " wensen", "wishing for the sector " + sector + " too"};
    }
    all.nl += (all.nl.empty() ? "" : ", en ") + one.nl;
    all.en += (all.en.empty() ? "" : ", and ") + one.en;
  }
  if (one_vacancy) {
    return {"Deze vacature had plaats voor u gehad met: " + all.nl + ".",
            "This vacancy would have had a place for you by " + all.en + "."};
  }
  return {"U had een plaats gekregen met: " + all.nl + ".",
          "You would have had a place by " + all.en + "."};
}

}  // namespace matchgo::scheduler::domain
