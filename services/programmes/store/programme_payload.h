// Records as public messages: how they are stored, and how they travel. One place for both, because
// the stored payload is the public message.
//
// Fill writes what we know and leaves the rest of the message alone, so fields of a newer version
// survive an update by an older one. Etags are set by rpc/. Pure; thread-safe.
// Test: tests/unit/services/programmes/programme_payload_test.cc
#pragma once

#include <string>

#include "common/base/status.h"
#include "matchgo/programmes/v1/programme.pb.h"
#include "matchgo/programmes/v1/vocabulary.pb.h"
#include "services/programmes/domain/opleider.h"
#include "services/programmes/domain/programme.h"
#include "services/programmes/domain/start.h"
#include "services/programmes/domain/vocabulary.h"

namespace matchgo::programmes::store {

void Fill(const domain::Opleider& opleider, v1::Opleider* message);
void Fill(const domain::Programme& programme, v1::Programme* message);
void Fill(const domain::Start& start, v1::Start* message);
void Fill(const domain::Skill& skill, v1::Skill* message);
void Fill(const domain::Occupation& occupation, v1::Occupation* message);

// The version is not part of the message: `version` is taken over into the revision. An error only
// for dates that aren't dates.
StatusOr<domain::Opleider> Decode(const v1::Opleider& message, int64_t version);
StatusOr<domain::Programme> Decode(const v1::Programme& message, int64_t version);
StatusOr<domain::Start> Decode(const v1::Start& message, int64_t version);
domain::Skill Decode(const v1::Skill& message);
domain::Occupation Decode(const v1::Occupation& message);

}  // namespace matchgo::programmes::store
