#include "services/programmes/rpc/programme_feed.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "common/rpc/status_map.h"
#include "tests/unit/services/programmes/programmes_process.h"

namespace matchgo::programmes {
namespace {

class ProgrammeFeedTest : public ProgrammesProcess {
 protected:
  struct Stream {
    std::unique_ptr<grpc::ClientContext> context = std::make_unique<grpc::ClientContext>();
    std::unique_ptr<grpc::ClientReader<v1::ProgrammeChange>> reader;
    ~Stream() {
      if (context != nullptr) context->TryCancel();
    }
    Stream() = default;
    Stream(Stream&&) = default;
    v1::ProgrammeChange Next() {
      v1::ProgrammeChange change;
      EXPECT_TRUE(reader->Read(&change));
      return change;
    }
  };
  Stream Watch(int64_t from) {
    Stream stream;
    As(Role::kService).Prepare(stream.context.get());
    common::v1::WatchRequest request;
    request.set_from_sequence(from);
    stream.reader = stub_->WatchProgrammes(stream.context.get(), request);
    return stream;
  }
};

TEST_F(ProgrammeFeedTest, SendsWhatIsThereAndThenWhatComes) {
  const v1::Opleider opleider = MakeOpleider();
  const v1::Programme programme = MakeProgramme(opleider);
  Stream stream = Watch(0);
  v1::ProgrammeChange change = stream.Next();
  EXPECT_EQ(change.position().sequence(), 1);
  EXPECT_EQ(change.position().kind(), "opleider.created");
  EXPECT_EQ(change.opleider().SerializeAsString(), opleider.SerializeAsString());
  change = stream.Next();
  EXPECT_EQ(change.programme().SerializeAsString(), programme.SerializeAsString());
  const v1::Start start = MakeStart(programme);
  change = stream.Next();
  EXPECT_EQ(change.position().sequence(), 4);  // the vocabulary came before the programme
  EXPECT_EQ(change.position().resource(), start.name());
  EXPECT_EQ(change.start().SerializeAsString(), start.SerializeAsString());
}

TEST_F(ProgrammeFeedTest, ManyChangesOfOneRecordBecomeTheLast) {
  v1::Opleider opleider = MakeOpleider();
  for (const char* name : {"Een", "Twee", "Drie"}) {
    v1::UpdateOpleiderRequest update;
    *update.mutable_opleider() = opleider;
    update.mutable_opleider()->set_display_name(name);
    auto changed = Ops(&Service::UpdateOpleider, update);
    ASSERT_THAT(changed, IsOk());
    opleider = *changed;
  }
  const v1::Programme programme = MakeProgramme(opleider);
  Stream stream = Watch(0);
  const v1::ProgrammeChange first = stream.Next();
  EXPECT_EQ(first.position().sequence(), 4);
  EXPECT_EQ(first.opleider().display_name(), "Drie");
  EXPECT_EQ(stream.Next().programme().name(), programme.name());
}

TEST_F(ProgrammeFeedTest, TheVocabularyIsPassedOver) {
  v1::ImportVocabularyRequest request;
  v1::Skill& skill = *request.add_skills();
  skill.set_name("skills/a");
  skill.mutable_label()->set_nl("wondzorg");
  ASSERT_THAT(Ops(&Service::ImportVocabulary, request), IsOk());
  const v1::Opleider opleider = MakeOpleider();
  Stream stream = Watch(0);
  const v1::ProgrammeChange change = stream.Next();
  EXPECT_EQ(change.position().sequence(), 2);
  EXPECT_EQ(change.opleider().name(), opleider.name());
}

TEST_F(ProgrammeFeedTest, AListingSaysWhereToWatchFrom) {
  const v1::Opleider opleider = MakeOpleider();
  v1::ListOpleidersRequest list;
  auto page = Ops(&Service::ListOpleiders, list);
  ASSERT_THAT(page, IsOk());
  const v1::Programme programme = MakeProgramme(opleider);
  Stream stream = Watch(page->sequence());
  EXPECT_EQ(stream.Next().programme().name(), programme.name());
}

TEST_F(ProgrammeFeedTest, ASequenceThatNeverWasEndsTheStream) {
  MakeOpleider();
  Stream stream = Watch(2);
  v1::ProgrammeChange change;
  EXPECT_FALSE(stream.reader->Read(&change));
  EXPECT_THAT(rpc::FromGrpc(stream.reader->Finish()), HasReason("FELL_BEHIND"));
}

}  // namespace
}  // namespace matchgo::programmes
