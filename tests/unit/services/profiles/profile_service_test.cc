#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "common/log/log.h"
#include "matchgo/profiles/v1/profile_service.grpc.pb.h"
#include "services/profiles/module.h"
#include "tests/support/served_module.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/profiles/examples.h"

namespace matchgo::profiles {
namespace {

using Stub = v1::ProfileService::StubInterface;
using ::testing::ElementsAre;

const Principal kPartner{.role = Role::kPartner, .id = "front", .tenant = TenantId("p1")};
const Principal kOtherPartner{.role = Role::kPartner, .id = "front", .tenant = TenantId("p2")};
const Principal kOps{.role = Role::kOps, .id = "ops", .tenant = {}};
const Principal kService{.role = Role::kService, .id = "scheduler", .tenant = {}};
const Principal kAuditor{.role = Role::kAuditor, .id = "audit", .tenant = {}};

class ProfileServiceTest : public ::testing::Test {
 protected:
  ProfileServiceTest()
      : served_({MakeProfilesModule}), stub_(v1::ProfileService::NewStub(served_.channel())) {}

  template <class Req, class Rep>
  StatusOr<Rep> Call(const Principal& who,
                     grpc::Status (Stub::*method)(grpc::ClientContext*, const Req&, Rep*),
                     const Req& request) {
    return served_.Call(who, *stub_, method, request);
  }
  StatusOr<v1::Switcher> Create(const v1::Switcher& switcher, const std::string& request_id = "") {
    v1::CreateSwitcherRequest request;
    *request.mutable_switcher() = switcher;
    request.set_request_id(request_id);
    return Call(kPartner, &Stub::CreateSwitcher, request);
  }
  StatusOr<v1::Switcher> Get(const Principal& who, const std::string& name) {
    v1::GetSwitcherRequest request;
    request.set_name(name);
    return Call(who, &Stub::GetSwitcher, request);
  }
  StatusOr<v1::Switcher> Update(const Principal& who, const v1::Switcher& switcher,
                                const std::vector<std::string>& mask) {
    v1::UpdateSwitcherRequest request;
    *request.mutable_switcher() = switcher;
    for (const std::string& path : mask) request.mutable_update_mask()->add_paths(path);
    return Call(who, &Stub::UpdateSwitcher, request);
  }
  template <class Req>
  static Req Named(const std::string& name) {
    Req request;
    request.set_name(name);
    return request;
  }
  StatusOr<v1::Switcher> Confirm(const Principal& who, const std::string& name) {
    return Call(who, &Stub::ConfirmSwitcher, Named<v1::ConfirmSwitcherRequest>(name));
  }
  StatusOr<v1::Switcher> Withdraw(const Principal& who, const std::string& name) {
    return Call(who, &Stub::WithdrawSwitcher, Named<v1::WithdrawSwitcherRequest>(name));
  }
  StatusOr<v1::Switcher> Reactivate(const Principal& who, const std::string& name) {
    return Call(who, &Stub::ReactivateSwitcher, Named<v1::ReactivateSwitcherRequest>(name));
  }
  static Principal Herself(const std::string& name) {
    return {
        .role = Role::kSwitcher, .id = name.substr(name.find('/') + 1), .tenant = TenantId("p1")};
  }
  v1::SwitcherChange WatchOne(int64_t from) {
    grpc::ClientContext context;
    rpc::Caller(ServedModule::Options(kService)).Prepare(&context);
    common::v1::WatchRequest request;
    request.set_from_sequence(from);
    const auto reader = stub_->WatchSwitchers(&context, request);
    v1::SwitcherChange change;
    EXPECT_TRUE(reader->Read(&change));
    context.TryCancel();
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
    return change;
  }

