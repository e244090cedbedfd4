#include "services/matchgo/commands/wrong_use.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace matchgo::commands {
namespace {

using testing::AllOf;
using testing::HasSubstr;

struct Program {
  Program() {
    app.name("matchgo");
    app.require_subcommand(1);
    auto* vacancy = app.add_subcommand("vacancy", "");
    vacancy->require_subcommand(1);
    auto* list = vacancy->add_subcommand("list", "");
    list->add_option("--limit", text, "")->check(Between(context, 1, 10));
    auto* get = vacancy->add_subcommand("get", "");
    get->add_option("name", text, "")->required();
    app.add_subcommand("explain", "")
        ->add_option("round", text, "the round, see somewhere\nmore")
        ->required();
  }

  // What is said about a command line; "" if nothing.
  std::string Said(const std::vector<std::string>& words) {
    testing::internal::CaptureStderr();
    if (!ReportUnknownWord(context, app, words)) {
      std::vector<std::string> reversed(words.rbegin(), words.rend());
      try {
        app.parse(reversed);
      } catch (const CLI::ParseError& error) {
        ReportParseError(context, app, words, error);
      }
    }
    return testing::internal::GetCapturedStderr();
  }

  Context context;
  CLI::App app;
  std::string text;
};

TEST(WrongUseTest, NamesTheWordAndWhatWasMeant) {
  struct Row {
    const char* name;
    std::vector<std::string> words;
    const char* said;
  };
  for (const Row& row :
       {Row{"unknown verb",
            {"vacancy", "lst"},
            "matchgo vacancy has no verb `lst`; did you mean `list`?"},
        Row{"unknown noun", {"vacncy"}, "matchgo has no verb `vacncy`; did you mean `vacancy`?"},
        Row{"nothing like it", {"frobnicate"}, "There is: vacancy, explain."},
        Row{"unknown flag",
            {"vacancy", "list", "--limt", "3"},
            "matchgo vacancy list has no flag --limt; did you mean `--limit`?"},
        Row{"no verb", {"vacancy"}, "matchgo vacancy: a verb is missing"},
        Row{"no argument", {"vacancy", "get"}, "matchgo vacancy get: name is missing"},
        Row{"where it is found", {"vacancy", "get"}, "See matchgo vacancy list"},
        Row{"what it is", {"explain"}, "round: the round, see somewhere"},
        Row{"out of range", {"vacancy", "list", "--limit", "11"}, "--limit: a number from 1 to 10"},
        Row{"one word too many", {"vacancy", "list", "x"}, "more words than expected: x"}}) {
    Program program;
    EXPECT_THAT(program.Said(row.words), HasSubstr(row.said)) << row.name;
  }
}

TEST(WrongUseTest, SpeaksDutch) {
  Program program;
  program.context.language = terminal::Language::kDutch;
  EXPECT_THAT(program.Said({"vacancy", "lst"}),
              AllOf(HasSubstr("matchgo vacancy kent `lst` niet; bedoelde u `list`?"),
                    HasSubstr("Meer: matchgo vacancy --help")));
}

TEST(WrongUseTest, IsOneObjectForPrograms) {
  Program program;
  program.context.json = true;
  const auto problem = nlohmann::json::parse(program.Said({"vacancy", "lst"}));
  EXPECT_EQ(problem["reason"], "UNKNOWN_VERB");
}

}  // namespace
}  // namespace matchgo::commands
