#include "services/matchgo/help/help_page.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "services/matchgo/help/api_comments.h"
#include "services/matchgo/terminal/terminal.h"

namespace matchgo::help {
namespace {

// Where explanations begin: names that need more go on a line of their own.
constexpr size_t kColumn = 26;

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

size_t LongestWord(const std::string& text) {
  size_t longest = 0;
  std::istringstream words(text);
  for (std::string word; words >> word;) longest = std::max(longest, terminal::Width(word));
  return longest;
}

// `head` in the first column, the paragraphs beside it; below it where a name is too long for that.
std::string Beside(const std::string& head, const std::string& text, size_t column, size_t width) {
  if (column + LongestWord(text) > width) {
    std::string below = head + "\n";
    for (const std::string& line : Lines(text)) below += terminal::Wrap(line, width, "      ");
    return below;
  }
  const std::string indent(column, ' ');
  std::string body;
  for (const std::string& line : Lines(text)) body += terminal::Wrap(line, width, indent);
  if (body.empty()) return head + "\n";
  if (terminal::Width(head) + 2 > column) return head + "\n" + body;
  return terminal::Fit(head, column) + body.substr(column);
}

// Verbs made by hand and verbs of the API read alike: a capital, and a full stop. A word that is a
// path, a name of a program or a value stays as it is.
std::string Sentence(std::string text) {
  const size_t word = std::min(text.find_first_of(" \n"), text.size());
  const std::string first = text.substr(0, word);
  const bool plain = std::all_of(first.begin(), first.end(), [](char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == ',' || c == '-';
  });
  if (text.empty() || (word == text.size() && !plain)) return text;  // "rounds/{round}"
  if (plain) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  const char last = text.back();
  const bool range = last == ')' && text.find(". ") != std::string::npos;  // "How many. (1..9)"
  const bool one = text.find('\n') == std::string::npos;  // paragraphs have stops of their own
  if (one && !range && std::string(".:!?").find(last) == std::string::npos) text += ".";
  return text;
}

struct Translated {
  const char* en;
  const char* nl;
};

constexpr Translated kGroups[] = {{kFlags, "Vlaggen"},
                                  {kRecordFlags, "Velden van het record (* = verplicht)"},
                                  {kGlobalFlags, "Vlaggen die overal gelden"},
                                  {kRecordVerbs, "Records en hun werkwoorden"},
                                  {kVerbs, "Werkwoorden"}};

bool IsHelp(const CLI::Option& option) { return option.check_lname("help"); }

bool IsRepeated(const CLI::Option& option) { return option.get_expected_max() > 1; }

template <class Name>
void AddOnce(const Name& name, std::vector<std::string>* names) {
  if (std::find(names->begin(), names->end(), name) == names->end()) names->push_back(name);
}

}  // namespace

std::string PathOf(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  return parent == nullptr ? app.get_name() : PathOf(*parent) + " " + app.get_name();
}

std::string NameOf(const CLI::Option& option) {
  if (option.get_positional()) return option.get_name(true);
  std::string name;
  for (const std::string& letter : option.get_snames()) name += "-" + letter + ", ";
  for (const std::string& word : option.get_lnames()) name += "--" + word;
  const std::string type = option.get_type_name();
  if (type.empty() || (option.get_expected_max() == 0 && type != kOrFalse)) return name;
  return name + " " + type + (IsRepeated(option) ? "..." : "");
}

std::vector<std::string> ValuesOf(const CLI::Option& option) {
  std::vector<std::string> values;
  for (const std::string& line : Lines(option.get_description())) {
    const size_t tab = line.find('\t');
    if (tab != std::string::npos) values.push_back(line.substr(0, tab));
  }
  return values;
}

std::string HelpPage::Usage(const CLI::App& app) const {
  std::string usage = PathOf(app);
  bool others = false;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      const std::string name = option->get_name(true) + (IsRepeated(*option) ? "..." : "");
      usage += option->get_required() ? " " + name : " [" + name + "]";
    } else if (option->get_required()) {
      usage += " " + NameOf(*option);
    } else {
      others = others || !IsHelp(*option);
    }
  }
  if (app.get_require_subcommand_min() > 0) usage += Say(" WERKWOORD", " VERB");
  if (others) usage += Say(" [vlaggen]", " [flags]");
  const std::string lead = Say("Gebruik: ", "Usage: ");
  return lead + terminal::Wrap(usage, width_, std::string(lead.size(), ' ')).substr(lead.size());
}

