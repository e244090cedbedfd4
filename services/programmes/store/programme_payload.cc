#include "services/programmes/store/programme_payload.h"

#include <map>
#include <string_view>
#include <utility>

#include "common/base/status_macros.h"
#include "common/time/timestamp.h"

namespace matchgo::programmes::store {
namespace {

template <class Message>
void FillRevision(const domain::Revision& revision, Message* message) {
  FillTime(revision.created, message->mutable_create_time());
  FillTime(revision.updated, message->mutable_update_time());
  message->set_sequence(revision.sequence);
}

template <class Message>
domain::Revision DecodeRevision(const Message& message, int64_t version) {
  return {.version = version,
          .sequence = message.sequence(),
          .created = DecodeTime(message.create_time()),
          .updated = DecodeTime(message.update_time())};
}

// The n-th id of "opleiders/{0}/programmes/{1}/starts/{2}"; "" if the name is shorter, as in a
// record that is being made.
std::string IdIn(std::string_view name, size_t n) {
  for (size_t skip = 2 * n + 1; skip > 0; --skip) {
    const size_t slash = name.find('/');
    if (slash == std::string_view::npos) return {};
    name.remove_prefix(slash + 1);
  }
  return std::string(name.substr(0, name.find('/')));
}

void FillLocation(const Location& location, common::v1::Location* message) {
  message->set_postcode(location.postcode);
  message->set_place(location.place);
  message->set_x(location.x);
  message->set_y(location.y);
}

Location DecodeLocation(const common::v1::Location& message) {
  return {
      .postcode = message.postcode(), .place = message.place(), .x = message.x(), .y = message.y()};
}

void FillLabel(const domain::Label& label, common::v1::Label* message) {
  message->set_nl(label.nl);
  message->set_en(label.en);
}

domain::Label DecodeLabel(const common::v1::Label& message) {
  return {.nl = message.nl(), .en = message.en()};
}

using Texts = google::protobuf::RepeatedPtrField<std::string>;

void FillTexts(const std::vector<std::string>& texts, Texts* list) {
  list->Clear();
  for (const std::string& text : texts) list->Add(std::string(text));
}

std::vector<std::string> DecodeTexts(const Texts& list) { return {list.begin(), list.end()}; }

// `prefix` is the collection: "skills/"; empty where bare ids travel.
template <class Tag>
void FillIds(const std::vector<Id<Tag>>& ids, std::string_view prefix, Texts* list) {
  list->Clear();
  for (const Id<Tag>& id : ids) list->Add(std::string(prefix) + id.value());
}

template <class OneId>
std::vector<OneId> DecodeIds(const Texts& list, std::string_view prefix) {
  std::vector<OneId> ids;
  ids.reserve(static_cast<size_t>(list.size()));
  for (const std::string& name : list) ids.emplace_back(name.substr(prefix.size()));
  return ids;
}

constexpr std::string_view kSkills = "skills/";
constexpr std::string_view kOccupations = "occupations/";

void FillLeeruitkomst(const domain::Leeruitkomst& leeruitkomst, v1::Leeruitkomst* message) {
  message->set_verb(leeruitkomst.verb);
  message->set_kind(leeruitkomst.kind);
  message->set_subject(leeruitkomst.subject);
  message->set_standard(leeruitkomst.standard);
  message->set_context(leeruitkomst.context);
  FillIds(leeruitkomst.skills, kSkills, message->mutable_skills());
}

domain::Leeruitkomst DecodeLeeruitkomst(const v1::Leeruitkomst& message) {
  return {.verb = message.verb(),
          .kind = message.kind(),
          .subject = message.subject(),
          .standard = message.standard(),
          .context = message.context(),
          .skills = DecodeIds<SkillId>(message.skills(), kSkills)};
}

void FillModule(const domain::Module& module, v1::Module* message) {
  message->set_id(module.id.value());
  message->set_title(module.title);
  message->set_ec_hundredths(module.ec_hundredths);
  message->set_study_hours(module.study_hours);
  message->clear_leeruitkomsten();
  for (const domain::Leeruitkomst& leeruitkomst : module.leeruitkomsten) {
    FillLeeruitkomst(leeruitkomst, message->add_leeruitkomsten());
  }
  FillIds(module.skills, kSkills, message->mutable_skills());
  message->set_recognition(static_cast<v1::Module::Recognition>(module.recognition));
  message->set_core(module.core);
  FillIds(module.prerequisites, "", message->mutable_prerequisites());
  message->set_synthetic(module.synthetic);
}

domain::Module DecodeModule(const v1::Module& message) {
  domain::Module module{.id = ModuleId(message.id()),
                        .title = message.title(),
                        .ec_hundredths = message.ec_hundredths(),
                        .study_hours = message.study_hours(),
                        .leeruitkomsten = {},
                        .skills = DecodeIds<SkillId>(message.skills(), kSkills),
                        .recognition = static_cast<domain::Recognition>(message.recognition()),
                        .core = message.core(),
                        .prerequisites = DecodeIds<ModuleId>(message.prerequisites(), ""),
                        .synthetic = message.synthetic()};
  for (const v1::Leeruitkomst& leeruitkomst : message.leeruitkomsten()) {
    module.leeruitkomsten.push_back(DecodeLeeruitkomst(leeruitkomst));
  }
  return module;
}

// Keeps the message of a module that was there before, wherever it stands now.
void FillModules(const std::vector<domain::Module>& modules,
                 google::protobuf::RepeatedPtrField<v1::Module>* list) {
  std::map<std::string, v1::Module> before;
  for (v1::Module& message : *list) before[message.id()].Swap(&message);
  list->Clear();
  for (const domain::Module& module : modules) {
    v1::Module* const message = list->Add();
    const auto known = before.find(module.id.value());
    if (known != before.end()) message->Swap(&known->second);
    FillModule(module, message);
  }
}

void FillFastSwitchLabel(const domain::FastSwitchLabel& label, v1::FastSwitchLabel* message) {
  message->set_chain_approach(label.chain_approach);
  message->set_personal_programme(label.personal_programme);
  message->set_direct_contract(label.direct_contract);
  message->set_fast_startbekwaam(label.fast_startbekwaam);
  message->set_shared_guidance(label.shared_guidance);
  message->set_valid_from(FormatDay(label.valid_from));
  message->set_valid_until(FormatDay(label.valid_until));
}

StatusOr<domain::FastSwitchLabel> DecodeFastSwitchLabel(const v1::FastSwitchLabel& message) {
  ASSIGN_OR_RETURN(const Day valid_from, ParseDay(message.valid_from()));
  ASSIGN_OR_RETURN(const Day valid_until, ParseDay(message.valid_until()));
  return domain::FastSwitchLabel{.chain_approach = message.chain_approach(),
                                 .personal_programme = message.personal_programme(),
                                 .direct_contract = message.direct_contract(),
                                 .fast_startbekwaam = message.fast_startbekwaam(),
                                 .shared_guidance = message.shared_guidance(),
                                 .valid_from = valid_from,
                                 .valid_until = valid_until};
}

}  // namespace

void Fill(const domain::Opleider& opleider, v1::Opleider* message) {
  message->set_name(NameOf(opleider));
  message->set_display_name(opleider.display_name);
  message->set_kind(static_cast<v1::Opleider::Kind>(opleider.kind));
  message->set_state(static_cast<v1::Opleider::State>(opleider.state));
  if (opleider.location.has_value()) {
    FillLocation(*opleider.location, message->mutable_location());
  } else {
    message->clear_location();
  }
  FillRevision(opleider.revision, message);
}

StatusOr<domain::Opleider> Decode(const v1::Opleider& message, int64_t version) {
  domain::Opleider opleider{.id = OpleiderId(IdIn(message.name(), 0)),
                            .display_name = message.display_name(),
                            .kind = static_cast<domain::OpleiderKind>(message.kind()),
                            .location = {},
                            .state = message.state() == v1::Opleider::STATE_CLOSED
                                         ? domain::OpleiderState::kClosed
                                         : domain::OpleiderState::kActive,
                            .revision = DecodeRevision(message, version)};
  if (message.has_location()) opleider.location = DecodeLocation(message.location());
  return opleider;
}

void Fill(const domain::Programme& programme, v1::Programme* message) {
  message->set_name(NameOf(programme));
  message->set_title(programme.title);
  message->set_degree(static_cast<v1::Programme::Degree>(programme.degree));
  message->set_nlqf_level(programme.nlqf_level);
  message->set_entry_level(programme.entry_level);
  message->set_crebo(programme.crebo);
  message->set_croho(programme.croho);
  message->set_sector(programme.sector);
  FillIds(programme.occupations, kOccupations, message->mutable_occupations());
  FillTexts(programme.awards, message->mutable_awards());
  if (programme.label.has_value()) {
    FillFastSwitchLabel(*programme.label, message->mutable_label());
  } else {
    message->clear_label();
  }
  FillModules(programme.modules, message->mutable_modules());
  message->set_state(static_cast<v1::Programme::State>(programme.state));
  message->set_source(programme.source);
  FillTexts(programme.unknown_facts, message->mutable_unknown_facts());
  message->set_external_reference(programme.external_reference);
  FillRevision(programme.revision, message);
}

StatusOr<domain::Programme> Decode(const v1::Programme& message, int64_t version) {
  domain::Programme programme{
      .id = ProgrammeId(IdIn(message.name(), 1)),
      .opleider = OpleiderId(IdIn(message.name(), 0)),
      .title = message.title(),
      .degree = static_cast<domain::Degree>(message.degree()),
      .nlqf_level = message.nlqf_level(),
      .entry_level = message.entry_level(),
      .crebo = message.crebo(),
      .croho = message.croho(),
      .sector = message.sector(),
      .occupations = DecodeIds<OccupationId>(message.occupations(), kOccupations),
      .awards = DecodeTexts(message.awards()),
      .label = {},
      .modules = {},
      .state = message.state() == v1::Programme::STATE_RETIRED ? domain::ProgrammeState::kRetired
                                                               : domain::ProgrammeState::kActive,
      .source = message.source(),
      .unknown_facts = DecodeTexts(message.unknown_facts()),
      .external_reference = message.external_reference(),
      .revision = DecodeRevision(message, version)};
  if (message.has_label()) {
    ASSIGN_OR_RETURN(programme.label, DecodeFastSwitchLabel(message.label()));
  }
  for (const v1::Module& module : message.modules()) {
    programme.modules.push_back(DecodeModule(module));
  }
  return programme;
}

void Fill(const domain::Start& start, v1::Start* message) {
  message->set_name(NameOf(start));
  message->set_rhythm(static_cast<v1::Start::Rhythm>(start.rhythm));
  message->set_begins_on(FormatDay(start.begins_on));
  message->set_capacity(start.capacity);
  message->set_minimum(start.minimum);
  message->clear_delivery();
  for (const domain::Delivery delivery : start.delivery) {
    message->add_delivery(static_cast<v1::Start::Delivery>(delivery));
  }
  message->clear_delivery_mix();
  for (const domain::DeliveryShare& share : start.delivery_mix) {
    v1::Start::DeliveryShare* const added = message->add_delivery_mix();
    added->set_delivery(static_cast<v1::Start::Delivery>(share.delivery));
    added->set_percent(share.percent);
  }
  if (start.location.has_value()) {
    FillLocation(*start.location, message->mutable_location());
  } else {
    message->clear_location();
  }
  message->set_times(start.times);
  message->set_sign_up(static_cast<v1::Start::SignUp>(start.sign_up));
  if (start.price_cents.has_value()) {
    message->set_price_cents(*start.price_cents);
  } else {
    message->clear_price_cents();
  }
  message->set_decides_on(start.decides_on.has_value() ? FormatDay(*start.decides_on) : "");
  message->set_promised_on(start.promised_on.has_value() ? FormatDay(*start.promised_on) : "");
  message->set_state(static_cast<v1::Start::State>(start.state));
  message->set_synthetic(start.synthetic);
  message->set_cancel_explanation(start.cancel_explanation);
  FillRevision(start.revision, message);
}

StatusOr<domain::Start> Decode(const v1::Start& message, int64_t version) {
  ASSIGN_OR_RETURN(const Day begins_on, ParseDay(message.begins_on()));
  domain::Start start{.id = StartId(IdIn(message.name(), 2)),
                      .programme = ProgrammeId(IdIn(message.name(), 1)),
                      .opleider = OpleiderId(IdIn(message.name(), 0)),
                      .rhythm = static_cast<domain::Rhythm>(message.rhythm()),
                      .begins_on = begins_on,
                      .capacity = message.capacity(),
                      .minimum = message.minimum(),
                      .delivery = {},
                      .delivery_mix = {},
                      .location = {},
                      .times = message.times(),
                      .sign_up = static_cast<domain::SignUp>(message.sign_up()),
                      .price_cents = {},
                      .decides_on = {},
                      .promised_on = {},
                      .state = domain::StartState::kOpen,
                      .synthetic = message.synthetic(),
                      .cancel_explanation = message.cancel_explanation(),
                      .revision = DecodeRevision(message, version)};
  for (const int delivery : message.delivery()) {
    start.delivery.push_back(static_cast<domain::Delivery>(delivery));
  }
  for (const v1::Start::DeliveryShare& share : message.delivery_mix()) {
    start.delivery_mix.push_back(
        {.delivery = static_cast<domain::Delivery>(share.delivery()), .percent = share.percent()});
  }
  if (message.has_location()) start.location = DecodeLocation(message.location());
  if (message.has_price_cents()) start.price_cents = message.price_cents();
  if (!message.decides_on().empty()) {
    ASSIGN_OR_RETURN(start.decides_on, ParseDay(message.decides_on()));
  }
  if (!message.promised_on().empty()) {
    ASSIGN_OR_RETURN(start.promised_on, ParseDay(message.promised_on()));
  }
  if (message.state() != v1::Start::STATE_UNSPECIFIED) {
    start.state = static_cast<domain::StartState>(message.state());
  }
  return start;
}

void Fill(const domain::Skill& skill, v1::Skill* message) {
  message->set_name(std::string(kSkills) + skill.id.value());
  FillLabel(skill.label, message->mutable_label());
  message->set_esco_uri(skill.esco_uri);
  message->set_source(skill.source);
  message->set_sequence(skill.sequence);
}

domain::Skill Decode(const v1::Skill& message) {
  return {.id = SkillId(IdIn(message.name(), 0)),
          .label = DecodeLabel(message.label()),
          .esco_uri = message.esco_uri(),
          .source = message.source(),
          .sequence = message.sequence()};
}

void Fill(const domain::Occupation& occupation, v1::Occupation* message) {
  message->set_name(std::string(kOccupations) + occupation.id.value());
  FillLabel(occupation.label, message->mutable_label());
  message->set_esco_uri(occupation.esco_uri);
  message->set_sector(occupation.sector);
  FillIds(occupation.essential_skills, kSkills, message->mutable_essential_skills());
  FillIds(occupation.optional_skills, kSkills, message->mutable_optional_skills());
  message->set_source(occupation.source);
  message->set_sequence(occupation.sequence);
}

domain::Occupation Decode(const v1::Occupation& message) {
  return {.id = OccupationId(IdIn(message.name(), 0)),
          .label = DecodeLabel(message.label()),
          .esco_uri = message.esco_uri(),
          .sector = message.sector(),
          .essential_skills = DecodeIds<SkillId>(message.essential_skills(), kSkills),
          .optional_skills = DecodeIds<SkillId>(message.optional_skills(), kSkills),
          .source = message.source(),
          .sequence = message.sequence()};
}

}  // namespace matchgo::programmes::store
