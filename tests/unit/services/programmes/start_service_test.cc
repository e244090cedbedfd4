#include <gtest/gtest.h>

#include <string>

#include "tests/unit/services/programmes/programmes_process.h"

namespace matchgo::programmes {
namespace {

class StartServiceTest : public ProgrammesProcess {
 protected:
  static v1::UpdateStartRequest Capacity(const std::string& name, int capacity) {
    v1::UpdateStartRequest request;
    request.mutable_start()->set_name(name);
    request.mutable_start()->set_capacity(capacity);
    request.mutable_update_mask()->add_paths("capacity");
    return request;
  }
  v1::Start Get(const std::string& name) {
    v1::GetStartRequest request;
    request.set_name(name);
    auto got = Ops(&Service::GetStart, request);
    EXPECT_THAT(got, IsOk());
    return got.ok() ? *got : v1::Start();
  }
};

TEST_F(StartServiceTest, IsFoundByItsIdAloneAndChangedByItsWholeName) {
  const v1::Programme programme = MakeProgramme(MakeOpleider());
  const v1::Start start = MakeStart(programme);
  const std::string anywhere =
      "opleiders/-/programmes/-/starts/" + start.name().substr(start.name().rfind('/') + 1);
  EXPECT_EQ(Get(anywhere).SerializeAsString(), start.SerializeAsString());
  EXPECT_THAT(Ops(&Service::UpdateStart, Capacity(anywhere, 10)), HasReason("NOT_FOUND"));
  v1::GetProgrammeRequest get;
  get.set_name("opleiders/-/programmes/" +
               programme.name().substr(programme.name().rfind('/') + 1));
  const auto found = Ops(&Service::GetProgramme, get);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->name(), programme.name());
}

TEST_F(StartServiceTest, LoweringTheCapacityAsksTheSchedulerFirst) {
  const v1::Start start = MakeStart(MakeProgramme(MakeOpleider()));
  auto lowered = Ops(&Service::UpdateStart, Capacity(start.name(), 10));
  ASSERT_THAT(lowered, IsOk());
  EXPECT_EQ(lowered->capacity(), 10);
  ASSERT_EQ(seats_.asked().size(), 1U);
  EXPECT_EQ(seats_.asked()[0].resource(), start.name());
  EXPECT_EQ(seats_.asked()[0].new_capacity(), 10);
  EXPECT_FALSE(seats_.asked()[0].request_id().empty());
}

TEST_F(StartServiceTest, HeldPlacesStay) {
  const v1::Start start = MakeStart(MakeProgramme(MakeOpleider()));
  seats_.Hold(15);
  EXPECT_THAT(Ops(&Service::UpdateStart, Capacity(start.name(), 14)), HasReason("CAPACITY_HELD"));
  EXPECT_EQ(Get(start.name()).SerializeAsString(), start.SerializeAsString());
  EXPECT_THAT(Ops(&Service::UpdateStart, Capacity(start.name(), 15)), IsOk());
}

TEST_F(StartServiceTest, RaisingAsksNobody) {
  const v1::Start start = MakeStart(MakeProgramme(MakeOpleider()));
  ASSERT_THAT(Ops(&Service::UpdateStart, Capacity(start.name(), 30)), IsOk());
  EXPECT_TRUE(seats_.asked().empty());
}

TEST_F(StartServiceTest, ARefusedChangeAsksNobody) {
  const v1::Start start = MakeStart(MakeProgramme(MakeOpleider()));
  EXPECT_THAT(Ops(&Service::UpdateStart, Capacity(start.name(), 7)), HasReason("CAPACITY_ORDER"));
  v1::UpdateStartRequest stale = Capacity(start.name(), 10);
  stale.mutable_start()->set_etag("W/\"99\"");
  EXPECT_THAT(Ops(&Service::UpdateStart, stale), HasReason("STALE"));
  EXPECT_TRUE(seats_.asked().empty());
}

TEST_F(StartServiceTest, AReplayAsksNobodyAndChangesNothing) {
  const v1::Start start = MakeStart(MakeProgramme(MakeOpleider()));
  v1::UpdateStartRequest lower = Capacity(start.name(), 10);
  lower.set_request_id("lower");
  auto first = Ops(&Service::UpdateStart, lower);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(Ops(&Service::UpdateStart, Capacity(start.name(), 25)), IsOk());
  auto again = Ops(&Service::UpdateStart, lower);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(seats_.asked().size(), 1U);
  EXPECT_EQ(Get(start.name()).capacity(), 25);
}

TEST_F(StartServiceTest, OpensOnlyForWordsOfTheVocabulary) {
  v1::CreateProgrammeRequest programme = NewProgramme(MakeOpleider());
  programme.mutable_programme()->add_occupations("occupations/o-nurse");
  const auto made = Ops(&Service::CreateProgramme, programme);
  ASSERT_THAT(made, IsOk()) << "a catalogue may come before its words";
  const auto refused = Ops(&Service::CreateStart, NewStart(*made));
  EXPECT_THAT(refused, HasReason("OCCUPATION_UNKNOWN"));
  ASSERT_EQ(ViolationsOf(refused.status()).size(), 2U);
  EXPECT_EQ(ViolationsOf(refused.status())[1].field, "programme.modules[0].skills[0]");
  v1::CheckReferencesRequest check;
  check.add_skills("skills/k-clinical-reasoning");
  check.add_occupations("occupations/o-nurse");
  auto unknown = Ops(&Service::CheckReferences, check);
  ASSERT_THAT(unknown, IsOk());
  EXPECT_EQ(unknown->unknown_skills_size(), 1);
  EXPECT_EQ(unknown->unknown_occupations_size(), 1);
  v1::ImportVocabularyRequest words;
  words.add_skills()->set_name("skills/k-clinical-reasoning");
  words.mutable_skills(0)->mutable_label()->set_nl("klinisch redeneren");
  words.add_occupations()->set_name("occupations/o-nurse");
  words.mutable_occupations(0)->mutable_label()->set_nl("verpleegkundige");
  ASSERT_THAT(Ops(&Service::ImportVocabulary, words), IsOk());
  EXPECT_THAT(Ops(&Service::CreateStart, NewStart(*made)), IsOk());
  unknown = Ops(&Service::CheckReferences, check);
  ASSERT_THAT(unknown, IsOk());
  EXPECT_EQ(unknown->unknown_skills_size() + unknown->unknown_occupations_size(), 0);
}

TEST_F(StartServiceTest, APostcodeAloneGetsItsPoint) {
  v1::CreateStartRequest request = NewStart(MakeProgramme(MakeOpleider()));
  request.mutable_start()->add_delivery(v1::Start::DELIVERY_CLASSROOM);
  request.mutable_start()->mutable_location()->set_postcode("3511");
  const auto made = Ops(&Service::CreateStart, request);
  ASSERT_THAT(made, IsOk());
  EXPECT_NEAR(made->location().x(), 1365, 10);
  v1::UpdateStartRequest move;
  move.mutable_start()->set_name(made->name());
  move.mutable_start()->mutable_location()->set_postcode("1011");
  move.mutable_update_mask()->add_paths("location.postcode");
  const auto moved = Ops(&Service::UpdateStart, move);
  ASSERT_THAT(moved, IsOk());
  EXPECT_NEAR(moved->location().x(), 1220, 15);
  move.mutable_start()->mutable_location()->set_postcode("1000");
  EXPECT_THAT(Ops(&Service::UpdateStart, move), HasReason("POSTCODE_UNKNOWN"));
}

TEST_F(StartServiceTest, RulesBetweenFieldsAreRefused) {
  v1::CreateStartRequest request = NewStart(MakeProgramme(MakeOpleider()));
  request.mutable_start()->set_minimum(21);
  request.mutable_start()->set_decides_on("2027-02-02");
  request.mutable_start()->add_delivery(v1::Start::DELIVERY_CLASSROOM);
  const auto refused = Ops(&Service::CreateStart, request);
  EXPECT_THAT(refused, HasReason("CAPACITY_ORDER"));
  EXPECT_EQ(ViolationsOf(refused.status()).size(), 3U);
}

TEST_F(StartServiceTest, AClosedStartChangesNoMore) {
  const v1::Start start = MakeStart(MakeProgramme(MakeOpleider()));
  v1::CloseStartRequest close;
  close.set_name(start.name());
  auto closed = Ops(&Service::CloseStart, close);
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->state(), v1::Start::STATE_CLOSED);
  EXPECT_THAT(Ops(&Service::CloseStart, close), HasReason("START_CLOSED"));
  EXPECT_THAT(Ops(&Service::UpdateStart, Capacity(start.name(), 30)), HasReason("START_CLOSED"));
}

