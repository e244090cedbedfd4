// StandardMethods: the suite that every resource of every service must pass.
//
// A fixture over one served module and the traits of one resource; the cases stand in
// *_contract_test.cc, by subject. Methods are called by name, so nothing here knows a resource.
// For tests only. Used by tests/contract.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/contract/resource_traits.h"
#include "tests/support/served_module.h"
#include "tests/support/status_matchers.h"
#include "tests/support/wire/any_call.h"
#include "tests/support/wire/event_journal.h"
#include "tests/support/wire/message_paths.h"

namespace matchgo::contract {

class StandardMethods : public ::testing::TestWithParam<ResourceTraits> {
 protected:
  using Record = std::unique_ptr<Message>;

  StandardMethods();

  const ResourceTraits& traits() const { return GetParam(); }
  // Null if the service has no such method: "Get", "Update".
  const google::protobuf::MethodDescriptor* Method(const std::string& verb) const;
  bool Has(const std::string& verb) const { return Method(verb) != nullptr; }
  // "vacancy": the field of requests that holds the record.
  const std::string& field() const { return field_; }

  // Requests that succeed, unless a test spoils them. Every write gets a key of its own.
  Record CreateRequest();  // retires the record made before, where that is needed
  Record GetRequest(const std::string& name) const;
  Record ListRequest(int page_size, const std::string& token = "") const;
  // Changes traits().changed and traits().kept of `record`, masked to the first.
  Record UpdateRequest(const Message& record);

  Answer Call(const std::string& verb, const Message& request, const Principal& who);
  // As whoever may, expecting success.
  Record Create();
  Record Get(const std::string& name);
  Record Update(const Message& record);
  std::vector<Record> List(int page_size, std::string* token);

  Principal Owner() const { return traits().creator(parent_); }
  JournalHead Head() const { return HeadsIn(served_->folder()).at(traits().database); }
  std::vector<JournalEvent> Events() const {
    return EventsIn(served_->folder() / traits().database);
  }
  std::unique_ptr<AnyStream> Watch(int64_t from) const;
  // The service ends and begins again on the same folder.
  void Restart() { served_->Restart(); }
  grpc::Channel& channel() const { return *served_->channel(); }

  // Where several records can't be at once, making one changes another too.
  bool OneAtATime() const { return !traits().retire_verb.empty(); }

  static std::string NameOf(const Message& record) { return TextAt(record, "name"); }
  static int64_t SequenceOf(const Message& record) { return NumberAt(record, "sequence"); }
  // A name of the same form that nobody has.
  static std::string Absent(const std::string& name);

 private:
  std::string Fresh(const std::string& json);
  void RetireNewest();
  // The reply, or after a failure an empty one, so that a test ends by itself.
  Record ReplyOf(const std::string& verb, Answer answer) const;
  std::string FreshKey() { return "key-" + std::to_string(++number_); }

  std::unique_ptr<ServedModule> served_;
  std::string field_;
  std::string parent_;
  std::string newest_;
  int number_ = 0;
};

// The resources that a case is about.
inline std::vector<ResourceTraits> ResourcesWhere(
    const std::function<bool(const ResourceTraits& traits)>& holds) {
  std::vector<ResourceTraits> some;
  for (const ResourceTraits& traits : AllResources()) {
    if (holds(traits)) some.push_back(traits);
  }
  return some;
}
inline bool CanBeUpdated(const ResourceTraits& traits) { return !traits.changed.path.empty(); }

// How GoogleTest names a case.
inline std::string CaseName(const ::testing::TestParamInfo<ResourceTraits>& info) {
  return info.param.resource;
}

}  // namespace matchgo::contract
