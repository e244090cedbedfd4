#include "common/rpc/access.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor_database.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/rpc/endpoint.h"
#include "common/rpc/message_rules.h"
#include "tests/support/echo/echo_world.h"
#include "tests/support/status_matchers.h"

namespace matchgo::rpc {
namespace {

// Every service of ours that is linked into this program.
std::vector<const google::protobuf::ServiceDescriptor*> LinkedServices() {
  const auto& pool = *google::protobuf::DescriptorPool::generated_pool();
  std::vector<const google::protobuf::ServiceDescriptor*> services;
  for (const char* const name :
       {"matchgo.profiles.v1.ProfileService", "matchgo.vacancies.v1.VacancyService",
        "matchgo.programmes.v1.ProgrammeService", "matchgo.scheduler.v1.SchedulerService",
        "matchgo.trajectories.v1.TrajectoryService", "matchgo.echo.v1.EchoService"}) {
    const auto* const service = pool.FindServiceByName(name);
    EXPECT_NE(service, nullptr) << name;
    if (service != nullptr) services.push_back(service);
  }
  return services;
}

TEST(AccessTest, EveryLinkedMethodSaysWhoMayCallIt) {
  for (const auto* service : LinkedServices()) {
    EXPECT_THAT(CheckDeclarations(*service), IsOk()) << service->full_name();
  }
}

TEST(AccessTest, EveryLinkedMethodHasMessagesOfItsOwn) {
  // The endpoint tells methods apart by their messages.
  for (const auto* service : LinkedServices()) {
    for (int i = 0; i < service->method_count(); ++i) {
      for (int j = 0; j < i; ++j) {
        EXPECT_FALSE(service->method(i)->input_type() == service->method(j)->input_type() &&
                     service->method(i)->output_type() == service->method(j)->output_type())
            << service->method(i)->full_name() << " " << service->method(j)->full_name();
      }
    }
  }
}

TEST(AccessTest, TheRulesOfEveryLinkedRequestCompile) {
  for (const auto* service : LinkedServices()) {
    for (int i = 0; i < service->method_count(); ++i) {
      // A pattern that is no regular expression ends the process in a CHECK.
      EXPECT_GE(RulesOf(*service->method(i)->input_type()).fields().size(), 0U);
    }
  }
}

TEST(AccessTest, AMethodWithoutTheOptionIsRefused) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("bare.proto");
  file.add_message_type()->set_name("M");
  auto* method = [&] {
    auto* service = file.add_service();
    service->set_name("Bare");
    return service->add_method();
  }();
  method->set_name("Get");
  method->set_input_type("M");
  method->set_output_type("M");
  google::protobuf::DescriptorPool pool;
  const auto* built = pool.BuildFile(file);
  ASSERT_NE(built, nullptr);
  EXPECT_THAT(CheckDeclarations(*built->service(0)), StatusIs(absl::StatusCode::kInternal));
}

TEST(AccessTest, TableOfCallers) {
  struct Row {
    const char* name;
    const char* role;
    const char* reason;  // "" if it may call
  };
  const std::vector<Row> rows = {
      {"listed", "service", ""},
      {"also listed", "ops", ""},
      {"not listed", "switcher", "ROLE"},
      {"nobody", "", "UNAUTHENTICATED"},
      {"unknown", "root", "UNAUTHENTICATED"},
      {"in another spelling", "SERVICE", "UNAUTHENTICATED"},
  };
  echo::EchoWorld world;
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Status status = world.Get("echoes/1", row.role);
    if (row.reason[0] == '\0') {
      EXPECT_THAT(status, IsOk());
    } else {
      EXPECT_THAT(status, HasReason(row.reason));
    }
  }
  EXPECT_EQ(world.service->work_count(), 2);
}

TEST(AccessTest, IdsMustLookLikeIds) {
  echo::EchoWorld world;
  for (const std::string& id : {std::string("a b"), std::string("x'--"), std::string(65, 'a')}) {
    auto context = echo::EchoWorld::Context();
    context->AddMetadata("matchgo-tenant", id);
    echo::pb::GetEchoRequest request;
    request.set_name("echoes/1");
    echo::pb::Echo reply;
    EXPECT_THAT(FromGrpc(world.stub->GetEcho(context.get(), request, &reply)),
                HasReason("UNAUTHENTICATED"));
  }
}

}  // namespace
}  // namespace matchgo::rpc
