#include "common/rpc/validate.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "common/base/violations.h"
#include "common/kernel/day.h"
#include "common/rpc/message_rules.h"
#include "common/rpc/resource_name.h"

namespace matchgo::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Enough to mend a form; more would only make the answer large.
constexpr size_t kViolationsMax = 100;
// 1900-01-01 and 2201-01-01 in seconds since 1970.
constexpr int64_t kSecondsMin = -2'208'988'800;
constexpr int64_t kSecondsMax = 7'289'654'400;

struct TextShape {
  int length = 0;
  bool forbidden = false;
};

// Whether the eight bytes are plain ASCII without controls. May say no to bytes behind one that is
// not.
bool ArePlain(const char* bytes) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof(word));
  const uint64_t deletes = word ^ (kOnes * 0x7f);  // zero where a byte is 0x7f
  return (((word - kOnes * 0x20) | word | (deletes - kOnes)) & (kOnes * 0x80)) == 0;
}

// One pass over valid UTF-8: counts code points, finds C0 and C1 controls, line separators and the
// characters that change the direction of what follows (U+202A..202E, U+2066..2069).
TextShape ShapeOf(const std::string& text, bool multiline) {
  TextShape shape;
  for (size_t i = 0; i < text.size(); ++i) {
    while (i + 8 <= text.size() && ArePlain(text.data() + i)) {
      shape.length += 8;
      i += 8;
    }
    if (i == text.size()) break;
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c & 0xc0) != 0x80) ++shape.length;
    if (c >= 0x20 && c < 0x7f) continue;
    if (c < 0x20) {
      if (!(multiline && (c == '\n' || c == '\t' || c == '\r'))) shape.forbidden = true;
    } else if (c == 0x7f) {
      shape.forbidden = true;
    } else if (c == 0xc2 && i + 1 < text.size()) {
      if (static_cast<unsigned char>(text[i + 1]) < 0xa0) shape.forbidden = true;
    } else if (c == 0xe2 && i + 2 < text.size()) {
      const auto second = static_cast<unsigned char>(text[i + 1]);
      const auto third = static_cast<unsigned char>(text[i + 2]);
      if (second == 0x80 && third >= 0xa8 && third <= 0xae) shape.forbidden = true;
      if (second == 0x81 && third >= 0xa6 && third <= 0xa9) shape.forbidden = true;
    }
  }
  return shape;
}

std::string RangeText(const common::v1::FieldRules& rules) {
  if (rules.has_min() && rules.has_max()) {
    return std::to_string(rules.min()) + ".." + std::to_string(rules.max());
  }
  return rules.has_min() ? "at least " + std::to_string(rules.min())
                         : "at most " + std::to_string(rules.max());
}

std::string EnumText(const google::protobuf::EnumDescriptor& type) {
  std::string text = "one of";
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) text += (i > 1 ? ", " : " ") + type.value(i)->name();
  }
  return text;
}

class Walk {
 public:
  Walk(std::string_view prefix, Violations& violations) : violations_(violations) {
    if (!prefix.empty()) prefix_ = std::string(prefix) + ".";
  }

  void Visit(const MessageRules& rules, const Message& message, bool partial) {
    if (depth_ >= kNestingMax) return Add("TOO_DEEP", "at most 50 levels");
    if (rules.special() != MessageRules::Special::kNone) return VisitSpecial(rules, message);
    const Reflection& reflection = *message.GetReflection();
    for (const FieldCheck& check : rules.fields()) {
      path_[static_cast<size_t>(depth_++)] = {check.field, -1};
      if (check.field->is_repeated()) {
        VisitList(check, message, reflection, partial);
      } else {
        VisitOne(check, message, reflection, partial);
      }
      --depth_;
    }
  }

 private:
  struct Part {
    const FieldDescriptor* field = nullptr;
    int index = -1;
  };

  void Add(std::string_view reason, std::string_view wanted) {
    if (violations_.found().size() >= kViolationsMax) return;
    std::string path = prefix_;
    for (int i = 0; i < depth_; ++i) {
      const Part& part = path_[static_cast<size_t>(i)];
      if (i > 0) path += ".";
      path += part.field->name();
      if (part.index >= 0) path += "[" + std::to_string(part.index) + "]";
    }
    violations_.Add(path, reason, wanted);
  }

