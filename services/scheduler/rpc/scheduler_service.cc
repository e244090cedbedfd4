#include "services/scheduler/rpc/scheduler_service.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "common/rpc/etag.h"
#include "common/rpc/page.h"
#include "common/rpc/resource_name.h"
#include "common/rpc/serve_unary.h"
#include "common/rpc/watch_reactor.h"
#include "common/rpc/write_once.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/cancel_round.h"
#include "services/scheduler/actions/create_round.h"
#include "services/scheduler/actions/record_adverse.h"
#include "services/scheduler/actions/release_seats.h"
#include "services/scheduler/actions/round_numbers.h"
#include "services/scheduler/actions/scope.h"
#include "services/scheduler/actions/stored_round.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/rpc/export_reactor.h"
#include "services/scheduler/rpc/scheduler_codec.h"
#include "services/scheduler/rpc/suggest_codec.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {
namespace {

constexpr std::chrono::milliseconds kFeedWait{3000};
constexpr size_t kPieceBytes = 256 << 10;

StatusOr<RoundId> ParseRound(const std::string& name, std::string_view field) {
  return rpc::ParseOne<RoundId>(rpc::names::kRound, name, field);
}

// Ids and texts of a market are ASCII, so a piece never cuts a character.
void AppendPieces(std::string_view market, std::string_view outcome, int32_t repair,
                  std::vector<v1::ExportRoundResponse>* pieces) {
  const auto append = [&](std::string_view text, const auto& set) {
    for (size_t at = 0; at < text.size(); at += kPieceBytes) {
      v1::ExportRoundResponse& piece = pieces->emplace_back();
      piece.set_repair(repair);
      set(piece, std::string(text.substr(at, kPieceBytes)));
    }
  };
  append(market, [](auto& piece, std::string text) { piece.set_market(std::move(text)); });
  append(outcome, [](auto& piece, std::string text) { piece.set_outcome(std::move(text)); });
}

// A published round tells how it stands now; others what was noted.
Status BringUpToDate(sql::Tx& tx, domain::Round* round) {
  if (round->state != domain::RoundState::kPublished) return absl::OkStatus();
  return FillNumbers(tx, round);
}

}  // namespace

SchedulerService::SchedulerService(Environment& environment, Deps& deps)
    : deps_(deps),
      tokens_(environment.token_secret),
      endpoint_(environment, v1::SchedulerService::service_full_name()) {}

SchedulerService::Unary* SchedulerService::CreateRound(Context* context,
                                                       const v1::CreateRoundRequest* request,
                                                       v1::Round* reply) {
  return rpc::ServeWrite(
      endpoint_, deps_.database, context, request, reply,
      [this](sql::Tx& tx, const Call&, const v1::CreateRoundRequest& in) -> StatusOr<v1::Round> {
        ASSIGN_OR_RETURN(const CreateRoundCommand command, Decode(in));
        ASSIGN_OR_RETURN(const domain::Round round,
                         scheduler::CreateRound(tx, deps_.entropy, command));
        return Encode(round);
      });
}

SchedulerService::Unary* SchedulerService::GetRound(Context* context,
                                                    const v1::GetRoundRequest* request,
                                                    v1::Round* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetRoundRequest& in) -> StatusOr<v1::Round> {
        ASSIGN_OR_RETURN(const RoundId id, ParseRound(in.name(), "name"));
        return deps_.database.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::Round> {
          ASSIGN_OR_RETURN(domain::Round round, store::RoundStore(tx).Get(id));
          RETURN_IF_ERROR(BringUpToDate(tx, &round));
          return Encode(round);
        });
      });
}

