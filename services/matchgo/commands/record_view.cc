#include "services/matchgo/commands/record_view.h"

#include <absl/time/time.h>
#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "common/base/check.h"
#include "common/kernel/resource_patterns.h"
#include "matchgo/common/v1/rules.pb.h"
#include "services/matchgo/commands/record_words.h"
#include "services/matchgo/commands/score_sum.h"

namespace matchgo::commands {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;
using Fields = std::vector<const FieldDescriptor*>;

constexpr size_t kLabelMax = 32;

bool Ends(const std::string& text, std::string_view end) { return text.ends_with(end); }

// For programs and for looking things up: shown last.
bool IsTechnical(const FieldDescriptor& field) {
  static constexpr std::array kNames = {"name",        "etag",        "sequence",
                                        "create_time", "update_time", "market_digest",
                                        "seed_hash",   "seed",        "code_version"};
  return std::ranges::find(kNames, field.name()) != kNames.end();
}

bool IsTime(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type() == Timestamp::descriptor();
}

bool IsPart(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !IsTime(field);
}

Fields SetFields(const Message& message) {
  Fields fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

std::string LocalTime(const Message& time) {
  const auto& stamp = dynamic_cast<const Timestamp&>(time);
  absl::TimeZone zone;
  CHECK(absl::LoadTimeZone("Europe/Amsterdam", &zone));  // package tzdata
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixSeconds(stamp.seconds()), zone);
}

std::string NumberWords(const Context& context, const FieldDescriptor& field, int64_t number) {
  const std::string& name = field.name();
  if (Ends(name, "_cents")) return terminal::FormatEuros(context.language, number);
  if (name == "ec_hundredths") return FormatPoints(context.language, number * 10);
  if (name == "total" || name == "total_score" || name == "score_bound" || name == "cutoff_score") {
    return FormatPoints(context.language, number);
  }
  if (Ends(name, "year") || IsTechnical(field)) return std::to_string(number);
  return terminal::FormatCount(context.language, number);
}

// An event or a role is a word in capitals too: "CONTRACT_SIGNED".
bool IsWord(const std::string& text) {
  return text.size() > 2 &&
         std::ranges::all_of(text, [](char c) { return c == '_' || (c >= 'A' && c <= 'Z'); });
}

std::string TextWords(const Context& context, const FieldDescriptor& field,
                      const std::string& text) {
  // Whole, to be given back: W/"4".
  if (IsTechnical(field) && field.name() != "name") return text;
  if (IsWord(text)) return ValueWords(context.language, text, text);
  // A name of one collection is found by its last part alone.
  const bool is_name = !field.options().GetExtension(common::v1::rules).resource().empty() ||
                       (text.find('/') != std::string::npos && text.find(' ') == text.npos);
  const bool flat = std::ranges::count(text, '/') == 1;
  return is_name && flat && text.find(':') == text.npos ? names::LastPart(text) : text;
}

// What every value is shown with.
struct Reader {
  const Context& context;
  const TitleOf& title_of;
};

std::string EnumWords(const Reader& reader, const google::protobuf::EnumValueDescriptor& value) {
  const std::string title = reader.title_of(value.name());
  return title.empty() ? ValueWords(reader.context.language, value.name(), ShortWords(value))
                       : title;
}

// One value; `index` < 0 where the field is not a list.
std::string Value(const Reader& reader, const Message& message, const FieldDescriptor& field,
                  int index) {
  const Context& context = reader.context;
  const Reflection& of = *message.GetReflection();
  const bool many = index >= 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return NumberWords(
          context, field,
          many ? of.GetRepeatedInt32(message, &field, index) : of.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return NumberWords(
          context, field,
          many ? of.GetRepeatedInt64(message, &field, index) : of.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return of.GetBool(message, &field) ? context.Say("ja", "yes") : context.Say("nee", "no");
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumWords(reader, *(many ? of.GetRepeatedEnum(message, &field, index)
                                      : of.GetEnum(message, &field)));
    case FieldDescriptor::CPPTYPE_STRING:
      return TextWords(
          context, field,
          many ? of.GetRepeatedString(message, &field, index) : of.GetString(message, &field));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return many ? "" : LocalTime(of.GetMessage(message, &field));
    default:
      return "";
  }
}

std::string Joined(const Reader& reader, const Message& message, const FieldDescriptor& field) {
  if (!field.is_repeated()) return Value(reader, message, field, -1);
  std::string text;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, &field); ++i) {
    text += (i > 0 ? ", " : "") + Value(reader, message, field, i);
  }
  return text;
}

// A part in one cell: what kind it is, else all it says; of several only how many.
std::string PartWords(const Reader& reader, const Message& message, const FieldDescriptor& field) {
  const Reflection& of = *message.GetReflection();
  if (field.is_repeated() && of.FieldSize(message, &field) != 1) {
    return std::to_string(of.FieldSize(message, &field));
  }
  const Message& part = field.is_repeated() ? of.GetRepeatedMessage(message, &field, 0)
                                            : of.GetMessage(message, &field);
  std::string all;
  for (const FieldDescriptor* inner : SetFields(part)) {
    if (IsPart(*inner)) continue;
    if (inner->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) return Joined(reader, part, *inner);
    all += (all.empty() ? "" : " ") + Joined(reader, part, *inner);
  }
  return all;
}

