#include "services/profiles/store/switcher_store.h"

#include <utility>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/sql/payload.h"
#include "common/sql/query.h"
#include "services/profiles/reasons.h"
#include "services/profiles/store/switcher_payload.h"
#include "services/profiles/store/switcher_queries.h"

namespace matchgo::profiles::store {
namespace {

constexpr size_t kProfileColumn = 6;
constexpr size_t kIdentityColumn = 7;

StatusOr<std::string> Opened(Vault& vault, const std::string& subject, const std::string& column) {
  ASSIGN_OR_RETURN(const std::string sealed, sql::DecodePayload(column));
  return vault.Open(subject, sealed);
}

StatusOr<domain::Switcher> ProfileIn(Vault& vault, const sql::Row& row) {
  domain::Switcher switcher;
  switcher.id = SwitcherId(row.Text(0));
  switcher.partner = TenantId(row.Text(1));
  switcher.version = row.Int(2);
  switcher.sequence = row.Int(3);
  switcher.state = static_cast<domain::State>(row.Int(4));
  switcher.last_confirmed = Day::FromNumber(static_cast<int32_t>(row.Int(5)));
  ASSIGN_OR_RETURN(const std::string plain, Opened(vault, row.Text(0), row.Text(kProfileColumn)));
  RETURN_IF_ERROR(DecodeProfile(plain, &switcher));
  return switcher;
}

int64_t StateOf(const domain::Switcher& switcher) { return static_cast<int64_t>(switcher.state); }

}  // namespace

StatusOr<domain::Switcher> SwitcherStore::Get(const SwitcherId& id) {
  std::optional<domain::Switcher> found;
  RETURN_IF_ERROR(tx_.Select(kGetSwitcher, {id}, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(found, ProfileIn(vault_, row));
    ASSIGN_OR_RETURN(const std::string plain,
                     Opened(vault_, id.value(), row.Text(kIdentityColumn)));
    ASSIGN_OR_RETURN(found->identity, DecodeIdentity(plain));
    return absl::OkStatus();
  }));
  if (!found.has_value()) return NotFound(reasons::kNotFound);
  return *std::move(found);
}

StatusOr<domain::Switcher> SwitcherStore::GetProfile(const SwitcherId& id) {
  std::optional<domain::Switcher> found;
  RETURN_IF_ERROR(tx_.Select(kGetProfile, {id}, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(found, ProfileIn(vault_, row));
    return absl::OkStatus();
  }));
  if (!found.has_value()) return NotFound(reasons::kNotFound);
  return *std::move(found);
}

StatusOr<std::vector<domain::Switcher>> SwitcherStore::ListProfiles(const SwitcherFilter& filter,
                                                                    const SwitcherId& after,
                                                                    int limit) {
  std::vector<domain::Switcher> found;
  const auto collect = [&](const sql::Row& row) -> Status {
    StatusOr<domain::Switcher> switcher = ProfileIn(vault_, row);
    if (absl::IsNotFound(switcher.status())) return absl::OkStatus();  // erased
    if (!switcher.ok()) return switcher.status();
    found.push_back(*std::move(switcher));
    return absl::OkStatus();
  };
  const int64_t state = filter.state.has_value() ? static_cast<int64_t>(*filter.state) : 0;
  if (filter.partner.has_value()) {
    RETURN_IF_ERROR(
        tx_.Select(kListProfilesOfTenant, {*filter.partner, after, state, state, limit}, collect));
  } else {
    RETURN_IF_ERROR(tx_.Select(kListProfiles, {after, state, state, limit}, collect));
  }
  return found;
}

Status SwitcherStore::Insert(const domain::Switcher& switcher) {
  CHECK(switcher.identity.has_value());
  ASSIGN_OR_RETURN(const std::string identity,
                   Sealed(switcher.id, EncodeIdentity(*switcher.identity, "")));
  ASSIGN_OR_RETURN(const std::string profile, Sealed(switcher.id, EncodeProfile(switcher, "")));
  return tx_
      .Execute(kInsertSwitcher,
               {switcher.id, switcher.partner, switcher.version, switcher.sequence,
                StateOf(switcher), switcher.last_confirmed.number(), identity, profile})
      .status();
}

Status SwitcherStore::Update(const domain::Switcher& switcher) {
  CHECK(switcher.identity.has_value());
  ASSIGN_OR_RETURN(const Stored before, ReadStored(switcher.id));
  ASSIGN_OR_RETURN(const std::string identity,
                   Sealed(switcher.id, EncodeIdentity(*switcher.identity, before.identity)));
  ASSIGN_OR_RETURN(const std::string profile,
                   Sealed(switcher.id, EncodeProfile(switcher, before.profile)));
  ASSIGN_OR_RETURN(
      const int64_t rows,
      tx_.Execute(kUpdateSwitcher, {switcher.version, switcher.sequence, StateOf(switcher),
                                    switcher.last_confirmed.number(), identity, profile,
                                    switcher.id, switcher.version - 1}));
  return rows == 1 ? absl::OkStatus() : Conflict(reasons::kStale);
}

StatusOr<SwitcherStore::Stored> SwitcherStore::ReadStored(const SwitcherId& id) {
  Stored stored;
  RETURN_IF_ERROR(tx_.Select(kGetSwitcher, {id}, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(stored.profile, Opened(vault_, id.value(), row.Text(kProfileColumn)));
    ASSIGN_OR_RETURN(stored.identity, Opened(vault_, id.value(), row.Text(kIdentityColumn)));
    return absl::OkStatus();
  }));
  return stored;
}

StatusOr<std::string> SwitcherStore::Sealed(const SwitcherId& id, const std::string& plain) {
  ASSIGN_OR_RETURN(const std::string sealed, vault_.Seal(id.value(), plain));
  return sql::EncodePayload(sealed);
}

}  // namespace matchgo::profiles::store
