// matchgo completion: scripts for bash and zsh that ask the program itself what may come next.
#include <iostream>

#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/wrong_use.h"

namespace matchgo::commands {
namespace {

// The program answers one candidate a line; ":files" alone asks for names of files. A value like
// unix:PATH is one word to the program but several to bash, which matters to nobody here.
constexpr char kBash[] = R"(# matchgo: source <(matchgo completion bash)
_matchgo() {
  local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}" found
  found=$("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ $found == ":files" ]]; then
    local at=""
    [[ $word == @* ]] && at="@"
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -P "$at" -f -- "${word#@}"))
  else
    [[ $word == "=" ]] && word=""
    COMPREPLY=($(compgen -W "$found" -- "${word#--*=}"))
  fi
}
complete -F _matchgo matchgo
)";

constexpr char kZsh[] = R"(#compdef matchgo
# matchgo: source <(matchgo completion zsh)
_matchgo() {
  local -a found
  found=("${(@f)$(${words[1]} __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ ${found[1]} == ":files" ]]; then
    compset -P '@'
    _files
  elif [[ -n ${found[1]} ]]; then
    compset -P '--*='
    compadd -- "${found[@]}"
  fi
}
compdef _matchgo matchgo
)";

}  // namespace

void AddCompletion(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "completion",
      context.Say("Script voor aanvullen met de tabtoets.\nIn bash: source <(matchgo completion)",
                  "Script that completes words with the tab key.\nIn bash: source <(matchgo "
                  "completion)"));
  auto shell = std::make_shared<std::string>("bash");
  command
      ->add_option("shell", *shell,
                   context.Say("voor welke shell (bash)\nbash\t\nzsh\t",
                               "for which shell (bash)\nbash\t\nzsh\t"))
      ->check(OneOf(context, {"bash", "zsh"}));
  command->callback([&context, shell] {
    std::cout << (*shell == "zsh" ? kZsh : kBash);
    context.exit_code = kDone;
  });
}

}  // namespace matchgo::commands
