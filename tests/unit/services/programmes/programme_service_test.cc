#include "services/programmes/rpc/programme_service.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/unit/services/programmes/programmes_process.h"

namespace matchgo::programmes {
namespace {

class ProgrammeServiceTest : public ProgrammesProcess {};

TEST_F(ProgrammeServiceTest, GivesBackWhatWasMade) {
  const v1::Opleider opleider = MakeOpleider();
  EXPECT_EQ(opleider.sequence(), 1);
  EXPECT_FALSE(opleider.etag().empty());
  const v1::Programme made = MakeProgramme(opleider);
  EXPECT_EQ(made.state(), v1::Programme::STATE_ACTIVE);
  EXPECT_EQ(made.sequence(), 3) << "the vocabulary came in between";
  EXPECT_EQ(made.create_time().seconds(), clock_.Now().micros() / 1'000'000);
  v1::GetProgrammeRequest get;
  get.set_name(made.name());
  auto got = As(Role::kAnonymous).Unary(*stub_, &Service::GetProgramme, get);
  ASSERT_THAT(got, IsOk());
  EXPECT_EQ(got->SerializeAsString(), made.SerializeAsString());
}

TEST_F(ProgrammeServiceTest, RecordsSurviveARestart) {
  const v1::Programme made = MakeProgramme(MakeOpleider());
  Restart();
  v1::GetProgrammeRequest get;
  get.set_name(made.name());
  auto got = Ops(&Service::GetProgramme, get);
  ASSERT_THAT(got, IsOk());
  EXPECT_EQ(got->SerializeAsString(), made.SerializeAsString());
}

TEST_F(ProgrammeServiceTest, OutputFieldsOfACreateRequestAreIgnored) {
  v1::CreateProgrammeRequest request = NewProgramme(MakeOpleider());
  request.mutable_programme()->set_name("opleiders/x/programmes/y");
  request.mutable_programme()->set_state(v1::Programme::STATE_RETIRED);
  request.mutable_programme()->set_sequence(99);
  auto made = Ops(&Service::CreateProgramme, request);
  ASSERT_THAT(made, IsOk());
  EXPECT_NE(made->name(), "opleiders/x/programmes/y");
  EXPECT_EQ(made->state(), v1::Programme::STATE_ACTIVE);
  EXPECT_EQ(made->sequence(), 2);
}

TEST_F(ProgrammeServiceTest, AnUnknownParentIsNotFound) {
  v1::Opleider nobody;
  nobody.set_name("opleiders/nobody");
  EXPECT_THAT(Ops(&Service::CreateProgramme, NewProgramme(nobody)), HasReason("NOT_FOUND"));
  v1::Programme nothing;
  nothing.set_name(MakeOpleider().name() + "/programmes/nothing");
  EXPECT_THAT(Ops(&Service::CreateStart, NewStart(nothing)), HasReason("NOT_FOUND"));
}

TEST_F(ProgrammeServiceTest, AProgrammeBelowAnotherOpleiderIsNotFound) {
  const v1::Programme programme = MakeProgramme(MakeOpleider());
  const v1::Opleider other = MakeOpleider("Hanze");
  v1::GetProgrammeRequest get;
  get.set_name(other.name() + programme.name().substr(programme.name().find("/programmes/")));
  EXPECT_THAT(Ops(&Service::GetProgramme, get), HasReason("NOT_FOUND"));
}

TEST_F(ProgrammeServiceTest, AnotherOpleidersRecordLooksAbsentToAWriter) {
  const v1::Opleider own = MakeOpleider();
  const v1::Opleider other = MakeOpleider("Hanze");
  Client staff = As(Role::kOpleiderUser, TenantOf(own.name()));
  EXPECT_THAT(staff.Unary(*stub_, &Service::CreateProgramme, NewProgramme(own)), IsOk());
  EXPECT_THAT(staff.Unary(*stub_, &Service::CreateProgramme, NewProgramme(other)),
              HasReason("NOT_FOUND"));
  v1::UpdateOpleiderRequest update;
  *update.mutable_opleider() = other;
  update.mutable_opleider()->set_display_name("Gekaapt");
  update.mutable_update_mask()->add_paths("display_name");
  EXPECT_THAT(staff.Unary(*stub_, &Service::UpdateOpleider, update), HasReason("NOT_FOUND"));
  EXPECT_THAT(As(Role::kSwitcher).Unary(*stub_, &Service::UpdateOpleider, update),
              HasReason("ROLE"));
}

TEST_F(ProgrammeServiceTest, RulesBetweenFieldsAreRefusedWithTheirField) {
  v1::CreateProgrammeRequest request = NewProgramme(MakeOpleider());
  request.mutable_programme()->mutable_modules(0)->add_prerequisites("m9");
  const auto refused = Ops(&Service::CreateProgramme, request);
  EXPECT_THAT(refused, HasReason("PREREQUISITE_UNKNOWN"));
  ASSERT_EQ(ViolationsOf(refused.status()).size(), 1U);
  EXPECT_EQ(ViolationsOf(refused.status())[0].field, "programme.modules[0].prerequisites[0]");
}

TEST_F(ProgrammeServiceTest, AnOpleiderClosesWhenNothingOfItIsTaughtAnyMore) {
  const v1::Opleider opleider = MakeOpleider();
  const v1::Programme programme = MakeProgramme(opleider);
  v1::CloseOpleiderRequest close;
  close.set_name(opleider.name());
  EXPECT_THAT(Ops(&Service::CloseOpleider, close), HasReason("PROGRAMMES_ACTIVE"));
  v1::RetireProgrammeRequest retire;
  retire.set_name(programme.name());
  ASSERT_THAT(Ops(&Service::RetireProgramme, retire), IsOk());
  seats_.Contract(opleider.name());
  EXPECT_THAT(Ops(&Service::CloseOpleider, close), HasReason("CONTRACTS_STAND"));
  seats_.Contract("");
  EXPECT_THAT(As(Role::kOpleiderAdmin, "other").Unary(*stub_, &Service::CloseOpleider, close),
              HasReason("NOT_FOUND"));
  close.set_etag("W/\"99\"");
  EXPECT_THAT(Ops(&Service::CloseOpleider, close), HasReason("STALE"));
  close.clear_etag();
  close.set_request_id("close");
  const auto closed = Ops(&Service::CloseOpleider, close);
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->state(), v1::Opleider::STATE_CLOSED);
  EXPECT_GT(closed->sequence(), opleider.sequence());
  const auto again = Ops(&Service::CloseOpleider, close);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), closed->SerializeAsString());
  close.set_request_id("once-more");
  EXPECT_THAT(Ops(&Service::CloseOpleider, close), HasReason("OPLEIDER_CLOSED"));
  EXPECT_THAT(Ops(&Service::CreateProgramme, NewProgramme(opleider)), HasReason("OPLEIDER_CLOSED"));
  v1::UpdateOpleiderRequest update;
  update.mutable_opleider()->set_name(opleider.name());
  update.mutable_opleider()->set_display_name("Hanze");
  EXPECT_THAT(Ops(&Service::UpdateOpleider, update), HasReason("OPLEIDER_CLOSED"));
}

