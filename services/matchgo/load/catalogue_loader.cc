#include "services/matchgo/load/catalogue_loader.h"

#include <algorithm>
#include <functional>
#include <set>

#include "common/base/status_macros.h"
#include "common/random/random.h"
#include "matchgo/programmes/v1/programme_service.grpc.pb.h"

namespace matchgo::load {
namespace {

namespace pb = matchgo::programmes::v1;
namespace builtin = matchgo::programmes::builtin;
using Stub = pb::ProgrammeService::StubInterface;

// Messages of a call stay well under the size limit of a server.
constexpr int kVocabularyBatch = 500;

pb::Programme::Degree DegreeOf(const std::optional<builtin::Award>& award) {
  if (!award.has_value()) return pb::Programme::DEGREE_UNSPECIFIED;
  switch (*award) {
    case builtin::Award::kMboDiploma:
      return pb::Programme::DEGREE_MBO_DIPLOMA;
    case builtin::Award::kCertificate:
      return pb::Programme::DEGREE_CERTIFICATE;
    case builtin::Award::kMicrocredential:
      return pb::Programme::DEGREE_MICROCREDENTIAL;
    case builtin::Award::kAd:
      return pb::Programme::DEGREE_AD;
    case builtin::Award::kBa:
      return pb::Programme::DEGREE_BA;
  }
  return pb::Programme::DEGREE_UNSPECIFIED;
}

pb::Module::Recognition RecognitionOf(builtin::Recognition recognition) {
  switch (recognition) {
    case builtin::Recognition::kNone:
      return pb::Module::RECOGNITION_NONE;
    case builtin::Recognition::kExempt:
      return pb::Module::RECOGNITION_EXEMPT;
    case builtin::Recognition::kAccelerate:
      return pb::Module::RECOGNITION_ACCELERATE;
  }
  return pb::Module::RECOGNITION_NONE;
}

pb::Opleider::Kind KindOf(const std::string& kind) {
  if (kind == "hogeschool") return pb::Opleider::KIND_HOGESCHOOL;
  if (kind == "roc") return pb::Opleider::KIND_ROC;
  if (kind == "aoc") return pb::Opleider::KIND_AOC;
  if (kind == "vakinstelling") return pb::Opleider::KIND_VAKINSTELLING;
  return pb::Opleider::KIND_UNSPECIFIED;
}

pb::Module EncodeModule(const builtin::Module& from) {
  pb::Module module;
  module.set_id(from.id);
  module.set_title(from.title);
  module.set_ec_hundredths(from.ec.value_or(0) * 100);
  module.set_study_hours(from.hours);
  module.set_core(from.core);
  module.set_synthetic(from.synthetic);
  module.set_recognition(RecognitionOf(from.recognition));
  for (const std::string& id : from.after) module.add_prerequisites(id);
  for (const std::string& id : from.skills) module.add_skills("skills/" + id);
  for (const builtin::Outcome& outcome : from.outcomes) {
    auto* leeruitkomst = module.add_leeruitkomsten();
    leeruitkomst->set_verb(outcome.verb);
    leeruitkomst->set_kind(outcome.kind);
    leeruitkomst->set_subject(outcome.subject);
    leeruitkomst->set_standard(outcome.standard);
    leeruitkomst->set_context(outcome.context);
    for (const std::string& id : outcome.skills) leeruitkomst->add_skills("skills/" + id);
  }
  return module;
}

pb::Programme EncodeProgramme(const builtin::Programme& from) {
  pb::Programme programme;
  programme.set_title(from.title);
  programme.set_external_reference(from.id);
  programme.set_degree(DegreeOf(from.award));
  programme.set_nlqf_level(from.level.value_or(from.level_inferred.value_or(0)));
  programme.set_entry_level(from.entry_level.value_or(0));
  programme.set_crebo(from.crebo.value_or(""));
  programme.set_croho(from.croho.value_or(""));
  programme.set_sector(from.sector);
  programme.set_source(from.project.has_value() ? "flexprojecten-2023:" + *from.project
                                                : std::string("synthetic"));
  for (const std::string& id : from.occupations) programme.add_occupations("occupations/" + id);
  for (const std::string& id : from.awards) programme.add_awards(id);
  for (const std::string& fact : from.unknown_facts) programme.add_unknown_facts(fact);
  for (const builtin::Module& module : from.modules) {
    *programme.add_modules() = EncodeModule(module);
  }
  if (from.label.has_value()) {
    auto* label = programme.mutable_label();
    label->set_chain_approach(from.label->chain_with_employer);
    label->set_personal_programme(from.label->personal_programme);
    label->set_direct_contract(from.label->contract_and_income);
    label->set_fast_startbekwaam(from.label->fast_startbekwaam);
    label->set_shared_guidance(from.label->guidance_by_both);
    label->set_valid_from(FormatDay(from.label->valid_from));
    label->set_valid_until(FormatDay(from.label->valid_until));
  }
  return programme;
}

pb::Start::Rhythm RhythmOf(builtin::Rhythm rhythm) {
  switch (rhythm) {
    case builtin::Rhythm::kFixed:
      return pb::Start::RHYTHM_DATE;
    case builtin::Rhythm::kRolling:
      return pb::Start::RHYTHM_ROLLING;
    case builtin::Rhythm::kAtMinimum:
      return pb::Start::RHYTHM_AT_MINIMUM;
  }
  return pb::Start::RHYTHM_DATE;
}

// The ways that are used, with their shares where these are known.
void AddDelivery(pb::Start::Delivery way, std::optional<int32_t> percent, pb::Start* start) {
  if (percent == 0) return;
  start->add_delivery(way);
  if (!percent.has_value()) return;
  pb::Start::DeliveryShare* const share = start->add_delivery_mix();
  share->set_delivery(way);
  share->set_percent(*percent);
}

pb::Start EncodeStart(const builtin::StartTemplate& from, Day begins) {
  pb::Start start;
  start.set_rhythm(RhythmOf(from.rhythm));
  start.set_begins_on(FormatDay(begins));
  start.set_capacity(from.capacity);
  start.set_minimum(from.minimum);
  start.set_times(from.times);
  start.set_price_cents(from.price_cents);
  start.set_synthetic(from.synthetic);
  start.set_sign_up(from.individual && from.group ? pb::Start::SIGN_UP_BOTH
                    : from.group                  ? pb::Start::SIGN_UP_GROUP
                    : from.individual             ? pb::Start::SIGN_UP_INDIVIDUAL
                                                  : pb::Start::SIGN_UP_UNSPECIFIED);
  AddDelivery(pb::Start::DELIVERY_ONLINE, from.delivery.online, &start);
  AddDelivery(pb::Start::DELIVERY_CLASSROOM, from.delivery.classroom, &start);
  AddDelivery(pb::Start::DELIVERY_WORKPLACE, from.delivery.workplace, &start);
  AddDelivery(pb::Start::DELIVERY_SELF_STUDY, from.delivery.self_study, &start);
  if (const geography::Place* place = geography::FindPlace(from.place)) {
    start.mutable_location()->set_place(place->name);
    start.mutable_location()->set_postcode(place->postcodes.front());
    start.mutable_location()->set_x(place->grid.x);
    start.mutable_location()->set_y(place->grid.y);
  }
  return start;
}

class Loader {
 public:
  explicit Loader(const CatalogueLoad& load)
      : load_(load), stub_(pb::ProgrammeService::NewStub(load.programmes)) {}

