#include "services/matchgo/help/word_path.h"

#include <gtest/gtest.h>

namespace matchgo::help {
namespace {

using Words = std::vector<std::string>;

struct Program {
  Program() {
    app.name("matchgo");
    app.require_subcommand(1);
    app.add_flag("--json", json, "");
    app.add_option("--data", text, "")->type_name("FOLDER");
    auto* vacancy = app.add_subcommand("vacancy", "");
    vacancy->require_subcommand(1);
    auto* list = vacancy->add_subcommand("list", "");
    list->add_option("--state", text, "In this state.\ndraft\tA\npublished\tB\nclosed\tC");
    list->add_option("--sector", text, "");
    vacancy->add_subcommand("publish", "")->add_option("name", text, "");
    auto* serve = app.add_subcommand("serve", "");
    serve->add_option("services", list_of, "which\nprofiles\t\nvacancies\t");
    serve->add_flag("--all", json, "");
  }
  CLI::App app;
  bool json = false;
  std::string text;
  std::vector<std::string> list_of;
};

TEST(WordPathTest, ValuesOfFlagsAreNoVerbs) {
  const Program program;
  const WordPath path = FollowWords(program.app, {"--data", "serve", "vacancy", "list"});
  EXPECT_EQ(path.app->get_name(), "list");
  EXPECT_TRUE(path.unknown_verb.empty());
  EXPECT_EQ(FollowWords(program.app, {"vacancy", "list", "--state"}).waits->get_name(), "--state");
}

TEST(WordPathTest, NamesWhatItDoesNotKnow) {
  const Program program;
  EXPECT_EQ(FollowWords(program.app, {"vacancy", "lst"}).unknown_verb, "lst");
  EXPECT_EQ(FollowWords(program.app, {"vacancy", "list", "--stat=x"}).unknown_flag, "--stat");
  EXPECT_EQ(FollowWords(program.app, {"vacancy", "publish", "x"}).unknown_verb, "");
  EXPECT_EQ(FollowWords(program.app, {"vacancy", "list", "--sector", "-5"}).unknown_flag, "");
  EXPECT_EQ(FollowWords(program.app, {"vacancy", "publish", "--", "--x"}).unknown_flag, "");
}

TEST(WordPathTest, ABooleanMayHaveItsValueAsAWord) {
  const Program program;
  EXPECT_EQ(JoinBooleans(program.app, {"--json", "false", "serve", "--all", "true", "profiles"}),
            (Words{"--json=false", "serve", "--all=true", "profiles"}));
  EXPECT_EQ(JoinBooleans(program.app, {"vacancy", "list", "--sector", "true"}),
            (Words{"vacancy", "list", "--sector", "true"}));
  EXPECT_EQ(JoinBooleans(program.app, {"vacancy", "publish", "true"}),
            (Words{"vacancy", "publish", "true"}));
}

TEST(NearestTest, IsWhatWasProbablyMeant) {
  struct Row {
    const char* name;
    const char* word;
    const char* nearest;
  };
  for (const Row& row :
       {Row{"a letter too few", "lst", "list"}, Row{"two letters turned", "udpate", "update"},
        Row{"the beginning", "pub", "publish"}, Row{"something else", "frobnicate", ""}}) {
    EXPECT_EQ(Nearest(row.word, {"create", "list", "publish", "update"}), row.nearest) << row.name;
  }
}

TEST(CompletionTest, OffersVerbsFlagsAndValues) {
  const Program program;
  struct Row {
    const char* name;
    Words words;
    Words candidates;
  };
  for (const Row& row :
       {Row{"verbs", {"va"}, {"vacancy"}},
        Row{"verbs of a noun", {"vacancy", ""}, {"list", "publish"}},
        Row{"after a flag with a value", {"--data", "x", "vacancy", "l"}, {"list"}},
        Row{"a verb as the value of a flag", {"--data", "vacancy", "se"}, {"serve"}},
        Row{"flags", {"vacancy", "list", "--s"}, {"--state", "--sector"}},
        Row{"global flags behind a verb", {"vacancy", "list", "--js"}, {"--json"}},
        Row{"values of an enum",
            {"vacancy", "list", "--state", ""},
            {"draft", "published", "closed"}},
        Row{"values behind an equals sign",
            {"vacancy", "list", "--state", "=", "pu"},
            {"published"}},
        Row{"the same as one word", {"vacancy", "list", "--state=pu"}, {"published"}},
        Row{"files", {"--data", ""}, {kFiles}},
        Row{"arguments of a verb, again and again", {"serve", "profiles", "v"}, {"vacancies"}},
        Row{"nothing known", {"vacancy", "publish", ""}, {}}}) {
    EXPECT_EQ(Completions(program.app, row.words), row.candidates) << row.name;
  }
}

}  // namespace
}  // namespace matchgo::help
