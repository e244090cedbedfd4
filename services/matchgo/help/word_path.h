// Where a command line has come: which verb, which flag waits for a value, what is not known.
//
// Completion and the errors about wrong words share it. Pure. Test:
// tests/unit/services/matchgo/help/word_path_test.cc
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace matchgo::help {

struct WordPath {
  const CLI::App* app = nullptr;       // the verb reached
  const CLI::Option* waits = nullptr;  // a flag whose value comes next
  size_t arguments = 0;                // words given to the verb itself
  std::string unknown_verb;            // the first word that should be a verb and is not
  std::string unknown_flag;            // the first flag that neither the verb nor its parents have
};

WordPath FollowWords(const CLI::App& root, const std::vector<std::string>& words);

// The flag "--state" or "-h" as the verb, or a parent of it, knows it; or null.
const CLI::Option* FindFlag(const CLI::App& app, const std::string& flag);

// "--ended", "true" as one word "--ended=true", for flags that need no value but may have one.
std::vector<std::string> JoinBooleans(const CLI::App& root, const std::vector<std::string>& words);

// The verbs of an app that are shown, and the flags (with dashes) it and its parents know.
std::vector<std::string> VerbsOf(const CLI::App& app);
std::vector<std::string> FlagsOf(const CLI::App& app);

// The candidate with the fewest edits, if few enough that it may be what was meant; "" else.
std::string Nearest(const std::string& word, const std::vector<std::string>& candidates);

// What may come after `words`, the last of which is being typed; kFiles alone: names of files.
inline constexpr char kFiles[] = ":files";
std::vector<std::string> Completions(const CLI::App& root, const std::vector<std::string>& words);

}  // namespace matchgo::help
