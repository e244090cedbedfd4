// The one binary: `matchgo serve profiles` is one service, `matchgo serve --all` is all of them;
// its other verbs are the operator's. This file is the table of contents.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/wrong_use.h"
#include "services/matchgo/help/help_page.h"
#include "services/matchgo/help/word_path.h"

namespace {

using matchgo::commands::Context;

constexpr char kFooterEn[] = R"(
First steps:
  matchgo demo                      see career switches happen, in half a minute
  matchgo demo --stay               the same, and keep serving
  matchgo serve --all               all services in one process, data in --data
  matchgo import catalogue          load the built-in programmes into them
  matchgo vacancy list --state published
  matchgo explain ROUND SWITCHER    why matched, or why not
  matchgo suggest SWITCHER          what you could become
  matchgo doctor                    does everything run, and what to do if not
  source <(matchgo completion)      complete words with the tab key (bash)
  matchgo clear --market M --outcome O   clear a market file, then `check` it

Every verb has --help, or `matchgo help VERB`; --help-all prints all pages.
Records are tables for people, JSON with --json; NO_COLOR=1 switches colour off.
A bare id stands for its name: ROUND is "3fp7..." or "rounds/3fp7...".

Exit codes: 0 done; 1 refused, or it failed; 2 wrong use or input; 3 service not
reachable or too busy, try again; 4 a check found a difference (round replay,
doctor, check); 130 the demo was stopped with Ctrl-C before its end.)";

constexpr char kFooterNl[] = R"(
Eerste stappen:
  matchgo demo                      zie mensen overstappen, in een halve minuut
  matchgo demo --stay               hetzelfde, en blijf draaien
  matchgo serve --all               alle diensten in een proces, data in --data
  matchgo import catalogue          laad de ingebouwde opleidingen
  matchgo vacancy list --state published
  matchgo explain RONDE SWITCHER    waarom wel of niet gematcht
  matchgo suggest SWITCHER          wat u kunt worden
  matchgo doctor                    draait alles, en zo niet: wat te doen
  source <(matchgo completion)      aanvullen met de tabtoets (bash)
  matchgo clear --market M --outcome U   verdeel een marktbestand; dan `check`

Elk werkwoord heeft --help, of `matchgo help WERKWOORD`; --help-all print alle
bladzijden. Records zijn tabellen voor mensen, JSON met --json; NO_COLOR=1 zet
kleur uit. Een los id staat voor de naam: RONDE is "3fp7..." of
"rounds/3fp7...". Namen van werkwoorden en vlaggen zijn Engels, als in de API.

Exitcodes: 0 gelukt; 1 geweigerd of mislukt; 2 verkeerd gebruik of verkeerde
invoer; 3 dienst niet bereikbaar of te druk, probeer opnieuw; 4 een controle
vond een verschil (round replay, doctor, check); 130 de demo is voor het einde
met Ctrl-C gestopt.)";

std::string RoleHelp(const Context& context) {
  std::string help = context.Say("rol waarin u handelt (ops)", "role to act in (ops)");
  for (const matchgo::Role role :
       {matchgo::Role::kOps, matchgo::Role::kPartner, matchgo::Role::kEmployer,
        matchgo::Role::kOpleiderUser, matchgo::Role::kOpleiderAdmin, matchgo::Role::kCoach,
        matchgo::Role::kSwitcher, matchgo::Role::kAuditor, matchgo::Role::kService,
        matchgo::Role::kAnonymous}) {
    help += "\n" + std::string(matchgo::FormatRole(role)) + "\t";
  }
  return help;
}

void AddAddressFlags(CLI::App& app, Context& context) {
  app.add_option("--server", context.server,
                 context.Say("adres van een dienst: unix:PAD of HOST:POORT (standaard: de sockets "
                             "in --data); ook MATCHGO_SERVER",
                             "address of a service: unix:PATH or HOST:PORT (default: the sockets "
                             "in --data); also MATCHGO_SERVER"))
      ->envname("MATCHGO_SERVER")
      ->type_name(context.Say("ADRES", "ADDRESS"));
  app.add_option_function<std::string>(
         "--data",
         [&context](const std::string& folder) {
           context.data = folder;
           context.data_given = true;
         },
         context.Say("datamap; ook MATCHGO_DATA (standaard ",
                     "data folder; also MATCHGO_DATA (default ") +
             context.data.string() + ")")
      ->type_name("FOLDER");
}

void AddGlobalFlags(CLI::App& app, Context& context, std::string& language) {
  app.option_defaults()->group(matchgo::help::kGlobalFlags);
  app.add_flag("--json", context.json,
               context.Say("print JSON in plaats van tabellen", "print JSON instead of tables"));
  app.add_flag("--quiet", context.quiet,
               context.Say("geen voortgang en tips op stderr", "no progress and hints on stderr"));
  app.add_option("--lang", language,
                 context.Say("taal van de uitvoer (standaard: volgens LANG)\nnl\tNederlands\n"
                             "en\tEngels",
                             "language of the output (default: from LANG)\nnl\tDutch\n"
                             "en\tEnglish"))
      ->type_name(context.Say("TAAL", "LANGUAGE"))
      ->check(matchgo::commands::OneOf(context, {"nl", "en"}));
  AddAddressFlags(app, context);
  app.add_option_function<std::string>(
         "--as",
         [&context](const std::string& word) {
           context.principal.role = *matchgo::ParseRole(word);
         },
         RoleHelp(context))
      ->type_name(context.Say("ROL", "ROLE"))
      ->check([&context](const std::string& word) {
        return std::string(matchgo::ParseRole(word).has_value()
                               ? ""
                               : context.Say("is geen rol; zie matchgo --help",
                                             "is not a role; see matchgo --help"));
      });
  app.add_option("--principal", context.principal.id,
                 context.Say("id van wie handelt, zoals p.jansen; nodig om een aanbod te "
                             "beantwoorden of een uitkomst te bevestigen; ook MATCHGO_PRINCIPAL",
                             "id of the person who acts, such as p.jansen; needed to answer an "
                             "offer or to confirm an outcome; also MATCHGO_PRINCIPAL"))
      ->envname("MATCHGO_PRINCIPAL")
      ->type_name("ID");
  app.add_option_function<std::string>(
         "--tenant",
         [&context](const std::string& id) { context.principal.tenant = matchgo::TenantId(id); },
         context.Say("organisatie namens wie u handelt: het id van een werkgever of opleider",
                     "organisation that is acted for: the id of an employer or opleider"))
      ->type_name("ID");
  app.option_defaults()->group("Options");
}

