#include "services/profiles/rpc/profile_service.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "common/rpc/page.h"
#include "common/rpc/serve_unary.h"
#include "common/rpc/watch_reactor.h"
#include "services/profiles/actions/change_switcher.h"
#include "services/profiles/actions/create_switchers.h"
#include "services/profiles/actions/switcher_access.h"
#include "services/profiles/domain/obstacles.h"
#include "services/profiles/domain/references.h"
#include "services/profiles/reasons.h"
#include "services/profiles/rpc/reply_seal.h"
#include "services/profiles/rpc/switcher_codec.h"
#include "services/profiles/store/switcher_events.h"
#include "services/profiles/store/switcher_store.h"

namespace matchgo::profiles::rpc {

namespace wire = ::matchgo::rpc;

namespace {

// Whether an update writes skills: named by the mask, or without a mask sent.
bool ChangesSkills(const v1::UpdateSwitcherRequest& request) {
  if (request.switcher().profile().skills().empty()) return false;
  const auto& paths = request.update_mask().paths();
  return paths.empty() || std::any_of(paths.begin(), paths.end(), [](const std::string& path) {
           return path == "*" || path == "profile" || path.starts_with("profile.skills");
         });
}

}  // namespace

ProfileService::ProfileService(Environment& environment, sql::Database& database, Vault& vault,
                               clients::VocabularyKeeper vocabulary)
    : endpoint_(environment, v1::ProfileService::service_full_name()),
      page_tokens_(environment.token_secret),
      database_(database),
      vault_(vault),
      entropy_(environment.entropy),
      vocabulary_(std::move(vocabulary)) {
  SetMessageAllocatorFor_GetSwitcher(&shared_switchers_);
}

ProfileService::Unary* ProfileService::CreateSwitcher(Context* context,
                                                      const v1::CreateSwitcherRequest* request,
                                                      v1::Switcher* reply) {
  return wire::ServeWriteSteps(endpoint_, context, request, reply,
                               [this](const Call& call, const auto& in) -> StatusOr<v1::Switcher> {
                                 return CreateOnce<v1::Switcher>(
                                     call, {Decode(in.switcher())}, SealOne(vault_),
                                     [&](const std::vector<domain::Switcher>& made) {
                                       return Encode(made.front(), DayOf(call.now));
                                     });
                               });
}

ProfileService::Unary* ProfileService::BatchCreateSwitchers(
    Context* context, const v1::BatchCreateSwitchersRequest* request,
    v1::BatchCreateSwitchersResponse* reply) {
  using Reply = v1::BatchCreateSwitchersResponse;
  return wire::ServeWriteSteps(endpoint_, context, request, reply,
                               [this](const Call& call, const auto& in) -> StatusOr<Reply> {
                                 std::vector<domain::Switcher> contents;
                                 for (const v1::Switcher& switcher : in.switchers())
                                   contents.push_back(Decode(switcher));
                                 return CreateOnce<Reply>(
                                     call, std::move(contents), SealMany(vault_),
                                     [&](const std::vector<domain::Switcher>& made) {
                                       Reply all;
                                       for (const domain::Switcher& switcher : made) {
                                         *all.add_switchers() = Encode(switcher, DayOf(call.now));
                                       }
                                       return all;
                                     });
                               });
}

ProfileService::Unary* ProfileService::GetSwitcher(Context* context,
                                                   const v1::GetSwitcherRequest* request,
                                                   v1::Switcher* reply) {
  return wire::ServeCached(
      endpoint_, context, request, reply,
      [this](const Call& call, const auto& in) -> std::shared_ptr<const v1::Switcher> {
        const StatusOr<SwitcherId> id = Decode(in);
        return id.ok() ? cache_.Find(call.principal, *id, DayOf(call.now)) : nullptr;
      },
      [this](const Call& call, const auto& in) -> StatusOr<v1::Switcher> {
        ASSIGN_OR_RETURN(const SwitcherId id, Decode(in));
        return Read(call, id);
      });
}

ProfileService::Unary* ProfileService::ListSwitchers(Context* context,
                                                     const v1::ListSwitchersRequest* request,
                                                     v1::ListSwitchersResponse* reply) {
  return wire::ServeRead(endpoint_, context, request, reply,
                         [this](const Call& call, const auto& in) { return ListPage(call, in); });
}

ProfileService::Unary* ProfileService::UpdateSwitcher(Context* context,
                                                      const v1::UpdateSwitcherRequest* request,
                                                      v1::Switcher* reply) {
  const auto write = [this](sql::Tx& tx, const Call& call,
                            const v1::UpdateSwitcherRequest& in) -> StatusOr<v1::Switcher> {
    ASSIGN_OR_RETURN(const EditSwitcherCommand command, Decode(in));
    ASSIGN_OR_RETURN(const domain::Switcher next, EditSwitcher(tx, call, vault_, command));
    return Changed(call, next);
  };
  if (!ChangesSkills(*request)) {
    return wire::ServeWrite(endpoint_, database_, context, request, reply, write, SealOne(vault_));
  }
  return wire::ServeWriteSteps(
      endpoint_, context, request, reply,
      [this, write](const Call& call, const auto& in) -> StatusOr<v1::Switcher> {
        std::optional<v1::Switcher> given_before;
        RETURN_IF_ERROR(database_.Read(call, [&](sql::Tx& tx) -> Status {
          ASSIGN_OR_RETURN(given_before, wire::ReplayReply<v1::Switcher>(tx, SealOne(vault_)));
          return absl::OkStatus();
        }));
        if (given_before.has_value()) return *std::move(given_before);
        RETURN_IF_ERROR(AskForReferences(call, {Decode(in.switcher())}));
        return wire::WriteOnce(
            database_, call, [&](sql::Tx& tx) { return write(tx, call, in); }, SealOne(vault_));
      });
}

ProfileService::Unary* ProfileService::ConfirmSwitcher(Context* context,
                                                       const v1::ConfirmSwitcherRequest* request,
                                                       v1::Switcher* reply) {
  return wire::ServeWrite(
      endpoint_, database_, context, request, reply,
      [this](sql::Tx& tx, const Call& call, const auto& in) -> StatusOr<v1::Switcher> {
        ASSIGN_OR_RETURN(const SwitcherTarget target, Decode(in));
        ASSIGN_OR_RETURN(const domain::Switcher next,
                         profiles::ConfirmSwitcher(tx, call, vault_, target));
        return Changed(call, next);
      },
      SealOne(vault_));
}

ProfileService::Unary* ProfileService::WithdrawSwitcher(Context* context,
                                                        const v1::WithdrawSwitcherRequest* request,
                                                        v1::Switcher* reply) {
  return wire::ServeWrite(
      endpoint_, database_, context, request, reply,
      [this](sql::Tx& tx, const Call& call, const auto& in) -> StatusOr<v1::Switcher> {
        ASSIGN_OR_RETURN(const SwitcherTarget target, Decode(in));
        ASSIGN_OR_RETURN(const domain::Switcher next,
                         profiles::WithdrawSwitcher(tx, call, vault_, target));
        return Changed(call, next);
      },
      SealOne(vault_));
}

ProfileService::Unary* ProfileService::ReactivateSwitcher(
    Context* context, const v1::ReactivateSwitcherRequest* request, v1::Switcher* reply) {
  return wire::ServeWrite(
      endpoint_, database_, context, request, reply,
      [this](sql::Tx& tx, const Call& call, const auto& in) -> StatusOr<v1::Switcher> {
        ASSIGN_OR_RETURN(const SwitcherTarget target, Decode(in));
        ASSIGN_OR_RETURN(const domain::Switcher next,
                         profiles::ReactivateSwitcher(tx, call, vault_, target));
        return Changed(call, next);
      },
      SealOne(vault_));
}

grpc::ServerWriteReactor<v1::SwitcherChange>* ProfileService::WatchSwitchers(
    Context* context, const common::v1::WatchRequest* request) {
  return wire::ServeWatch<v1::SwitcherChange>(
      endpoint_, database_.changes(), context, request, request->from_sequence(),
      [this](const Call& call, int64_t after,
             int limit) -> StatusOr<wire::Batch<v1::SwitcherChange>> {
        ASSIGN_OR_RETURN(const store::Changes read, database_.Read(call, [&](sql::Tx& tx) {
          return store::ReadChanges(tx, vault_, after, limit);
        }));
        wire::Batch<v1::SwitcherChange> batch{.messages = {},
                                              .last_sequence = read.last_sequence,
                                              .newest_sequence = read.newest_sequence};
        for (const store::Change& change : read.changes) {
          batch.messages.push_back(Encode(change, DayOf(call.now)));
        }
        return batch;
      });
}

Status ProfileService::AskForReferences(const Call& call,
                                        const std::vector<domain::Switcher>& switchers) const {
  domain::References all;
  for (const domain::Switcher& switcher : switchers) {
    domain::References named = domain::ReferencesOf(switcher);
    all.skills.merge(named.skills);
  }
  if (all.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const domain::References unknown, vocabulary_(call, all));
  for (const domain::Switcher& switcher : switchers) {
    RETURN_IF_ERROR(domain::CheckReferences(switcher, unknown));
  }
  return absl::OkStatus();
}

// Keys are made before the write begins: that waits for the disk, which the writer may not.
template <class Reply, class Encoder>
StatusOr<Reply> ProfileService::CreateOnce(const Call& call, std::vector<domain::Switcher> contents,
                                           const wire::ReplySeal<Reply>& seal, Encoder encode) {
  ASSIGN_OR_RETURN(std::optional<Reply> given_before, database_.Read(call, [&](sql::Tx& tx) {
    return wire::ReplayReply<Reply>(tx, seal);
  }));
  if (given_before.has_value()) return *std::move(given_before);
  RETURN_IF_ERROR(AskForReferences(call, contents));
  ASSIGN_OR_RETURN(const std::vector<domain::Switcher> fresh,
                   NewSwitchers(call, entropy_, vault_, std::move(contents)));
  return wire::WriteOnce(
      database_, call,
      [&](sql::Tx& tx) -> StatusOr<Reply> {
        ASSIGN_OR_RETURN(const std::vector<domain::Switcher> made, SaveNew(tx, vault_, fresh));
        return encode(made);
      },
      seal);
}

v1::Switcher ProfileService::Changed(const Call& call, const domain::Switcher& switcher) {
  cache_.Forget(switcher.id, switcher.version);
  return Encode(switcher, DayOf(call.now));
}

StatusOr<v1::Switcher> ProfileService::Read(const Call& call, const SwitcherId& id) {
  ASSIGN_OR_RETURN(const domain::Switcher switcher, database_.Read(call, [&](sql::Tx& tx) {
    return store::SwitcherStore(tx, vault_).Get(id);
  }));
  const Day today = DayOf(call.now);
  v1::Switcher message = Encode(switcher, today);
  cache_.Keep(switcher, message, today);
  if (!Reaches(call.principal, id, switcher.partner)) return NotFound(reasons::kNotFound);
  if (!KnowsIdentity(call.principal)) message.clear_identity();
  return message;
}

// `obstructed` depends on the day, so it is not a column: a page may hold fewer than were asked
// for, and says where to go on.
StatusOr<v1::ListSwitchersResponse> ProfileService::ListPage(
    const Call& call, const v1::ListSwitchersRequest& request) {
  const store::SwitcherFilter filter = Decode(request, call.principal);
  const Day today = DayOf(call.now);
  return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListSwitchersResponse> {
    const auto read = [&](const std::string& after, int limit) {
      return store::SwitcherStore(tx, vault_).ListProfiles(filter, SwitcherId(after), limit);
    };
    const auto id_of = [](const domain::Switcher& switcher) { return switcher.id.value(); };
    ASSIGN_OR_RETURN(const auto page,
                     wire::ReadPage<domain::Switcher>(tx, page_tokens_, request, read, id_of));
    v1::ListSwitchersResponse reply;
    for (const domain::Switcher& switcher : page.rows) {
      v1::Switcher message = Encode(switcher, today);
      const bool obstructed = message.obstacles_size() > 0;
      if (request.has_obstructed() && request.obstructed() != obstructed) continue;
      *reply.add_switchers() = std::move(message);
    }
    reply.set_next_page_token(page.next_page_token);
    reply.set_sequence(page.sequence);
    return reply;
  });
}

}  // namespace matchgo::profiles::rpc
