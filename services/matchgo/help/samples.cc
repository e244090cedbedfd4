#include "services/matchgo/help/samples.h"

#include <absl/strings/ascii.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "matchgo/common/v1/rules.pb.h"
#include "services/matchgo/help/api_help.h"

namespace matchgo::help {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using nlohmann::json;

const common::v1::FieldRules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(common::v1::rules);
}

bool IsTime(const FieldDescriptor& field) { return TypeWord(field) == "TIME"; }

struct Sample {
  std::string_view key;  // a field or Message.field, a pattern of names, or a pattern of texts
  const char* value;
};

// Fields whose values hang together, or that deserve something to the point.
constexpr std::array kFieldSamples = {
    Sample{"full_name", "Anna de Vries"},
    Sample{"birth_year", "1984"},
    Sample{"employed", "true"},
    Sample{"Education.title", "Bedrijfskunde"},
    Sample{"SkillClaim.skill", "skills/k-read-engineering-drawings"},
    Sample{"SkillClaim.level", "4"},
    Sample{"LanguageSkill.level", "LEVEL_C2"},
    Sample{"display_name", "Installatiebedrijf Utrecht"},
    Sample{"Opleider.display_name", "Hogeschool Utrecht"},
    Sample{"title", "Monteur elektrotechniek in opleiding"},
    Sample{"description", "Leren en werken in een vast team."},
    Sample{"Requirements.day_one_skills", "skills/k-read-engineering-drawings"},
    Sample{"Requirements.nice_skills", "skills/k-use-measurement-instruments"},
    Sample{"place", "Utrecht"},
    Sample{"x", "1360"},
    Sample{"y", "4560"},
    Sample{"salary_now_cents", "310000"},
    Sample{"salary_floor_cents", "280000"},
    Sample{"salary_min_cents", "300000"},
    Sample{"salary_max_cents", "380000"},
    Sample{"hours_min", "24"},
    Sample{"hours_max", "36"},
    Sample{"study_hours", "10"},
    Sample{"notice_days", "30"},
    Sample{"travel_km_max", "30"},
    Sample{"nlqf_level", "6"},
    Sample{"year", "2012"},
    Sample{"norm", "500"},
    Sample{"score", "640"},
    Sample{"instrument", "capaciteiten-hbo"},
    Sample{"evidence", "rapport-2026-118"},
    Sample{"ec_hundredths", "500"},
    Sample{"capacity", "16"},
    Sample{"minimum", "8"},
    Sample{"new_capacity", "1"},
    Sample{"times", "di en do 18-21 uur"},
    Sample{"delivery", "DELIVERY_CLASSROOM"},
    Sample{"percent", "100"},
    Sample{"price_cents", "250000"},
    Sample{"Programme.title", "Elektrotechniek (Ad)"},
    Sample{"Programme.nlqf_level", "5"},
    Sample{"entry_level", "4"},
    Sample{"source", "studiegids"},
    Sample{"personal_programme", "true"},
    Sample{"direct_contract", "true"},
    Sample{"fast_startbekwaam", "true"},
    Sample{"chain_approach", "true"},
    Sample{"shared_guidance", "true"},
    Sample{"Module.title", "Laagspanningsinstallaties"},
    Sample{"Module.study_hours", "140"},
    Sample{"core", "true"},
    Sample{"recognition", "RECOGNITION_EXEMPT"},
    Sample{"openings", "2"},
    Sample{"guidance_capacity", "2"},
    Sample{"dutch_level", "4"},
    Sample{"Round.title", "de volgende ronde"},
    Sample{"answer_working_days", "5"},
    Sample{"fit", "300"},
    Sample{"nice", "100"},
    Sample{"time", "200"},
    Sample{"travel", "100"},
    Sample{"salary", "150"},
    Sample{"preference", "100"},
    Sample{"aptitude", "50"},
    Sample{"coach", "coach-7"},
    Sample{"plan_hours", "280"},
    Sample{"ExitTrajectoryRequest.explanation", "kreeg elders een vaste baan"},
    Sample{"hours_done", "40"},
    Sample{"verb", "ontwerpen"},
    Sample{"kind", "product"},
    Sample{"subject", "een laagspanningsinstallatie"},
    Sample{"standard", "volgens NEN 1010"},
    Sample{"context", "op de eigen werkplek"},
    Sample{"external_reference", "hr-2026-0042"},
    Sample{"resource", "employers/6jjndca2d8w7hxf4syqef6htwd/vacancies/3pgnm30vk90x6y90r9wjzwfkrr"},
};

