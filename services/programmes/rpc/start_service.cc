// The RPCs of ProgrammeService about starts.
#include <optional>
#include <utility>

#include "common/base/status_macros.h"
#include "common/rpc/page.h"
#include "common/rpc/serve_unary.h"
#include "services/programmes/actions/edit_start.h"
#include "services/programmes/reasons.h"
#include "services/programmes/rpc/programme_codec.h"
#include "services/programmes/rpc/programme_service.h"
#include "services/programmes/store/programme_store.h"

namespace matchgo::programmes {
namespace {

// The start a write is about, if the caller may write it and the etag still holds.
StatusOr<domain::Start> LoadStart(sql::Tx& tx, const std::string& name, std::string_view field,
                                  const std::string& etag) {
  ASSIGN_OR_RETURN(const RecordKey key, ParseStartName(name, field));
  RETURN_IF_ERROR(CheckReach(tx.call(), key.opleider));
  ASSIGN_OR_RETURN(domain::Start start,
                   store::ProgrammeStore(tx).GetStart(key.opleider, key.programme, key.start));
  RETURN_IF_ERROR(rpc::CheckEtag(etag, start.revision.version));
  return start;
}

struct StartChange {
  domain::Start current;
  domain::Start next;
};

StatusOr<StartChange> MergeStart(sql::Tx& tx, const v1::UpdateStartRequest& in) {
  const v1::Start& sent = in.start();
  ASSIGN_OR_RETURN(domain::Start current, LoadStart(tx, sent.name(), "start.name", sent.etag()));
  ASSIGN_OR_RETURN(domain::Start next, Merge(current, sent, in.update_mask(), "start"));
  MoveWithPostcode(current, &next);
  domain::MatchDelivery(current, &next);
  return StartChange{.current = std::move(current), .next = std::move(next)};
}

// What a look before the write found: the reply given before, or the capacity to ask for.
struct StartPlan {
  std::optional<v1::Start> replay;
  std::string name;
  std::optional<int32_t> release;
};

}  // namespace

grpc::ServerUnaryReactor* ProgrammeService::CreateStart(Context* context,
                                                        In<v1::CreateStartRequest> request,
                                                        v1::Start* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [this](sql::Tx& tx, const Call& call,
             const v1::CreateStartRequest& in) -> StatusOr<v1::Start> {
        ASSIGN_OR_RETURN(const RecordKey key, ParseProgrammeName(in.parent(), "parent"));
        RETURN_IF_ERROR(CheckReach(call, key.opleider));
        ASSIGN_OR_RETURN(domain::Start draft, DecodeDraft(in.start()));
        draft.opleider = key.opleider;
        draft.programme = key.programme;
        ASSIGN_OR_RETURN(const domain::Start made,
                         programmes::CreateStart(tx, entropy_, std::move(draft)));
        return Encode<v1::Start>(made);
      });
}

grpc::ServerUnaryReactor* ProgrammeService::GetStart(Context* context,
                                                     In<v1::GetStartRequest> request,
                                                     v1::Start* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetStartRequest& in) -> StatusOr<v1::Start> {
        ASSIGN_OR_RETURN(const RecordKey named, ParseStartName(in.name(), "name"));
        const RecordKey key = WithoutWildcards(named);
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::Start> {
          ASSIGN_OR_RETURN(const store::Stored stored, store::ProgrammeStore(tx).ReadStart(
                                                           key.opleider, key.programme, key.start));
          return EncodeStored<v1::Start>(stored);
        });
      });
}

grpc::ServerUnaryReactor* ProgrammeService::ListStarts(Context* context,
                                                       In<v1::ListStartsRequest> request,
                                                       v1::ListStartsResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ListStartsRequest& in) -> StatusOr<v1::ListStartsResponse> {
        ASSIGN_OR_RETURN(const RecordKey named, ParseProgrammeName(in.parent(), "parent"));
        const RecordKey parent = WithoutWildcards(named);
        const store::StartFilter filter{
            .opleider = parent.opleider, .programme = parent.programme, .state = in.state()};
        return database_.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListStartsResponse> {
          RETURN_IF_ERROR(store::ProgrammeStore(tx).CheckParent(filter.opleider, filter.programme));
          auto read = [&](const std::string& after, int limit) {
            return store::ProgrammeStore(tx).ListStarts(filter, after, limit);
          };
          ASSIGN_OR_RETURN(const auto page,
                           rpc::ReadPage<store::Stored>(tx, tokens_, in, read, IdOf));
          v1::ListStartsResponse response;
          for (const store::Stored& row : page.rows) {
            ASSIGN_OR_RETURN(*response.add_starts(), EncodeStored<v1::Start>(row));
          }
          response.set_next_page_token(page.next_page_token);
          response.set_sequence(page.sequence);
          return response;
        });
      });
}

