#include "services/matchgo/commands/next_step.h"

#include <array>

namespace matchgo::commands {
namespace {

struct Step {
  const char* noun;
  const char* verb;
  const char* state;  // only in this state; "": in any
  const char* next;   // {id}: the last part of the name, {name}: all of it
};

constexpr std::array kSteps = {
    Step{"employer", "create", "", "vacancy create --parent {id} --template"},
    Step{"vacancy", "create", "STATE_DRAFT", "vacancy publish {name}"},
    Step{"vacancy", "create", "STATE_PUBLISHED", "round list"},
    Step{"vacancy", "publish", "", "round list"},
    Step{"switcher", "create", "", "switcher get {id}"},
    Step{"switcher", "update", "", "switcher get {id}"},
    Step{"opleider", "create", "", "programme create --parent {id} --template"},
    Step{"programme", "create", "", "start create --parent {name} --template"},
    Step{"start", "create", "", "start list --parent {parent}"},
    Step{"round", "create", "", "round advance {id} --until published"},
    Step{"round", "advance", "STATE_PLANNED", "round advance {id} --until published"},
    Step{"round", "advance", "STATE_COLLECTING", "round advance {id} --until published"},
    Step{"round", "advance", "STATE_FROZEN", "round advance {id} --until published"},
    Step{"round", "advance", "STATE_CLEARED", "round advance {id} --until published"},
    Step{"round", "advance", "STATE_VERIFIED", "round advance {id} --until published"},
    Step{"round", "advance", "STATE_PUBLISHED", "offer list --round {id} --state open"},
    Step{"round", "advance", "STATE_CLOSED", "outcome list --parent {id} --unconfirmed"},
    Step{"offer", "answer", "STATE_OPEN", "offer get {id}"},
    Step{"offer", "answer", "STATE_ACCEPTED", "trajectory list --switcher {switcher}"},
    Step{"offer", "answer", "STATE_DECLINED", "explain {round} {switcher}"},
    Step{"trajectory", "advance", "", "trajectory get {id}"},
};

std::string LastPart(const std::string& name) { return name.substr(name.rfind('/') + 1); }

void Put(const std::string& key, const std::string& value, std::string* text) {
  const size_t at = text->find(key);
  if (at != std::string::npos) text->replace(at, key.size(), value);
}

}  // namespace

std::string NextStep(const Context& context, const std::string& noun, const std::string& verb,
                     const nlohmann::json& record) {
  const std::string name = record.value("name", "");
  if (name.empty()) return "";
  const std::string state = record.value("state", "");
  for (const Step& step : kSteps) {
    if (noun != step.noun || verb != step.verb) continue;
    if (*step.state != '\0' && state != step.state) continue;
    std::string next = step.next;
    Put("{id}", LastPart(name), &next);
    Put("{name}", name, &next);
    const size_t starts = name.rfind("/starts/");
    Put("{parent}", name.substr(0, starts == std::string::npos ? 0 : starts), &next);
    Put("{switcher}", LastPart(record.value("switcher", "")), &next);
    Put("{round}", LastPart(record.value("round", "")), &next);
    return std::string(context.Say("Verder: ", "Next: ")) + "matchgo " + next + "\n";
  }
  return "";
}

}  // namespace matchgo::commands