struct Moment {
  std::string_view field;
  int32_t days;  // from today
};

// So that a template is as good next year. Other dates are today.
constexpr std::array kMoments = {
    Moment{"from", -3650},      Moment{"given_on", -30},   Moment{"taken_on", -60},
    Moment{"valid_from", -365}, Moment{"issued_on", -10},  Moment{"available_from", 30},
    Moment{"start_from", 30},   Moment{"decides_on", 100}, Moment{"begins_on", 120},
    Moment{"expires_on", 180},  Moment{"ready_by", 540},   Moment{"valid_until", 730},
};

// An absent end means "until now" or "it stands"; no accepted opleiders means all; the only module
// has none before it; a reference of one's own would refuse the second record; an Ad has no crebo;
// who has a contract already has a trajectory; an electrician needs no formal qualification.
constexpr std::array<std::string_view, 12> kLeftOut = {"contract",
                                                       "etag",
                                                       "to",
                                                       "withdrawn_on",
                                                       "accepted_opleiders",
                                                       "prerequisites",
                                                       "crebo",
                                                       "unknown_facts",
                                                       "external_reference",
                                                       "qualification",
                                                       "qualifications",
                                                       "awards"};

constexpr std::array kNameSamples = {
    Sample{"skills/*", "skills/k-solder-electronics"},
    Sample{"occupations/*", "occupations/o-electrician"},
    Sample{"switchers/*", "switchers/0earb0xrfhbnf7xfyjvgab50b5"},
    Sample{"employers/*", "employers/6jjndca2d8w7hxf4syqef6htwd"},
    Sample{"employers/*/vacancies/*",
           "employers/6jjndca2d8w7hxf4syqef6htwd/vacancies/3pgnm30vk90x6y90r9wjzwfkrr"},
    Sample{"opleiders/*", "opleiders/5er17s270mxvk6ap9hmqjzf4rv"},
    Sample{"opleiders/*/programmes/*",
           "opleiders/5er17s270mxvk6ap9hmqjzf4rv/programmes/4b64sr040gewcx2r4wz4n02dex"},
    Sample{"opleiders/*/programmes/*/starts/*",
           "opleiders/5er17s270mxvk6ap9hmqjzf4rv/programmes/4b64sr040gewcx2r4wz4n02dex/starts/"
           "434aqx6cv606jr8hp8hfphsjk1"},
    Sample{"rounds/*", "rounds/3fp71kavmbbmsnkjks8nz4sevm"},
    Sample{"rounds/*/outcomes/*",
           "rounds/3fp71kavmbbmsnkjks8nz4sevm/outcomes/00rfhwzjd3k6e4xa03zz4ydx44"},
    Sample{"offers/*", "offers/01kaz91q0xhy077n1br9fyab42"},
    Sample{"contracts/*", "contracts/2f2m325jzdk71x0erjpntw9g6v"},
    Sample{"trajectories/*", "trajectories/0p3vq8m2s9"},
};

