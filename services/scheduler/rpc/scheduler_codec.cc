#include "services/scheduler/rpc/scheduler_codec.h"

#include <charconv>
#include <map>
#include <utility>

#include "common/base/status_macros.h"
#include "common/rpc/etag.h"
#include "common/rpc/feed_position.h"
#include "common/rpc/resource_name.h"
#include "common/sql/event_log.h"
#include "common/time/timestamp.h"
#include "services/scheduler/domain/market_ids.h"
#include "services/scheduler/domain/offer_lifecycle.h"
#include "services/scheduler/domain/round_lifecycle.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {
namespace {

constexpr Reason kFellBehind{"FELL_BEHIND", "the sequence was never reached; list again"};

// The version an etag stands for; 0, which no record has, when it is not one of ours.
std::optional<int64_t> VersionOf(const std::string& etag) {
  if (etag.empty()) return std::nullopt;
  constexpr size_t kBefore = 3;  // W/"
  if (etag.size() <= kBefore + 1) return 0;
  int64_t version = 0;
  std::from_chars(etag.data() + kBefore, etag.data() + etag.size() - 1, version, 16);
  return rpc::EtagOf(version) == etag ? version : 0;
}

void SetLabel(const domain::Sentence& sentence, common::v1::Label* label) {
  label->set_nl(sentence.nl);
  label->set_en(sentence.en);
}

v1::BetterContract EncodeBetter(const Better& better) {
  v1::BetterContract message;
  message.set_vacancy(better.vacancy);
  message.set_start(better.start);
  message.set_begins_on(better.begins_on);
  message.set_score(better.score);
  message.set_why(static_cast<v1::BetterContract::Why>(static_cast<int>(better.why) + 1));
  message.set_cutoff_score(better.cutoff_score);
  SetLabel(better.sentence, message.mutable_sentence());
  return message;
}

void EncodeWhy(const WhyCount& why, v1::WhyCount* message) {
  message->set_why(static_cast<v1::BetterContract::Why>(static_cast<int>(why.why) + 1));
  message->set_count(why.count);
  SetLabel(why.sentence, message->mutable_sentence());
}

void EncodePlacedIf(const PlacedIf& placed, v1::Counterfactual* message) {
  for (const ChangeShown& change : placed.changes) {
    auto* added = message->add_changes();
    added->set_dimension(
        static_cast<v1::Counterfactual::Change::Dimension>(static_cast<int>(change.dimension) + 1));
    added->set_from(change.from);
    added->set_to(change.to);
    added->set_sector(change.sector);
    added->set_skill(change.skill);
  }
  message->set_vacancy(placed.vacancy);
  message->set_start(placed.start);
  message->set_begins_on(placed.begins_on);
  message->set_score(placed.score);
  SetLabel(placed.sentence, message->mutable_sentence());
}

// False when the event is about nothing that watchers follow.
StatusOr<bool> FillRecord(sql::Tx& tx, const std::string& resource, v1::MatchChange* change) {
  const auto is = [&](std::string_view pattern, std::string_view* id) {
    return rpc::MatchResourceName(pattern, resource, id, 1);
  };
  std::string_view id;
  if (is(rpc::names::kOffer, &id)) {
    ASSIGN_OR_RETURN(const auto offer, store::MatchStore(tx).GetOffer(OfferId(std::string(id))));
    *change->mutable_offer() = Encode(offer);
    return true;
  }
  if (is(rpc::names::kContract, &id)) {
    ASSIGN_OR_RETURN(const auto contract,
                     store::MatchStore(tx).GetContract(ContractId(std::string(id))));
    *change->mutable_contract() = Encode(contract);
    return true;
  }
  if (is(rpc::names::kRound, &id)) {
    ASSIGN_OR_RETURN(const auto round, store::RoundStore(tx).Get(RoundId(std::string(id))));
    *change->mutable_round() = Encode(round);
    return true;
  }
  return false;
}

}  // namespace

std::string EtagFor(int64_t version) { return rpc::EtagOf(version); }

StatusOr<CreateRoundCommand> Decode(const v1::CreateRoundRequest& request) {
  const v1::Round& round = request.round();
  CreateRoundCommand command;
  command.title = round.title();
  if (round.mechanism() != v1::Round::MECHANISM_UNSPECIFIED) {
    command.mechanism = static_cast<engine::Mechanism>(static_cast<int>(round.mechanism()) - 1);
  }
  if (round.has_weights()) {
    const v1::Weights& weights = round.weights();
    command.weights =
        engine::Weights{.of = {weights.fit(), weights.nice(), weights.time(), weights.travel(),
                               weights.salary(), weights.preference(), weights.aptitude()}};
  }
  if (round.has_collect_until()) {
    command.collect_until = DecodeTime(round.collect_until());
  }
  command.answer_working_days = round.answer_working_days();
  return command;
}

