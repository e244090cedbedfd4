#include "tests/support/wire/message_paths.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/json_util.h>

#include <iostream>

#include "common/base/check.h"

namespace matchgo {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor& FieldOf(const Message& message, const std::string& name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr) {
    std::cerr << "no field " << name << " in " << message.GetDescriptor()->full_name() << "\n";
  }
  CHECK(field != nullptr);
  return *field;
}

// The message that holds the last field of the path, and that field.
struct Spot {
  const Message* message;
  const FieldDescriptor* field;
};

Spot Find(const Message& message, const std::string& path) {
  const size_t dot = path.find('.');
  const FieldDescriptor& field = FieldOf(message, path.substr(0, dot));
  if (dot == std::string::npos) return {&message, &field};
  return Find(message.GetReflection()->GetMessage(message, &field), path.substr(dot + 1));
}

struct MutableSpot {
  Message* message;
  const FieldDescriptor* field;
};

MutableSpot Make(Message* message, const std::string& path) {
  const size_t dot = path.find('.');
  const FieldDescriptor& field = FieldOf(*message, path.substr(0, dot));
  if (dot == std::string::npos) return {message, &field};
  return Make(message->GetReflection()->MutableMessage(message, &field), path.substr(dot + 1));
}

void Collect(const Message& message, std::vector<std::string>* values) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const auto& reflection = *message.GetReflection();
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const bool many = field->is_repeated();
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        Collect(many ? reflection.GetRepeatedMessage(message, field, i)
                     : reflection.GetMessage(message, field),
                values);
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
        values->push_back(many ? reflection.GetRepeatedString(message, field, i)
                               : reflection.GetString(message, field));
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT32 && !many) {
        values->push_back(std::to_string(reflection.GetInt32(message, field)));
      } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT64 && !many) {
        values->push_back(std::to_string(reflection.GetInt64(message, field)));
      }
    }
  }
}

}  // namespace

std::string TextAt(const Message& message, const std::string& path) {
  const Spot spot = Find(message, path);
  const auto& reflection = *spot.message->GetReflection();
  switch (spot.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(*spot.message, spot.field);
    case FieldDescriptor::CPPTYPE_INT32:
      return std::to_string(reflection.GetInt32(*spot.message, spot.field));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(reflection.GetInt64(*spot.message, spot.field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection.GetEnum(*spot.message, spot.field)->name();
    default:
      CHECK(false);
  }
  return "";
}

int64_t NumberAt(const Message& message, const std::string& path) {
  const Spot spot = Find(message, path);
  return spot.field->cpp_type() == FieldDescriptor::CPPTYPE_INT32
             ? spot.message->GetReflection()->GetInt32(*spot.message, spot.field)
             : spot.message->GetReflection()->GetInt64(*spot.message, spot.field);
}

const Message& MessageAt(const Message& message, const std::string& path) {
  const Spot spot = Find(message, path);
  return spot.message->GetReflection()->GetMessage(*spot.message, spot.field);
}

std::vector<const Message*> ListAt(const Message& message, const std::string& field) {
  const Spot spot = Find(message, field);
  const auto& reflection = *spot.message->GetReflection();
  std::vector<const Message*> items;
  for (int i = 0; i < reflection.FieldSize(*spot.message, spot.field); ++i) {
    items.push_back(&reflection.GetRepeatedMessage(*spot.message, spot.field, i));
  }
  return items;
}

bool HasAt(const Message& message, const std::string& path) {
  const Spot spot = Find(message, path);
  return spot.message->GetReflection()->HasField(*spot.message, spot.field);
}

void SetText(Message* message, const std::string& path, const std::string& text) {
  const MutableSpot spot = Make(message, path);
  const auto& reflection = *spot.message->GetReflection();
  switch (spot.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.SetString(spot.message, spot.field, text);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection.SetInt32(spot.message, spot.field, std::stoi(text));
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection.SetInt64(spot.message, spot.field, std::stoll(text));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.SetBool(spot.message, spot.field, text == "true");
    default:
      CHECK(false);
  }
}

void SetMessage(Message* message, const std::string& path, const Message& value) {
  const MutableSpot spot = Make(message, path);
  spot.message->GetReflection()->MutableMessage(spot.message, spot.field)->CopyFrom(value);
}

void AddText(Message* message, const std::string& path, const std::string& text) {
  const MutableSpot spot = Make(message, path);
  spot.message->GetReflection()->AddString(spot.message, spot.field, text);
}

void MergeJson(std::string_view json, Message* message) {
  const std::unique_ptr<Message> parsed(message->New());
  const auto status = google::protobuf::util::JsonStringToMessage(std::string(json), parsed.get());
  if (!status.ok()) std::cerr << "not a request: " << json << "\n" << status.ToString() << "\n";
  CHECK(status.ok());
  message->MergeFrom(*parsed);
}

std::string JsonOf(const Message& message) {
  std::string json;
  CHECK(google::protobuf::util::MessageToJsonString(message, &json).ok());
  return json;
}

std::vector<std::string> ValuesIn(const Message& message) {
  std::vector<std::string> all;
  Collect(message, &all);
  std::vector<std::string> values;
  for (std::string& value : all) {
    if (value.size() >= 4) values.push_back(std::move(value));
  }
  return values;
}

}  // namespace matchgo
