#include "services/matchgo/commands/wrong_use.h"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>

#include "services/matchgo/help/help_page.h"
#include "services/matchgo/help/word_path.h"

namespace matchgo::commands {
namespace {

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void Tell(const Context& context, const std::string& reason, const std::string& text,
          const std::vector<std::string>& advice) {
  if (context.json) {
    nlohmann::json problem = {{"reason", reason}, {"text", text}};
    if (!advice.empty()) problem["advice"] = Joined(advice);
    std::cerr << problem.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    return;
  }
  std::cerr << "matchgo: " << text << "\n";
  for (const std::string& line : advice) {
    std::cerr << terminal::Wrap(line, context.style.width, "  ");
  }
}

std::string ReadMore(const Context& context, const CLI::App& app) {
  return context.Say("Meer: ", "More: ") + help::PathOf(app) + " --help";
}

// "did you mean `list`?"
std::string Meant(const Context& context, const std::string& nearest) {
  if (nearest.empty()) return "";
  return std::string(context.Say("; bedoelde u `", "; did you mean `")) + nearest + "`?";
}

bool EndsWith(const std::string& text, const std::string& end) { return text.ends_with(end); }

// The parser's sentences are English and name the flag in front; ours follow the language.
std::string Translated(const Context& context, const CLI::ParseError& error) {
  std::string text = error.what();
  const std::string required = " is required";
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && EndsWith(text, required)) {
    const std::string name = text.substr(0, text.size() - required.size());
    if (name == "A subcommand")
      return context.Say("er ontbreekt een werkwoord", "a verb is missing");
    return name + context.Say(" ontbreekt", " is missing");
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return std::string(context.Say("te veel woorden: ", "more words than expected: ")) +
           text.substr(text.find(": ") == std::string::npos ? 0 : text.find(": ") + 2);
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const std::string name = text.substr(0, text.find(':'));
    return name.find(' ') == std::string::npos
               ? name + context.Say(" wil een waarde", " wants a value")
               : context.Say("een vlag kreeg te veel of te weinig waarden",
                             "a flag got too many or too few values");
  }
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
    return std::string(context.Say("dit is geen waarde van de gevraagde soort: ",
                                   "this is not a value of the kind asked: ")) +
           text.substr(text.find(": ") == std::string::npos ? 0 : text.find(": ") + 2);
  }
  return text;
}

// Where the value of a missing argument is found: in a list beside the verb, or as its help says.
std::string WhereToFind(const Context& context, const CLI::App& verb,
                        const CLI::ParseError& error) {
  const std::string text = error.what();
  if (dynamic_cast<const CLI::RequiredError*>(&error) == nullptr) return "";
  const CLI::Option* missing = verb.get_option_no_throw(text.substr(0, text.find(' ')));
  if (missing == nullptr) return "";
  const CLI::App* noun = verb.get_parent();
  const std::vector<std::string> beside =
      noun == nullptr ? std::vector<std::string>() : help::VerbsOf(*noun);
  if (missing->get_positional() &&
      std::find(beside.begin(), beside.end(), "list") != beside.end()) {
    return context.Say("Zie ", "See ") + help::PathOf(*noun) + " list";
  }
  const std::string& help = missing->get_description();
  return help::NameOf(*missing) + ": " + help.substr(0, help.find('\n'));
}

}  // namespace

std::function<std::string(const std::string&)> OneOf(const Context& context,
                                                     std::vector<std::string> words) {
  return [&context, words = std::move(words)](const std::string& word) -> std::string {
    if (std::find(words.begin(), words.end(), word) != words.end()) return "";
    return context.Say("kies uit ", "choose from ") + Joined(words) +
           Meant(context, help::Nearest(word, words));
  };
}

std::function<std::string(const std::string&)> Between(const Context& context, int64_t least,
                                                       int64_t most) {
  return [&context, least, most](const std::string& text) -> std::string {
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (whole && number >= least && number <= most) return "";
    return context.Say("een getal van ", "a number from ") + std::to_string(least) +
           context.Say(" tot en met ", " to ") + std::to_string(most);
  };
}

bool ReportUnknownWord(const Context& context, const CLI::App& app,
                       const std::vector<std::string>& words) {
  const help::WordPath path = help::FollowWords(app, words);
  const std::string at = help::PathOf(*path.app);
  if (!path.unknown_verb.empty()) {
    const std::vector<std::string> verbs = help::VerbsOf(*path.app);
    const std::string nearest = help::Nearest(path.unknown_verb, verbs);
    Tell(
        context, "UNKNOWN_VERB",
        at + context.Say(" kent `", " has no verb `") + path.unknown_verb +
            context.Say("` niet", "`") + Meant(context, nearest),
        {context.Say("Er is: ", "There is: ") + Joined(verbs) + ".", ReadMore(context, *path.app)});
    return true;
  }
  if (path.unknown_flag.empty()) return false;
  const std::string nearest = help::Nearest(path.unknown_flag, help::FlagsOf(*path.app));
  Tell(context, "UNKNOWN_FLAG",
       at + context.Say(" kent de vlag ", " has no flag ") + path.unknown_flag +
           context.Say(" niet", "") + Meant(context, nearest),
       {ReadMore(context, *path.app)});
  return true;
}

void ReportParseError(const Context& context, const CLI::App& app,
                      const std::vector<std::string>& words, const CLI::ParseError& error) {
  const CLI::App& verb = *help::FollowWords(app, words).app;
  std::vector<std::string> advice;
  if (const std::vector<std::string> verbs = help::VerbsOf(verb); !verbs.empty()) {
    advice.push_back(context.Say("Er is: ", "There is: ") + Joined(verbs) + ".");
  }
  if (const std::string where = WhereToFind(context, verb, error); !where.empty()) {
    advice.push_back(where);
  }
  advice.push_back(ReadMore(context, verb));
  Tell(context, "WRONG_USE", help::PathOf(verb) + ": " + Translated(context, error), advice);
}

}  // namespace matchgo::commands
