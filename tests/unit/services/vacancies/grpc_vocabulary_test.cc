#include "services/vacancies/clients/grpc_vocabulary.h"

#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/support/status_matchers.h"

namespace matchgo::vacancies::clients {
namespace {

namespace pb = ::matchgo::programmes::v1;

// Knows everything that does not begin with "x", and remembers what it was asked.
class Vocabulary final : public pb::ProgrammeService::Service {
 public:
  grpc::Status CheckReferences(grpc::ServerContext* /*context*/,
                               const pb::CheckReferencesRequest* request,
                               pb::CheckReferencesResponse* reply) override {
    asked.push_back(*request);
    for (const std::string& name : request->skills()) {
      if (name.starts_with("skills/x")) reply->add_unknown_skills(name);
    }
    for (const std::string& name : request->occupations()) {
      if (name.starts_with("occupations/x")) reply->add_unknown_occupations(name);
    }
    return grpc::Status::OK;
  }
  std::vector<pb::CheckReferencesRequest> asked;
};

class GrpcVocabularyTest : public ::testing::Test {
 protected:
  GrpcVocabularyTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&vocabulary_);
    server_ = builder.BuildAndStart();
  }
  ~GrpcVocabularyTest() override { server_->Shutdown(); }

  Vocabulary vocabulary_;
  std::unique_ptr<grpc::Server> server_;
  GrpcVocabulary client_;
  const domain::References named_{.skills = {SkillId("a"), SkillId("x1")},
                                  .occupations = {OccupationId("o"), OccupationId("x2")}};
};

TEST_F(GrpcVocabularyTest, KnowsNothingBeforeItIsConnected) {
  EXPECT_THAT(client_.Unknown(Call(), named_), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(GrpcVocabularyTest, WithoutProgrammesEverythingIsKnown) {
  client_.Connect(nullptr);
  const auto unknown = client_.Unknown(Call(), named_);
  ASSERT_THAT(unknown, IsOk());
  EXPECT_TRUE(unknown->empty());
}

TEST_F(GrpcVocabularyTest, AsksForWhatItNeverSawAndRemembersWhatIsKnown) {
  client_.Connect(server_->InProcessChannel(grpc::ChannelArguments()));
  for (int i = 0; i < 2; ++i) {
    const auto unknown = client_.Unknown(Call(), named_);
    ASSERT_THAT(unknown, IsOk());
    EXPECT_EQ(unknown->skills, std::set<SkillId>{SkillId("x1")});
    EXPECT_EQ(unknown->occupations, std::set<OccupationId>{OccupationId("x2")});
  }
  ASSERT_EQ(vocabulary_.asked.size(), 2u);
  EXPECT_EQ(vocabulary_.asked[0].skills_size(), 2);
  EXPECT_EQ(vocabulary_.asked[1].skills_size(), 1) << "it may exist by now";
  EXPECT_EQ(vocabulary_.asked[1].skills(0), "skills/x1");
  const auto none =
      client_.Unknown(Call(), {.skills = {SkillId("a")}, .occupations = {OccupationId("o")}});
  ASSERT_THAT(none, IsOk());
  EXPECT_TRUE(none->empty());
  EXPECT_EQ(vocabulary_.asked.size(), 2u) << "known stays known";
}

TEST_F(GrpcVocabularyTest, AsksAThousandAtATime) {
  client_.Connect(server_->InProcessChannel(grpc::ChannelArguments()));
  domain::References many;
  for (int i = 0; i < 2500; ++i) many.skills.insert(SkillId("s" + std::to_string(i)));
  ASSERT_THAT(client_.Unknown(Call(), many), IsOk());
  ASSERT_EQ(vocabulary_.asked.size(), 3u);
  EXPECT_EQ(vocabulary_.asked[2].skills_size(), 500);
}

}  // namespace
}  // namespace matchgo::vacancies::clients
