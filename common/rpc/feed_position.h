// FillPosition: what every change of a feed says about the event it comes from.
//
// Without the record itself, which is each service's own. Pure; thread-safe.
// Test: tests/contract/feed_contract_test.cc
#pragma once

#include "common/sql/event_log.h"
#include "common/time/timestamp.h"
#include "matchgo/common/v1/feed.pb.h"

namespace matchgo::rpc {

inline void FillPosition(const sql::RecordedEvent& event, common::v1::FeedPosition* position) {
  position->set_sequence(event.sequence);
  FillTime(event.time, position->mutable_time());
  position->set_kind(event.kind);
  position->set_resource(event.resource);
}

}  // namespace matchgo::rpc
