// ProgrammeStore: all SQL about opleiders, programmes and starts; no rule of the business.
//
// Reads give the public message as it is stored; writes take domain values and the version they
// replace. Lives inside one Tx. Test: tests/unit/services/programmes/programme_store_test.cc
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/sql/transaction.h"
#include "services/programmes/domain/opleider.h"
#include "services/programmes/domain/programme.h"
#include "services/programmes/domain/start.h"

namespace matchgo::programmes::store {

// A record as it is stored: the bytes of its public message, and its version.
struct Stored {
  std::string id;
  int64_t version = 0;
  std::string bytes;
};

// Empty and zero filters let everything pass.
struct ProgrammeFilter {
  OpleiderId opleider;
  std::string sector;
  int degree = 0;
  int state = 0;
};
struct StartFilter {
  OpleiderId opleider;
  ProgrammeId programme;
  int state = 0;
};

class ProgrammeStore {
 public:
  explicit ProgrammeStore(sql::Tx& tx) : tx_(tx) {}

  // NOT_FOUND if there is none, or not below that parent. An empty parent is any: for reads.
  StatusOr<Stored> ReadOpleider(const OpleiderId& id);
  StatusOr<Stored> ReadProgramme(const OpleiderId& opleider, const ProgrammeId& id);
  StatusOr<Stored> ReadStart(const OpleiderId& opleider, const ProgrammeId& programme,
                             const StartId& id);
  // NOT_FOUND unless what a list names exists: the opleider, or its programme. Empty ids are
  // wildcards, which may match nothing.
  Status CheckParent(const OpleiderId& opleider, const ProgrammeId& programme);
  StatusOr<domain::Opleider> GetOpleider(const OpleiderId& id);
  StatusOr<domain::Programme> GetProgramme(const OpleiderId& opleider, const ProgrammeId& id);
  StatusOr<domain::Start> GetStart(const OpleiderId& opleider, const ProgrammeId& programme,
                                   const StartId& id);

  // At most `limit` in order of id, after an id. State 0: all.
  StatusOr<std::vector<Stored>> ListOpleiders(int state, const std::string& after, int limit);
  StatusOr<std::vector<Stored>> ListProgrammes(const ProgrammeFilter& filter,
                                               const std::string& after, int limit);
  StatusOr<std::vector<Stored>> ListStarts(const StartFilter& filter, const std::string& after,
                                           int limit);

  // The programme of this opleider with this reference; an empty id if there is none.
  StatusOr<ProgrammeId> FindByReference(const OpleiderId& opleider, const std::string& reference);

  Status Insert(const domain::Opleider& opleider);
  Status Insert(const domain::Programme& programme);
  Status Insert(const domain::Start& start);
  // Replaces the version before the record's own; STALE if that is not what is stored.
  Status Update(const domain::Opleider& opleider);
  Status Update(const domain::Programme& programme);
  Status Update(const domain::Start& start);

 private:
  StatusOr<Stored> ReadOne(const sql::Query& query, std::initializer_list<sql::Value> values,
                           const std::string& id);
  StatusOr<std::vector<Stored>> ReadMany(const sql::Query& query,
                                         std::initializer_list<sql::Value> values);
  Status Replace(const sql::Query& query, std::initializer_list<sql::Value> values);

  sql::Tx& tx_;
};

}  // namespace matchgo::programmes::store