// Flags win over LANG; anything but Dutch speaks English.
matchgo::terminal::Language ChooseLanguage(const std::string& flag) {
  if (const auto chosen = matchgo::terminal::ParseLanguage(flag)) return *chosen;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return matchgo::terminal::ParseLanguage(value).value_or(matchgo::terminal::Language::kEnglish);
  }
  return matchgo::terminal::Language::kEnglish;
}

// Help is made before flags are parsed, so the language is looked up by hand.
std::string LanguageFlag(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--lang" && i + 1 < argc) return argv[i + 1];
    if (word.rfind("--lang=", 0) == 0) return word.substr(7);
  }
  return "";
}

void AddVerbs(CLI::App& app, Context& context) {
  matchgo::commands::AddDemo(app, context);
  matchgo::commands::AddServe(app, context);
  matchgo::commands::AddDoctor(app, context);
  matchgo::commands::AddResources(app, context);
  matchgo::commands::AddExplain(app, context);
  matchgo::commands::AddSuggest(app, context);
  matchgo::commands::AddImport(app, context);
  matchgo::commands::AddExport(app, context);
  matchgo::commands::AddClear(app, context);
  matchgo::commands::AddCheck(app, context);
  matchgo::commands::AddBound(app, context);
  matchgo::commands::AddMarket(app, context);
  matchgo::commands::AddCatalogue(app, context);
  matchgo::commands::AddCompletion(app, context);
}

// What the shell's completion asks: one candidate a line.
int Complete(const CLI::App& app, const std::vector<std::string>& words) {
  for (const std::string& word : matchgo::help::Completions(app, words)) std::cout << word << "\n";
  return matchgo::commands::kDone;
}

// Every page of help, below its path: to search in, or to read in one go.
void PrintPages(const CLI::App& app) {
  std::cout << "# " << matchgo::help::PathOf(app) << "\n\n" << app.help() << "\n";
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    PrintPages(*verb);
  }
}

// `matchgo help vacancy list` is what somebody tries first: the page of the words after it.
std::vector<std::string> WithoutHelpVerb(const CLI::App& app, std::vector<std::string> words) {
  if (matchgo::help::FollowWords(app, words).unknown_verb != "help") return words;
  words.erase(std::find(words.begin(), words.end(), "help"));
  words.emplace_back("--help");
  return words;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  Context context;
  context.data = matchgo::commands::DefaultDataFolder();
  context.style = matchgo::terminal::StdoutStyle();
  std::string language = LanguageFlag(argc, argv);
  context.language = ChooseLanguage(language);
  context.principal.role = matchgo::Role::kOps;  // who it is, only --principal can say

  CLI::App app{context.Say("matchgo: van werk naar werk, met baan en opleiding tegelijk.",
                           "matchgo: from work to work, with a job and a programme at once."),
               "matchgo"};
  app.formatter(std::make_shared<matchgo::help::HelpPage>(
      context.language, std::min<size_t>(context.style.width, 110)));
  app.set_help_flag("-h,--help", context.Say("deze uitleg, of die van een werkwoord",
                                             "this page, or that of a verb"))
      ->group(matchgo::help::kGlobalFlags);
  const std::string all_pages = context.Say("alle bladzijden na elkaar", "all pages in a row");
  app.add_flag("--help-all", all_pages)->group(matchgo::help::kGlobalFlags);
  app.set_version_flag("--version", std::string("matchgo ") + MATCHGO_VERSION,
                       context.Say("versie", "version"))
      ->group(matchgo::help::kGlobalFlags);
  app.require_subcommand(1);
  app.fallthrough();
  app.option_defaults()->configurable(false);
  AddGlobalFlags(app, context, language);
  AddVerbs(app, context);
  app.footer(context.Say(kFooterNl, kFooterEn));  // last, or every verb would inherit it

  if (!words.empty() && words[0] == "__complete")
    return Complete(app, {words.begin() + 1, words.end()});
  words = WithoutHelpVerb(app, std::move(words));
  // A verb that does not exist must be named even when the rest would not parse either.
  context.json = std::find(words.begin(), words.end(), "--json") != words.end();
  if (words.empty()) {
    std::cerr << app.help();
    return matchgo::commands::kWrongUse;
  }
  if (std::find(words.begin(), words.end(), "--help-all") != words.end()) {
    PrintPages(app);
    return matchgo::commands::kDone;
  }
  if (matchgo::commands::ReportUnknownWord(context, app, words)) {
    return matchgo::commands::kWrongUse;
  }
  words = matchgo::help::JoinBooleans(app, words);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    matchgo::commands::ReportParseError(context, app, words, error);
    return matchgo::commands::kWrongUse;
  }
  return context.exit_code;
}
