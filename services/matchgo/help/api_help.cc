#include "services/matchgo/help/api_help.h"

#include <algorithm>
#include <array>

#include "matchgo/common/v1/rules.pb.h"
#include "services/matchgo/help/api_comments.h"

namespace matchgo::help {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using nlohmann::json;

const common::v1::FieldRules& RulesOf(const FieldDescriptor& field) {
  return field.options().GetExtension(common::v1::rules);
}

std::string LowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool IsOf(const FieldDescriptor& field, const char* message) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type()->full_name() == message;
}
bool IsMask(const FieldDescriptor& field) { return IsOf(field, "google.protobuf.FieldMask"); }
bool IsTime(const FieldDescriptor& field) { return IsOf(field, "google.protobuf.Timestamp"); }

struct Sample {
  const char* key;  // name of a field, pattern of a name, or pattern of a text
  const char* value;
};

// Fields whose values hang together, or that deserve something to the point.
constexpr std::array kFieldSamples = {
    Sample{"full_name", "Anna de Vries"},
    Sample{"birth_year", "1984"},
    Sample{"display_name", "Installatiebedrijf Utrecht"},
    Sample{"title", "Monteur elektrotechniek in opleiding"},
    Sample{"description", "Leren en werken in een vast team."},
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
    Sample{"from", "2015-03-01"},
    Sample{"given_on", "2024-11-01"},
    Sample{"taken_on", "2024-10-01"},
    Sample{"valid_from", "2026-01-01"},
    Sample{"begins_on", "2027-02-01"},
    Sample{"valid_until", "2028-10-01"},
    Sample{"norm", "500"},
    Sample{"score", "640"},
    Sample{"instrument", "capaciteiten-hbo"},
    Sample{"evidence", "rapport-2026-118"},
    Sample{"ec", "5"},
    Sample{"ec_hundredths", "500"},
    Sample{"capacity", "16"},
    Sample{"minimum", "8"},
    Sample{"new_capacity", "1"},
    Sample{"entry_level", "5"},
    Sample{"openings", "2"},
    Sample{"guidance_capacity", "2"},
    Sample{"dutch_level", "4"},
    Sample{"answer_working_days", "5"},
    Sample{"verb", "ontwerpen"},
    Sample{"kind", "product"},
    Sample{"subject", "een laagspanningsinstallatie"},
    Sample{"standard", "volgens NEN 1010"},
    Sample{"context", "op de eigen werkplek"},
    Sample{"external_reference", "hr-2026-0042"},
    Sample{"accepted_opleiders", "opleiders/5er17s270mxvk6ap9hmqjzf4rv"},
    Sample{"resource", "employers/6jjndca2d8w7hxf4syqef6htwd/vacancies/3pgnm30vk90x6y90r9wjzwfkrr"},
};

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

std::string RangeOf(const common::v1::FieldRules& rules) {
  if (rules.has_min() && rules.has_max()) {
    return std::to_string(rules.min()) + ".." + std::to_string(rules.max());
  }
  if (rules.has_min()) return ">= " + std::to_string(rules.min());
  return rules.has_max() ? "<= " + std::to_string(rules.max()) : "";
}

std::string SampleText(const FieldDescriptor& field) {
  const common::v1::FieldRules& rules = RulesOf(field);
  if (const char* known = Find(kFieldSamples, field.name())) return known;
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
  if (const char* known = Find(kFieldSamples, field.name())) return known;
  const common::v1::FieldRules& rules = RulesOf(field);
  return std::to_string(rules.has_min() ? std::max<int64_t>(rules.min(), 1) : 1);
}

json SampleJson(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return IsTime(field) ? json(SampleOf(field)) : TemplateOf(*field.message_type());
    case FieldDescriptor::CPPTYPE_ENUM:
      return field.enum_type()->value(1)->name();
    case FieldDescriptor::CPPTYPE_BOOL:
      return false;
    case FieldDescriptor::CPPTYPE_STRING:
      return SampleText(field);
    default:
      return std::stoll(SampleNumber(field));
  }
}

std::string Quoted(const std::string& text) {
  return text.find(' ') == std::string::npos ? text : "'" + text + "'";
}

}  // namespace

std::string ShortName(const google::protobuf::EnumValueDescriptor& value) {
  const std::string& zero = value.type()->value(0)->name();
  const size_t prefix = zero.size() - std::string("UNSPECIFIED").size();
  return LowerCase(value.name().substr(prefix));
}