TEST_F(ProgrammeServiceTest, AnExternalReferenceIsUniqueWithinAnOpleider) {
  const v1::Opleider opleider = MakeOpleider();
  v1::CreateProgrammeRequest request = NewProgramme(opleider);
  request.mutable_programme()->set_external_reference("VP-1");
  ASSERT_THAT(Ops(&Service::CreateProgramme, request), IsOk());
  EXPECT_THAT(Ops(&Service::CreateProgramme, request), HasReason("EXISTS"));
  request.set_parent(MakeOpleider("Hanze").name());
  EXPECT_THAT(Ops(&Service::CreateProgramme, request), IsOk());
}

TEST_F(ProgrammeServiceTest, AnUpdateChangesWhatTheMaskNames) {
  v1::UpdateProgrammeRequest update;
  const v1::Programme made = MakeProgramme(MakeOpleider());
  *update.mutable_programme() = made;
  update.mutable_programme()->set_title("Verpleegkunde duaal");
  update.mutable_programme()->set_sector("welzijn");
  update.mutable_update_mask()->add_paths("title");
  clock_.AdvanceBy(std::chrono::hours(1));
  auto changed = Ops(&Service::UpdateProgramme, update);
  ASSERT_THAT(changed, IsOk());
  EXPECT_EQ(changed->title(), "Verpleegkunde duaal");
  EXPECT_EQ(changed->sector(), "zorg");
  EXPECT_EQ(changed->modules_size(), 1);
  EXPECT_EQ(changed->sequence(), made.sequence() + 1);
  EXPECT_EQ(changed->create_time().seconds(), made.create_time().seconds());
  EXPECT_EQ(changed->update_time().seconds(), made.update_time().seconds() + 3600);
  EXPECT_THAT(Ops(&Service::UpdateProgramme, update), HasReason("STALE"));
}

