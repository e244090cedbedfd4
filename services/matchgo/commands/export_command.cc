// matchgo export: every record of a kind as JSON lines, page by page.
#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "matchgo/common/v1/rules.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/commands/nouns.h"
#include "services/matchgo/commands/printer.h"
#include "services/matchgo/commands/wrong_use.h"

namespace matchgo::commands {
namespace {

using google::protobuf::Message;

struct ExportFlags {
  std::string noun;
  std::string file;
};

// Lists with the widest parent and the largest page.
std::unique_ptr<Message> FirstPage(const google::protobuf::MethodDescriptor& method) {
  auto request = NewMessage(*method.input_type());
  const auto& type = *method.input_type();
  const auto* reflection = request->GetReflection();
  reflection->SetInt32(request.get(), type.FindFieldByName("page_size"), 1000);
  if (const auto* parent = type.FindFieldByName("parent"); parent != nullptr) {
    std::string all = parent->options().GetExtension(common::v1::rules).resource();
    std::replace(all.begin(), all.end(), '*', '-');
    reflection->SetString(request.get(), parent, all);
  }
  return request;
}

int RunExport(const Context& context, const ExportFlags& flags) {
  const Noun* noun = nullptr;
  for (const Noun& candidate : Nouns()) {
    if (flags.noun == candidate.word) noun = &candidate;
  }
  const auto* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(noun->service);
  const auto* method = service->FindMethodByName("List" + std::string(noun->plural));
  std::ofstream file;
  if (!flags.file.empty()) file.open(flags.file, std::ios::binary);
  if (!flags.file.empty() && !file) {
    return Report(context, WithFact(Invalid(Reason{"FILE_UNWRITABLE", "the file can't be written"}),
                                    "file", flags.file));
  }
  std::ostream& out = flags.file.empty() ? std::cout : file;
  const auto request = FirstPage(*method);
  const std::string list = method->output_type()->field(0)->name();
  int64_t count = 0;
  while (true) {
    const auto reply = CallUnary(context, *method, *request);
    if (!reply.ok()) return Report(context, reply.status());
    const nlohmann::json page = ToJson(**reply);
    if (page.contains(list)) {
      for (const auto& record : page.at(list)) {
        out << record.dump() << "\n";
        ++count;
      }
    }
    const std::string next = page.value("next_page_token", "");
    if (next.empty()) break;
    request->GetReflection()->SetString(request.get(),
                                        method->input_type()->FindFieldByName("page_token"), next);
  }
  out.flush();
  if (!out) return Report(context, Internal("the file could not be written"));
  if (!context.quiet) std::cerr << count << context.Say(" regels", " lines") << "\n";
  return kDone;
}

}  // namespace

void AddExport(CLI::App& app, Context& context) {
  auto* command =
      app.add_subcommand("export", context.Say("alle records van een soort als JSON-regels",
                                               "all records of a kind as JSON lines"));
  auto flags = std::make_shared<ExportFlags>();
  std::vector<std::string> words;
  for (const Noun& noun : Nouns()) {
    const std::string word = noun.word;
    if (word != "seats") words.push_back(word);
  }
  std::string help = context.Say("de soort records", "the kind of records");
  for (const std::string& word : words) help += "\n" + word + "\t";
  command->add_option("noun", flags->noun, help)->required()->check(OneOf(context, words));
  command
      ->add_option("--file", flags->file,
                   context.Say("bestand om in te schrijven (standaard: stdout)",
                               "file to write (default: stdout)"))
      ->type_name("FILE");
  command->footer(std::string("\n") + context.Say("Voorbeeld", "Example") +
                  ":\n  matchgo export vacancy --file vacancies.jsonl");
  command->callback([&context, flags] { context.exit_code = RunExport(context, *flags); });
}

}  // namespace matchgo::commands
