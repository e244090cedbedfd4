// matchgo import: the built-in catalogue, or the full ESCO classification, into a running service.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "common/time/clock.h"
#include "matchgo/programmes/v1/programme_service.grpc.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/context.h"
#include "services/matchgo/load/catalogue_loader.h"
#include "services/programmes/builtin/esco_import.h"

namespace matchgo::commands {
namespace {

namespace pb = matchgo::programmes::v1;
namespace builtin = matchgo::programmes::builtin;

constexpr size_t kBatch = 500;
constexpr int kSkillsMax = 300;  // of one list of an occupation, as the proto has it

void PrintLoaded(const Context& context, const load::LoadedCatalogue& loaded) {
  struct Row {
    const char* key;
    const char* nl;
    const char* en;
    const load::LoadedCatalogue::Count& count;
  };
  nlohmann::json report;
  std::vector<std::vector<std::string>> rows;
  int64_t there = 0;
  for (const Row& row :
       {Row{"vocabulary", "vaardigheden en beroepen", "skills and occupations", loaded.vocabulary},
        Row{"opleiders", "opleiders", "opleiders", loaded.opleider_count},
        Row{"programmes", "opleidingen", "programmes", loaded.programme_count},
        Row{"starts", "starts", "starts", loaded.start_count}}) {
    report[row.key] = {{"made", row.count.made}, {"already_there", row.count.there}};
    there += row.count.there;
    rows.push_back({context.Say(row.nl, row.en),
                    terminal::FormatCount(context.language, row.count.made),
                    terminal::FormatCount(context.language, row.count.there)});
  }
  report["already_there"] = there;
  if (context.json) {
    std::cout << report.dump(2) << "\n";
    return;
  }
  std::cout << terminal::FormatTable(
      context.style,
      {{context.Say("wat", "what")},
       {context.Say("nieuw of gewijzigd", "new or changed"), terminal::Align::kRight},
       {context.Say("was er al", "there already"), terminal::Align::kRight}},
      rows);
  if (!context.quiet) {
    std::cerr << context.Say("Verder: ", "Next: ") << "matchgo programme list\n";
  }
}

// Its progress ends here, before anything is said about the result.
StatusOr<load::LoadedCatalogue> LoadWithProgress(const Context& context,
                                                 const builtin::Catalogue& catalogue) {
  rpc::Caller caller(CallerOptions(context));
  terminal::Progress progress(context.Say("catalogus", "catalogue"), load::CatalogueSize(catalogue),
                              context.quiet || context.json);
  return load::LoadBuiltinCatalogue({.programmes = ChannelTo(context, "programmes"),
                                     .caller = caller,
                                     .catalogue = catalogue,
                                     .today = DayOf(SystemClock().Now()),
                                     .progress = [&](int64_t n) { progress.Advance(n); }});
}

int RunCatalogue(const Context& context) {
  const auto catalogue = builtin::LoadCatalogue();
  if (!catalogue.ok()) return Report(context, catalogue.status());
  const auto loaded = LoadWithProgress(context, *catalogue);
  if (!loaded.ok()) return Report(context, loaded.status());
  PrintLoaded(context, *loaded);
  return kDone;
}

class EscoLoader {
 public:
  EscoLoader(const Context& context, const builtin::EscoData& data)
      : data_(data),
        caller_(CallerOptions(context)),
        stub_(pb::ProgrammeService::NewStub(ChannelTo(context, "programmes"))),
        progress_("ESCO", static_cast<int64_t>(data.skills.size() + data.occupations.size()),
                  context.quiet || context.json) {}

  Status Run() {
    RETURN_IF_ERROR(LearnBuiltinNames());
    RETURN_IF_ERROR(Skills());
    return Occupations();
  }
  int64_t created() const { return created_; }
  int64_t updated() const { return updated_; }
  int64_t unchanged() const { return unchanged_; }

 private:
  // Concepts that are built in keep their built-in id and their Dutch label.
  Status LearnBuiltinNames() {
    ASSIGN_OR_RETURN(const builtin::Catalogue catalogue, builtin::LoadCatalogue());
    for (const auto& skill : catalogue.skills) {
      if (skill.esco_uri) builtin_skills_[*skill.esco_uri] = skill.id;
    }
    for (const auto& occupation : catalogue.occupations) {
      if (occupation.esco_uri) builtin_occupations_[*occupation.esco_uri] = occupation.id;
    }
    return absl::OkStatus();
  }

  std::string SkillName(const builtin::EscoSkill& skill) const {
    const auto found = builtin_skills_.find(skill.uri);
    return "skills/" +
           (found == builtin_skills_.end() ? names::LastPart(skill.uri) : found->second);
  }

  Status Skills() {
    pb::ImportVocabularyRequest request;
    for (const builtin::EscoSkill& from : data_.skills) {
      progress_.Advance();
      if (builtin_skills_.contains(from.uri)) continue;
      auto* skill = request.add_skills();
      skill->set_name(SkillName(from));
      // ESCO's Dutch skill labels are not in these files; the English one stands in for them.
      skill->mutable_label()->set_nl(from.label_en);
      skill->mutable_label()->set_en(from.label_en);
      skill->set_esco_uri(from.uri);
      skill->set_source("esco-1.1.1");
      if (request.skills_size() == static_cast<int>(kBatch)) RETURN_IF_ERROR(Send(&request));
    }
    return Send(&request);
  }

