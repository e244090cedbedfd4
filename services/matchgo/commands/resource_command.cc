// The verbs of every noun, made from the methods of the services: `vacancy list`, `offer answer`.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <iostream>
#include <memory>

#include "common/base/status_macros.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/nouns.h"
#include "services/matchgo/commands/printer.h"
#include "services/matchgo/commands/request_flags.h"

namespace matchgo::commands {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using nlohmann::json;

// "batch-create" of BatchCreateSwitchers, or "" if the method is about something else.
std::string VerbOf(const MethodDescriptor& method, const Noun& noun) {
  if (method.client_streaming() || method.server_streaming()) return "";
  std::string name = method.name();
  for (const std::string& object : {std::string(noun.plural), std::string(noun.singular)}) {
    if (name.size() <= object.size() || !name.ends_with(object)) continue;
    name.resize(name.size() - object.size());
    std::string verb;
    for (const char c : name) {
      if (std::isupper(static_cast<unsigned char>(c)) != 0 && !verb.empty()) verb.push_back('-');
      verb.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
    return verb;
  }
  return "";
}

void SetText(Message* message, const char* field, const std::string& text) {
  const auto* descriptor = message->GetDescriptor()->FindFieldByName(field);
  message->GetReflection()->SetString(message, descriptor, text);
}

// All pages up to `limit` records.
StatusOr<std::vector<json>> ListAll(const Context& context, const MethodDescriptor& method,
                                    Message* request, int64_t limit) {
  std::vector<json> records;
  const auto* list = method.output_type()->field(0);
  const auto* size = request->GetDescriptor()->FindFieldByName("page_size");
  while (true) {
    const int64_t wanted = std::min<int64_t>(limit - static_cast<int64_t>(records.size()), 1000);
    request->GetReflection()->SetInt32(request, size, static_cast<int32_t>(wanted));
    ASSIGN_OR_RETURN(const auto reply, CallUnary(context, method, *request));
    const json page = ToJson(*reply);
    if (page.contains(list->name())) {
      for (const json& record : page.at(list->name())) records.push_back(record);
    }
    const std::string next = page.value("next_page_token", "");
    if (next.empty() || static_cast<int64_t>(records.size()) >= limit) return records;
    SetText(request, "page_token", next);
  }
}

int RunList(const Context& context, const MethodDescriptor& method, const Noun& noun,
            const RequestFlags& flags, int64_t limit) {
  const auto request = NewMessage(*method.input_type());
  if (const Status status = flags.Fill(request.get()); !status.ok()) return Report(context, status);
  const auto records = ListAll(context, method, request.get(), limit);
  if (!records.ok()) return Report(context, records.status());
  if (context.json) {
    std::cout << json(*records).dump(2) << "\n";
    return kDone;
  }
  if (records->empty()) {
    std::cerr << context.Say("Niets gevonden.", "Nothing found.") << "\n";
    return kDone;
  }
  std::cout << RecordTable(context, noun, *records);
  if (static_cast<int64_t>(records->size()) == limit) {
    std::cerr << context.Say("Meer? Geef --limit.", "More? Give --limit.") << "\n";
  }
  return kDone;
}

int RunOne(const Context& context, const MethodDescriptor& method, const RequestFlags& flags) {
  const auto request = NewMessage(*method.input_type());
  if (const Status status = flags.Fill(request.get()); !status.ok()) return Report(context, status);
  const auto reply = CallUnary(context, method, *request);
  if (!reply.ok()) return Report(context, reply.status());
  const json record = ToJson(**reply);
  std::cout << (context.json ? record.dump(2) + "\n" : RecordLines(context, record));
  return kDone;
}

struct Verb {
  Verb(const MethodDescriptor& of, CLI::App& command)
      : method(of), flags(*of.input_type(), command) {}
  const MethodDescriptor& method;
  RequestFlags flags;
  int64_t limit = 50;
};

void AddVerb(CLI::App& parent, Context& context, const Noun& noun, const MethodDescriptor& method,
             const std::string& name) {
  auto* command = parent.add_subcommand(name, method.service()->name() + "." + method.name());
  const auto verb = std::make_shared<Verb>(method, *command);
  const bool lists = method.input_type()->FindFieldByName("page_size") != nullptr;
  if (lists) {
    command->remove_option(command->get_option("--page-size"));
    command->add_option("--limit", verb->limit, "most records to show (default 50)")
        ->check(CLI::Range(1, 10'000'000));
  }
  command->callback([&context, &noun, verb, lists] {
    context.exit_code = lists ? RunList(context, verb->method, noun, verb->flags, verb->limit)
                              : RunOne(context, verb->method, verb->flags);
  });
}

}  // namespace

void AddResources(CLI::App& app, Context& context) {
  for (const Noun& noun : Nouns()) {
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(noun.service);
    if (service == nullptr) continue;  // checked by a test over all nouns
    auto* group = app.add_subcommand(noun.word, context.Say(noun.nl, noun.en));
    group->group("Records and their verbs");
    group->require_subcommand(1);
    for (int i = 0; i < service->method_count(); ++i) {
      const std::string verb = VerbOf(*service->method(i), noun);
      if (!verb.empty()) AddVerb(*group, context, noun, *service->method(i), verb);
    }
    if (std::string(noun.word) == "round") AddReplay(*group, context);
  }
}

}  // namespace matchgo::commands