  StatusOr<LoadedCatalogue> Run() {
    RETURN_IF_ERROR(LearnWhatIsThere());
    RETURN_IF_ERROR(Vocabulary());
    for (const builtin::Opleider& opleider : load_.catalogue.opleiders) {
      RETURN_IF_ERROR(AddOpleider(opleider));
    }
    for (const builtin::Programme& programme : load_.catalogue.programmes) {
      RETURN_IF_ERROR(AddProgramme(programme));
    }
    return std::move(loaded_);
  }

 private:
  // Calls `take` with every reply of a paged list.
  template <class Request, class Reply>
  Status EachPage(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Reply*),
                  Request request, const std::function<void(const Reply&)>& take) {
    do {
      const auto reply = load_.caller.Unary(*stub_, method, request);
      if (!reply.ok()) return reply.status();
      take(*reply);
      request.set_page_token(reply->next_page_token());
    } while (!request.page_token().empty());
    return absl::OkStatus();
  }

  // Request ids alone would answer a second run with the replies of the first.
  Status LearnWhatIsThere() {
    pb::ListOpleidersRequest opleiders;
    opleiders.set_page_size(1000);
    RETURN_IF_ERROR((EachPage<pb::ListOpleidersRequest, pb::ListOpleidersResponse>(
        &Stub::ListOpleiders, opleiders, [this](const pb::ListOpleidersResponse& page) {
          for (const pb::Opleider& opleider : page.opleiders()) {
            known_opleiders_[opleider.display_name()] = opleider.name();
          }
        })));
    pb::ListProgrammesRequest programmes;
    programmes.set_parent("opleiders/-");
    programmes.set_page_size(1000);
    RETURN_IF_ERROR((EachPage<pb::ListProgrammesRequest, pb::ListProgrammesResponse>(
        &Stub::ListProgrammes, programmes, [this](const pb::ListProgrammesResponse& page) {
          for (const pb::Programme& programme : page.programmes()) {
            known_programmes_[programme.external_reference()] = programme.name();
          }
        })));
    pb::ListStartsRequest starts;
    starts.set_parent("opleiders/-/programmes/-");
    starts.set_page_size(1000);
    return EachPage<pb::ListStartsRequest, pb::ListStartsResponse>(
        &Stub::ListStarts, starts, [this](const pb::ListStartsResponse& page) {
          for (const pb::Start& start : page.starts()) {
            const std::string programme = start.name().substr(0, start.name().rfind("/starts/"));
            known_starts_.insert(KeyOf(programme, start));
          }
        });
  }

