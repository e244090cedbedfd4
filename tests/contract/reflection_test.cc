// What a caller who has no protos learns from a running process: grpc.reflection names every
// service and hands over the descriptors, whole, so that tools such as grpcurl can speak to it.
#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/descriptor_database.h>
#include <google/protobuf/unknown_field_set.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "common/rpc/channel.h"
#include "services/profiles/module.h"
#include "services/programmes/module.h"
#include "services/scheduler/module.h"
#include "services/trajectories/module.h"
#include "services/vacancies/module.h"
#include "tests/support/raw_call.h"
#include "tests/support/served_module.h"

namespace matchgo::contract {
namespace {

using google::protobuf::DescriptorPool;
using google::protobuf::UnknownField;
using google::protobuf::UnknownFieldSet;

// Numbers of grpc.reflection.v1alpha; its messages are linked into the server's library only.
constexpr int kFileContainingSymbol = 4;
constexpr int kListServices = 7;
constexpr int kFileDescriptorResponse = 4;
constexpr int kListServicesResponse = 6;
constexpr int kFirst = 1;  // the one field of either answer, and the name of a service

// The texts under a field number.
std::vector<std::string> TextsAt(const std::string& bytes, int number) {
  UnknownFieldSet fields;
  EXPECT_TRUE(fields.ParseFromString(bytes));
  std::vector<std::string> texts;
  for (int i = 0; i < fields.field_count(); ++i) {
    const UnknownField& field = fields.field(i);
    if (field.number() == number && field.type() == UnknownField::TYPE_LENGTH_DELIMITED) {
      texts.push_back(field.length_delimited());
    }
  }
  return texts;
}

class ReflectionTest : public ::testing::Test {
 protected:
  ReflectionTest()
      : served_({profiles::MakeProfilesModule, vacancies::MakeVacanciesModule,
                 programmes::MakeProgrammesModule, scheduler::MakeSchedulerModule,
                 trajectories::MakeTrajectoriesModule},
                ServedModule::Listen::kSocketToo),
        channel_(rpc::MakeChannel(served_.socket())) {}

  // One question, one answer; nobody says who asks.
  std::string Ask(int question, const std::string& about) {
    UnknownFieldSet fields;
    fields.AddLengthDelimited(question, about);
    std::string bytes;
    EXPECT_TRUE(fields.SerializeToString(&bytes));
    grpc::ClientContext context;
    std::string answer;
    const grpc::Status status = CallWithBytes(
        channel_, &context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", bytes,
        &answer);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return answer;
  }

  ServedModule served_;
  std::shared_ptr<grpc::Channel> channel_;
};

TEST_F(ReflectionTest, NamesEveryService) {
  std::vector<std::string> names;
  for (const std::string& list : TextsAt(Ask(kListServices, ""), kListServicesResponse)) {
    for (const std::string& service : TextsAt(list, kFirst)) {
      for (const std::string& name : TextsAt(service, kFirst)) names.push_back(name);
    }
  }
  EXPECT_THAT(names,
              ::testing::UnorderedElementsAre(
                  "matchgo.profiles.v1.ProfileService", "matchgo.vacancies.v1.VacancyService",
                  "matchgo.programmes.v1.ProgrammeService", "matchgo.scheduler.v1.SchedulerService",
                  "matchgo.trajectories.v1.TrajectoryService", "grpc.health.v1.Health",
                  "grpc.reflection.v1alpha.ServerReflection"));
}

TEST_F(ReflectionTest, HandsOverADescriptorWithAllItNeeds) {
  const std::string wanted = "matchgo.vacancies.v1.Vacancy";
  google::protobuf::SimpleDescriptorDatabase files;
  for (const std::string& answer :
       TextsAt(Ask(kFileContainingSymbol, wanted), kFileDescriptorResponse)) {
    for (const std::string& file : TextsAt(answer, kFirst)) {
      google::protobuf::FileDescriptorProto parsed;
      ASSERT_TRUE(parsed.ParseFromString(file));
      files.Add(parsed);
    }
  }
  DescriptorPool pool(&files);
  const auto* vacancy = pool.FindMessageTypeByName(wanted);
  ASSERT_NE(vacancy, nullptr);
  const auto* linked = DescriptorPool::generated_pool()->FindMessageTypeByName(wanted);
  ASSERT_NE(linked, nullptr);
  EXPECT_EQ(vacancy->DebugString(), linked->DebugString());
}

TEST_F(ReflectionTest, KnowsNothingOfWhatIsNotThere) {
  constexpr int kError = 7;
  EXPECT_EQ(TextsAt(Ask(kFileContainingSymbol, "matchgo.nowhere.v1.Thing"), kError).size(), 1u);
}

}  // namespace
}  // namespace matchgo::contract
