// matchgo completion: a bash completion script made from the verbs themselves.
#include <iostream>

#include "services/matchgo/commands/context.h"

namespace matchgo::commands {
namespace {

void AddWords(const CLI::App& app, const std::string& path, std::ostream& out) {
  out << "    '" << path << "') words='";
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    out << verb->get_name() << " ";
  }
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) out << "--" << name << " ";
  }
  out << "' ;;\n";
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    AddWords(*verb, path.empty() ? verb->get_name() : path + " " + verb->get_name(), out);
  }
}

}  // namespace

void AddCompletion(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "completion", context.Say("script voor aanvullen in bash: source <(matchgo completion)",
                                "bash completion script: source <(matchgo completion)"));
  command->callback([&app, &context] {
    std::cout << "_matchgo() {\n  local words path='' i\n"
                 "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                 "    [[ ${COMP_WORDS[i]} == -* ]] || path=\"${path:+$path }${COMP_WORDS[i]}\"\n"
                 "  done\n  case \"$path\" in\n";
    AddWords(app, "", std::cout);
    std::cout << "    *) words='' ;;\n  esac\n"
                 "  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
                 "}\ncomplete -F _matchgo matchgo\n";
    context.exit_code = kDone;
  });
}

}  // namespace matchgo::commands
