#include "services/matchgo/commands/nearest_skills.h"

#include <absl/strings/ascii.h>

#include <algorithm>
#include <tuple>

#include "matchgo/programmes/v1/programme_service.grpc.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/help/word_path.h"

namespace matchgo::commands {
namespace {

namespace pb = programmes::v1;

constexpr size_t kShown = 3;
// Shorter words ("en", "of", "k") say nothing; longer ones count by their stem.
constexpr size_t kWordLeast = 3;
constexpr size_t kStem = 6;

std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::vector<std::string> WordsOf(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : absl::AsciiStrToLower(text)) {
    if (c == '-' || c == ' ' || c == ',' || c == '/') {
      words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  std::erase_if(words, [](const std::string& word) { return word.size() < kWordLeast; });
  return words;
}

// How many of the words begin alike somewhere in the text.
size_t Shared(const std::vector<std::string>& words, const std::string& text) {
  const std::vector<std::string> other = WordsOf(text);
  return static_cast<size_t>(std::count_if(words.begin(), words.end(), [&](const auto& word) {
    return std::any_of(other.begin(), other.end(),
                       [&](const auto& each) { return each.starts_with(word.substr(0, kStem)); });
  }));
}

// The whole vocabulary, or nothing when the service does not give it.
std::vector<KnownSkill> Vocabulary(const Context& context) {
  rpc::Caller caller(CallerOptions(context));
  const auto stub = pb::ProgrammeService::NewStub(ChannelTo(context, "programmes"));
  std::vector<KnownSkill> skills;
  pb::ListSkillsRequest list;
  list.set_page_size(1000);
  do {
    const auto page = caller.Unary(*stub, &pb::ProgrammeService::StubInterface::ListSkills, list);
    if (!page.ok()) return {};
    for (const pb::Skill& skill : page->skills()) {
      skills.push_back({IdOf(skill.name()), skill.label().nl(), skill.label().en()});
    }
    list.set_page_token(page->next_page_token());
  } while (!list.page_token().empty());
  return skills;
}

}  // namespace

std::vector<KnownSkill> NearestSkills(const std::string& word,
                                      const std::vector<KnownSkill>& vocabulary) {
  const std::vector<std::string> words = WordsOf(IdOf(word));
  struct Candidate {
    size_t shared;
    const KnownSkill* skill;
  };
  std::vector<Candidate> candidates;
  for (const KnownSkill& skill : vocabulary) {
    const size_t shared =
        std::max({Shared(words, skill.id), Shared(words, skill.nl), Shared(words, skill.en)});
    if (shared > 0) candidates.push_back({shared, &skill});
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(b.shared, a.skill->id.size(), a.skill->id) <
           std::tuple(a.shared, b.skill->id.size(), b.skill->id);
  });
  std::vector<KnownSkill> nearest;
  for (const Candidate& candidate : candidates) {
    if (candidate.shared < candidates.front().shared || nearest.size() == kShown) break;
    nearest.push_back(*candidate.skill);
  }
  if (!nearest.empty()) return nearest;
  std::vector<std::string> ids;
  ids.reserve(vocabulary.size());
  for (const KnownSkill& skill : vocabulary) ids.push_back(skill.id);
  const std::string alike = help::Nearest(IdOf(word), ids);
  for (const KnownSkill& skill : vocabulary) {
    if (skill.id == alike) nearest.push_back(skill);
  }
  return nearest;
}

std::string AdviseOnSkills(const Context& context, const std::vector<std::string>& skills) {
  if (skills.empty()) return "";
  const std::vector<KnownSkill> vocabulary = Vocabulary(context);
  if (vocabulary.empty()) return "";
  std::string advice;
  for (const std::string& skill : skills) {
    const bool known = std::any_of(vocabulary.begin(), vocabulary.end(),
                                   [&](const KnownSkill& each) { return each.id == IdOf(skill); });
    if (known) continue;
    std::string line = IdOf(skill) + context.Say(" is geen vaardigheid", " is not a skill");
    std::string meant;
    for (const KnownSkill& each : NearestSkills(skill, vocabulary)) {
      meant += (meant.empty() ? "" : ", ") + each.id + " (" +
               context.Say(each.nl.c_str(), each.en.c_str()) + ")";
    }
    line += meant.empty()
                ? context.Say("; zie `matchgo skill list`.", "; see `matchgo skill list`.")
                : context.Say("; het dichtst erbij: ", "; nearest: ") + meant + ".";
    advice += (advice.empty() ? "" : "\n") + line;
  }
  return advice;
}

}  // namespace matchgo::commands
