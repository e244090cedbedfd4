#include "services/matchgo/help/word_path.h"

#include <algorithm>

#include "services/matchgo/help/help_page.h"

namespace matchgo::help {
namespace {

// A negative number is a value.
bool IsFlag(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && (word[1] < '0' || word[1] > '9');
}

const CLI::App* FindVerb(const CLI::App& app, const std::string& word) {
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (verb->get_name() == word) return verb;
  }
  return nullptr;
}

size_t Edits(const std::string& from, const std::string& to) {
  std::vector<size_t> row(to.size() + 1);
  for (size_t j = 0; j <= to.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= from.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= to.size(); ++j) {
      const size_t above = row[j];
      const size_t change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = std::min({change, above + 1, row[j - 1] + 1});
      diagonal = above;
    }
  }
  return row[to.size()];
}

bool TakesFiles(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return type == "FILE" || type == "FOLDER" || type == "JSON";
}

std::vector<std::string> StartingWith(const std::string& begin, std::vector<std::string> words) {
  words.erase(std::remove_if(words.begin(), words.end(),
                             [&](const std::string& word) { return word.rfind(begin, 0) != 0; }),
              words.end());
  return words;
}

std::vector<std::string> ValueWords(const CLI::Option& option, const std::string& begin) {
  if (TakesFiles(option)) return {kFiles};
  return StartingWith(begin, ValuesOf(option));
}

// bash hands "--state=open" over as three words.
std::vector<std::string> WithoutEqualSigns(const std::vector<std::string>& words) {
  std::vector<std::string> plain;
  for (size_t i = 0; i < words.size(); ++i) {
    const bool after_flag = !plain.empty() && IsFlag(plain.back());
    if (words[i] != "=" || !after_flag) {
      plain.push_back(words[i]);
    } else if (i + 1 == words.size()) {
      plain.emplace_back();  // the value is still empty
    }
  }
  return plain;
}

}  // namespace

const CLI::Option* FindFlag(const CLI::App& app, const std::string& flag) {
  for (const CLI::App* at = &app; at != nullptr; at = at->get_parent()) {
    for (const CLI::Option* option : at->get_options()) {
      const bool is_long = flag.rfind("--", 0) == 0;
      if (is_long ? option->check_lname(flag.substr(2)) : option->check_sname(flag.substr(1))) {
        return option;
      }
    }
  }
  return nullptr;
}

WordPath FollowWords(const CLI::App& root, const std::vector<std::string>& words) {
  WordPath path;
  path.app = &root;
  int taken = 0;
  bool only_arguments = false;
  for (const std::string& word : words) {
    if (only_arguments) {  // NOLINT(bugprone-branch-clone): asked before what a word looks like
      ++path.arguments;
    } else if (word == "--") {
      only_arguments = true;
    } else if (IsFlag(word)) {
      const size_t equals = word.find('=');
      const CLI::Option* flag = FindFlag(*path.app, word.substr(0, equals));
      if (flag == nullptr && path.unknown_flag.empty()) {
        path.unknown_flag = word.substr(0, equals);
      }
      const bool needs = flag != nullptr && flag->get_expected_max() > 0;
      path.waits = needs && equals == std::string::npos ? flag : nullptr;
      taken = 0;
    } else if (path.waits != nullptr) {
      if (++taken >= path.waits->get_expected_max()) path.waits = nullptr;
    } else if (const CLI::App* verb = FindVerb(*path.app, word)) {
      path.app = verb;
    } else if (path.app->get_require_subcommand_min() > 0) {
      path.unknown_verb = word;
      return path;
    } else {
      ++path.arguments;
    }
  }
  return path;
}

std::vector<std::string> JoinBooleans(const CLI::App& root, const std::vector<std::string>& words) {
  std::vector<std::string> joined;
  for (const std::string& word : words) {
    const bool says = word == "true" || word == "false";
    if (says && !joined.empty() && IsFlag(joined.back())) {
      const CLI::App& verb = *FollowWords(root, joined).app;
      const CLI::Option* flag = FindFlag(verb, joined.back());
      if (flag != nullptr && flag->get_expected_max() == 0) {
        joined.back() += "=" + word;
        continue;
      }
    }
    joined.push_back(word);
  }
  return joined;
}

std::vector<std::string> VerbsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!verb->get_group().empty()) names.push_back(verb->get_name());
  }
  return names;
}

std::vector<std::string> FlagsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* at = &app; at != nullptr; at = at->get_parent()) {
    for (const CLI::Option* option : at->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        if (option->check_lname("version") && at != &app) continue;
        const std::string flag = "--" + name;
        if (std::find(names.begin(), names.end(), flag) == names.end()) names.push_back(flag);
      }
    }
  }
  return names;
}

std::string Nearest(const std::string& word, const std::vector<std::string>& candidates) {
  std::string nearest;
  size_t fewest = std::max<size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const bool begins = word.size() >= 3 && candidate.rfind(word, 0) == 0;
    const size_t edits = begins ? 1 : Edits(word, candidate);
    if (edits < fewest && edits < candidate.size()) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

std::vector<std::string> Completions(const CLI::App& root, const std::vector<std::string>& given) {
  std::vector<std::string> words = WithoutEqualSigns(given);
  if (words.empty()) words.emplace_back();
  const std::string typed = words.back();
  words.pop_back();
  const WordPath path = FollowWords(root, words);
  if (!path.unknown_verb.empty()) return {};
  if (IsFlag(typed) || typed == "-") {
    const size_t equals = typed.find('=');
    if (equals == std::string::npos) return StartingWith(typed, FlagsOf(*path.app));
    const CLI::Option* flag = FindFlag(*path.app, typed.substr(0, equals));
    if (flag == nullptr) return {};
    return ValueWords(*flag, typed.substr(equals + 1));
  }
  if (path.waits != nullptr) return ValueWords(*path.waits, typed);
  if (const std::vector<std::string> verbs = VerbsOf(*path.app); !verbs.empty()) {
    return StartingWith(typed, verbs);
  }
  size_t place = 0;
  const CLI::Option* last = nullptr;
  for (const CLI::Option* option : path.app->get_options()) {
    if (!option->get_positional()) continue;
    last = option;
    if (place++ == path.arguments) return ValueWords(*option, typed);
  }
  const bool repeats = last != nullptr && last->get_expected_max() > 1;
  return repeats ? ValueWords(*last, typed) : std::vector<std::string>();
}

}  // namespace matchgo::help
