// The one mapping between switchers and public messages, and the bytes that are sealed.
//
// The profile's bytes are the public message with the profile and the times only, the identity's
// those of v1.Identity; both are plain here and sealed by the store. Fields that a newer version
// wrote are carried over on update. Pure. Test:
// tests/unit/services/profiles/switcher_payload_test.cc
#pragma once

#include <string>

#include "common/base/status.h"
#include "matchgo/profiles/v1/switcher.pb.h"
#include "services/profiles/domain/switcher.h"

namespace matchgo::profiles::store {

// Sets the fields this version knows and leaves the others alone.
void ToMessage(const domain::Identity& identity, v1::Identity* message);
void ToMessage(const domain::MatchingProfile& profile, v1::MatchingProfile* message);

// REQUIRES: the shape of the message was checked.
domain::Identity FromMessage(const v1::Identity& message);
domain::MatchingProfile FromMessage(const v1::MatchingProfile& message);

// `before` are the bytes that these replace; empty for a new record.
std::string EncodeIdentity(const domain::Identity& identity, const std::string& before);
std::string EncodeProfile(const domain::Switcher& switcher, const std::string& before);

StatusOr<domain::Identity> DecodeIdentity(const std::string& bytes);
// Fills profile, created and updated.
Status DecodeProfile(const std::string& bytes, domain::Switcher* switcher);

}  // namespace matchgo::profiles::store
