#include "services/matchgo/commands/whole_name.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <vector>

#include "common/base/status_macros.h"
#include "matchgo/common/v1/rules.pb.h"
#include "services/matchgo/commands/client.h"
#include "services/matchgo/commands/nouns.h"

namespace matchgo::commands {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

constexpr std::string_view kGap = "/-/";

// "employers/-/vacancies/-" is a list of all, and has no record to find.
bool HasGap(const std::string& name) {
  return name.find(kGap) != std::string::npos && !name.ends_with("/-");
}

// "GetVacancy" of "employers/-/vacancies/v"; null where no method reads such a record.
const MethodDescriptor* ReaderOf(const std::string& name) {
  const size_t end = name.rfind('/');
  const size_t begin = name.rfind('/', end - 1) + 1;
  const Noun* const noun = NounOf(name.substr(begin, end - begin));
  if (noun == nullptr) return nullptr;
  const auto* const service = DescriptorPool::generated_pool()->FindServiceByName(noun->service);
  return service->FindMethodByName(std::string("Get") + noun->singular);
}

bool IsName(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
         !field.options().GetExtension(common::v1::rules).resource().empty();
}

Status CompleteField(const Context& context, const FieldDescriptor& field, Message* message) {
  const auto& of = *message->GetReflection();
  if (!field.is_repeated()) {
    const std::string name = of.GetString(*message, &field);
    if (!HasGap(name)) return absl::OkStatus();
    ASSIGN_OR_RETURN(const std::string whole, WholeName(context, name));
    of.SetString(message, &field, whole);
    return absl::OkStatus();
  }
  for (int i = 0; i < of.FieldSize(*message, &field); ++i) {
    const std::string name = of.GetRepeatedString(*message, &field, i);
    if (!HasGap(name)) continue;
    ASSIGN_OR_RETURN(const std::string whole, WholeName(context, name));
    of.SetRepeatedString(message, &field, i, whole);
  }
  return absl::OkStatus();
}

}  // namespace

std::string WithCollection(std::string_view pattern, const std::string& text) {
  if (text.empty() || text.find('/') != std::string::npos || !pattern.ends_with("/*")) return text;
  std::string name(pattern.substr(0, pattern.size() - 1));
  std::ranges::replace(name, '*', '-');
  return name + text;
}

StatusOr<std::string> WholeName(const Context& context, const std::string& name) {
  if (!HasGap(name)) return name;
  const MethodDescriptor* const method = ReaderOf(name);
  if (method == nullptr) return name;  // its own service says what is wrong with it
  const auto request = NewMessage(*method->input_type());
  const auto* const asked = method->input_type()->FindFieldByName("name");
  request->GetReflection()->SetString(request.get(), asked, name);
  const auto record = CallUnary(context, *method, *request);
  if (!record.ok()) return WithFact(record.status(), "name", name);
  const auto* const found = method->output_type()->FindFieldByName("name");
  return (*record)->GetReflection()->GetString(**record, found);
}

Status CompleteNames(const Context& context, Message* request) {
  std::vector<const FieldDescriptor*> fields;
  request->GetReflection()->ListFields(*request, &fields);
  const bool reads = request->GetDescriptor()->name().starts_with("Get");
  for (const FieldDescriptor* field : fields) {
    if (IsName(*field)) {
      if (reads && field->name() == "name") continue;
      RETURN_IF_ERROR(CompleteField(context, *field, request));
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_repeated()) {
      RETURN_IF_ERROR(
          CompleteNames(context, request->GetReflection()->MutableMessage(request, field)));
    }
  }
  return absl::OkStatus();
}

}  // namespace matchgo::commands
