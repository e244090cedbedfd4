// ProfileService: the methods of matchgo.profiles.v1. Decode, act or read, encode; nothing else.
//
// Reads go straight to the store; verbs that decide are in actions/. Outlived by what it is given.
// Thread-safe. Test: tests/unit/services/profiles/profile_service_test.cc
#pragma once

#include <vector>

#include "common/random/random.h"
#include "common/rpc/endpoint.h"
#include "common/rpc/page_token.h"
#include "common/rpc/shared_reply.h"
#include "common/rpc/write_once.h"
#include "common/service/environment.h"
#include "common/sql/database.h"
#include "common/vault/vault.h"
#include "matchgo/profiles/v1/profile_service.grpc.pb.h"
#include "services/profiles/clients/vocabulary_keeper.h"
#include "services/profiles/domain/switcher.h"
#include "services/profiles/rpc/switcher_cache.h"

namespace matchgo::profiles::rpc {

class ProfileService final : public v1::ProfileService::CallbackService {
 public:
  ProfileService(Environment& environment, sql::Database& database, Vault& vault,
                 clients::VocabularyKeeper vocabulary);

  using Context = grpc::CallbackServerContext;
  using Unary = grpc::ServerUnaryReactor;

  Unary* CreateSwitcher(Context* context, const v1::CreateSwitcherRequest* request,
                        v1::Switcher* reply) override;
  Unary* BatchCreateSwitchers(Context* context, const v1::BatchCreateSwitchersRequest* request,
                              v1::BatchCreateSwitchersResponse* reply) override;
  Unary* GetSwitcher(Context* context, const v1::GetSwitcherRequest* request,
                     v1::Switcher* reply) override;
  Unary* ListSwitchers(Context* context, const v1::ListSwitchersRequest* request,
                       v1::ListSwitchersResponse* reply) override;
  Unary* UpdateSwitcher(Context* context, const v1::UpdateSwitcherRequest* request,
                        v1::Switcher* reply) override;
  Unary* ConfirmSwitcher(Context* context, const v1::ConfirmSwitcherRequest* request,
                         v1::Switcher* reply) override;
  Unary* WithdrawSwitcher(Context* context, const v1::WithdrawSwitcherRequest* request,
                          v1::Switcher* reply) override;
  Unary* ReactivateSwitcher(Context* context, const v1::ReactivateSwitcherRequest* request,
                            v1::Switcher* reply) override;
  grpc::ServerWriteReactor<v1::SwitcherChange>* WatchSwitchers(
      Context* context, const common::v1::WatchRequest* request) override;

  // How the cache of GetSwitcher does.
  CacheStats cache_stats() const { return cache_.stats(); }

 private:
  template <class Reply, class Encoder>
  StatusOr<Reply> CreateOnce(const Call& call, std::vector<domain::Switcher> contents,
                             const matchgo::rpc::ReplySeal<Reply>& seal, Encoder encode);
  // The skills they claim exist.
  Status AskForReferences(const Call& call, const std::vector<domain::Switcher>& switchers) const;
  // The reply to a change, and no older one out of the cache any more.
  v1::Switcher Changed(const Call& call, const domain::Switcher& switcher);
  StatusOr<v1::Switcher> Read(const Call& call, const SwitcherId& id);
  StatusOr<v1::ListSwitchersResponse> ListPage(const Call& call,
                                               const v1::ListSwitchersRequest& request);

  matchgo::rpc::Endpoint endpoint_;
  const matchgo::rpc::PageTokens page_tokens_;
  sql::Database& database_;
  Vault& vault_;
  Entropy& entropy_;
  const clients::VocabularyKeeper vocabulary_;
  SwitcherCache cache_;
  ::matchgo::rpc::SharedReplies<v1::GetSwitcherRequest, v1::Switcher> shared_switchers_;
};

}  // namespace matchgo::profiles::rpc
