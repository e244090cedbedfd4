#include "services/programmes/rpc/programme_service.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/rpc/page.h"
#include "common/rpc/serve_unary.h"
#include "services/programmes/actions/edit_opleider.h"
#include "services/programmes/actions/edit_programme.h"
#include "services/programmes/reasons.h"
#include "services/programmes/rpc/programme_codec.h"
#include "services/programmes/store/programme_store.h"

namespace matchgo::programmes {
namespace {

// The record a write is about, if the caller may write it and the etag still holds.
StatusOr<domain::Opleider> LoadOpleider(sql::Tx& tx, const std::string& name,
                                        std::string_view field, const std::string& etag) {
  ASSIGN_OR_RETURN(const RecordKey key, ParseOpleiderName(name, field));
  RETURN_IF_ERROR(CheckReach(tx.call(), key.opleider));
  ASSIGN_OR_RETURN(domain::Opleider opleider, store::ProgrammeStore(tx).GetOpleider(key.opleider));
  RETURN_IF_ERROR(rpc::CheckEtag(etag, opleider.revision.version));
  return opleider;
}

StatusOr<domain::Programme> LoadProgramme(sql::Tx& tx, const std::string& name,
                                          std::string_view field, const std::string& etag) {
  ASSIGN_OR_RETURN(const RecordKey key, ParseProgrammeName(name, field));
  RETURN_IF_ERROR(CheckReach(tx.call(), key.opleider));
  ASSIGN_OR_RETURN(domain::Programme programme,
                   store::ProgrammeStore(tx).GetProgramme(key.opleider, key.programme));
  RETURN_IF_ERROR(rpc::CheckEtag(etag, programme.revision.version));
  return programme;
}

}  // namespace

ProgrammeService::ProgrammeService(Environment& environment, sql::Database& database,
                                   SeatKeeper& seat_keeper)
    : endpoint_(environment, v1::ProgrammeService::service_full_name()),
      database_(database),
      entropy_(environment.entropy),
      seat_keeper_(seat_keeper),
      tokens_(environment.token_secret) {}

grpc::ServerUnaryReactor* ProgrammeService::CreateOpleider(Context* context,
                                                           In<v1::CreateOpleiderRequest> request,
                                                           v1::Opleider* reply) {
  return rpc::ServeWrite(endpoint_, database_, context, request, reply,
                         [this](sql::Tx& tx, const Call&,
                                const v1::CreateOpleiderRequest& in) -> StatusOr<v1::Opleider> {
                           ASSIGN_OR_RETURN(domain::Opleider draft, DecodeDraft(in.opleider()));
                           ASSIGN_OR_RETURN(
                               const domain::Opleider made,
                               programmes::CreateOpleider(tx, entropy_, std::move(draft)));
                           return Encode<v1::Opleider>(made);
                         });
}

grpc::ServerUnaryReactor* ProgrammeService::GetOpleider(Context* context,
                                                        In<v1::GetOpleiderRequest> request,
                                                        v1::Opleider* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetOpleiderRequest& in) -> StatusOr<v1::Opleider> {
        ASSIGN_OR_RETURN(const RecordKey key, ParseOpleiderName(in.name(), "name"));
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::Opleider> {
          ASSIGN_OR_RETURN(const store::Stored stored,
                           store::ProgrammeStore(tx).ReadOpleider(key.opleider));
          return EncodeStored<v1::Opleider>(stored);
        });
      });
}

grpc::ServerUnaryReactor* ProgrammeService::ListOpleiders(Context* context,
                                                          In<v1::ListOpleidersRequest> request,
                                                          v1::ListOpleidersResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ListOpleidersRequest& in) -> StatusOr<v1::ListOpleidersResponse> {
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListOpleidersResponse> {
          auto read = [&](const std::string& after, int limit) {
            return store::ProgrammeStore(tx).ListOpleiders(in.state(), after, limit);
          };
          ASSIGN_OR_RETURN(const auto page,
                           rpc::ReadPage<store::Stored>(tx, tokens_, in, read, IdOf));
          v1::ListOpleidersResponse response;
          for (const store::Stored& row : page.rows) {
            ASSIGN_OR_RETURN(*response.add_opleiders(), EncodeStored<v1::Opleider>(row));
          }
          response.set_next_page_token(page.next_page_token);
          response.set_sequence(page.sequence);
          return response;
        });
      });
}