SchedulerService::Unary* SchedulerService::ListRounds(Context* context,
                                                      const v1::ListRoundsRequest* request,
                                                      v1::ListRoundsResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ListRoundsRequest& in) -> StatusOr<v1::ListRoundsResponse> {
        return deps_.database.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::ListRoundsResponse> {
          const auto read = [&](const std::string& after, int limit) {
            int64_t before = 0;
            std::from_chars(after.data(), after.data() + after.size(), before);
            return store::RoundStore(tx).List(before, StateWord(in.state()), limit);
          };
          ASSIGN_OR_RETURN(auto page, rpc::ReadPage<domain::Round>(
                                          tx, tokens_, in, read, [](const domain::Round& round) {
                                            return std::to_string(round.number);
                                          }));
          v1::ListRoundsResponse out;
          for (domain::Round& round : page.rows) {
            RETURN_IF_ERROR(BringUpToDate(tx, &round));
            *out.add_rounds() = Encode(round);
          }
          out.set_next_page_token(page.next_page_token);
          out.set_sequence(page.sequence);
          return out;
        });
      });
}

Status SchedulerService::CheckFeeds(const v1::AdvanceRoundRequest& request) {
  for (const common::v1::FeedProgress& wanted : request.at_least()) {
    bool reached = false;
    if (wanted.feed() == "profiles") reached = deps_.profiles.WaitFor(wanted.sequence(), kFeedWait);
    if (wanted.feed() == "vacancies") {
      reached = deps_.vacancies.WaitFor(wanted.sequence(), kFeedWait);
    }
    if (wanted.feed() == "programmes") {
      reached = deps_.programmes.WaitFor(wanted.sequence(), kFeedWait);
    }
    if (wanted.feed() == "trajectories") {
      reached = deps_.trajectories.WaitFor(wanted.sequence(), kFeedWait);
    }
    if (!reached) return Precondition(reasons::kFeedsBehind);
  }
  return absl::OkStatus();
}

SchedulerService::Unary* SchedulerService::CancelRound(Context* context,
                                                       const v1::CancelRoundRequest* request,
                                                       v1::Round* reply) {
  return rpc::ServeWrite(
      endpoint_, deps_.database, context, request, reply,
      [this](sql::Tx& tx, const Call&, const v1::CancelRoundRequest& in) -> StatusOr<v1::Round> {
        ASSIGN_OR_RETURN(RoundId id, ParseRound(in.name(), "name"));
        ASSIGN_OR_RETURN(
            const domain::Round round,
            scheduler::CancelRound(
                tx, {.id = std::move(id), .expected_version = rpc::VersionOf(in.etag())}));
        deps_.probe.RoundEnded(round);
        return Encode(round);
      });
}

SchedulerService::Unary* SchedulerService::AdvanceRound(Context* context,
                                                        const v1::AdvanceRoundRequest* request,
                                                        v1::Round* reply) {
  return rpc::ServeWriteSteps(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::AdvanceRoundRequest& in) -> StatusOr<v1::Round> {
        ASSIGN_OR_RETURN(const RoundId id, ParseRound(in.name(), "name"));
        RETURN_IF_ERROR(CheckFeeds(in));
        std::optional<domain::RoundState> until;
        if (in.until() != v1::Round::STATE_UNSPECIFIED) {
          until = static_cast<domain::RoundState>(in.until());
        }
        // The steps may outlast the caller; each is durable, and asking again goes on from there.
        const Call steps = Unhurried(call);
        ASSIGN_OR_RETURN(domain::Round round, scheduler::AdvanceRound(deps_, steps, id, until));
        Call last = call;
        last.deadline = steps.deadline;
        return rpc::WriteOnce(deps_.database, last, [&](sql::Tx& tx) -> StatusOr<v1::Round> {
          ASSIGN_OR_RETURN(round, store::RoundStore(tx).Get(id));
          RETURN_IF_ERROR(BringUpToDate(tx, &round));
          return Encode(round);
        });
      });
}

StatusOr<std::vector<v1::ExportRoundResponse>> SchedulerService::Export(
    const Call& call, const v1::ExportRoundRequest& request) {
  ASSIGN_OR_RETURN(const RoundId id, ParseRound(request.name(), "name"));
  ASSIGN_OR_RETURN(const StoredRound stored, ReadStoredRound(deps_, call, id));
  std::vector<v1::ExportRoundResponse> pieces(1);
  *pieces.front().mutable_round() = Encode(stored.round);
  for (const std::string& switcher : stored.market.erased) {
    pieces.front().add_erased("switchers/" + switcher);
  }
  AppendPieces(stored.market.text, stored.outcome, 0, &pieces);
  for (const StoredRepair& repair : stored.repairs) {
    v1::ExportRoundResponse& first = pieces.emplace_back();
    first.set_repair(static_cast<int32_t>(repair.number));
    first.set_repair_digest(repair.digest);
    AppendPieces(repair.market, repair.outcome, first.repair(), &pieces);
  }
  return pieces;
}

