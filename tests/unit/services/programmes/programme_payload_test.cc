#include "services/programmes/store/programme_payload.h"

#include <google/protobuf/unknown_field_set.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace matchgo::programmes::store {
namespace {

v1::Programme FullProgramme() {
  v1::Programme message;
  message.set_name("opleiders/o/programmes/p");
  message.set_title("Verpleegkunde");
  message.set_degree(v1::Programme::DEGREE_BA);
  message.set_nlqf_level(6);
  message.set_entry_level(5);
  message.set_crebo("25480");
  message.set_croho("34560");
  message.set_sector("zorg");
  message.add_occupations("occupations/nurse");
  message.add_awards("big-verpleegkundige");
  message.mutable_label()->set_chain_approach(true);
  message.mutable_label()->set_shared_guidance(true);
  message.mutable_label()->set_valid_from("2026-01-01");
  message.mutable_label()->set_valid_until("2028-12-31");
  for (const char* id : {"m1", "m2"}) {
    v1::Module& module = *message.add_modules();
    module.set_id(id);
    module.set_title("Module");
    module.set_ec_hundredths(500);
    module.set_study_hours(140);
    module.set_recognition(v1::Module::RECOGNITION_ACCELERATE);
    module.set_core(true);
    module.add_skills("skills/a");
    module.add_leeruitkomsten()->set_verb("voert uit");
    module.mutable_leeruitkomsten(0)->add_skills("skills/a");
  }
  message.mutable_modules(1)->add_prerequisites("m1");
  message.set_state(v1::Programme::STATE_RETIRED);
  message.set_source("synthetic");
  message.add_unknown_facts("croho");
  message.set_external_reference("VP-1");
  message.mutable_create_time()->set_seconds(1'700'000'000);
  message.mutable_create_time()->set_nanos(123'456'000);
  message.mutable_update_time()->set_seconds(1'800'000'000);
  message.set_sequence(42);
  return message;
}

TEST(ProgrammePayloadTest, AProgrammeComesBackWhole) {
  const v1::Programme message = FullProgramme();
  const StatusOr<domain::Programme> programme = Decode(message, 3);
  ASSERT_THAT(programme, IsOk());
  EXPECT_EQ(programme->id, ProgrammeId("p"));
  EXPECT_EQ(programme->opleider, OpleiderId("o"));
  EXPECT_EQ(programme->revision.version, 3);
  v1::Programme again;
  Fill(*programme, &again);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(again, message))
      << again.DebugString();
}

TEST(ProgrammePayloadTest, AStartComesBackWhole) {
  v1::Start message;
  message.set_name("opleiders/o/programmes/p/starts/s");
  message.set_rhythm(v1::Start::RHYTHM_ROLLING);
  message.set_begins_on("2027-02-01");
  message.set_capacity(20);
  message.set_minimum(8);
  message.add_delivery(v1::Start::DELIVERY_CLASSROOM);
  message.add_delivery(v1::Start::DELIVERY_SELF_STUDY);
  for (const auto way : {v1::Start::DELIVERY_CLASSROOM, v1::Start::DELIVERY_SELF_STUDY}) {
    message.add_delivery_mix()->set_delivery(way);
    message.mutable_delivery_mix(message.delivery_mix_size() - 1)->set_percent(50);
  }
  message.set_promised_on("2027-03-01");
  message.mutable_location()->set_postcode("3511 AB");
  message.mutable_location()->set_place("Utrecht");
  message.mutable_location()->set_x(1360);
  message.mutable_location()->set_y(4560);
  message.set_times("di en do 18-21 uur");
  message.set_sign_up(v1::Start::SIGN_UP_GROUP);
  message.set_price_cents(0);
  message.set_decides_on("2027-01-15");
  message.set_state(v1::Start::STATE_CANCELLED);
  message.set_synthetic(true);
  message.set_cancel_explanation("te weinig mensen");
  message.mutable_create_time()->set_seconds(-1);
  message.mutable_create_time()->set_nanos(999'999'000);
  message.mutable_update_time()->set_seconds(1'800'000'000);
  message.set_sequence(42);
  const StatusOr<domain::Start> start = Decode(message, 1);
  ASSERT_THAT(start, IsOk());
  EXPECT_EQ(start->id, StartId("s"));
  v1::Start again;
  Fill(*start, &again);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(again, message))
      << again.DebugString();
}

TEST(ProgrammePayloadTest, FieldsOfANewerVersionStay) {
  v1::Programme before = FullProgramme();
  before.GetReflection()->MutableUnknownFields(&before)->AddVarint(900, 1);
  v1::Module* const module = before.mutable_modules(1);
  module->GetReflection()->MutableUnknownFields(module)->AddVarint(901, 2);
  StatusOr<domain::Programme> programme = Decode(before, 1);
  ASSERT_THAT(programme, IsOk());
  programme->modules.erase(programme->modules.begin());
  v1::Programme after = before;
  Fill(*programme, &after);
  EXPECT_EQ(after.GetReflection()->GetUnknownFields(after).field_count(), 1);
  ASSERT_EQ(after.modules_size(), 1);
  EXPECT_EQ(after.modules(0).id(), "m2");
  EXPECT_EQ(after.modules(0).leeruitkomsten_size(), 1);
  EXPECT_EQ(after.modules(0).GetReflection()->GetUnknownFields(after.modules(0)).field_count(), 1);
}

TEST(ProgrammePayloadTest, WhatIsTakenAwayIsGone) {
  StatusOr<domain::Programme> programme = Decode(FullProgramme(), 1);
  ASSERT_THAT(programme, IsOk());
  programme->label.reset();
  programme->modules.clear();
  programme->occupations.clear();
  programme->external_reference.clear();
  v1::Programme message = FullProgramme();
  Fill(*programme, &message);
  EXPECT_FALSE(message.has_label());
  EXPECT_EQ(message.modules_size(), 0);
  EXPECT_EQ(message.occupations_size(), 0);
  EXPECT_EQ(message.external_reference(), "");
}

}  // namespace
}  // namespace matchgo::programmes::store