  ServedModule served_;
  std::unique_ptr<v1::ProfileService::Stub> stub_;
};

TEST_F(ProfileServiceTest, ASwitcherComesBackAsSheWasWritten) {
  const StatusOr<v1::Switcher> made = Create(SwitcherMessage());
  ASSERT_THAT(made, IsOk());
  EXPECT_EQ(made->identity().SerializeAsString(), IdentityMessage().SerializeAsString());
  EXPECT_EQ(made->profile().SerializeAsString(), ProfileMessage().SerializeAsString());
  EXPECT_EQ(made->state(), v1::Switcher::STATE_ACTIVE);
  EXPECT_EQ(made->partner(), "p1");
  EXPECT_EQ(made->last_confirmed(), "2026-11-23");
  EXPECT_EQ(made->obstacles_size(), 0);
  EXPECT_EQ(made->sequence(), 1);
  for (int read = 0; read < 2; ++read) {  // from the store, then from memory
    const StatusOr<v1::Switcher> found = Get(kPartner, made->name());
    ASSERT_THAT(found, IsOk());
    EXPECT_EQ(found->SerializeAsString(), made->SerializeAsString());
  }
}

TEST_F(ProfileServiceTest, OnlyThoseWhoMustKnowLearnWhoSheIs) {
  const std::string name = Create(SwitcherMessage())->name();
  const Principal another{.role = Role::kSwitcher, .id = "other", .tenant = TenantId("p1")};
  for (int read = 0; read < 2; ++read) {  // from the store, then from memory
    for (const Principal& who : {Herself(name), kPartner, kOps}) {
      EXPECT_TRUE(Get(who, name)->has_identity()) << FormatRole(who.role);
    }
    for (const Principal& who : {kService, kAuditor}) {
      const StatusOr<v1::Switcher> found = Get(who, name);
      ASSERT_THAT(found, IsOk());
      EXPECT_FALSE(found->has_identity()) << FormatRole(who.role);
      EXPECT_TRUE(found->has_profile()) << FormatRole(who.role);
    }
    for (const Principal& who : {kOtherPartner, another}) {
      const StatusOr<v1::Switcher> hidden = Get(who, name);
      EXPECT_THAT(hidden, HasReason("NOT_FOUND")) << FormatRole(who.role);
      EXPECT_EQ(hidden.status(), Get(who, "switchers/none").status());
    }
  }
}

TEST_F(ProfileServiceTest, AStrangerChangesNothing) {
  const StatusOr<v1::Switcher> made = Create(SwitcherMessage());
  const Principal another{.role = Role::kSwitcher, .id = "other", .tenant = TenantId("p1")};
  for (const Principal& who : {kOtherPartner, another}) {
    EXPECT_THAT(Update(who, *made, {"profile.study_hours"}), HasReason("NOT_FOUND"));
    EXPECT_THAT(Confirm(who, made->name()), HasReason("NOT_FOUND"));
    EXPECT_THAT(Withdraw(who, made->name()), HasReason("NOT_FOUND"));
    EXPECT_THAT(Reactivate(who, made->name()), HasReason("NOT_FOUND"));
  }
  EXPECT_EQ(Get(kPartner, made->name())->sequence(), 1);
}

TEST_F(ProfileServiceTest, SaysAllThatIsWrongAndStoresNothing) {
  v1::Switcher wrong = SwitcherMessage();
  wrong.mutable_profile()->set_hours_min(40);
  wrong.mutable_profile()->add_sector_wishes("zorg");
  const StatusOr<v1::Switcher> made = Create(wrong);
  EXPECT_THAT(made, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(ViolationsOf(made.status()).size(), 2u);
  wrong = SwitcherMessage();
  wrong.clear_identity();
  EXPECT_THAT(Create(wrong), HasReason("REQUIRED"));
  EXPECT_EQ(Call(kOps, &Stub::ListSwitchers, v1::ListSwitchersRequest())->sequence(), 0);
}

TEST_F(ProfileServiceTest, APostcodeAloneGetsItsPointAndAnUnknownOneIsRefused) {
  v1::Switcher switcher = SwitcherMessage();
  switcher.mutable_profile()->mutable_home()->Clear();
  switcher.mutable_profile()->mutable_home()->set_postcode("3511");
  const StatusOr<v1::Switcher> made = Create(switcher);
  ASSERT_THAT(made, IsOk());
  EXPECT_NEAR(made->profile().home().x(), 1365, 10);
  EXPECT_NEAR(made->profile().home().y(), 4559, 10);
  v1::Switcher moved = *made;
  moved.mutable_profile()->mutable_home()->set_postcode("1011");
  const StatusOr<v1::Switcher> updated = Update(kPartner, moved, {"profile.home.postcode"});
  ASSERT_THAT(updated, IsOk());
  EXPECT_NEAR(updated->profile().home().x(), 1220, 15);
  switcher.mutable_profile()->mutable_home()->set_postcode("1000");
  EXPECT_THAT(Create(switcher), HasReason("POSTCODE_UNKNOWN"));
}

TEST_F(ProfileServiceTest, AnUpdateIsSeenAtOnce) {
  const StatusOr<v1::Switcher> made = Create(SwitcherMessage());
  ASSERT_THAT(Get(kPartner, made->name()), IsOk());  // now in memory
  v1::Switcher change;
  change.set_name(made->name());
  change.set_etag(made->etag());
  change.mutable_profile()->set_study_hours(16);
  const StatusOr<v1::Switcher> updated =
      Update(Herself(made->name()), change, {"profile.study_hours"});
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->profile().study_hours(), 16);
  EXPECT_EQ(updated->identity().full_name(), made->identity().full_name());
  EXPECT_EQ(Get(kPartner, made->name())->SerializeAsString(), updated->SerializeAsString());
  EXPECT_THAT(Update(kPartner, change, {"profile.study_hours"}), HasReason("STALE"));
  change.clear_etag();
  EXPECT_THAT(Update(kPartner, change, {"last_confirmed"}), HasReason("FIELD_FORBIDDEN"));
  EXPECT_THAT(Update(kPartner, change, {"nonsense"}), HasReason("FIELD_MASK"));
}

TEST_F(ProfileServiceTest, WithdrawsAndComesBack) {
  const std::string name = Create(SwitcherMessage())->name();
  const StatusOr<v1::Switcher> gone = Withdraw(Herself(name), name);
  ASSERT_THAT(gone, IsOk());
  EXPECT_EQ(gone->state(), v1::Switcher::STATE_WITHDRAWN);
  EXPECT_THAT(gone->obstacles(), ElementsAre(v1::MATCHING_OBSTACLE_WITHDRAWN));
  EXPECT_THAT(Withdraw(Herself(name), name), HasReason("SWITCHER_WITHDRAWN"));
  EXPECT_THAT(Confirm(Herself(name), name), HasReason("SWITCHER_WITHDRAWN"));
  EXPECT_THAT(Update(kPartner, *gone, {"profile.study_hours"}), HasReason("SWITCHER_WITHDRAWN"));
  EXPECT_EQ(Reactivate(kPartner, name)->state(), v1::Switcher::STATE_ACTIVE);
  EXPECT_THAT(Reactivate(kPartner, name), HasReason("SWITCHER_ACTIVE"));
}

TEST_F(ProfileServiceTest, GrowsStaleByItselfUntilConfirmed) {
  const std::string name = Create(SwitcherMessage())->name();
  ASSERT_EQ(Get(kPartner, name)->obstacles_size(), 0);
  served_.clock().AdvanceBy(std::chrono::hours(24 * 181));
  EXPECT_THAT(Get(kPartner, name)->obstacles(), ElementsAre(v1::MATCHING_OBSTACLE_STALE));
  EXPECT_EQ(Confirm(kPartner, name)->obstacles_size(), 0);
  EXPECT_EQ(Get(kPartner, name)->obstacles_size(), 0);
}

TEST_F(ProfileServiceTest, ABatchIsAllOrNothing) {
  v1::BatchCreateSwitchersRequest request;
  request.set_request_id("batch-1");
  for (int i = 0; i < 3; ++i) {
    *request.add_switchers() = SwitcherMessage();
    request.mutable_switchers(i)->mutable_profile()->set_study_hours(i);
  }
  const auto made = Call(kPartner, &Stub::BatchCreateSwitchers, request);
  ASSERT_THAT(made, IsOk());
  ASSERT_EQ(made->switchers_size(), 3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(made->switchers(i).profile().study_hours(), i);
  const auto again = Call(kPartner, &Stub::BatchCreateSwitchers, request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->SerializeAsString(), made->SerializeAsString());

  request.set_request_id("batch-2");
  request.mutable_switchers(2)->mutable_profile()->set_hours_min(60);
  EXPECT_THAT(Call(kPartner, &Stub::BatchCreateSwitchers, request), HasReason("HOURS_ORDER"));
  EXPECT_EQ(Call(kOps, &Stub::ListSwitchers, v1::ListSwitchersRequest())->switchers_size(), 3);
}

TEST_F(ProfileServiceTest, TheSameRequestHasTheSameOutcome) {
  const StatusOr<v1::Switcher> first = Create(SwitcherMessage(), "key-1");
  ASSERT_THAT(first, IsOk());
  served_.Restart();
  stub_ = v1::ProfileService::NewStub(served_.channel());
  EXPECT_EQ(Create(SwitcherMessage(), "key-1")->SerializeAsString(), first->SerializeAsString());
  v1::Switcher other = SwitcherMessage();
  other.mutable_profile()->set_study_hours(1);
  EXPECT_THAT(Create(other, "key-1"), HasReason("KEY_REUSED"));
}

TEST_F(ProfileServiceTest, ListsWithoutIdentityByPartnerAndObstacles) {
  for (int i = 0; i < 5; ++i) {
    v1::Switcher switcher = SwitcherMessage();
    if (i % 2 == 0) switcher.mutable_profile()->clear_experience();
    ASSERT_THAT(Create(switcher), IsOk());
  }
  const auto count = [&](const Principal& who, std::optional<bool> obstructed) {
    v1::ListSwitchersRequest request;
    request.set_page_size(2);
    if (obstructed.has_value()) request.set_obstructed(*obstructed);
    int found = 0;
    do {
      const auto page = Call(who, &Stub::ListSwitchers, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) return -1;
      EXPECT_EQ(page->sequence(), 5);
      for (const v1::Switcher& switcher : page->switchers()) {
        EXPECT_FALSE(switcher.has_identity());
        ++found;
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return found;
  };
  EXPECT_EQ(count(kPartner, std::nullopt), 5);
  EXPECT_EQ(count(kPartner, true), 3);
  EXPECT_EQ(count(kPartner, false), 2);
  EXPECT_EQ(count(kService, std::nullopt), 5);
  EXPECT_EQ(Call(kOtherPartner, &Stub::ListSwitchers, v1::ListSwitchersRequest())->switchers_size(),
            0);
}

TEST_F(ProfileServiceTest, TheFeedHasNoIdentity) {
  const StatusOr<v1::Switcher> made = Create(SwitcherMessage());
  const v1::SwitcherChange change = WatchOne(0);
  EXPECT_EQ(change.position().kind(), "switcher.created");
  EXPECT_EQ(change.position().resource(), made->name());
  EXPECT_FALSE(change.switcher().has_identity());
  EXPECT_EQ(change.switcher().profile().SerializeAsString(), made->profile().SerializeAsString());
}

TEST_F(ProfileServiceTest, NothingOnDiskOrInTheLogSaysWhoSheIs) {
  log::SetLevel(log::Level::kDebug);
  ::testing::internal::CaptureStderr();
  const StatusOr<v1::Switcher> made = Create(SwitcherMessage(), "key-1");
  ASSERT_THAT(made, IsOk());
  v1::Switcher change = *made;
  change.mutable_profile()->set_study_hours(3);
  EXPECT_THAT(Update(kPartner, change, {"profile.study_hours"}), IsOk());
  EXPECT_THAT(Update(kPartner, change, {"profile.study_hours"}), HasReason("STALE"));
  v1::Switcher wrong = SwitcherMessage();
  wrong.mutable_identity()->set_email("not an address of wilhelmina.quist");
  EXPECT_THAT(Create(wrong), StatusIs(absl::StatusCode::kInvalidArgument));
  const std::string logged = ::testing::internal::GetCapturedStderr();
  log::SetLevel(log::Level::kInfo);
  EXPECT_NE(logged, "");

  // The last one is what somebody could want and is not secret: it must be found, or this test
  // looks at the wrong bytes.
  const std::string id = made->name().substr(made->name().find('/') + 1);
  const std::vector<std::string> secrets = {"Wilhelmina",        "Zonnebloem",  "wilhelmina.quist",
                                            "voorbeeld.example", "31698765432", "Quilting",
                                            "capaciteiten-hbo"};
  bool id_found = false;
  size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(served_.folder())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    id_found = id_found || bytes.find(id) != std::string::npos;
    for (const std::string& secret : secrets) {
      EXPECT_EQ(bytes.find(secret), std::string::npos) << secret << " in " << entry.path();
    }
  }
  EXPECT_TRUE(id_found);
  EXPECT_GE(files, 4u) << "two databases and their logs";
  for (const std::string& secret : secrets) EXPECT_EQ(logged.find(secret), std::string::npos);
}

}  // namespace
}  // namespace matchgo::profiles
