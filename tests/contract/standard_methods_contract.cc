#include "tests/contract/standard_methods_contract.h"

#include <cctype>

#include "common/base/check.h"
#include "common/log/log.h"

namespace matchgo::contract {
namespace {

std::string LowerCase(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

void SetIfThere(Message* request, const std::string& field, const std::string& text) {
  if (request->GetDescriptor()->FindFieldByName(field) != nullptr) SetText(request, field, text);
}

}  // namespace

std::string FirstIdOf(const std::string& name) {
  const size_t begin = name.find('/') + 1;
  return name.substr(begin, name.find('/', begin) - begin);
}

StandardMethods::StandardMethods()
    : served_(std::make_unique<ServedModule>(GetParam().modules)),
      field_(LowerCase(GetParam().resource)) {
  log::SetLevel(log::Level::kWarn);
  for (const ParentTraits& parent : traits().parents) {
    const auto* create =
        FindMethod(traits().package + "." + traits().service + ".Create" + parent.resource);
    CHECK(create != nullptr);
    const Record request = NewMessage(*create->input_type());
    SetIfThere(request.get(), "parent", parent_);
    MergeJson("{\"" + LowerCase(parent.resource) + "\": " + Fresh(parent.record) + "}",
              request.get());
    SetText(request.get(), "request_id", FreshKey());
    const Principal who = traits().creator(parent_);
    const Answer made = CallAny(channel(), *create, *request, &who);
    EXPECT_THAT(made.status, IsOk());
    CHECK(made.ok());
    parent_ = NameOf(*made.reply);
  }
}

const google::protobuf::MethodDescriptor* StandardMethods::Method(const std::string& verb) const {
  const std::string noun = verb == "List" ? traits().plural : traits().resource;
  const std::string method = verb == "Watch" ? traits().watch : verb + noun;
  return FindMethod(traits().package + "." + traits().service + "." + method);
}

std::string StandardMethods::Fresh(const std::string& json) {
  std::string text = json;
  const std::string number = std::to_string(++number_);
  for (size_t at = text.find("$N"); at != std::string::npos; at = text.find("$N")) {
    text.replace(at, 2, number);
  }
  return text;
}

StandardMethods::Record StandardMethods::CreateRequest() {
  RetireNewest();
  Record request = NewMessage(*Method("Create")->input_type());
  SetIfThere(request.get(), "parent", parent_);
  MergeJson("{\"" + field_ + "\": " + Fresh(traits().record) + "}", request.get());
  SetText(request.get(), "request_id", FreshKey());
  return request;
}

StandardMethods::Record StandardMethods::GetRequest(const std::string& name) const {
  Record request = NewMessage(*Method("Get")->input_type());
  SetText(request.get(), "name", name);
  return request;
}

StandardMethods::Record StandardMethods::ListRequest(int page_size,
                                                     const std::string& token) const {
  Record request = NewMessage(*Method("List")->input_type());
  SetIfThere(request.get(), "parent", traits().list_parent);
  SetText(request.get(), "page_size", std::to_string(page_size));
  SetText(request.get(), "page_token", token);
  return request;
}

StandardMethods::Record StandardMethods::UpdateRequest(const Message& record) {
  Record request = NewMessage(*Method("Update")->input_type());
  SetMessage(request.get(), field_, record);
  SetText(request.get(), field_ + "." + traits().changed.path, traits().changed.text);
  SetText(request.get(), field_ + "." + traits().kept.path, traits().kept.text);
  AddText(request.get(), "update_mask.paths", traits().changed.path);
  SetText(request.get(), "request_id", FreshKey());
  return request;
}

Answer StandardMethods::Call(const std::string& verb, const Message& request,
                             const Principal& who) {
  CHECK(Has(verb));
  Answer answer = CallAny(channel(), *Method(verb), request, &who);
  if (verb == "Create" && answer.ok()) newest_ = NameOf(*answer.reply);
  return answer;
}

StandardMethods::Record StandardMethods::ReplyOf(const std::string& verb, Answer answer) const {
  EXPECT_THAT(answer.status, IsOk()) << verb << traits().resource;
  return answer.ok() ? std::move(answer.reply) : NewMessage(*Method(verb)->output_type());
}

void StandardMethods::RetireNewest() {
  if (!OneAtATime() || newest_.empty()) return;
  const Record request = NewMessage(*Method(traits().retire_verb)->input_type());
  SetText(request.get(), "name", newest_);
  MergeJson(traits().retire_request, request.get());
  SetText(request.get(), "request_id", FreshKey());
  ReplyOf(traits().retire_verb, Call(traits().retire_verb, *request, Owner()));
  newest_.clear();
}

StandardMethods::Record StandardMethods::Create() {
  const Record request = CreateRequest();
  return ReplyOf("Create", Call("Create", *request, Owner()));
}

StandardMethods::Record StandardMethods::Get(const std::string& name) {
  return ReplyOf("Get", Call("Get", *GetRequest(name), Owner()));
}

StandardMethods::Record StandardMethods::Update(const Message& record) {
  return ReplyOf("Update", Call("Update", *UpdateRequest(record), Owner()));
}

std::vector<StandardMethods::Record> StandardMethods::List(int page_size, std::string* token) {
  const Record reply = ReplyOf("List", Call("List", *ListRequest(page_size, *token), kOps));
  std::vector<Record> records;
  for (const Message* item : ListAt(*reply, LowerCase(traits().plural))) {
    records.push_back(CopyOf(*item));
  }
  *token = TextAt(*reply, "next_page_token");
  return records;
}

std::unique_ptr<AnyStream> StandardMethods::Watch(int64_t from) const {
  const auto& method = *Method("Watch");
  const Record request = NewMessage(*method.input_type());
  SetText(request.get(), "from_sequence", std::to_string(from));
  return std::make_unique<AnyStream>(channel(), method, *request, kService);
}

std::string StandardMethods::Absent(const std::string& name) {
  return name.substr(0, name.rfind('/') + 1) + "00000000000000000000000000";
}

}  // namespace matchgo::contract
