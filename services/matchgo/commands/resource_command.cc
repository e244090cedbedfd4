// The verbs of every noun, made from the methods of the services: `vacancy list`, `offer answer`.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <sstream>

#include "common/base/status_macros.h"
#include "common/kernel/day.h"
#include "common/time/clock.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/next_step.h"
#include "services/matchgo/commands/nouns.h"
#include "services/matchgo/commands/printer.h"
#include "services/matchgo/commands/record_view.h"
#include "services/matchgo/commands/request_flags.h"
#include "services/matchgo/commands/titles.h"
#include "services/matchgo/commands/urgency.h"
#include "services/matchgo/commands/whole_name.h"
#include "services/matchgo/commands/wrong_use.h"
#include "services/matchgo/help/api_help.h"
#include "services/matchgo/help/help_page.h"
#include "services/matchgo/help/samples.h"

namespace matchgo::commands {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using nlohmann::json;

// A list of something else than the noun has a command of its own: SuggestContracts.
bool ListsSomethingElse(const MethodDescriptor& method, const Noun& noun) {
  if (method.input_type()->FindFieldByName("page_size") == nullptr) return false;
  const auto* listed = method.output_type()->field(0)->message_type();
  return listed == nullptr || listed->name() != noun.singular;
}

// "batch-create" of BatchCreateSwitchers, or "" if the method is about something else.
std::string VerbOf(const MethodDescriptor& method, const Noun& noun) {
  if (method.client_streaming() || method.server_streaming()) return "";
  if (ListsSomethingElse(method, noun)) return "";
  std::string name = method.name();
  for (const std::string object : {noun.plural, noun.singular, noun.also}) {
    if (object.empty() || name.size() <= object.size() || !name.ends_with(object)) continue;
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

// Beyond so many not all are looked through for the gravest.
constexpr int64_t kRankedMost = 10'000;

bool AsksForRisks(const Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("at_risk");
  return field != nullptr && request.GetReflection()->GetBool(request, field);
}

int RunList(const Context& context, const MethodDescriptor& method, const Noun& noun,
            const RequestFlags& flags, int64_t limit) {
  const auto request = NewMessage(*method.input_type());
  Status status = flags.Fill(request.get());
  if (status.ok()) status = CompleteNames(context, request.get());
  if (!status.ok()) return Report(context, status, NextAfter(context, status, *request));
  // The API lists in order of id: whoever reads a table of risks wants the gravest first.
  const bool ranks = !context.json && AsksForRisks(*request);
  auto records =
      ListAll(context, method, request.get(), ranks ? std::max(limit, kRankedMost) : limit);
  if (!records.ok()) {
    return Report(context, records.status(), NextAfter(context, records.status(), *request));
  }
  if (context.json) {
    std::cout << json(*records).dump(2) << "\n";
    return kDone;
  }
  if (records->empty()) {
    std::cerr << context.Say("Niets gevonden.", "Nothing found.") << "\n";
    return kDone;
  }
  const bool more = static_cast<int64_t>(records->size()) >= limit + (ranks ? 1 : 0);
  if (ranks) {
    SortByUrgency(&*records);
    if (more) records->resize(static_cast<size_t>(limit));
    ShowLateness(context, TodayThere(context), &*records);
  }
  std::cout << RecordTable(context, noun, *records);
  if (more) {
    std::cerr << context.Say("Meer? Geef --limit.", "More? Give --limit.") << "\n";
  }
  return kDone;
}

struct Verb {
  Verb(const Noun& about, std::string word, const MethodDescriptor& of, CLI::App& command)
      : noun(about), name(std::move(word)), method(of), flags(*of.input_type(), command) {}
  const Noun& noun;
  const std::string name;
  const MethodDescriptor& method;
  const RequestFlags flags;
  int64_t limit = 50;
  bool print_template = false;
};

// Nothing lies in a file yet: something to begin with. What is to be replaced is said beside it,
// since JSON has no comments.
int PrintTemplate(const Context& context, const MethodDescriptor& method) {
  const auto& record = *help::RecordOf(*method.input_type())->message_type();
  const Day here = DayOf(SystemClock().Now());
  const Day there = TodayThere(context).value_or(here);
  const json sample = help::TemplateOf(record, there);
  std::cout << sample.dump(2) << "\n";
  if (context.quiet) return kDone;
  std::cerr << TemplateNotes(context, record, sample);
  if (there != here) {
    std::cerr << context.Say("De data tellen vanaf vandaag volgens de diensten: ",
                             "Dates count from today as the services have it: ")
              << FormatDay(there) << ".\n";
  }
  return kDone;
}

std::string Viewed(const Context& context, const Message& reply, const json& record) {
  Titles titles(context);
  // No diploma ends a microcredential.
  const std::string last = record.contains("milestones") && !record.value("direct", false)
                               ? titles.LastStage(record.value("start", ""))
                               : "";
  return RecordView(context, reply, [&](const std::string& name) {
    return name == "STAGE_GEDIPLOMEERD" ? last : titles.Known(name);
  });
}

int RunOne(const Context& context, const Verb& verb) {
  if (verb.print_template) return PrintTemplate(context, verb.method);
  const auto request = NewMessage(*verb.method.input_type());
  Status status = verb.flags.Fill(request.get());
  if (status.ok()) status = CompleteNames(context, request.get());
  if (!status.ok()) return Report(context, status, NextAfter(context, status, *request));
  const auto reply = CallUnary(context, verb.method, *request);
  if (!reply.ok()) {
    return Report(context, reply.status(), NextAfter(context, reply.status(), *request));
  }
  const json record = ToJson(**reply);
  std::cout << (context.json ? record.dump(2) + "\n" : Viewed(context, **reply, record));
  if (!context.json && !context.quiet) {
    std::cerr << NextStep(context, verb.noun.word, verb.name, record);
  }
  return kDone;
}

// Generated texts stay in the language of the API; in Dutch the page says so.
std::string Footer(const Context& context, const Verb& verb) {
  std::string lines = help::ExampleOf(verb.noun.word, verb.name, verb.method);
  if (const std::string more = help::MoreExamples(verb.noun.word, verb.name); !more.empty()) {
    lines = more;
  }
  std::string footer = std::string("\n") + context.Say("Voorbeelden", "Examples") + ":";
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) footer += "\n  " + line;
  if (const std::string reasons = help::MethodReasons(verb.method); !reasons.empty()) {
    footer += std::string("\n\n") + context.Say("Redenen om te weigeren", "Reasons to refuse") +
              ":\n" + terminal::Wrap(reasons, std::min<size_t>(context.style.width, 110), "  ");
    footer.pop_back();
  }
  return footer + context.Say("\n\nDe uitleg hierboven komt uit de API en is Engels.", "");
}

void AddVerb(CLI::App& parent, Context& context, const Noun& noun, const MethodDescriptor& method,
             const std::string& name) {
  auto* command = parent.add_subcommand(name, help::MethodHelp(method));
  const auto verb = std::make_shared<Verb>(noun, name, method, *command);
  const bool lists = method.input_type()->FindFieldByName("page_size") != nullptr;
  if (lists) {
    command
        ->add_option("--limit", verb->limit,
                     context.Say("hoeveel records ten hoogste (50)", "most records to show (50)"))
        ->type_name("NUMBER")
        ->group(help::kFlags)
        ->check(Between(context, 1, 10'000'000));
  }
  if (help::RecordOf(*method.input_type()) != nullptr && name == "create") {
    command
        ->add_flag_callback(
            "--template",
            [verb, command] {  // which needs nothing else
              verb->print_template = true;
              for (CLI::Option* option : command->get_options()) option->required(false);
            },
            context.Say("print een voorbeeldrecord als JSON om aan te passen, en stop",
                        "print a sample record as JSON to edit, and stop"))
        ->group(help::kFlags);
  }
  command->group(help::kVerbs);
  command->footer(Footer(context, *verb));
  command->callback([&context, verb, lists] {
    context.exit_code = lists ? RunList(context, verb->method, verb->noun, verb->flags, verb->limit)
                              : RunOne(context, *verb);
  });
}

}  // namespace

void AddResources(CLI::App& app, Context& context) {
  for (const Noun& noun : Nouns()) {
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(noun.service);
    if (service == nullptr) continue;  // checked by a test over all nouns
    auto* group = app.add_subcommand(noun.word, context.Say(noun.nl, noun.en));
    group->group(help::kRecordVerbs);
    group->require_subcommand(1);
    for (int i = 0; i < service->method_count(); ++i) {
      const std::string verb = VerbOf(*service->method(i), noun);
      if (!verb.empty()) AddVerb(*group, context, noun, *service->method(i), verb);
    }
    if (std::string(noun.word) == "round") AddReplay(*group, context);
    // After the verbs, which would inherit it.
    group->footer(context.Say("\nDe uitleg van de werkwoorden komt uit de API en is Engels.", ""));
  }
}

}  // namespace matchgo::commands