  // A rolling start is the same whenever it is loaded; one that waited for its people has another
  // first day by now.
  static std::string KeyOf(const std::string& programme, const pb::Start& start) {
    const bool rolling = start.rhythm() == pb::Start::RHYTHM_ROLLING;
    const std::string& day = start.promised_on().empty() ? start.begins_on() : start.promised_on();
    return programme + "|" + (rolling ? "rolling" : day) + "|" + start.location().place() + "|" +
           start.times();
  }

  Status Vocabulary() {
    pb::ImportVocabularyRequest request;
    for (const builtin::Skill& from : load_.catalogue.skills) {
      auto* skill = request.add_skills();
      skill->set_name("skills/" + from.id);
      skill->mutable_label()->set_nl(from.nl);
      skill->mutable_label()->set_en(from.en);
      skill->set_esco_uri(from.esco_uri.value_or(""));
      skill->set_source("builtin");
      if (request.skills_size() == kVocabularyBatch) RETURN_IF_ERROR(Send(&request));
    }
    RETURN_IF_ERROR(Send(&request));
    for (const builtin::Occupation& from : load_.catalogue.occupations) {
      auto* occupation = request.add_occupations();
      occupation->set_name("occupations/" + from.id);
      occupation->mutable_label()->set_nl(from.nl);
      occupation->mutable_label()->set_en(from.en);
      occupation->set_esco_uri(from.esco_uri.value_or(""));
      occupation->set_sector(from.sector);
      occupation->set_source("builtin");
      for (const std::string& id : from.essential) occupation->add_essential_skills("skills/" + id);
      for (const std::string& id : from.optional) occupation->add_optional_skills("skills/" + id);
    }
    return Send(&request);
  }

