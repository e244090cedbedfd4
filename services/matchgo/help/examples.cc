// Examples that a generated one cannot show: usual filters, flags that go together, pipes.
#include <array>

#include "services/matchgo/help/api_help.h"

namespace matchgo::help {
namespace {

struct Example {
  const char* noun;
  const char* verb;
  const char* line;
};

constexpr std::array kExamples = {
    Example{"switcher", "create",
            "matchgo switcher create --template > anna.json   # edit it, then:\n"
            "matchgo switcher create --switcher @anna.json\n"
            "matchgo switcher create --switcher @anna.json --profile.hours-max 32"},
    Example{"switcher", "update",
            "matchgo switcher update 0earb0xrfhbnf7xfyjvgab50b5 --profile.travel-km-max 40"},
    Example{"switcher", "list", "matchgo switcher list --json | python3 -m json.tool"},
    Example{"vacancy", "create",
            "matchgo vacancy create --parent 6jjndca2d8w7hxf4syqef6htwd "
            "--title 'Monteur in opleiding' \\\n"
            "    --occupation o-electrician --sector techniek --openings 2 --hours-max 36 \\\n"
            "    --salary-max-cents 340000 --location.postcode 3511 --location.x 1360 \\\n"
            "    --location.y 4560 --requirements.learnable-skills k-solder-electronics \\\n"
            "    --ready-by 2027-12-31 --expires-on 2027-06-30 --publish"},
    Example{"vacancy", "list", "matchgo vacancy list --state published --sector zorg --limit 20"},
    Example{"vacancy", "update",
            "matchgo vacancy update employers/6jjndca2d8w7hxf4syqef6htwd/vacancies/"
            "3pgnm30vk90x6y90r9wjzwfkrr --openings 3"},
    Example{"employer", "create",
            "matchgo employer create --display-name 'Zorggroep Utrecht' --sector zorg"},
    Example{"opleider", "create",
            "matchgo opleider create --display-name 'Hogeschool Utrecht' --kind hogeschool"},
    Example{"start", "list", "matchgo start list --state open --limit 20"},
    Example{"round", "create", "matchgo round create --title 'december 2026'"},
    Example{"round", "advance",
            "matchgo round advance 3fp71kavmbbmsnkjks8nz4sevm --until published"},
    Example{"offer", "list", "matchgo offer list --round 3fp71kavmbbmsnkjks8nz4sevm --state open"},
    Example{"offer", "answer",
            "matchgo offer answer 01kaz91q0xhy077n1br9fyab42 --decision accept --party employer "
            "\\\n    --principal p.jansen\n"
            "matchgo offer answer 01kaz91q0xhy077n1br9fyab42 --decision decline --party switcher "
            "\\\n    --reason DISTANCE --principal p.jansen"},
    Example{"outcome", "list", "matchgo outcome list --unconfirmed"},
    Example{"outcome", "confirm",
            "matchgo outcome confirm \\\n"
            "    rounds/3fp71kavmbbmsnkjks8nz4sevm/outcomes/00rfhwzjd3k6e4xa03zz4ydx44 \\\n"
            "    --reason 'spoke with her; she waits for the next round' --principal p.jansen"},
    Example{"trajectory", "list", "matchgo trajectory list --stage gestart --at-risk"},
    Example{"trajectory", "exit",
            "matchgo trajectory exit 0p3vq8m2s9 --reason assessment_failed \\\n"
            "    --explanation 'the exam was taken twice' --principal p.jansen"},
};

}  // namespace

std::string MoreExamples(const std::string& noun, const std::string& verb) {
  for (const Example& example : kExamples) {
    if (noun == example.noun && verb == example.verb) return example.line;
  }
  return "";
}

}  // namespace matchgo::help
