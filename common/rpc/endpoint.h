// Endpoint: what all methods of one gRPC service share: their access rules, metrics and tracing.
//
// One per service class, made in its constructor. Making it looks every method up once and CHECKs
// that each declares who may call. Thread-safe. Test: tests/unit/common/rpc/serve_unary_test.cc
#pragma once

#include <google/protobuf/descriptor.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "common/exec/bounded_executor.h"
#include "common/metrics/rpc_probe.h"
#include "common/rpc/access.h"
#include "common/rpc/answer_queue.h"
#include "common/rpc/validate.h"
#include "common/rpc/watch_hub.h"
#include "common/service/environment.h"
#include "common/trace/trace_context.h"

namespace matchgo::rpc {

// No call may take longer, whatever its caller allows. A stream has no such limit.
inline constexpr std::chrono::seconds kUnaryDeadlineMax{5};

struct Method {
  const google::protobuf::MethodDescriptor* descriptor = nullptr;
  std::string path;  // "matchgo.vacancies.v1.VacancyService/GetVacancy"
  std::string name;  // "GetVacancy"
  AccessRule access;
  const MessageRules* rules = nullptr;
};

class Endpoint {
 public:
  // service: X::service_full_name() of the generated class.
  Endpoint(Environment& environment, std::string_view service);
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;
  ~Endpoint();

  // The index of the method with these messages. CHECKs that there is exactly one.
  size_t MethodOf(const google::protobuf::Descriptor* request,
                  const google::protobuf::Descriptor* reply) const;

  const Method& method(size_t index) const { return methods_[index]; }
  const std::string& domain() const { return domain_; }
  const Environment& environment() const { return environment_; }
  exec::BoundedExecutor& executor() { return environment_.executor; }
  metrics::RpcProbe& probe() { return probe_; }
  trace::SpanSource& spans() { return spans_; }
  WatchHub& watches() { return watches_; }
  AnswerQueue& answers() { return answers_; }
  // Around each call and stream, so that a stopping process can wait for them.
  void Enter() {
    if (environment_.gate != nullptr) environment_.gate->Enter();
  }
  void Leave() {
    if (environment_.gate != nullptr) environment_.gate->Leave();
  }
  // For calls that wait for a neighbour: threads of their own, so that two services in one process
  // can't wait for each other's turn. Made when first used.
  exec::BoundedExecutor& steps_executor();

 private:
  Environment& environment_;
  const std::string domain_;  // "vacancies"
  std::vector<Method> methods_;
  metrics::RpcProbe probe_;
  trace::SpanSource spans_;
  WatchHub watches_;
  AnswerQueue answers_;
  std::mutex mutex_;
  std::unique_ptr<exec::BoundedExecutor> steps_;
};

// OK if every method of the service declares who may call it.
Status CheckDeclarations(const google::protobuf::ServiceDescriptor& service);

}  // namespace matchgo::rpc