grpc::ServerUnaryReactor* ProgrammeService::UpdateOpleider(Context* context,
                                                           In<v1::UpdateOpleiderRequest> request,
                                                           v1::Opleider* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [](sql::Tx& tx, const Call&, const v1::UpdateOpleiderRequest& in) -> StatusOr<v1::Opleider> {
        const v1::Opleider& sent = in.opleider();
        ASSIGN_OR_RETURN(const domain::Opleider current,
                         LoadOpleider(tx, sent.name(), "opleider.name", sent.etag()));
        ASSIGN_OR_RETURN(domain::Opleider next, Merge(current, sent, in.update_mask(), "opleider"));
        ASSIGN_OR_RETURN(const domain::Opleider written,
                         programmes::UpdateOpleider(tx, current, std::move(next)));
        return Encode<v1::Opleider>(written);
      });
}

grpc::ServerUnaryReactor* ProgrammeService::CloseOpleider(Context* context,
                                                          In<v1::CloseOpleiderRequest> request,
                                                          v1::Opleider* reply) {
  return rpc::ServeWriteSteps(endpoint_, context, request, reply,
                              [this](const Call& call, const v1::CloseOpleiderRequest& in) {
                                return AskThenClose(call, in);
                              });
}

StatusOr<v1::Opleider> ProgrammeService::AskThenClose(const Call& call,
                                                      const v1::CloseOpleiderRequest& request) {
  std::optional<v1::Opleider> given_before;
  RETURN_IF_ERROR(database_.Read(call, [&](sql::Tx& tx) -> Status {
    ASSIGN_OR_RETURN(given_before, rpc::ReplayReply<v1::Opleider>(tx, {}));
    if (given_before.has_value()) return absl::OkStatus();
    ASSIGN_OR_RETURN(domain::Opleider current,
                     LoadOpleider(tx, request.name(), "name", request.etag()));
    return DecideCloseOpleider(tx, std::move(current)).status();
  }));
  if (given_before.has_value()) return *std::move(given_before);
  ASSIGN_OR_RETURN(const bool stands, seat_keeper_.HasContracts(call, request.name()));
  if (stands) return Precondition(kContractsStand);
  return rpc::WriteOnce(database_, call, [&](sql::Tx& tx) -> StatusOr<v1::Opleider> {
    ASSIGN_OR_RETURN(domain::Opleider current,
                     LoadOpleider(tx, request.name(), "name", request.etag()));
    ASSIGN_OR_RETURN(const domain::Opleider written,
                     programmes::CloseOpleider(tx, std::move(current)));
    return Encode<v1::Opleider>(written);
  });
}

grpc::ServerUnaryReactor* ProgrammeService::CreateProgramme(Context* context,
                                                            In<v1::CreateProgrammeRequest> request,
                                                            v1::Programme* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [this](sql::Tx& tx, const Call& call,
             const v1::CreateProgrammeRequest& in) -> StatusOr<v1::Programme> {
        ASSIGN_OR_RETURN(const RecordKey key, ParseOpleiderName(in.parent(), "parent"));
        RETURN_IF_ERROR(CheckReach(call, key.opleider));
        ASSIGN_OR_RETURN(domain::Programme draft, DecodeDraft(in.programme()));
        draft.opleider = key.opleider;
        ASSIGN_OR_RETURN(const domain::Programme made,
                         programmes::CreateProgramme(tx, entropy_, std::move(draft)));
        return Encode<v1::Programme>(made);
      });
}

grpc::ServerUnaryReactor* ProgrammeService::GetProgramme(Context* context,
                                                         In<v1::GetProgrammeRequest> request,
                                                         v1::Programme* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetProgrammeRequest& in) -> StatusOr<v1::Programme> {
        ASSIGN_OR_RETURN(const RecordKey named, ParseProgrammeName(in.name(), "name"));
        const RecordKey key = WithoutWildcards(named);
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::Programme> {
          ASSIGN_OR_RETURN(const store::Stored stored,
                           store::ProgrammeStore(tx).ReadProgramme(key.opleider, key.programme));
          return EncodeStored<v1::Programme>(stored);
        });
      });
}

