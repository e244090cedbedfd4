// Which standard methods each resource has, as the linked descriptions tell it: all of them, but
// for what proto/README.md lists with a reason. A resource is what some list holds.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/wire/any_call.h"

namespace matchgo::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

constexpr size_t kReasonLeast = 15;
// What only reads needs no key; everything else writes.
constexpr const char* kReads[] = {"Get",     "List", "Watch", "Export",
                                  "Explain", "Lint", "Check", "Suggest"};
constexpr const char* kEnds[] = {"Close", "Retire", "Cancel", "Withdraw", "End", "Exit"};

struct Resource {
  const ServiceDescriptor* service;
  const Descriptor* type;
};

bool Has(const Descriptor& type, const std::string& field) {
  return type.FindFieldByName(field) != nullptr;
}

std::vector<Resource> Resources() {
  std::vector<Resource> resources;
  for (const ServiceDescriptor* service : AllServices()) {
    for (int i = 0; i < service->method_count(); ++i) {
      if (service->method(i)->name().rfind("List", 0) != 0) continue;
      const Descriptor& reply = *service->method(i)->output_type();
      for (int k = 0; k < reply.field_count(); ++k) {
        const FieldDescriptor& field = *reply.field(k);
        if (field.is_repeated()) resources.push_back({service, field.message_type()});
      }
    }
  }
  return resources;
}

const MethodDescriptor* Method(const Resource& resource, const std::string& verb) {
  return resource.service->FindMethodByName(verb + resource.type->name());
}

bool Creates(const Resource& resource) {
  const MethodDescriptor* const method = Method(resource, "Create");
  return method != nullptr && Has(*method->input_type(), "request_id") &&
         method->output_type() == resource.type;
}

bool Gets(const Resource& resource) {
  const MethodDescriptor* const method = Method(resource, "Get");
  return method != nullptr && Has(*method->input_type(), "name") &&
         method->output_type() == resource.type;
}

bool Updates(const Resource& resource) {
  const MethodDescriptor* const method = Method(resource, "Update");
  return method != nullptr && Has(*method->input_type(), "update_mask") &&
         Has(*method->input_type(), "request_id") && Has(*resource.type, "etag") &&
         method->output_type() == resource.type;
}

bool Ends(const Resource& resource) {
  return std::any_of(std::begin(kEnds), std::end(kEnds), [&](const char* verb) {
    const MethodDescriptor* const method = Method(resource, verb);
    return method != nullptr && Has(*method->input_type(), "name") &&
           Has(*method->input_type(), "etag") && Has(*method->input_type(), "request_id");
  });
}

std::string Trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? ""
                                    : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

struct Lack {
  std::string methods;  // "Create, Update"
  std::string why;
};

// The table of proto/README.md, by resource.
std::map<std::string, Lack> Lacks() {
  std::map<std::string, Lack> lacks;
  std::ifstream file(MATCHGO_SOURCE_DIR "/proto/README.md");
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    std::string before;
    std::string resource;
    Lack lack;
    std::getline(cells, before, '|');
    std::getline(cells, resource, '|');
    std::getline(cells, lack.methods, '|');
    std::getline(cells, lack.why, '|');
    resource = Trimmed(resource);
    if (lack.why.empty() || resource == "resource" || resource.rfind("---", 0) == 0) continue;
    lacks[resource] = {Trimmed(lack.methods), Trimmed(lack.why)};
  }
  return lacks;
}

TEST(StandardSurface, EveryResourceHasItsMethodsOrAReasonWhyNot) {
  std::map<std::string, Lack> documented = Lacks();
  ASSERT_GE(Resources().size(), 13U) << "the walk lost a service";
  for (const Resource& resource : Resources()) {
    std::string lacks;
    for (const auto& [has, method] :
         {std::pair{Creates(resource), "Create"}, std::pair{Gets(resource), "Get"},
          std::pair{Updates(resource), "Update"}, std::pair{Ends(resource), "End"}}) {
      if (!has) lacks += (lacks.empty() ? "" : ", ") + std::string(method);
    }
    EXPECT_EQ(lacks, documented[resource.type->name()].methods) << resource.type->full_name();
  }
}

TEST(StandardSurface, EveryReasonIsOneAndOfAResource) {
  std::set<std::string> names;
  for (const Resource& resource : Resources()) names.insert(resource.type->name());
  for (const auto& [resource, lack] : Lacks()) {
    EXPECT_THAT(names, ::testing::Contains(resource));
    EXPECT_GE(lack.why.size(), kReasonLeast) << resource;
  }
}

TEST(StandardSurface, EveryWriteHasAnIdempotencyKey) {
  size_t writes = 0;
  for (const ServiceDescriptor* service : AllServices()) {
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      const bool reads = std::any_of(std::begin(kReads), std::end(kReads), [&](const char* verb) {
        return method.name().rfind(verb, 0) == 0;
      });
      EXPECT_EQ(Has(*method.input_type(), "request_id"), !reads) << method.full_name();
      if (!reads) ++writes;
    }
  }
  EXPECT_GE(writes, 30U);
}

}  // namespace
}  // namespace matchgo::contract