constexpr std::array kPatternSamples = {
    Sample{"\\+[1-9][0-9]{6,14}", "+31612345678"},
    Sample{"[1-9][0-9]{3}( ?[A-Z]{2})?", "3511 AB"},
    Sample{"[0-9]{2,4}", "0113"},
    Sample{"[0-9]{5}", "25655"},
    Sample{"[0-9]{8}", "12345678"},
    Sample{"K?[0-9]{3,5}", "K1041"},
    Sample{"ILLNESS|PARENTHOOD|CARE|OTHER", "PARENTHOOD"},
    Sample{"[A-Za-z0-9._-]+", "rapport-2026-118"},
    Sample{"[A-Za-z0-9][A-Za-z0-9._-]*", "m1"},
    Sample{"[a-z]{2}", "nl"},
    Sample{"[a-z][a-z0-9_]*", "techniek"},
    Sample{"[a-z0-9][a-z0-9-]*", "bevoegdheid-vo-2-wiskunde"},
    Sample{"[A-Z_]+", "OTHER"},
    Sample{"[A-Za-z0-9._:-]+", "hr-2026-11-21-7"},
};

template <size_t count>
const char* Find(const std::array<Sample, count>& samples, const std::string& key) {
  for (const Sample& sample : samples) {
    if (key == sample.key) return sample.value;
  }
  return nullptr;
}

const char* FieldSample(const FieldDescriptor& field) {
  const char* own = Find(kFieldSamples, field.containing_type()->name() + "." + field.name());
  return own != nullptr ? own : Find(kFieldSamples, field.name());
}

std::string SampleText(const FieldDescriptor& field) {
  const common::v1::FieldRules& rules = RulesOf(field);
  if (const char* known = FieldSample(field)) return known;
  if (const char* name = Find(kNameSamples, rules.resource())) return name;
  switch (rules.format()) {
    case common::v1::TEXT_FORMAT_DATE:
      return "2027-06-30";
    case common::v1::TEXT_FORMAT_EMAIL:
      return "anna@example.nl";
    case common::v1::TEXT_FORMAT_URI:
      return "https://example.nl/";
    default:
      break;
  }
  const char* shaped = Find(kPatternSamples, rules.pattern());
  return shaped == nullptr ? "tekst" : shaped;
}

std::string SampleNumber(const FieldDescriptor& field) {
  if (const char* known = FieldSample(field)) return known;
  const common::v1::FieldRules& rules = RulesOf(field);
  return std::to_string(rules.has_min() ? std::max<int64_t>(rules.min(), 1) : 1);
}

std::string SampleDate(const FieldDescriptor& field, Day today) {
  for (const Moment& moment : kMoments) {
    if (moment.field == field.name()) return FormatDay(today + moment.days);
  }
  return FormatDay(today);
}

json SampleJson(const FieldDescriptor& field, Day today) {
  const char* known = FieldSample(field);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return IsTime(field) ? json(FormatDay(today + 14) + "T09:00:00Z")
                           : TemplateOf(*field.message_type(), today);
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* value = known == nullptr ? nullptr : field.enum_type()->FindValueByName(known);
      return (value == nullptr ? field.enum_type()->value(1) : value)->name();
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      return known != nullptr && std::string_view(known) == "true";
    case FieldDescriptor::CPPTYPE_STRING:
      return TypeWord(field) == "DATE" ? SampleDate(field, today) : SampleText(field);
    default:
      return std::stoll(SampleNumber(field));
  }
}

}  // namespace

std::string SampleOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (IsTime(field)) return "2026-12-01T09:00:00Z";
      return TypeWord(field) == "FIELDS"
                 ? "title"
                 : "@" + absl::AsciiStrToLower(field.message_type()->name()) + ".json";
    case FieldDescriptor::CPPTYPE_ENUM:
      return ShortName(*field.enum_type()->value(1));
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true";
    case FieldDescriptor::CPPTYPE_STRING:
      return SampleText(field);
    default:
      return SampleNumber(field);
  }
}

json TemplateOf(const Descriptor& type, Day today) {
  json record = json::object();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const bool left_out =
        std::find(kLeftOut.begin(), kLeftOut.end(), field.name()) != kLeftOut.end();
    if (!IsInput(field) || left_out) continue;
    json sample = SampleJson(field, today);
    record[field.name()] = field.is_repeated() ? json::array({sample}) : sample;
  }
  return record;
}

}  // namespace matchgo::help
