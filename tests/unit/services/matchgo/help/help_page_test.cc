#include "services/matchgo/help/help_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "services/matchgo/terminal/terminal.h"

namespace matchgo::help {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Program {
  explicit Program(terminal::Language language, size_t width = 80) {
    app.name("matchgo");
    app.formatter(std::make_shared<HelpPage>(language, width));
    app.require_subcommand(1);
    app.add_flag("--json", json, "print JSON");
    noun = app.add_subcommand("offer", "an offer");
    noun->require_subcommand(1);
    verb = noun->add_subcommand("answer", "A party answers. The last yes makes the contract.");
    verb->add_option("name", name, "offers/{offer}")->required();
    verb->add_option("--decision", decision, "Yes or no.\naccept\tYes.\ndecline\tNo.")
        ->type_name("WORD")
        ->required();
    app.footer("\nFirst steps");
  }
  CLI::App app{"from work to work"};
  CLI::App* noun = nullptr;
  CLI::App* verb = nullptr;
  bool json = false;
  std::string name;
  std::string decision;
};

TEST(HelpPageTest, ListsFirstSentencesAndTellsAllOnTheVerbsOwnPage) {
  const Program program(terminal::Language::kEnglish);
  EXPECT_THAT(program.noun->help(), AllOf(HasSubstr("answer"), HasSubstr("A party answers."),
                                          Not(HasSubstr("last yes"))));
  EXPECT_THAT(program.verb->help(), HasSubstr("The last yes makes the contract."));
}

TEST(HelpPageTest, MarksWhatIsRequiredAndExplainsValues) {
  const Program program(terminal::Language::kEnglish);
  EXPECT_THAT(program.verb->help(),
              AllOf(HasSubstr("Usage: matchgo offer answer name --decision WORD"),
                    HasSubstr("Yes or no. (required)"), HasSubstr("accept   Yes.")));
  EXPECT_EQ(ValuesOf(*program.verb->get_option("--decision")),
            (std::vector<std::string>{"accept", "decline"}));
}

TEST(HelpPageTest, SpeaksInSentencesWhoeverWroteIt) {
  const Program program(terminal::Language::kEnglish);
  EXPECT_THAT(program.app.help(), AllOf(HasSubstr("An offer."), HasSubstr("Print JSON.")));
  const std::string page = program.verb->help();
  EXPECT_THAT(page, AllOf(HasSubstr("offers/{offer} (required)"), Not(HasSubstr("Offers/"))));
}

TEST(HelpPageTest, ShowsThatABooleanMayHaveAValue) {
  Program program(terminal::Language::kEnglish);
  std::vector<std::string> texts;
  program.verb->add_flag("--ended", texts, "only those that ended")->type_name(kOrFalse);
  EXPECT_THAT(program.verb->help(), HasSubstr("--ended [true|false]"));
}

TEST(HelpPageTest, KeepsTheFooterOnTheFirstPage) {
  const Program program(terminal::Language::kEnglish);
  EXPECT_THAT(program.app.help(), HasSubstr("First steps"));
  EXPECT_THAT(program.verb->help(), Not(HasSubstr("First steps")));
  EXPECT_THAT(program.verb->help(), HasSubstr("matchgo --help"));
}

TEST(HelpPageTest, HasADutchFrame) {
  const Program program(terminal::Language::kDutch);
  EXPECT_THAT(program.verb->help(),
              AllOf(HasSubstr("Gebruik: "), HasSubstr("(verplicht)"), HasSubstr("Argumenten:"),
                    Not(HasSubstr("Usage")), Not(HasSubstr("required"))));
}

TEST(HelpPageTest, FitsTheTerminal) {
  for (const size_t width : {60u, 80u, 110u}) {
    Program program(terminal::Language::kEnglish, width);
    program.verb->add_option("--reason", program.name,
                             "Why not, for the record: DISTANCE, SALARY, TIMING, OTHER_JOB, FIT, "
                             "PERSONAL, OTHER, and whatever else there may be to say about it.");
    std::istringstream lines(program.verb->help());
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(terminal::Width(line), width) << line;
    }
  }
}

}  // namespace
}  // namespace matchgo::help
