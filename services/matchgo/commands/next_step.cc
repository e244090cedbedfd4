#include "services/matchgo/commands/next_step.h"

#include <array>
#include <vector>

#include "common/kernel/resource_patterns.h"
#include "matchgo/common/v1/rules.pb.h"
#include "services/matchgo/commands/nearest_skills.h"
#include "services/matchgo/commands/nouns.h"
#include "services/matchgo/commands/printer.h"
#include "services/matchgo/help/api_help.h"

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

// `matchgo vacancy list` of "employers/*/vacancies/*".
std::string ListOf(const std::string& pattern) {
  const size_t end = pattern.rfind("/*");
  if (end == std::string::npos) return "";
  const std::string head = pattern.substr(0, end);
  const Noun* const noun = NounOf(head.substr(head.rfind('/') + 1));
  return noun == nullptr ? "" : "`matchgo " + std::string(noun->word) + " list`";
}

// The pattern of the name that a request asks for: of its record, or of the parent of a new one.
std::string PatternIn(const google::protobuf::Descriptor& request) {
  for (const char* name : {"name", "parent"}) {
    const auto* field = request.FindFieldByName(name);
    if (field != nullptr) return field->options().GetExtension(common::v1::rules).resource();
  }
  const auto* record = help::RecordOf(request);
  const auto* name = record == nullptr ? nullptr : record->message_type()->FindFieldByName("name");
  return name == nullptr ? "" : name->options().GetExtension(common::v1::rules).resource();
}

void CollectSkills(const nlohmann::json& value, std::vector<std::string>* skills) {
  if (value.is_string() && value.get<std::string>().starts_with("skills/")) {
    skills->push_back(value.get<std::string>());
  }
  if (!value.is_structured()) return;
  for (const nlohmann::json& each : value) CollectSkills(each, skills);
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

std::string TemplateNotes(const Context& context, const google::protobuf::Descriptor& record,
                          const nlohmann::json& sample) {
  std::string notes;
  for (int i = 0; i < record.field_count(); ++i) {
    const auto& field = *record.field(i);
    const std::string& pattern = field.options().GetExtension(common::v1::rules).resource();
    const bool everybodys = pattern == names::kSkill || pattern == names::kOccupation;
    const std::string list = ListOf(pattern);
    if (list.empty() || everybodys || !sample.contains(field.name())) continue;
    notes += std::string(context.Say("Vervang `", "Replace `")) + field.name() +
             context.Say("` door een van uzelf: ", "` by one of your own: ") + list +
             context.Say(" toont welke er zijn.\n", " shows which there are.\n");
  }
  return notes;
}

std::string NextAfter(const Context& context, const Status& status,
                      const google::protobuf::Message& request) {
  const std::string reason = ReasonOf(status);
  if (reason == "SKILL_UNKNOWN") {
    std::vector<std::string> skills;
    CollectSkills(ToJson(request), &skills);
    return AdviseOnSkills(context, skills);
  }
  // A name that was looked up first says itself where such names are found.
  std::string pattern = PatternIn(*request.GetDescriptor());
  for (const auto& [key, value] : FactsOf(status)) {
    if (key == "name") pattern = value.substr(0, value.rfind('/')) + "/*";
  }
  const std::string list = ListOf(pattern);
  if (list.empty() || (reason != "NOT_FOUND" && reason != "RESOURCE_NAME")) return "";
  return reason == "NOT_FOUND"
             ? list + context.Say(" toont welke er zijn.", " shows which there are.")
             : std::string(context.Say("Geef de hele naam, zoals ", "Give the whole name, as ")) +
                   list + context.Say(" hem toont.", " shows it.");
}

}  // namespace matchgo::commands
