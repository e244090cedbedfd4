#include "services/matchgo/commands/score_sum.h"

#include <array>

#include "services/matchgo/terminal/terminal.h"

namespace matchgo::commands {
namespace {

struct Term {
  const char* word;
  const char* nl;
  const char* en;
  int64_t value;
  int64_t weight;
};

std::array<Term, 7> TermsOf(const scheduler::v1::Score& score, const scheduler::v1::Round& round) {
  scheduler::v1::Weights weights = round.weights();
  if (!round.has_weights()) {  // a round without weights of its own has the defaults
    weights.set_fit(300);
    weights.set_nice(100);
    weights.set_time(200);
    weights.set_travel(100);
    weights.set_salary(150);
    weights.set_preference(100);
    weights.set_aptitude(50);
  }
  return {Term{"fit", "aansluiting", "fit", score.fit(), weights.fit()},
          Term{"nice", "pluspunten", "nice to have", score.nice(), weights.nice()},
          Term{"time", "tijd", "time", score.time(), weights.time()},
          Term{"travel", "reizen", "travel", score.travel(), weights.travel()},
          Term{"salary", "salaris", "salary", score.salary(), weights.salary()},
          Term{"preference", "voorkeur", "preference", score.preference(), weights.preference()},
          Term{"aptitude", "aanleg", "aptitude", score.aptitude(), weights.aptitude()}};
}

std::string Right(const std::string& text, size_t width) {
  const size_t own = terminal::Width(text);
  return own >= width ? text : std::string(width - own, ' ') + text;
}

}  // namespace

std::string FormatPoints(terminal::Language language, int64_t thousandths) {
  std::string text = terminal::FormatCount(language, thousandths / 1000);
  std::string rest = std::to_string(1000 + thousandths % 1000).substr(1);
  while (!rest.empty() && rest.back() == '0') rest.pop_back();
  if (rest.empty()) return text;
  return text + (language == terminal::Language::kDutch ? "," : ".") + rest;
}

std::string ScoreSum(terminal::Language language, const scheduler::v1::Score& score,
                     const scheduler::v1::Round& round) {
  std::string text;
  for (const Term& term : TermsOf(score, round)) {
    text += "  " + terminal::Fit(terminal::Pick(language, term.nl, term.en), 14) +
            Right(std::to_string(term.value), 4) + "/1000 × " +
            Right(std::to_string(term.weight), 3) + " = " +
            Right(FormatPoints(language, term.value * term.weight), 8) + "\n";
  }
  text += "  " + terminal::Fit(terminal::Pick(language, "totaal", "total"), 30) +
          Right(FormatPoints(language, score.total()), 8) +
          terminal::Pick(language, " van 1000\n", " of 1000\n");
  return text;
}

nlohmann::json ScoreTerms(const scheduler::v1::Score& score, const scheduler::v1::Round& round) {
  nlohmann::json terms = nlohmann::json::array();
  for (const Term& term : TermsOf(score, round)) {
    terms.push_back({{"part", term.word},
                     {"value", term.value},
                     {"weight", term.weight},
                     {"points_thousandths", term.value * term.weight}});
  }
  return terms;
}

}  // namespace matchgo::commands