StatusOr<AnswerCommand> Decode(const v1::AnswerOfferRequest& request) {
  AnswerCommand command;
  ASSIGN_OR_RETURN(command.offer,
                   rpc::ParseOne<OfferId>(rpc::names::kOffer, request.name(), "name"));
  command.decision = static_cast<domain::Decision>(request.decision());
  if (request.party() != v1::PARTY_UNSPECIFIED) {
    command.party = static_cast<domain::Party>(request.party());
  }
  command.reason = request.reason();
  command.version = VersionOf(request.etag());
  return command;
}

StatusOr<EndCommand> Decode(const v1::EndContractRequest& request) {
  EndCommand command;
  ASSIGN_OR_RETURN(command.contract,
                   rpc::ParseOne<ContractId>(rpc::names::kContract, request.name(), "name"));
  command.reason = request.reason();
  command.version = VersionOf(request.etag());
  return command;
}

std::string StateWord(v1::Offer::State state) {
  if (state == v1::Offer::STATE_UNSPECIFIED) return {};
  return std::string(domain::OfferStateName(static_cast<domain::OfferState>(state)));
}

std::string StateWord(v1::Contract::State state) {
  if (state == v1::Contract::STATE_UNSPECIFIED) return {};
  return state == v1::Contract::STATE_ACTIVE ? "active" : "ended";
}

std::string StateWord(v1::Round::State state) {
  if (state == v1::Round::STATE_UNSPECIFIED) return {};
  return std::string(domain::RoundStateName(static_cast<domain::RoundState>(state)));
}

v1::Seats Encode(const std::string& resource, const store::SeatCount& count) {
  v1::Seats seats;
  seats.set_resource(resource);
  seats.set_capacity(count.capacity());
  seats.set_held(count.held);
  seats.set_contracted(count.contracted);
  seats.set_free(count.free);
  return seats;
}

v1::MatchExplanation Encode(const MatchExplained& explained,
                            const v1::ExplainMatchRequest& request) {
  v1::MatchExplanation message;
  message.set_round(request.round());
  message.set_switcher(request.switcher());
  message.set_vacancy(explained.offer.terms.vacancy);
  message.set_start(explained.offer.terms.start.name);
  *message.mutable_score() = store::ToProto(explained.offer.score);
  *message.mutable_plan() = store::ToProto(explained.offer.terms.plan);
  for (const auto& sentence : explained.sentences) SetLabel(sentence, message.add_sentences());
  for (const Better& better : explained.better) *message.add_better() = EncodeBetter(better);
  message.set_better_count(static_cast<int32_t>(explained.better_count));
  for (const WhyCount& why : explained.why_counts) EncodeWhy(why, message.add_why_counts());
  return message;
}

v1::NoMatchExplanation Encode(const NoMatchExplained& explained,
                              const v1::ExplainNoMatchRequest& request) {
  v1::NoMatchExplanation message;
  message.set_round(request.round());
  message.set_switcher(request.switcher());
  message.set_in_market(explained.in_market);
  for (const std::string& word : explained.obstacles) message.add_obstacles(word);
  message.set_feasible(static_cast<int32_t>(explained.feasible));
  for (const Better& better : explained.better) *message.add_better() = EncodeBetter(better);
  for (const FailedRuleCount& rule : explained.failed_rules) {
    auto* added = message.add_failed_rules();
    added->set_rule(rule.rule);
    added->set_count(rule.count);
    SetLabel(rule.sentence, added->mutable_sentence());
  }
  for (const auto& sentence : explained.sentences) SetLabel(sentence, message.add_sentences());
  for (const WhyCount& why : explained.why_counts) EncodeWhy(why, message.add_why_counts());
  for (const PlacedIf& placed : explained.placed_if) {
    EncodePlacedIf(placed, message.add_counterfactuals());
  }
  return message;
}

StatusOr<MatchBatch> ReadMatches(sql::Tx& tx, int64_t after, int limit) {
  ASSIGN_OR_RETURN(const int64_t last, sql::LastSequence(tx));
  if (after > last) return OutOfRange(kFellBehind);
  ASSIGN_OR_RETURN(const std::vector<sql::RecordedEvent> events, sql::ReadEvents(tx, after, limit));
  std::map<std::string, int64_t> newest;
  for (const sql::RecordedEvent& event : events) newest[event.resource] = event.sequence;
  MatchBatch batch;
  batch.last_sequence = after;
  batch.newest_sequence = last;
  for (const sql::RecordedEvent& event : events) {
    batch.last_sequence = event.sequence;
    if (newest[event.resource] != event.sequence) continue;
    v1::MatchChange change;
    ASSIGN_OR_RETURN(const bool followed, FillRecord(tx, event.resource, &change));
    // A watcher waits for a sequence: the last of a batch tells its position even if nothing
    // followed.
    if (!followed && event.sequence != events.back().sequence) continue;
    rpc::FillPosition(event, change.mutable_position());
    batch.changes.push_back(std::move(change));
  }
  return batch;
}

}  // namespace matchgo::scheduler
