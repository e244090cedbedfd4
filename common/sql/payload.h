// Payload columns: bytes as base64 text (standard alphabet, no padding), the same on every
// database. What is written often is written as Bytes (query.h): a quarter less.
//
// What the bytes mean is the business of the services' store/*_payload.cc. Pure.
// Test: tests/unit/common/sql/payload_test.cc
#pragma once

#include <string>
#include <string_view>

#include "common/base/status.h"

namespace matchgo::sql {

std::string EncodePayload(std::string_view bytes);
// INTERNAL when the text is not ours: only what EncodePayload wrote is ever stored.
StatusOr<std::string> DecodePayload(std::string_view text);

}  // namespace matchgo::sql