grpc::ServerWriteReactor<v1::ExportRoundResponse>* SchedulerService::ExportRound(
    Context* context, const v1::ExportRoundRequest* request) {
  return ExportReactor::Start(endpoint_, context, *request,
                              [this, in = *request](const Call& call) { return Export(call, in); });
}

SchedulerService::Unary* SchedulerService::ExplainMatch(Context* context,
                                                        const v1::ExplainMatchRequest* request,
                                                        v1::MatchExplanation* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ExplainMatchRequest& in) -> StatusOr<v1::MatchExplanation> {
        ASSIGN_OR_RETURN(const RoundId round, ParseRound(in.round(), "round"));
        ASSIGN_OR_RETURN(
            const SwitcherId switcher,
            rpc::ParseOne<SwitcherId>(rpc::names::kSwitcher, in.switcher(), "switcher"));
        ASSIGN_OR_RETURN(const MatchExplained explained,
                         scheduler::ExplainMatch(deps_, call, round, switcher));
        return Encode(explained, in);
      });
}

SchedulerService::Unary* SchedulerService::ExplainNoMatch(Context* context,
                                                          const v1::ExplainNoMatchRequest* request,
                                                          v1::NoMatchExplanation* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::ExplainNoMatchRequest& in) -> StatusOr<v1::NoMatchExplanation> {
        ASSIGN_OR_RETURN(const RoundId round, ParseRound(in.round(), "round"));
        ASSIGN_OR_RETURN(
            const SwitcherId switcher,
            rpc::ParseOne<SwitcherId>(rpc::names::kSwitcher, in.switcher(), "switcher"));
        ASSIGN_OR_RETURN(const NoMatchExplained explained,
                         scheduler::ExplainNoMatch(deps_, call, round, switcher, in.vacancy()));
        return Encode(explained, in);
      });
}

SchedulerService::Unary* SchedulerService::SuggestContracts(
    Context* context, const v1::SuggestContractsRequest* request,
    v1::SuggestContractsResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call,
             const v1::SuggestContractsRequest& in) -> StatusOr<v1::SuggestContractsResponse> {
        ASSIGN_OR_RETURN(const SuggestCommand command, Decode(in, tokens_, DayOf(call.now)));
        ASSIGN_OR_RETURN(const Suggested suggested,
                         scheduler::SuggestContracts(deps_, call, command));
        return Encode(suggested, in, tokens_);
      });
}

SchedulerService::Unary* SchedulerService::ListAdverseOutcomes(
    Context* context, const v1::ListAdverseOutcomesRequest* request,
    v1::ListAdverseOutcomesResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::ListAdverseOutcomesRequest& in)
          -> StatusOr<v1::ListAdverseOutcomesResponse> {
        ASSIGN_OR_RETURN(const RoundId round, ParseRound(in.parent(), "parent"));
        return deps_.database.Read(
            call, [&](sql::Tx& tx) -> StatusOr<v1::ListAdverseOutcomesResponse> {
              // A round that is named must exist; "-" stands for all of them.
              const bool all = round.value() == "-";
              if (!all) RETURN_IF_ERROR(store::RoundStore(tx).Get(round).status());
              const auto read = [&](const std::string& after, int limit) {
                return store::MatchStore(tx).ListAdverse(round, after, in.unconfirmed(), limit);
              };
              ASSIGN_OR_RETURN(const auto page, rpc::ReadPage<domain::AdverseOutcome>(
                                                    tx, tokens_, in, read,
                                                    [](const domain::AdverseOutcome& outcome) {
                                                      return outcome.id;
                                                    }));
              v1::ListAdverseOutcomesResponse out;
              for (const auto& outcome : page.rows) *out.add_outcomes() = Encode(outcome);
              out.set_next_page_token(page.next_page_token);
              return out;
            });
      });
}