bool IsInput(const FieldDescriptor& field) { return !RulesOf(field).output_only(); }

std::string FlagOf(const FieldDescriptor& field) {
  std::string flag = "--" + field.name();
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

const FieldDescriptor* RecordOf(const Descriptor& request) {
  for (const std::string verb : {"Create", "Update"}) {
    if (request.name().rfind(verb, 0) != 0) continue;
    const std::string record =
        request.name().substr(verb.size(), request.name().size() - verb.size() - 7);
    for (int i = 0; i < request.field_count(); ++i) {
      const FieldDescriptor* field = request.field(i);
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_repeated() &&
          field->message_type()->name() == record) {
        return field;
      }
    }
  }
  return nullptr;
}

std::string MethodHelp(const MethodDescriptor& method) {
  return std::string(CommentOf(method.full_name()));
}

std::string TypeWord(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (IsMask(field)) return "FIELDS";
      return IsTime(field) ? "TIME" : "JSON";
    case FieldDescriptor::CPPTYPE_ENUM:
      return "WORD";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true|false";
    case FieldDescriptor::CPPTYPE_STRING:
      if (!RulesOf(field).resource().empty()) return "NAME";
      return RulesOf(field).format() == common::v1::TEXT_FORMAT_DATE ? "DATE" : "TEXT";
    default:
      return "NUMBER";
  }
}

std::string FieldHelp(const FieldDescriptor& field) {
  std::string help(CommentOf(field.full_name()));
  std::replace(help.begin(), help.end(), '\n', ' ');
  const std::string type = TypeWord(field);
  const std::string range = RangeOf(RulesOf(field));
  if (type == "NUMBER" && !range.empty()) help += " (" + range + ")";
  if (type == "FIELDS") help += " Comma-separated.";
  if (type == "TIME") help += " Such as " + SampleOf(field) + ".";
  if (type == "JSON") help += " JSON, @FILE or @- (stdin).";
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return help;
  for (int i = 1; i < field.enum_type()->value_count(); ++i) {
    const auto* value = field.enum_type()->value(i);
    std::string meaning(CommentOf(value->full_name()));
    std::replace(meaning.begin(), meaning.end(), '\n', ' ');
    help += "\n" + ShortName(*value) + "\t" + meaning;
  }
  return help;
}

std::string SampleOf(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (IsTime(field)) return "2026-12-01T09:00:00Z";
      return IsMask(field) ? "title" : "@" + LowerCase(field.message_type()->name()) + ".json";
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

json TemplateOf(const Descriptor& type) {
  json record = json::object();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    // An absent end means "until now" or "it stands", which is what most records say.
    const bool end = field.name() == "to" || field.name() == "withdrawn_on";
    if (!IsInput(field) || field.name() == "etag" || end) continue;
    // No list of accepted opleiders means all; the only module has none before it.
    if (field.name() == "accepted_opleiders" || field.name() == "prerequisites") continue;
    json sample = SampleJson(field);
    record[field.name()] = field.is_repeated() ? json::array({sample}) : sample;
  }
  return record;
}

std::string ExampleOf(const std::string& noun, const std::string& verb,
                      const MethodDescriptor& method) {
  const Descriptor& request = *method.input_type();
  const FieldDescriptor* record = RecordOf(request);
  std::string line = "matchgo " + noun + " " + verb;
  std::string flags;
  if (record != nullptr && request.name().rfind("Update", 0) == 0) {
    const auto* name = record->message_type()->FindFieldByName("name");
    line += " " + Quoted(SampleOf(*name));
  }
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor& field = *request.field(i);
    if (!RulesOf(field).required()) continue;
    const bool lists = request.FindFieldByName("page_size") != nullptr;
    if (field.name() == "parent" && lists) continue;  // all, unless one is named
    std::string sample = SampleOf(field);
    if (&field == record) {
      flags += " " + FlagOf(field) + " " + sample;
    } else if (field.name() == "name") {
      const bool flat = std::count(sample.begin(), sample.end(), '/') == 1;
      line += " " + (flat ? sample.substr(sample.find('/') + 1) : sample);
    } else {
      flags += " " + FlagOf(field) + " " + Quoted(sample);
    }
  }
  return line + flags;
}

}  // namespace matchgo::help