TEST_F(ProgrammeServiceTest, AnUpdateThatChangesNothingMakesNoVersion) {
  v1::UpdateProgrammeRequest update;
  const v1::Programme made = MakeProgramme(MakeOpleider());
  *update.mutable_programme() = made;
  update.mutable_update_mask()->add_paths("title");
  auto same = Ops(&Service::UpdateProgramme, update);
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(same->etag(), made.etag());
  EXPECT_EQ(same->sequence(), made.sequence());
}

TEST_F(ProgrammeServiceTest, TheSameRequestIdGivesTheSameProgramme) {
  v1::CreateProgrammeRequest request = NewProgramme(MakeOpleider());
  request.set_request_id("once");
  auto first = Ops(&Service::CreateProgramme, request);
  auto second = Ops(&Service::CreateProgramme, request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(first->SerializeAsString(), second->SerializeAsString());
  request.mutable_programme()->set_title("Iets anders");
  EXPECT_THAT(Ops(&Service::CreateProgramme, request), HasReason("KEY_REUSED"));
}

TEST_F(ProgrammeServiceTest, ARetiredProgrammeClosesItsStartsAndChangesNoMore) {
  const v1::Programme programme = MakeProgramme(MakeOpleider());
  const v1::Start start = MakeStart(programme);
  v1::RetireProgrammeRequest retire;
  retire.set_name(programme.name());
  auto retired = Ops(&Service::RetireProgramme, retire);
  ASSERT_THAT(retired, IsOk());
  EXPECT_EQ(retired->state(), v1::Programme::STATE_RETIRED);
  v1::GetStartRequest get;
  get.set_name(start.name());
  auto closed = Ops(&Service::GetStart, get);
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->state(), v1::Start::STATE_CLOSED);
  EXPECT_EQ(closed->sequence() + 1, retired->sequence());
  EXPECT_THAT(Ops(&Service::RetireProgramme, retire), HasReason("PROGRAMME_RETIRED"));
  EXPECT_THAT(Ops(&Service::CreateStart, NewStart(programme)), HasReason("PROGRAMME_RETIRED"));
  v1::UpdateProgrammeRequest update;
  update.mutable_programme()->set_name(programme.name());
  update.mutable_programme()->set_title("Toch nog");
  EXPECT_THAT(Ops(&Service::UpdateProgramme, update), HasReason("PROGRAMME_RETIRED"));
}