  void VisitOne(const FieldCheck& check, const Message& message, const Reflection& reflection,
                bool partial) {
    const FieldDescriptor* field = check.field;
    if (check.kind == FieldCheck::Kind::kText) {
      // Strings without presence: looking costs less than asking.
      std::string scratch;
      const std::string& text = reflection.GetStringReference(message, field, &scratch);
      if (text.empty()) {
        if (check.rules.required() && !partial) Add("REQUIRED", "a value");
        return;
      }
      return VisitText(check, text);
    }
    if (!reflection.HasField(message, field)) {
      // Without presence, zero stands for absent, unless the rules say that zero is a value.
      const bool zero_is_value =
          !field->has_presence() && check.rules.has_min() && check.rules.min() <= 0;
      if (check.rules.required() && !partial && !zero_is_value) Add("REQUIRED", "a value");
      return;
    }
    switch (check.kind) {
      case FieldCheck::Kind::kSigned:
        return VisitInteger(check, field->cpp_type() == FieldDescriptor::CPPTYPE_INT32
                                       ? reflection.GetInt32(message, field)
                                       : reflection.GetInt64(message, field));
      case FieldCheck::Kind::kUnsigned:
        return VisitUnsigned(check, field->cpp_type() == FieldDescriptor::CPPTYPE_UINT32
                                        ? reflection.GetUInt32(message, field)
                                        : reflection.GetUInt64(message, field));
      case FieldCheck::Kind::kReal:
        return VisitReal(check, field->cpp_type() == FieldDescriptor::CPPTYPE_FLOAT
                                    ? static_cast<double>(reflection.GetFloat(message, field))
                                    : reflection.GetDouble(message, field));
      case FieldCheck::Kind::kEnum:
        return VisitEnum(check, reflection.GetEnumValue(message, field));
      case FieldCheck::Kind::kMessage:
        return Visit(*check.child, reflection.GetMessage(message, field), partial);
      case FieldCheck::Kind::kText:
      case FieldCheck::Kind::kOther:
        return;
    }
  }

  void VisitList(const FieldCheck& check, const Message& message, const Reflection& reflection,
                 bool partial) {
    const int size = reflection.FieldSize(message, check.field);
    if (size == 0) {
      if (check.rules.required() && !partial) Add("REQUIRED", "at least one item");
      return;
    }
    if (size > check.items_max) {
      return Add("ITEMS", "at most " + std::to_string(check.items_max) + " items");
    }
    for (int i = 0; i < size; ++i) {
      path_[static_cast<size_t>(depth_) - 1].index = i;
      VisitItem(check, message, reflection, i);
    }
    path_[static_cast<size_t>(depth_) - 1].index = -1;
  }

  // A list is replaced as a whole, so its items are complete even in an update.
  void VisitItem(const FieldCheck& check, const Message& message, const Reflection& reflection,
                 int i) {
    const FieldDescriptor* field = check.field;
    switch (check.kind) {
      case FieldCheck::Kind::kText: {
        std::string scratch;
        const std::string& text =
            reflection.GetRepeatedStringReference(message, field, i, &scratch);
        if (!text.empty()) return VisitText(check, text);
        if (check.rules.required()) Add("REQUIRED", "a value");
        return;
      }
      case FieldCheck::Kind::kSigned:
        return VisitInteger(check, field->cpp_type() == FieldDescriptor::CPPTYPE_INT32
                                       ? reflection.GetRepeatedInt32(message, field, i)
                                       : reflection.GetRepeatedInt64(message, field, i));
      case FieldCheck::Kind::kUnsigned:
        return VisitUnsigned(check, field->cpp_type() == FieldDescriptor::CPPTYPE_UINT32
                                        ? reflection.GetRepeatedUInt32(message, field, i)
                                        : reflection.GetRepeatedUInt64(message, field, i));
      case FieldCheck::Kind::kReal:
        return VisitReal(check,
                         field->cpp_type() == FieldDescriptor::CPPTYPE_FLOAT
                             ? static_cast<double>(reflection.GetRepeatedFloat(message, field, i))
                             : reflection.GetRepeatedDouble(message, field, i));
      case FieldCheck::Kind::kEnum: {
        const int value = reflection.GetRepeatedEnumValue(message, field, i);
        if (value == 0) return Add("ENUM", EnumText(*field->enum_type()));
        return VisitEnum(check, value);
      }
      case FieldCheck::Kind::kMessage:
        return Visit(*check.child, reflection.GetRepeatedMessage(message, field, i), false);
      case FieldCheck::Kind::kOther:
        return;
    }
  }

