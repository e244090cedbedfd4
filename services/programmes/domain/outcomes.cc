#include "services/programmes/domain/outcomes.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "services/programmes/domain/vocabulary.h"

namespace matchgo::programmes::domain {
namespace {

// Say what is known, taught or undergone; nobody can see somebody do them.
constexpr auto kPassiveVerbs = std::to_array<std::string_view>(
    {"begrijpt",  "begrijpen",  "kent",        "kennen",      "weet",      "weten",     "leert",
     "leren",     "snapt",      "snappen",     "beseft",      "beseffen",  "ervaart",   "ervaren",
     "volgt",     "volgen",     "krijgt",      "krijgen",     "heeft",     "hebben",    "is",
     "zijn",      "beschikt",   "beschikken",  "doorziet",    "bezit",     "bezitten",  "onthoudt",
     "onthouden", "bestudeert", "bestuderen",  "verwerft",    "verwerven", "wordt",     "worden",
     "raakt",     "raken",      "understand",  "understands", "know",      "knows",     "learn",
     "learns",    "has",        "have",        "are",         "gets",      "get",       "follows",
     "follow",    "realises",   "realizes",    "acquires",    "acquire",   "remembers", "remember",
     "studies",   "study",      "appreciates", "experiences"});

// Go before the verb that counts.
constexpr auto kAuxiliaries =
    std::to_array<std::string_view>({"kan", "kunnen", "can", "able", "to", "in", "staat", "om"});

// Parts of a route. In the subject they may be the result itself ("ontwerpt een cursus"), so there
// only the words of the second list count.
constexpr auto kRouteWords = std::to_array<std::string_view>(
    {"cursus", "cursussen", "les",    "lessen",  "leslokaal", "lesboek",   "boek",
     "boeken", "reader",    "module", "modules", "workshop",  "workshops", "e-learning",
     "course", "courses",   "lesson", "lessons", "book",      "books",     "textbook"});
constexpr auto kRouteWordsAnywhere = std::to_array<std::string_view>(
    {"hoofdstuk",   "hoofdstukken", "college",      "colleges", "hoorcollege", "hoorcolleges",
     "werkcollege", "werkcolleges", "lesweek",      "lesweken", "lesuren",     "contacturen",
     "studieuren",  "studiepunten", "tentamenstof", "lesstof",  "chapter",     "chapters",
     "lecture",     "lectures",     "semester",     "timetable"});
constexpr auto kHourWords =
    std::to_array<std::string_view>({"uur", "uren", "hour", "hours", "lesdagen"});

template <size_t N>
bool Holds(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : FoldCase(text)) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                        static_cast<unsigned char>(c) >= 0x80;
    if (letter) {
      words.back().push_back(c);
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool IsNumber(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsActive(std::string_view verb) {
  for (const std::string& word : WordsOf(verb)) {
    if (!Holds(kAuxiliaries, word)) return !Holds(kPassiveVerbs, word);
  }
  return false;  // nothing but "kan"
}

bool NamesRoute(std::string_view text, bool strict) {
  const std::vector<std::string> words = WordsOf(text);
  for (size_t i = 0; i < words.size(); ++i) {
    if (Holds(kRouteWordsAnywhere, words[i])) return true;
    if (strict && Holds(kRouteWords, words[i])) return true;
    if (i > 0 && Holds(kHourWords, words[i]) && IsNumber(words[i - 1])) return true;
  }
  return false;
}

bool Blank(std::string_view text) { return WordsOf(text).empty(); }

}  // namespace

std::vector<FindingKind> LintLeeruitkomst(const Leeruitkomst& leeruitkomst) {
  std::vector<FindingKind> found;
  if (Blank(leeruitkomst.verb)) {
    found.push_back(FindingKind::kVerbMissing);
  } else if (!IsActive(leeruitkomst.verb)) {
    found.push_back(FindingKind::kVerbNotActive);
  }
  if (Blank(leeruitkomst.kind)) found.push_back(FindingKind::kKindMissing);
  if (Blank(leeruitkomst.subject)) found.push_back(FindingKind::kSubjectMissing);
  if (Blank(leeruitkomst.standard)) found.push_back(FindingKind::kStandardMissing);
  if (Blank(leeruitkomst.context)) found.push_back(FindingKind::kContextMissing);
  if (leeruitkomst.skills.empty()) found.push_back(FindingKind::kSkillsMissing);
  if (NamesRoute(leeruitkomst.verb, false) || NamesRoute(leeruitkomst.kind, false) ||
      NamesRoute(leeruitkomst.subject, false) || NamesRoute(leeruitkomst.standard, true) ||
      NamesRoute(leeruitkomst.context, true)) {
    found.push_back(FindingKind::kRouteDependent);
  }
  return found;
}

LintReport LintModules(const std::vector<Module>& modules) {
  LintReport report;
  for (size_t m = 0; m < modules.size(); ++m) {
    for (size_t k = 0; k < modules[m].leeruitkomsten.size(); ++k) {
      ++report.checked;
      for (const FindingKind kind : LintLeeruitkomst(modules[m].leeruitkomsten[k])) {
        report.findings.push_back({.field = "modules[" + std::to_string(m) + "].leeruitkomsten[" +
                                            std::to_string(k) + "]",
                                   .kind = kind});
      }
    }
  }
  return report;
}

Label AdviceFor(FindingKind kind) {
  switch (kind) {
    case FindingKind::kVerbMissing:
      return {"Begin met een actief werkwoord: ontwerpt, adviseert, voert uit.",
              "Begin with an active verb: designs, advises, carries out."};
    case FindingKind::kVerbNotActive:
      return {"Zeg wat iemand doet, niet wat zij weet of leert: legt uit in plaats van begrijpt.",
              "Say what somebody does, not what she knows or learns: explains, not understands."};
    case FindingKind::kKindMissing:
      return {"Noem het soort resultaat waaraan het bijdraagt: een advies, een ontwerp.",
              "Name the kind of result it contributes to: an advice, a design."};
    case FindingKind::kSubjectMissing:
      return {"Noem het onderwerp: het vakgebied waarop het slaat.",
              "Name the subject: the field of expertise it applies to."};
    case FindingKind::kStandardMissing:
      return {"Noem de standaard: de richtlijn of methode die wordt toegepast.",
              "Name the standard: the guideline or method that is applied."};
    case FindingKind::kContextMissing:
      return {"Noem de context waarin het wordt getoond: voor wie, in welke situatie.",
              "Name the context in which it is shown: for whom, in which situation."};
    case FindingKind::kSkillsMissing:
      return {"Koppel minstens één vaardigheid; anders kan niemand er vrijstelling voor krijgen.",
              "Link at least one skill; otherwise nobody can be exempted on it."};
    case FindingKind::kRouteDependent:
      return {"Beschrijf het resultaat, niet de route: geen cursus, boek of aantal uren.",
              "Describe the result, not the route: no course, book or number of hours."};
  }
  return {};
}

}  // namespace matchgo::programmes::domain