std::string Title(std::string words) {
  if (!words.empty()) words[0] = static_cast<char>(std::toupper(words[0]));
  return words;
}

class View {
 public:
  explicit View(const Reader& reader)
      : reader_(reader), context_(reader.context), title_of_(reader.title_of) {}

  // The fields of a record, its parts below.
  void AddRecord(const Message& record) {
    Fields technical;
    Fields parts;
    Fields plain;
    for (const FieldDescriptor* field : SetFields(record)) {
      (IsTechnical(*field) ? technical : IsPart(*field) ? parts : plain).push_back(field);
    }
    AddLines(record, plain);
    AddParts(record, parts);
    if (technical.empty()) return;
    if (!text_.empty()) AddTitle("Record");
    AddLines(record, technical);
  }
  std::string text() && { return std::move(text_); }

 private:
  void AddTitle(const std::string& words) {
    text_ += std::string(text_.empty() ? "" : "\n") + terminal::Bold(context_.style, words) + "\n";
  }

  void AddLines(const Message& message, const Fields& fields) {
    size_t width = 0;
    for (const FieldDescriptor* field : fields) {
      width = std::max(width, terminal::Width(FieldWords(context_.language, field->name())));
    }
    width = std::min(width, kLabelMax);
    for (const FieldDescriptor* field : fields) AddLine(message, *field, width);
  }

  void AddLine(const Message& message, const FieldDescriptor& field, size_t width) {
    const std::string indent(width + 4, ' ');
    std::string value = Joined(reader_, message, field);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING && !field.is_repeated() &&
        field.name() != "name") {
      const std::string name = message.GetReflection()->GetString(message, &field);
      const std::string title = title_of_(name);
      if (!title.empty()) value = title + "\n" + value;
    }
    std::string lines;
    for (size_t begin = 0; begin <= value.size();) {
      const size_t end = std::min(value.find('\n', begin), value.size());
      lines += terminal::Wrap(value.substr(begin, end - begin), context_.style.width, indent);
      begin = end + 1;
    }
    text_ += "  " + terminal::Fit(FieldWords(context_.language, field.name()), width) + "  " +
             lines.substr(std::min(indent.size(), lines.size()));
  }

  void AddParts(const Message& record, const Fields& parts) {
    const Reflection& of = *record.GetReflection();
    for (const FieldDescriptor* field : parts) {
      if (field->is_repeated()) {
        AddTable(record, *field);
        continue;
      }
      const Message& part = of.GetMessage(record, field);
      Fields plain;
      Fields inner;
      for (const FieldDescriptor* each : SetFields(part)) {
        (IsPart(*each) ? inner : plain).push_back(each);
      }
      if (!plain.empty()) {
        AddTitle(Title(FieldWords(context_.language, field->name())));
        AddLines(part, plain);
      }
      AddParts(part, inner);
    }
  }

  void AddTable(const Message& record, const FieldDescriptor& list) {
    const Reflection& of = *record.GetReflection();
    Fields used;
    for (int i = 0; i < of.FieldSize(record, &list); ++i) {
      for (const FieldDescriptor* field : SetFields(of.GetRepeatedMessage(record, &list, i))) {
        if (std::ranges::find(used, field) == used.end()) used.push_back(field);
      }
    }
    std::ranges::sort(used, {}, [](const FieldDescriptor* field) { return field->index(); });
    std::vector<terminal::Column> columns;
    for (const FieldDescriptor* field : used) {
      const bool number =
          !field->is_repeated() && (field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
                                    field->cpp_type() == FieldDescriptor::CPPTYPE_INT64);
      columns.push_back(
          {.title = FieldWords(context_.language, field->name()),
           .align = number ? terminal::Align::kRight : terminal::Align::kLeft,
           .whole = IsTime(*field) || Ends(field->name(), "_on") || field->name() == "on"});
    }
    std::vector<std::vector<std::string>> rows;
    for (int i = 0; i < of.FieldSize(record, &list); ++i) {
      const Message& part = of.GetRepeatedMessage(record, &list, i);
      std::vector<std::string>& row = rows.emplace_back();
      for (const FieldDescriptor* field : used) row.push_back(Cell(part, *field));
    }
    AddTitle(Title(FieldWords(context_.language, list.name())));
    text_ += terminal::FormatTable(context_.style, columns, rows);
  }

  std::string Cell(const Message& part, const FieldDescriptor& field) const {
    const Reflection& of = *part.GetReflection();
    const bool there =
        field.is_repeated() ? of.FieldSize(part, &field) > 0 : of.HasField(part, &field);
    if (!there) return "";
    return IsPart(field) ? PartWords(reader_, part, field) : Joined(reader_, part, field);
  }

  const Reader& reader_;
  const Context& context_;
  const TitleOf& title_of_;
  std::string text_;
};

}  // namespace

std::string RecordView(const Context& context, const Message& record, const TitleOf& title_of) {
  const Reader reader{.context = context, .title_of = title_of};
  View view(reader);
  view.AddRecord(record);
  return std::move(view).text();
}

}  // namespace matchgo::commands