  Status Send(pb::ImportVocabularyRequest* request) {
    const int64_t size = request->skills_size() + request->occupations_size();
    if (size == 0) return absl::OkStatus();
    // A key of its own every time: that of an earlier run would bring back its counts.
    request->set_request_id("catalogue-" + entropy_.NewId());
    const auto reply = load_.caller.Unary(*stub_, &Stub::ImportVocabulary, *request);
    if (!reply.ok()) return reply.status();
    loaded_.vocabulary.made += reply->created() + reply->updated();
    loaded_.vocabulary.there += reply->unchanged();
    request->Clear();
    load_.progress(size);
    return absl::OkStatus();
  }

  Status AddOpleider(const builtin::Opleider& from) {
    load_.progress(1);
    if (const auto known = known_opleiders_.find(from.name); known != known_opleiders_.end()) {
      loaded_.opleiders[from.id] = known->second;
      ++loaded_.opleider_count.there;
      return absl::OkStatus();
    }
    pb::CreateOpleiderRequest request;
    request.set_request_id("catalogue-" + from.id);
    request.mutable_opleider()->set_display_name(from.name);
    request.mutable_opleider()->set_kind(KindOf(from.kind));
    ASSIGN_OR_RETURN(const auto opleider,
                     load_.caller.Unary(*stub_, &Stub::CreateOpleider, request));
    loaded_.opleiders[from.id] = opleider.name();
    ++loaded_.opleider_count.made;
    return absl::OkStatus();
  }

  Status AddProgramme(const builtin::Programme& from) {
    load_.progress(1);
    std::string& name = loaded_.programmes[from.id];
    if (const auto known = known_programmes_.find(from.id); known != known_programmes_.end()) {
      name = known->second;
      ++loaded_.programme_count.there;
    } else {
      pb::CreateProgrammeRequest request;
      request.set_request_id("catalogue-" + from.id);
      request.set_parent(loaded_.opleiders[from.opleider]);
      *request.mutable_programme() = EncodeProgramme(from);
      ASSIGN_OR_RETURN(const auto programme,
                       load_.caller.Unary(*stub_, &Stub::CreateProgramme, request));
      name = programme.name();
      ++loaded_.programme_count.made;
    }
    for (const builtin::StartTemplate& start : from.starts) {
      RETURN_IF_ERROR(AddStarts(name, from.id, start));
    }
    return absl::OkStatus();
  }

  Status AddStarts(const std::string& parent, const std::string& programme,
                   const builtin::StartTemplate& from) {
    std::vector<Day> days =
        builtin::StartDays(from, load_.today, load_.lead_days, load_.horizon_days);
    const bool rolling = from.rhythm == builtin::Rhythm::kRolling;
    if (rolling && days.size() > 1) days.resize(1);  // the service repeats it every month
    for (const Day day : days) {
      pb::CreateStartRequest request;
      *request.mutable_start() = EncodeStart(from, day);
      if (known_starts_.contains(KeyOf(parent, request.start()))) {
        ++loaded_.start_count.there;
        continue;
      }
      request.set_request_id("catalogue-" + programme + "-" + from.id + "-" + FormatDay(day));
      request.set_parent(parent);
      const auto start = load_.caller.Unary(*stub_, &Stub::CreateStart, request);
      if (!start.ok()) return start.status();
      ++loaded_.start_count.made;
      loaded_.sequence = std::max(loaded_.sequence, start->sequence());
    }
    return absl::OkStatus();
  }

  const CatalogueLoad& load_;
  const std::unique_ptr<pb::ProgrammeService::Stub> stub_;
  SystemEntropy entropy_;
  LoadedCatalogue loaded_;
  std::map<std::string, std::string> known_opleiders_;   // by display name
  std::map<std::string, std::string> known_programmes_;  // by external reference
  std::set<std::string> known_starts_;                   // KeyOf
};

}  // namespace

int64_t CatalogueSize(const builtin::Catalogue& catalogue) {
  return static_cast<int64_t>(catalogue.skills.size() + catalogue.occupations.size() +
                              catalogue.opleiders.size() + catalogue.programmes.size());
}

StatusOr<LoadedCatalogue> LoadBuiltinCatalogue(const CatalogueLoad& load) {
  return Loader(load).Run();
}

}  // namespace matchgo::load
