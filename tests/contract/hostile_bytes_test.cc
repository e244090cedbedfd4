// What is no request at all: bytes that are not protobuf, wrong UTF-8, five megabytes, three
// thousand levels. Every method of every service refuses them, writes nothing and goes on serving.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "services/profiles/module.h"
#include "services/programmes/module.h"
#include "services/scheduler/module.h"
#include "services/trajectories/module.h"
#include "services/vacancies/module.h"
#include "tests/support/served_module.h"
#include "tests/support/status_matchers.h"
#include "tests/support/wire/any_call.h"
#include "tests/support/wire/event_journal.h"
#include "tests/support/wire/message_paths.h"

namespace matchgo::contract {
namespace {

using google::protobuf::MethodDescriptor;

constexpr int kLevels = 3000;
constexpr size_t kMethodsLeast = 50;  // fewer would mean that the walk lost a service
constexpr size_t kTooManyBytes = 5 << 20;

class HostileBytes : public ::testing::Test {
 protected:
  HostileBytes()
      : served_({profiles::MakeProfilesModule, vacancies::MakeVacanciesModule,
                 programmes::MakeProgrammesModule, scheduler::MakeSchedulerModule,
                 trajectories::MakeTrajectoriesModule},
                ServedModule::Listen::kSocketToo),
        channel_(rpc::MakeChannel(served_.socket())) {
    log::SetLevel(log::Level::kError);
  }

  static std::vector<const MethodDescriptor*> UnaryMethods() {
    std::vector<const MethodDescriptor*> methods;
    for (const auto* service : AllServices()) {
      for (int i = 0; i < service->method_count(); ++i) {
        const MethodDescriptor* method = service->method(i);
        if (!method->client_streaming() && !method->server_streaming()) methods.push_back(method);
      }
    }
    return methods;
  }

  using BytesFor = std::function<std::string(const MethodDescriptor& method)>;

  // Sends every method its bytes as whoever may call it; all must refuse. Empty: nothing is sent.
  void SendToAll(const BytesFor& bytes_for) {
    const auto before = HeadsIn(served_.folder());
    size_t sent = 0;
    for (const MethodDescriptor* method : UnaryMethods()) {
      const std::string bytes = bytes_for(*method);
      if (bytes.empty()) continue;
      ++sent;
      for (const Role role : {Role::kOps, Role::kService}) {
        const Principal who{.role = role, .id = "x", .tenant = {}};
        const Answer answer = CallWithBytes(*channel_, *method, bytes, &who);
        EXPECT_FALSE(answer.ok()) << method->full_name();
        EXPECT_NE(answer.status.code(), absl::StatusCode::kUnavailable) << method->full_name();
        EXPECT_NE(answer.status.code(), absl::StatusCode::kDeadlineExceeded) << method->full_name();
      }
    }
    EXPECT_GE(sent, kMethodsLeast);
    EXPECT_EQ(HeadsIn(served_.folder()), before);
    ExpectItServes();
  }
  void SendToAll(const std::string& bytes) {
    SendToAll([&](const MethodDescriptor&) { return bytes; });
  }

  void ExpectItServes() {
    const MethodDescriptor& create =
        MethodNamed("matchgo.vacancies.v1.VacancyService.CreateEmployer");
    const auto request = NewMessage(*create.input_type());
    MergeJson(R"({"employer": {"display_name": "Zorggroep", "sector": "zorg"}})", request.get());
    SetText(request.get(), "request_id", "still-there-" + std::to_string(++keys_));
    const Principal ops{.role = Role::kOps, .id = "ops", .tenant = {}};
    EXPECT_THAT(CallAny(*channel_, create, *request, &ops).status, IsOk());
  }

  ServedModule served_;
  std::shared_ptr<grpc::Channel> channel_;
  int keys_ = 0;
};

TEST_F(HostileBytes, ThatAreNoMessageAreRefused) {
  SendToAll("\x0a\xff\xff\xff\xff\x0f no such length");
  SendToAll(std::string(64, '\xff'));
}

TEST_F(HostileBytes, OfATextThatIsNoUtf8AreRefusedWithoutAWordToStderr) {
  ::testing::internal::CaptureStderr();
  SendToAll([](const MethodDescriptor& method) -> std::string {
    const auto& request = *method.input_type();
    for (int i = 0; i < request.field_count(); ++i) {
      if (request.field(i)->type() != google::protobuf::FieldDescriptor::TYPE_STRING) continue;
      const auto tag = static_cast<char>(request.field(i)->number() << 3 | 2);
      return tag + std::string("\x04\xc3\x28\xf0\x28");
    }
    return "";
  });
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST_F(HostileBytes, NestedThreeThousandDeepAreRefused) {
  std::string groups;
  for (int i = 0; i < kLevels; ++i) groups += '\x7b';  // begins group 15, which nobody knows
  for (int i = 0; i < kLevels; ++i) groups += '\x7c';
  SendToAll(groups);
}

TEST_F(HostileBytes, OfFiveMegabytesAreRefusedBeforeTheyAreRead) {
  const std::string text(kTooManyBytes, 'x');
  std::string bytes = "\x0a";
  for (size_t left = text.size(); left > 0; left >>= 7) {
    bytes += static_cast<char>((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
  }
  bytes += text;
  const auto before = HeadsIn(served_.folder());
  for (const char* method : {"matchgo.profiles.v1.ProfileService.CreateSwitcher",
                             "matchgo.vacancies.v1.VacancyService.CreateVacancy",
                             "matchgo.programmes.v1.ProgrammeService.CreateProgramme",
                             "matchgo.scheduler.v1.SchedulerService.CreateRound",
                             "matchgo.trajectories.v1.TrajectoryService.CreateTrajectory"}) {
    const Principal ops{.role = Role::kOps, .id = "ops", .tenant = {}};
    const Answer answer = CallWithBytes(*channel_, MethodNamed(method), bytes, &ops);
    EXPECT_THAT(answer.status, StatusIs(absl::StatusCode::kResourceExhausted)) << method;
  }
  EXPECT_EQ(HeadsIn(served_.folder()), before);
  ExpectItServes();
}

}  // namespace
}  // namespace matchgo::contract
