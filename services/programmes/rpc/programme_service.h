// ProgrammeService: the RPCs, each decode -> action or store -> encode.
//
// Opleiders and programmes are in programme_service.cc, starts in start_service.cc, the vocabulary
// and the feed in vocabulary_service.cc. Thread-safe.
// Test: tests/unit/services/programmes/programme_service_test.cc
#pragma once

#include <string>

#include "common/rpc/endpoint.h"
#include "common/rpc/page_token.h"
#include "common/service/environment.h"
#include "common/sql/database.h"
#include "matchgo/programmes/v1/programme_service.grpc.pb.h"
#include "services/programmes/clients/seat_keeper.h"
#include "services/programmes/domain/opleider.h"
#include "services/programmes/domain/programme.h"
#include "services/programmes/domain/start.h"

namespace matchgo::programmes {

class ProgrammeService final : public v1::ProgrammeService::CallbackService {
 public:
  // All outlive the service.
  ProgrammeService(Environment& environment, sql::Database& database, SeatKeeper& seat_keeper);

  template <class Message>
  using In = const Message*;
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateOpleider(Context* context, In<v1::CreateOpleiderRequest> request,
                          v1::Opleider* reply) override;
  Reactor* GetOpleider(Context* context, In<v1::GetOpleiderRequest> request,
                       v1::Opleider* reply) override;
  Reactor* ListOpleiders(Context* context, In<v1::ListOpleidersRequest> request,
                         v1::ListOpleidersResponse* reply) override;
  Reactor* UpdateOpleider(Context* context, In<v1::UpdateOpleiderRequest> request,
                          v1::Opleider* reply) override;

  Reactor* CloseOpleider(Context* context, In<v1::CloseOpleiderRequest> request,
                         v1::Opleider* reply) override;

  Reactor* CreateProgramme(Context* context, In<v1::CreateProgrammeRequest> request,
                           v1::Programme* reply) override;
  Reactor* GetProgramme(Context* context, In<v1::GetProgrammeRequest> request,
                        v1::Programme* reply) override;
  Reactor* ListProgrammes(Context* context, In<v1::ListProgrammesRequest> request,
                          v1::ListProgrammesResponse* reply) override;
  Reactor* UpdateProgramme(Context* context, In<v1::UpdateProgrammeRequest> request,
                           v1::Programme* reply) override;
  Reactor* RetireProgramme(Context* context, In<v1::RetireProgrammeRequest> request,
                           v1::Programme* reply) override;
  Reactor* LintProgramme(Context* context, In<v1::LintProgrammeRequest> request,
                         v1::LintProgrammeResponse* reply) override;

  Reactor* CreateStart(Context* context, In<v1::CreateStartRequest> request,
                       v1::Start* reply) override;
  Reactor* GetStart(Context* context, In<v1::GetStartRequest> request, v1::Start* reply) override;
  Reactor* ListStarts(Context* context, In<v1::ListStartsRequest> request,
                      v1::ListStartsResponse* reply) override;
  Reactor* UpdateStart(Context* context, In<v1::UpdateStartRequest> request,
                       v1::Start* reply) override;
  Reactor* BeginStart(Context* context, In<v1::BeginStartRequest> request,
                      v1::Start* reply) override;
  Reactor* CloseStart(Context* context, In<v1::CloseStartRequest> request,
                      v1::Start* reply) override;
  Reactor* CancelStart(Context* context, In<v1::CancelStartRequest> request,
                       v1::Start* reply) override;

  Reactor* ImportVocabulary(Context* context, In<v1::ImportVocabularyRequest> request,
                            v1::ImportVocabularyResponse* reply) override;
  Reactor* CheckReferences(Context* context, In<v1::CheckReferencesRequest> request,
                           v1::CheckReferencesResponse* reply) override;
  Reactor* GetSkill(Context* context, In<v1::GetSkillRequest> request, v1::Skill* reply) override;
  Reactor* ListSkills(Context* context, In<v1::ListSkillsRequest> request,
                      v1::ListSkillsResponse* reply) override;
  Reactor* GetOccupation(Context* context, In<v1::GetOccupationRequest> request,
                         v1::Occupation* reply) override;
  Reactor* ListOccupations(Context* context, In<v1::ListOccupationsRequest> request,
                           v1::ListOccupationsResponse* reply) override;
  grpc::ServerWriteReactor<v1::ProgrammeChange>* WatchProgrammes(
      Context* context, In<common::v1::WatchRequest> request) override;

 private:
  // CloseOpleider asks the seat keeper between a read and a write.
  StatusOr<v1::Opleider> AskThenClose(const Call& call, const v1::CloseOpleiderRequest& request);
  // UpdateStart asks the seat keeper between a read and a write.
  StatusOr<v1::Start> ChangeStart(const Call& call, const v1::UpdateStartRequest& request);

  rpc::Endpoint endpoint_;
  sql::Database& database_;
  Entropy& entropy_;
  SeatKeeper& seat_keeper_;
  rpc::PageTokens tokens_;
};

}  // namespace matchgo::programmes