SchedulerService::Unary* SchedulerService::ConfirmOutcomes(
    Context* context, const v1::ConfirmOutcomesRequest* request,
    v1::ConfirmOutcomesResponse* reply) {
  return rpc::ServeWrite(
      endpoint_, deps_.database, context, request, reply,
      [](sql::Tx& tx, const Call&,
         const v1::ConfirmOutcomesRequest& in) -> StatusOr<v1::ConfirmOutcomesResponse> {
        ASSIGN_OR_RETURN(const RoundId round, ParseRound(in.parent(), "parent"));
        std::vector<std::string> ids;
        for (const std::string& name : in.names()) {
          if (name.rfind(in.parent() + "/", 0) != 0) return NotFound(reasons::kNotFound);
          ids.push_back(names::LastPart(name));
        }
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        ASSIGN_OR_RETURN(const int64_t sequence,
                         scheduler::ConfirmOutcomes(tx, round, ids, in.reason()));
        v1::ConfirmOutcomesResponse out;
        out.set_confirmed(static_cast<int32_t>(ids.size()));
        out.set_sequence(sequence);
        return out;
      });
}

SchedulerService::Unary* SchedulerService::GetSeats(Context* context,
                                                    const v1::GetSeatsRequest* request,
                                                    v1::Seats* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call& call, const v1::GetSeatsRequest& in) -> StatusOr<v1::Seats> {
        return deps_.database.Read(call, [&](sql::Tx& tx) -> StatusOr<v1::Seats> {
          ASSIGN_OR_RETURN(const store::SeatCount count, CountSeats(tx, deps_, in.resource()));
          return Encode(in.resource(), count);
        });
      });
}

SchedulerService::Unary* SchedulerService::ReleaseSeats(Context* context,
                                                        const v1::ReleaseSeatsRequest* request,
                                                        v1::Seats* reply) {
  return rpc::ServeWrite(
      endpoint_, deps_.database, context, request, reply,
      [this](sql::Tx& tx, const Call&, const v1::ReleaseSeatsRequest& in) -> StatusOr<v1::Seats> {
        ASSIGN_OR_RETURN(const store::SeatCount count,
                         scheduler::ReleaseSeats(tx, deps_, in.resource(), in.new_capacity(),
                                                 in.contracts_stand()));
        return Encode(in.resource(), count);
      });
}

SchedulerService::Unary* SchedulerService::GetFeedProgress(
    Context* context, const v1::GetFeedProgressRequest* request,
    v1::GetFeedProgressResponse* reply) {
  return rpc::ServeRead(
      endpoint_, context, request, reply,
      [this](const Call&,
             const v1::GetFeedProgressRequest&) -> StatusOr<v1::GetFeedProgressResponse> {
        v1::GetFeedProgressResponse out;
        for (const FeedProgress& progress :
             {deps_.profiles.progress(), deps_.vacancies.progress(), deps_.programmes.progress(),
              deps_.trajectories.progress()}) {
          auto* feed = out.add_feeds();
          feed->set_feed(progress.feed);
          feed->set_sequence(progress.sequence);
          feed->set_synced(progress.synced);
        }
        return out;
      });
}

grpc::ServerWriteReactor<v1::MatchChange>* SchedulerService::WatchMatches(
    Context* context, const common::v1::WatchRequest* request) {
  return rpc::ServeWatch<v1::MatchChange>(
      endpoint_, deps_.database.changes(), context, request, request->from_sequence(),
      [this](const Call& call, int64_t after, int limit) -> StatusOr<rpc::Batch<v1::MatchChange>> {
        return deps_.database.Read(call, [&](sql::Tx& tx) -> StatusOr<rpc::Batch<v1::MatchChange>> {
          ASSIGN_OR_RETURN(MatchBatch batch, ReadMatches(tx, after, limit));
          return rpc::Batch<v1::MatchChange>{.messages = std::move(batch.changes),
                                             .last_sequence = batch.last_sequence,
                                             .newest_sequence = batch.newest_sequence};
        });
      });
}

}  // namespace matchgo::scheduler