  Status Occupations() {
    std::vector<std::vector<const builtin::EscoRelation*>> relations(data_.occupations.size());
    for (const auto& relation : data_.relations) {
      relations[static_cast<size_t>(relation.occupation)].push_back(&relation);
    }
    pb::ImportVocabularyRequest request;
    for (size_t i = 0; i < data_.occupations.size(); ++i) {
      const builtin::EscoOccupation& from = data_.occupations[i];
      progress_.Advance();
      if (builtin_occupations_.contains(from.uri)) continue;
      auto* occupation = request.add_occupations();
      occupation->set_name("occupations/" + names::LastPart(from.uri));
      occupation->mutable_label()->set_nl(from.label_nl.empty() ? from.label_en : from.label_nl);
      occupation->mutable_label()->set_en(from.label_en);
      occupation->set_esco_uri(from.uri);
      occupation->set_source("esco-1.1.1");
      for (const builtin::EscoRelation* relation : relations[i]) {
        const std::string name = SkillName(data_.skills[static_cast<size_t>(relation->skill)]);
        if (relation->essential && occupation->essential_skills_size() < kSkillsMax) {
          occupation->add_essential_skills(name);
        } else if (!relation->essential && occupation->optional_skills_size() < kSkillsMax) {
          occupation->add_optional_skills(name);
        }
      }
      if (request.occupations_size() == static_cast<int>(kBatch)) RETURN_IF_ERROR(Send(&request));
    }
    return Send(&request);
  }

  Status Send(pb::ImportVocabularyRequest* request) {
    if (request->skills_size() + request->occupations_size() == 0) return absl::OkStatus();
    request->set_request_id(NewRequestId());
    const auto reply =
        caller_.Unary(*stub_, &pb::ProgrammeService::StubInterface::ImportVocabulary, *request);
    if (!reply.ok()) return reply.status();
    created_ += reply->created();
    updated_ += reply->updated();
    unchanged_ += reply->unchanged();
    request->Clear();
    return absl::OkStatus();
  }

  const builtin::EscoData& data_;
  rpc::Caller caller_;
  const std::unique_ptr<pb::ProgrammeService::Stub> stub_;
  terminal::Progress progress_;
  std::map<std::string, std::string> builtin_skills_;
  std::map<std::string, std::string> builtin_occupations_;
  int64_t created_ = 0;
  int64_t updated_ = 0;
  int64_t unchanged_ = 0;
};

int RunEsco(const Context& context, const std::string& folder, bool dry_run) {
  const auto texts = builtin::ReadEscoFolder(folder);
  if (!texts.ok()) return Report(context, texts.status());
  const auto data = builtin::ParseEsco(*texts);
  if (!data.ok()) return Report(context, data.status());
  const builtin::EscoReport& found = data->report;
  nlohmann::json report = {{"skills", data->skills.size()},
                           {"occupations", data->occupations.size()},
                           {"relations", data->relations.size()},
                           {"relation_rows", found.relation_rows},
                           {"dangling_occupation", found.dangling_occupation},
                           {"dangling_skill", found.dangling_skill},
                           {"repeated_relations", found.repeated_relations},
                           {"skills_without_type", found.skills_without_type},
                           {"skills_without_reuse_level", found.skills_without_reuse_level},
                           {"occupations_without_dutch", found.occupations_without_dutch}};
  if (!dry_run) {
    EscoLoader loader(context, *data);
    if (const Status status = loader.Run(); !status.ok()) return Report(context, status);
    report["created"] = loader.created();
    report["updated"] = loader.updated();
    report["unchanged"] = loader.unchanged();
  }
  if (context.json) {
    std::cout << report.dump(2) << "\n";
    return kDone;
  }
  for (const auto& [key, count] : report.items()) {
    std::string words = key;
    std::replace(words.begin(), words.end(), '_', ' ');
    std::cout << terminal::Fit(words, 28)
              << terminal::FormatCount(context.language, count.get<int64_t>()) << "\n";
  }
  std::cout << "This service uses the ESCO classification of the European Commission.\n";
  return kDone;
}

}  // namespace

void AddImport(CLI::App& app, Context& context) {
  auto* group = app.add_subcommand("import", context.Say("laad gegevens in een draaiende dienst",
                                                         "load data into a running service"));
  group->require_subcommand(1);
  group
      ->add_subcommand("catalogue", context.Say("de ingebouwde opleidingen, starts en woordenlijst",
                                                "the built-in programmes, starts and vocabulary"))
      ->callback([&context] { context.exit_code = RunCatalogue(context); });
  auto* esco = group->add_subcommand(
      "esco", context.Say("de volledige ESCO-classificatie uit een map met CSV-bestanden",
                          "the full ESCO classification from a folder of CSV files"));
  auto folder = std::make_shared<std::string>();
  auto dry_run = std::make_shared<bool>(false);
  esco->add_option("folder", *folder,
                   context.Say("map met skills_en.csv, occupations_en.csv en "
                               "occupationSkillRelations.csv; occupations_nl.csv mag",
                               "folder with skills_en.csv, occupations_en.csv and "
                               "occupationSkillRelations.csv; occupations_nl.csv is optional"))
      ->required()
      ->type_name("FOLDER")
      ->check([&context](const std::string& path) {
        std::error_code error;
        return std::string(std::filesystem::is_directory(path, error)
                               ? ""
                               : context.Say("is geen map", "is not a folder"));
      });
  esco->add_flag("--dry-run", *dry_run,
                 context.Say("alleen lezen en tellen", "only read and count"));
  esco->callback(
      [&context, folder, dry_run] { context.exit_code = RunEsco(context, *folder, *dry_run); });
}

}  // namespace matchgo::commands