grpc::ServerUnaryReactor* ProgrammeService::UpdateStart(Context* context,
                                                        In<v1::UpdateStartRequest> request,
                                                        v1::Start* reply) {
  return rpc::ServeWriteSteps(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::UpdateStartRequest& in) { return ChangeStart(call, in); });
}

StatusOr<v1::Start> ProgrammeService::ChangeStart(const Call& call,
                                                  const v1::UpdateStartRequest& request) {
  // A replay must not ask again: the capacity may have been raised since, and rightly so.
  ASSIGN_OR_RETURN(StartPlan plan, database_.Read(call, [&](sql::Tx& tx) -> StatusOr<StartPlan> {
    StartPlan found;
    ASSIGN_OR_RETURN(found.replay, rpc::ReplayReply<v1::Start>(tx, {}));
    if (found.replay.has_value()) return found;
    ASSIGN_OR_RETURN(const StartChange change, MergeStart(tx, request));
    ASSIGN_OR_RETURN(found.release, CheckStartUpdate(change.current, change.next));
    found.name = NameOf(change.current);
    return found;
  }));
  if (plan.replay.has_value()) return *std::move(plan.replay);
  if (plan.release.has_value()) {
    RETURN_IF_ERROR(seat_keeper_.ReleaseSeats(call, plan.name, *plan.release));
  }
  return rpc::WriteOnce(database_, call, [&](sql::Tx& tx) -> StatusOr<v1::Start> {
    ASSIGN_OR_RETURN(StartChange change, MergeStart(tx, request));
    ASSIGN_OR_RETURN(
        const domain::Start written,
        programmes::UpdateStart(tx, change.current, std::move(change.next), plan.release));
    return Encode<v1::Start>(written);
  });
}

grpc::ServerUnaryReactor* ProgrammeService::BeginStart(Context* context,
                                                       In<v1::BeginStartRequest> request,
                                                       v1::Start* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [](sql::Tx& tx, const Call&, const v1::BeginStartRequest& in) -> StatusOr<v1::Start> {
        ASSIGN_OR_RETURN(const domain::Start current, LoadStart(tx, in.name(), "name", ""));
        ASSIGN_OR_RETURN(const Day begins_on, ParseDay(in.begins_on()));
        ASSIGN_OR_RETURN(const domain::Start written,
                         programmes::BeginStart(tx, current, begins_on));
        return Encode<v1::Start>(written);
      });
}

grpc::ServerUnaryReactor* ProgrammeService::CloseStart(Context* context,
                                                       In<v1::CloseStartRequest> request,
                                                       v1::Start* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [](sql::Tx& tx, const Call&, const v1::CloseStartRequest& in) -> StatusOr<v1::Start> {
        ASSIGN_OR_RETURN(domain::Start current, LoadStart(tx, in.name(), "name", in.etag()));
        ASSIGN_OR_RETURN(const domain::Start written,
                         programmes::CloseStart(tx, std::move(current)));
        return Encode<v1::Start>(written);
      });
}

grpc::ServerUnaryReactor* ProgrammeService::CancelStart(Context* context,
                                                        In<v1::CancelStartRequest> request,
                                                        v1::Start* reply) {
  return rpc::ServeWrite(
      endpoint_, database_, context, request, reply,
      [](sql::Tx& tx, const Call&, const v1::CancelStartRequest& in) -> StatusOr<v1::Start> {
        ASSIGN_OR_RETURN(domain::Start current, LoadStart(tx, in.name(), "name", in.etag()));
        ASSIGN_OR_RETURN(const domain::Start written,
                         programmes::CancelStart(tx, std::move(current), in.explanation()));
        return Encode<v1::Start>(written);
      });
}

}  // namespace matchgo::programmes