std::string HelpPage::OptionLines(const CLI::Option& option) const {
  std::string text;
  std::vector<std::pair<std::string, std::string>> values;
  for (const std::string& line : Lines(option.get_description())) {
    const size_t tab = line.find('\t');
    if (tab == std::string::npos) {
      text += line + "\n";
    } else {
      values.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    }
  }
  while (!text.empty() && text.back() == '\n') text.pop_back();
  text = Sentence(text);
  if (option.get_required()) {
    if (!text.empty()) text += " ";
    text += Say("(verplicht)", "(required)");
  }
  std::string lines = Beside("  " + NameOf(option), text, kColumn, width_);
  const bool meanings = std::any_of(values.begin(), values.end(),
                                    [](const auto& value) { return !value.second.empty(); });
  if (!meanings && !values.empty()) {
    std::string words;
    for (const auto& [word, meaning] : values) words += (words.empty() ? "" : ", ") + word;
    return lines + terminal::Wrap(words, width_, std::string(kColumn, ' '));
  }
  size_t widest = 0;
  for (const auto& [word, meaning] : values) widest = std::max(widest, terminal::Width(word));
  const size_t column = kColumn + std::min<size_t>(widest, 26) + 2;
  for (const auto& [word, meaning] : values) {
    lines += Beside(std::string(kColumn, ' ') + word, meaning, column, width_);
  }
  return lines;
}

std::string HelpPage::Options(const CLI::App& app) const {
  std::string text;
  std::vector<std::string> groups;
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      if (text.empty()) text = std::string("\n") + Say("Argumenten", "Arguments") + ":\n";
      text += OptionLines(*option);
    } else if (!option->get_group().empty()) {
      AddOnce(option->get_group(), &groups);
    }
  }
  for (const std::string& group : groups) {
    std::string lines;
    for (const CLI::Option* option : app.get_options()) {
      if (option->get_positional() || option->get_group() != group) continue;
      if (app.get_parent() == nullptr || !IsHelp(*option)) lines += OptionLines(*option);
    }
    if (lines.empty()) continue;
    std::string title = group == "Options" ? kFlags : group;
    for (const Translated& known : kGroups) {
      if (title == known.en) title = Say(known.nl, known.en);
    }
    text.append("\n").append(title).append(":\n").append(lines);
  }
  return text;
}

std::string HelpPage::Verbs(const CLI::App& app) const {
  const auto verbs = app.get_subcommands([](const CLI::App*) { return true; });
  std::vector<std::string> groups;
  for (const CLI::App* verb : verbs) {
    if (!verb->get_group().empty()) AddOnce(verb->get_group(), &groups);
  }
  std::string text;
  for (const std::string& group : groups) {
    std::string title = group == "Subcommands" ? kVerbs : group;
    for (const Translated& known : kGroups) {
      if (title == known.en) title = Say(known.nl, known.en);
    }
    text += "\n" + title + ":\n";
    for (const CLI::App* verb : verbs) {
      if (verb->get_group() != group) continue;
      text += Beside("  " + verb->get_name(), Sentence(FirstSentence(verb->get_description())), 18,
                     width_);
    }
  }
  return text;
}

std::string HelpPage::make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const {
  const CLI::App& page = *app;
  std::string text;
  for (const std::string& line : Lines(Sentence(page.get_description()))) {
    text += terminal::Wrap(line, width_, "");
  }
  text += "\n" + Usage(page) + Verbs(page) + Options(page);
  for (const std::string& line : Lines(page.get_footer())) text += line + "\n";
  if (page.get_parent() != nullptr) {
    const std::string more = Say("Vlaggen die overal gelden (--json, --lang, --data, ...): ",
                                 "Flags that work everywhere (--json, --lang, --data, ...): ");
    text += "\n" + terminal::Wrap(more + "matchgo --help", width_, "");
  }
  return text;
}

}  // namespace matchgo::help