TEST_F(StartServiceTest, CancellingTwiceIsRefusedToPeopleAndFineForTheScheduler) {
  const v1::Start start = MakeStart(MakeProgramme(MakeOpleider()));
  v1::CancelStartRequest cancel;
  cancel.set_name(start.name());
  cancel.set_explanation("Te weinig aanmeldingen.\nWe zoeken een andere groep.");
  auto cancelled = As(Role::kService).Unary(*stub_, &Service::CancelStart, cancel);
  ASSERT_THAT(cancelled, IsOk());
  EXPECT_EQ(cancelled->state(), v1::Start::STATE_CANCELLED);
  EXPECT_EQ(cancelled->cancel_explanation(), cancel.explanation());
  auto again = As(Role::kService).Unary(*stub_, &Service::CancelStart, cancel);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), cancelled->SerializeAsString());
  EXPECT_THAT(Ops(&Service::CancelStart, cancel), HasReason("START_CANCELLED"));
}

TEST_F(StartServiceTest, TheDayOfAStartAtAMinimumIsRecordedOnce) {
  v1::CreateStartRequest create = NewStart(MakeProgramme(MakeOpleider()));
  create.mutable_start()->set_rhythm(v1::Start::RHYTHM_AT_MINIMUM);
  const auto made = Ops(&Service::CreateStart, create);
  ASSERT_THAT(made, IsOk());
  v1::BeginStartRequest begin;
  begin.set_name(made->name());
  begin.set_begins_on("2027-01-04");
  EXPECT_THAT(Ops(&Service::BeginStart, begin), StatusIs(absl::StatusCode::kPermissionDenied));
  const auto begun = As(Role::kService).Unary(*stub_, &Service::BeginStart, begin);
  ASSERT_THAT(begun, IsOk());
  EXPECT_EQ(begun->begins_on(), "2027-01-04");
  EXPECT_EQ(begun->promised_on(), made->begins_on());
  EXPECT_GT(begun->sequence(), made->sequence());
  const auto again = As(Role::kService).Unary(*stub_, &Service::BeginStart, begin);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), begun->SerializeAsString()) << "no event, no version";
  EXPECT_EQ(Get(made->name()).SerializeAsString(), begun->SerializeAsString());
  v1::UpdateStartRequest move;
  move.mutable_start()->set_name(made->name());
  move.mutable_start()->set_begins_on("2027-05-03");
  move.mutable_update_mask()->add_paths("begins_on");
  EXPECT_THAT(Ops(&Service::UpdateStart, move), HasReason("START_BEGINS"));
}