grpc::ServerUnaryReactor* ProgrammeService::ListProgrammes(Context* context,
                                                           In<v1::ListProgrammesRequest> request,
                                                           v1::ListProgrammesResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ListProgrammesRequest& in) -> StatusOr<v1::ListProgrammesResponse> {
        ASSIGN_OR_RETURN(const RecordKey parent, ParseOpleiderName(in.parent(), "parent"));
        const store::ProgrammeFilter filter{.opleider = WithoutWildcards(parent).opleider,
                                            .sector = in.sector(),
                                            .degree = in.degree(),
                                            .state = in.state()};
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListProgrammesResponse> {
          RETURN_IF_ERROR(store::ProgrammeStore(tx).CheckParent(filter.opleider, {}));
          auto read = [&](const std::string& after, int limit) {
            return store::ProgrammeStore(tx).ListProgrammes(filter, after, limit);
          };
          ASSIGN_OR_RETURN(const auto page,
                           rpc::ReadPage<store::Stored>(tx, tokens_, in, read, IdOf));
          v1::ListProgrammesResponse response;
          for (const store::Stored& row : page.rows) {
            ASSIGN_OR_RETURN(*response.add_programmes(), EncodeStored<v1::Programme>(row));
          }
          response.set_next_page_token(page.next_page_token);
          response.set_sequence(page.sequence);
          return response;
        });
      });
}

grpc::ServerUnaryReactor* ProgrammeService::UpdateProgramme(Context* context,
                                                            In<v1::UpdateProgrammeRequest> request,
                                                            v1::Programme* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [](sql::Tx& tx, const Call&,
         const v1::UpdateProgrammeRequest& in) -> StatusOr<v1::Programme> {
        const v1::Programme& sent = in.programme();
        ASSIGN_OR_RETURN(const domain::Programme current,
                         LoadProgramme(tx, sent.name(), "programme.name", sent.etag()));
        ASSIGN_OR_RETURN(domain::Programme next,
                         Merge(current, sent, in.update_mask(), "programme"));
        ASSIGN_OR_RETURN(const domain::Programme written,
                         programmes::UpdateProgramme(tx, current, std::move(next)));
        return Encode<v1::Programme>(written);
      });
}

grpc::ServerUnaryReactor* ProgrammeService::RetireProgramme(Context* context,
                                                            In<v1::RetireProgrammeRequest> request,
                                                            v1::Programme* reply) {
  return rpc::ServeWrite(endpoint_, database_, context, request, reply,
                         [](sql::Tx& tx, const Call&,
                            const v1::RetireProgrammeRequest& in) -> StatusOr<v1::Programme> {
                           ASSIGN_OR_RETURN(domain::Programme current,
                                            LoadProgramme(tx, in.name(), "name", in.etag()));
                           ASSIGN_OR_RETURN(const domain::Programme written,
                                            programmes::RetireProgramme(tx, std::move(current)));
                           return Encode<v1::Programme>(written);
                         });
}

grpc::ServerUnaryReactor* ProgrammeService::LintProgramme(Context* context,
                                                          In<v1::LintProgrammeRequest> request,
                                                          v1::LintProgrammeResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::LintProgrammeRequest& in) -> StatusOr<v1::LintProgrammeResponse> {
        if (in.name().empty()) {
          ASSIGN_OR_RETURN(const domain::Programme sent, store::Decode(in.programme(), 0));
          return EncodeFindings(sent.modules);
        }
        ASSIGN_OR_RETURN(const RecordKey key, ParseProgrammeName(in.name(), "name"));
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::LintProgrammeResponse> {
          ASSIGN_OR_RETURN(const domain::Programme stored,
                           store::ProgrammeStore(tx).GetProgramme(key.opleider, key.programme));
          return EncodeFindings(stored.modules);
        });
      });
}

}  // namespace matchgo::programmes