  void VisitText(const FieldCheck& check, const std::string& text) {
    const TextShape shape = ShapeOf(text, check.rules.multiline());
    if (shape.forbidden) {
      return Add("TEXT", "no control characters and no direction overrides");
    }
    if (shape.length > check.length_max) {
      return Add("TEXT", "at most " + std::to_string(check.length_max) + " characters");
    }
    if (check.rules.format() == common::v1::TEXT_FORMAT_DATE && !ParseDay(text).ok()) {
      return Add("DATE", "a date such as 2026-11-21");
    }
    if (check.pattern != nullptr && !re2::RE2::FullMatch(text, *check.pattern)) {
      return Add("PATTERN", WantedPattern(check));
    }
    if (!check.rules.resource().empty()) VisitResourceName(check.rules.resource(), text);
  }

  void VisitResourceName(const std::string& pattern, const std::string& name) {
    std::array<std::string_view, 8> ids;
    if (!MatchResourceName(pattern, name, ids.data(), ids.size())) Add("RESOURCE_NAME", pattern);
  }

  static std::string WantedPattern(const FieldCheck& check) {
    if (check.rules.format() == common::v1::TEXT_FORMAT_EMAIL) return "an e-mail address";
    if (check.rules.format() == common::v1::TEXT_FORMAT_URI) return "an http or https address";
    return check.rules.pattern();
  }

  void VisitInteger(const FieldCheck& check, int64_t value) {
    if ((check.rules.has_min() && value < check.rules.min()) ||
        (check.rules.has_max() && value > check.rules.max())) {
      Add("RANGE", RangeText(check.rules));
    }
  }

  void VisitUnsigned(const FieldCheck& check, uint64_t value) {
    const bool low = check.rules.has_min() && check.rules.min() > 0 &&
                     value < static_cast<uint64_t>(check.rules.min());
    const bool high = check.rules.has_max() &&
                      (check.rules.max() < 0 || value > static_cast<uint64_t>(check.rules.max()));
    if (low || high) Add("RANGE", RangeText(check.rules));
  }

  void VisitReal(const FieldCheck& check, double value) {
    if (!std::isfinite(value)) return Add("RANGE", "a finite number");
    if ((check.rules.has_min() && value < static_cast<double>(check.rules.min())) ||
        (check.rules.has_max() && value > static_cast<double>(check.rules.max()))) {
      Add("RANGE", RangeText(check.rules));
    }
  }

  void VisitEnum(const FieldCheck& check, int value) {
    if (check.field->enum_type()->FindValueByNumber(value) == nullptr) {
      Add("ENUM", EnumText(*check.field->enum_type()));
    }
  }

  void VisitSpecial(const MessageRules& rules, const Message& message) {
    const Reflection& reflection = *message.GetReflection();
    const auto& type = *message.GetDescriptor();
    if (rules.special() == MessageRules::Special::kFieldMask) {
      if (reflection.FieldSize(message, type.field(0)) > 100) Add("ITEMS", "at most 100 paths");
      return;
    }
    const int64_t seconds = reflection.GetInt64(message, type.field(0));
    const int32_t nanos = reflection.GetInt32(message, type.field(1));
    if (rules.special() == MessageRules::Special::kTimestamp) {
      if (seconds < kSecondsMin || seconds >= kSecondsMax || nanos < 0 || nanos > 999'999'999) {
        Add("DATE", "a time in the years 1900 to 2200");
      }
    } else if (nanos < -999'999'999 || nanos > 999'999'999) {
      Add("RANGE", "a duration");
    }
  }

  std::string prefix_;
  Violations& violations_;
  std::array<Part, kNestingMax + 1> path_{};
  int depth_ = 0;
};

}  // namespace

Status ValidateRequest(const MessageRules& rules, const Message& request) {
  Violations violations;
  Walk walk("", violations);
  walk.Visit(rules, request, rules.partial());
  return std::move(violations).ToStatus();
}

Status ValidateRequest(const Message& request) {
  return ValidateRequest(RulesOf(*request.GetDescriptor()), request);
}

Status ValidatePart(const Message& message) {
  Violations violations;
  Walk walk("", violations);
  walk.Visit(RulesOf(*message.GetDescriptor()), message, /*partial=*/true);
  return std::move(violations).ToStatus();
}

Status ValidateMessage(const Message& message, std::string_view field) {
  Violations violations;
  Walk walk(field, violations);
  walk.Visit(RulesOf(*message.GetDescriptor()), message, false);
  return std::move(violations).ToStatus();
}

}  // namespace matchgo::rpc