TEST_F(StartServiceTest, SharesOfTeachingFillTheWays) {
  v1::CreateStartRequest create = NewStart(MakeProgramme(MakeOpleider()));
  v1::Start& start = *create.mutable_start();
  start.clear_delivery();
  for (const auto way : {v1::Start::DELIVERY_SELF_STUDY, v1::Start::DELIVERY_ONLINE}) {
    start.add_delivery_mix()->set_delivery(way);
  }
  start.mutable_delivery_mix(0)->set_percent(20);
  start.mutable_delivery_mix(1)->set_percent(80);
  const auto made = Ops(&Service::CreateStart, create);
  ASSERT_THAT(made, IsOk()) << "nobody travels to it, so it needs no place";
  EXPECT_EQ(made->delivery_size(), 2);
  v1::UpdateStartRequest update;
  update.mutable_start()->set_name(made->name());
  update.mutable_start()->add_delivery(v1::Start::DELIVERY_ONLINE);
  update.mutable_update_mask()->add_paths("delivery");
  const auto updated = Ops(&Service::UpdateStart, update);
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->delivery_mix_size(), 0) << "shares of other ways";
}

TEST_F(StartServiceTest, ListsByProgrammeByOpleiderAndAll) {
  const v1::Opleider opleider = MakeOpleider();
  const v1::Programme one = MakeProgramme(opleider);
  const v1::Programme two = MakeProgramme(opleider);
  MakeStart(one);
  MakeStart(one);
  MakeStart(two);
  MakeStart(MakeProgramme(MakeOpleider("Hanze")));
  struct {
    std::string parent;
    int expected;
  } const kCases[] = {{one.name(), 2},
                      {opleider.name() + "/programmes/-", 3},
                      {"opleiders/-/programmes/-", 4},
                      {"opleiders/-" + two.name().substr(two.name().find("/programmes/")), 1}};
  for (const auto& c : kCases) {
    v1::ListStartsRequest list;
    list.set_parent(c.parent);
    auto page = Ops(&Service::ListStarts, list);
    ASSERT_THAT(page, IsOk());
    EXPECT_EQ(page->starts_size(), c.expected) << c.parent;
    list.set_state(v1::Start::STATE_CLOSED);
    auto closed = Ops(&Service::ListStarts, list);
    ASSERT_THAT(closed, IsOk());
    EXPECT_EQ(closed->starts_size(), 0) << c.parent;
  }
}

}  // namespace
}  // namespace matchgo::programmes
