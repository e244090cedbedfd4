#include "tests/contract/table_world.h"

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <thread>

#include "common/base/check.h"
#include "common/kernel/role.h"
#include "tests/support/status_matchers.h"
#include "tests/support/wire/message_paths.h"

namespace matchgo::contract {
namespace {

constexpr std::chrono::seconds kPatience{60};

// "vacancies.VacancyService.GetVacancy" -> its full name.
const google::protobuf::MethodDescriptor& MethodOf(const std::string& text) {
  const size_t dot = text.find('.');
  return MethodNamed("matchgo." + text.substr(0, dot) + ".v1" + text.substr(dot));
}

std::string LastPartOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

}  // namespace

std::vector<Json> ReadTable(const std::filesystem::path& file) {
  std::ifstream in(file);
  CHECK(in.good());
  std::vector<Json> lines;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    Json parsed = Json::parse(line, nullptr, false);
    if (parsed.is_discarded()) std::cerr << "not JSON: " << line << "\n";
    CHECK(!parsed.is_discarded());
    lines.push_back(std::move(parsed));
  }
  return lines;
}

void TableWorld::SetUp(const std::vector<Json>& table) {
  for (const Json& line : table) {
    if (line.contains("template")) templates_[line["template"]] = line["value"];
    if (line.contains("setup")) RunStep(line);
  }
}

void TableWorld::RunStep(const Json& line) {
  const Prepared call = Prepare(line);
  const std::string awaited = line.value("until_not", "");
  const std::string pick = line.value("pick", "");
  const auto end = std::chrono::steady_clock::now() + kPatience;
  Answer answer = Call(call);
  // A feed that has not arrived yet arrives by itself.
  while ((answer.ok() ? !pick.empty() && ListAt(*answer.reply, pick).empty()
                      : ReasonOf(answer.status) == awaited) &&
         std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
    answer = Call(call);
  }
  if (!answer.ok() && ReasonOf(answer.status) == line.value("refused", "")) return;
  if (!answer.ok()) {
    std::cerr << line["setup"] << ": " << Describe(answer.status) << "\n"
              << JsonOf(*call.request) << "\n";
  }
  CHECK(answer.ok());
  if (!pick.empty()) {
    const auto items = ListAt(*answer.reply, pick);
    if (items.empty()) std::cerr << line["setup"] << ": nothing to pick\n";
    CHECK(!items.empty());
    answer.reply = CopyOf(*items[0]);
  }
  replies_[line["setup"]] = std::move(answer.reply);
}

TableWorld::Prepared TableWorld::Prepare(const Json& line) {
  Prepared call;
  call.method = &MethodOf(line.at("method"));
  call.who = PrincipalOf(ResolveText(line.at("as")));
  Json request = Resolve(line.at("request"));
  if (call.method->input_type()->FindFieldByName("request_id") != nullptr &&
      !request.contains("request_id")) {
    request["request_id"] = "table-" + std::to_string(++keys_);
  }
  call.request = NewMessage(*call.method->input_type());
  MergeJson(request.dump(), call.request.get());
  return call;
}

Json TableWorld::Resolve(const Json& value) const {
  if (value.is_string()) return ResolveText(value);
  if (value.is_array()) {
    Json list = Json::array();
    for (const Json& item : value) list.push_back(Resolve(item));
    return list;
  }
  if (!value.is_object()) return value;
  if (value.contains("$text")) {
    std::string text;
    for (int i = 0; i < value["times"].get<int>(); ++i) text += value["$text"].get<std::string>();
    return text;
  }
  if (value.contains("$like")) {
    Json changes = value;
    changes.erase("$like");
    Json whole = Resolve(templates_.at(value["$like"]));
    // Null removes a field; in a request it would mean the same as absence.
    whole.merge_patch(Resolve(changes));
    return whole;
  }
  Json object = Json::object();
  for (const auto& [key, item] : value.items()) object[key] = Resolve(item);
  return object;
}

std::string TableWorld::ResolveText(const std::string& text) const {
  std::string resolved;
  size_t at = 0;
  for (size_t begin = text.find("${"); begin != std::string::npos; begin = text.find("${", at)) {
    const size_t end = text.find('}', begin);
    CHECK(end != std::string::npos);
    resolved += text.substr(at, begin - at);
    resolved += Lookup(text.substr(begin + 2, end - begin - 2));
    at = end + 1;
  }
  return resolved + text.substr(at);
}

std::string TableWorld::Lookup(const std::string& reference) const {
  const size_t dot = reference.find('.');
  const auto found = replies_.find(reference.substr(0, dot));
  if (found == replies_.end()) std::cerr << "nothing is called " << reference << "\n";
  CHECK(found != replies_.end());
  const std::string path = reference.substr(dot + 1);
  if (path == "id") return LastPartOf(TextAt(*found->second, "name"));
  return TextAt(*found->second, path);
}

std::optional<Principal> TableWorld::PrincipalOf(const std::string& words) const {
  if (words == "nobody") return std::nullopt;
  std::istringstream in(words);
  std::string role;
  std::string tenant;
  std::string id = "somebody";
  in >> role >> tenant >> id;
  if (tenant == "-") tenant.clear();
  const std::optional<Role> known = ParseRole(role);
  CHECK(known.has_value());
  return Principal{.role = *known, .id = id, .tenant = TenantId(tenant)};
}

bool TableWorld::HasRead(const std::string& service,
                         const std::map<std::string, JournalHead>& heads) {
  const std::string noun = service == "scheduler" ? "Scheduler" : "Trajectory";
  const auto* method = FindMethod("matchgo." + service + ".v1." + noun + "Service.GetFeedProgress");
  if (method == nullptr || !heads.contains(service + ".db")) return true;
  const Principal ops{.role = Role::kOps, .id = "ops", .tenant = {}};
  const Answer answer =
      CallAny(*served_.channel(), *method, *NewMessage(*method->input_type()), &ops);
  if (!answer.ok()) return false;
  for (const Message* feed : ListAt(*answer.reply, "feeds")) {
    const auto neighbour = heads.find(TextAt(*feed, "feed") + ".db");
    if (neighbour == heads.end()) continue;
    if (NumberAt(*feed, "sequence") < neighbour->second.last) return false;
  }
  return true;
}

bool TableWorld::RoundsHaveBounds() {
  const auto* method = FindMethod("matchgo.scheduler.v1.SchedulerService.ListRounds");
  if (method == nullptr) return true;
  const Principal ops{.role = Role::kOps, .id = "ops", .tenant = {}};
  const Answer answer =
      CallAny(*served_.channel(), *method, *NewMessage(*method->input_type()), &ops);
  if (!answer.ok()) return false;
  for (const Message* round : ListAt(*answer.reply, "rounds")) {
    const std::string state = Json::parse(JsonOf(*round)).value("state", "");
    const bool published = state == "STATE_PUBLISHED" || state == "STATE_CLOSED";
    if (published && !HasAt(*round, "summary.placed_bound")) return false;
  }
  return true;
}

std::map<std::string, JournalHead> TableWorld::QuietHeads() {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (true) {
    const auto before = HeadsIn(served_.folder());
    const bool read =
        HasRead("scheduler", before) && HasRead("trajectories", before) && RoundsHaveBounds();
    // What the readers wrote meanwhile may be news for another reader.
    if (read && HeadsIn(served_.folder()) == before) return before;
    CHECK(std::chrono::steady_clock::now() < end);
    std::this_thread::yield();
  }
}

}  // namespace matchgo::contract
