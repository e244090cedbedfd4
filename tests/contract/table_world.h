// TableWorld: all services in one process, brought to a known point by a table of calls.
//
// Clock and chance are the test's; the calls go over in-process gRPC. One thread. For tests only.
// Used by tests/contract/bad_input_test.cc and metrics_golden_test.cc.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/served_module.h"
#include "tests/support/wire/any_call.h"
#include "tests/support/wire/event_journal.h"

namespace matchgo::contract {

using Json = nlohmann::json;

// The lines of a table, with those that are empty or begin with # left out.
std::vector<Json> ReadTable(const std::filesystem::path& file);

// The language of a table, one JSON object a line:
// - {"template": NAME, "value": {...}} names a record;
// - {"setup": NAME, "method": "vacancies.VacancyService.GetVacancy", "as": "ROLE TENANT ID",
//   "request": {...}} makes a call and keeps its reply under the name. "until_not" is a reason to
//   wait out, "refused" a refusal that is meant, "pick" a list of the reply to take the first of,
//   once there is one;
// - {"case": ...} is for whoever reads the table.
// In requests {"$like": NAME, ...} is a template with some fields changed (null removes one),
// {"$text": "x", "times": 300} a long text, "${NAME.path}" a value of a reply and "${NAME.id}" the
// last part of its name.
class TableWorld {
 public:
  explicit TableWorld(std::vector<ModuleFactory> modules) : served_(std::move(modules)) {}

  // Learns the templates and makes the calls of the table, in order; each must succeed.
  void SetUp(const std::vector<Json>& table);

  struct Prepared {
    const google::protobuf::MethodDescriptor* method = nullptr;
    std::unique_ptr<Message> request;
    std::optional<Principal> who;  // absent: no credentials
  };
  // The call that a line describes. Writes get a key of their own unless the line gives one.
  Prepared Prepare(const Json& line);
  Answer Call(const Prepared& call) {
    return CallAny(*served_.channel(), *call.method, *call.request,
                   call.who.has_value() ? &*call.who : nullptr);
  }

  // What all event logs hold once every service has read all of its neighbours' feeds and every
  // published round has its bound, which is found some time later.
  std::map<std::string, JournalHead> QuietHeads();
  ServedModule& served() { return served_; }

 private:
  Json Resolve(const Json& value) const;
  std::string ResolveText(const std::string& text) const;
  std::string Lookup(const std::string& reference) const;
  std::optional<Principal> PrincipalOf(const std::string& words) const;
  void RunStep(const Json& line);
  // Whether the service has applied everything that the databases of its neighbours hold.
  bool HasRead(const std::string& service, const std::map<std::string, JournalHead>& heads);
  bool RoundsHaveBounds();

  ServedModule served_;
  std::map<std::string, Json> templates_;
  std::map<std::string, std::unique_ptr<Message>> replies_;
  int keys_ = 0;
};

}  // namespace matchgo::contract