TEST_F(ProgrammeServiceTest, ListsPageByPageWithoutGapsOrRepeats) {
  const v1::Opleider opleider = MakeOpleider();
  std::set<std::string> made;
  for (int i = 0; i < 7; ++i) made.insert(MakeProgramme(opleider).name());
  MakeProgramme(MakeOpleider("Hanze"));
  v1::ListProgrammesRequest list;
  list.set_parent(opleider.name());
  list.set_page_size(3);
  std::set<std::string> seen;
  int pages = 0;
  std::string last;
  do {
    auto page = Ops(&Service::ListProgrammes, list);
    ASSERT_THAT(page, IsOk());
    EXPECT_EQ(page->sequence(), 11);  // 2 opleiders, 8 programmes and a vocabulary
    for (const v1::Programme& programme : page->programmes()) {
      EXPECT_LT(last, programme.name());
      last = programme.name();
      seen.insert(last);
    }
    list.set_page_token(page->next_page_token());
    ++pages;
    // What is made meanwhile doesn't disturb, and the sequence stays that of the beginning.
    MakeProgramme(MakeOpleider("Fontys"));
  } while (!list.page_token().empty());
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(seen, made);
}

TEST_F(ProgrammeServiceTest, ListsFilterAndRefuseForeignTokens) {
  const v1::Opleider opleider = MakeOpleider();
  MakeProgramme(opleider);
  v1::CreateProgrammeRequest ict = NewProgramme(opleider);
  ict.mutable_programme()->set_sector("ict");
  ict.mutable_programme()->set_degree(v1::Programme::DEGREE_AD);
  ASSERT_THAT(Ops(&Service::CreateProgramme, ict), IsOk());
  v1::ListProgrammesRequest list;
  list.set_parent("opleiders/-");
  list.set_page_size(1);
  auto all = Ops(&Service::ListProgrammes, list);
  ASSERT_THAT(all, IsOk());
  list.set_page_token(all->next_page_token());
  list.set_sector("ict");
  EXPECT_THAT(Ops(&Service::ListProgrammes, list), HasReason("PAGE_TOKEN"));
  list.clear_page_token();
  auto filtered = Ops(&Service::ListProgrammes, list);
  ASSERT_THAT(filtered, IsOk());
  ASSERT_EQ(filtered->programmes_size(), 1);
  EXPECT_EQ(filtered->programmes(0).sector(), "ict");
  EXPECT_TRUE(filtered->next_page_token().empty());
  list.set_degree(v1::Programme::DEGREE_BA);
  auto none = Ops(&Service::ListProgrammes, list);
  ASSERT_THAT(none, IsOk());
  EXPECT_EQ(none->programmes_size(), 0);
}

TEST_F(ProgrammeServiceTest, LintsWhatIsStoredAndWhatIsSent) {
  v1::CreateProgrammeRequest request = NewProgramme(MakeOpleider());
  v1::Leeruitkomst& outcome =
      *request.mutable_programme()->mutable_modules(0)->add_leeruitkomsten();
  outcome.set_verb("begrijpt");
  outcome.set_kind("advies");
  outcome.set_subject("klinisch redeneren");
  outcome.set_standard("volgens ProActive Nursing");
  outcome.set_context("op een verpleegafdeling");
  outcome.add_skills("skills/k-clinical-reasoning");
  auto made = Ops(&Service::CreateProgramme, request);
  ASSERT_THAT(made, IsOk());
  v1::LintProgrammeRequest stored;
  stored.set_name(made->name());
  v1::LintProgrammeRequest sent;
  *sent.mutable_programme() = request.programme();
  for (const v1::LintProgrammeRequest& lint : {stored, sent}) {
    auto report = As(Role::kAnonymous).Unary(*stub_, &Service::LintProgramme, lint);
    ASSERT_THAT(report, IsOk());
    EXPECT_EQ(report->checked(), 1);
    ASSERT_EQ(report->findings_size(), 1);
    EXPECT_EQ(report->findings(0).field(), "modules[0].leeruitkomsten[0]");
    EXPECT_EQ(report->findings(0).kind(), v1::LeeruitkomstFinding::KIND_VERB_NOT_ACTIVE);
    EXPECT_NE(report->findings(0).advice().nl(), report->findings(0).advice().en());
  }
}

}  // namespace
}  // namespace matchgo::programmes
