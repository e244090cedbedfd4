#include "common/rpc/endpoint.h"

#include <cstring>
#include <utility>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/log/log.h"

namespace matchgo::rpc {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::ServiceDescriptor;

// Waiting for a neighbour takes a thread, not a core; few callers do it.
constexpr exec::BoundedExecutor::Options kStepsExecutor{.threads = 4, .queue_max = 256};

const ServiceDescriptor& FindService(std::string_view name) {
  const ServiceDescriptor* service =
      DescriptorPool::generated_pool()->FindServiceByName(std::string(name));
  CHECK(service != nullptr);
  return *service;
}

std::vector<std::string> MethodNames(const ServiceDescriptor& service) {
  std::vector<std::string> names;
  names.reserve(static_cast<size_t>(service.method_count()));
  for (int i = 0; i < service.method_count(); ++i) names.push_back(service.method(i)->name());
  return names;
}

// "matchgo.vacancies.v1" -> "vacancies".
std::string DomainOf(const ServiceDescriptor& service) {
  const std::string& package = service.file()->package();
  const size_t first = package.find('.');
  if (first == std::string::npos) return package;
  const size_t second = package.find('.', first + 1);
  return package.substr(first + 1, second == std::string::npos ? second : second - first - 1);
}

uint64_t SeedOf(Entropy& entropy) {
  const std::string bytes = entropy.Bytes(sizeof(uint64_t));
  uint64_t seed = 0;
  std::memcpy(&seed, bytes.data(), sizeof(seed));
  return seed;
}

}  // namespace

Endpoint::Endpoint(Environment& environment, std::string_view service)
    : environment_(environment),
      domain_(DomainOf(FindService(service))),
      probe_(environment.metrics, FindService(service).full_name(),
             MethodNames(FindService(service))),
      spans_(SeedOf(environment.entropy)),
      watches_(environment.stopping),
      answers_(environment.executor) {
  const ServiceDescriptor& descriptor = FindService(service);
  const Status declared = CheckDeclarations(descriptor);
  if (!declared.ok()) log::Error("rpc_not_declared", {{"method", MessageOf(declared)}});
  CHECK(declared.ok());
  for (int i = 0; i < descriptor.method_count(); ++i) {
    const auto& method = *descriptor.method(i);
    methods_.push_back(Method{.descriptor = &method,
                              .path = descriptor.full_name() + "/" + method.name(),
                              .name = method.name(),
                              .access = *AccessRuleOf(method),
                              .rules = &RulesOf(*method.input_type())});
  }
}

Endpoint::~Endpoint() { watches_.EndAll(); }

size_t Endpoint::MethodOf(const google::protobuf::Descriptor* request,
                          const google::protobuf::Descriptor* reply) const {
  size_t found = methods_.size();
  for (size_t i = 0; i < methods_.size(); ++i) {
    const auto* descriptor = methods_[i].descriptor;
    if (descriptor->input_type() == request && descriptor->output_type() == reply) {
      CHECK(found == methods_.size());  // two methods with the same messages can't be told apart
      found = i;
    }
  }
  CHECK(found < methods_.size());
  return found;
}

exec::BoundedExecutor& Endpoint::steps_executor() {
  const std::lock_guard lock(mutex_);
  if (steps_ == nullptr) steps_ = std::make_unique<exec::BoundedExecutor>(kStepsExecutor);
  return *steps_;
}

Status CheckDeclarations(const ServiceDescriptor& service) {
  for (int i = 0; i < service.method_count(); ++i) {
    RETURN_IF_ERROR(AccessRuleOf(*service.method(i)).status());
  }
  return absl::OkStatus();
}

}  // namespace matchgo::rpc
