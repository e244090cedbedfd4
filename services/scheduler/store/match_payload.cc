#include "services/scheduler/store/match_payload.h"

#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include "common/base/status_macros.h"
#include "common/kernel/resource_patterns.h"
#include "common/sql/payload.h"
#include "common/time/timestamp.h"
#include "services/scheduler/domain/market_ids.h"

namespace matchgo::scheduler::store {
namespace {

std::string UnknownOf(const google::protobuf::Message& message) {
  std::string bytes;
  message.GetReflection()->GetUnknownFields(message).SerializeToString(&bytes);
  return bytes;
}

// Appending serialized fields merges them: that is how unknown ones come back.
std::string Text(const google::protobuf::Message& message, const std::string& unknown) {
  return sql::EncodePayload(message.SerializeAsString() + unknown);
}

Status Parse(std::string_view payload, google::protobuf::Message* message) {
  ASSIGN_OR_RETURN(const std::string bytes, sql::DecodePayload(payload));
  if (!message->ParseFromString(bytes)) return Internal("a stored record can't be read");
  return absl::OkStatus();
}

template <class Pb>
void SetTimes(Instant created, Instant updated, int64_t sequence, Pb* message) {
  FillTime(created, message->mutable_create_time());
  FillTime(updated, message->mutable_update_time());
  message->set_sequence(sequence);
}

StatusOr<domain::Plan> PlanOf(const v1::Plan& message) {
  domain::Plan plan;
  for (const auto& module : message.modules())
    plan.modules.push_back({module.id(), module.hours()});
  plan.hours = message.hours();
  plan.study_hours = message.study_hours_per_week();
  ASSIGN_OR_RETURN(plan.begins_on, ParseDay(message.begins_on()));
  ASSIGN_OR_RETURN(plan.ready_on, ParseDay(message.ready_on()));
  return plan;
}

// Offer and Contract share these fields.
template <class Pb>
void SetTerms(const domain::Terms& terms, Pb* message) {
  message->set_round("rounds/" + terms.round.value());
  message->set_switcher("switchers/" + terms.switcher.value());
  message->set_vacancy(terms.vacancy);
  message->set_start(terms.start.name);
  message->set_sector(terms.sector);
  *message->mutable_plan() = ToProto(terms.plan);
}

template <class Pb>
Status ReadTerms(const Pb& message, domain::Terms* terms) {
  terms->round = RoundId(names::LastPart(message.round()));
  terms->switcher = SwitcherId(names::LastPart(message.switcher()));
  terms->vacancy = message.vacancy();
  terms->start.name = message.start();
  terms->sector = message.sector();
  ASSIGN_OR_RETURN(terms->plan, PlanOf(message.plan()));
  return absl::OkStatus();
}

v1::Round::Summary ToProto(const domain::RoundSummary& summary) {
  const auto small = [](int64_t count) { return static_cast<int32_t>(count); };
  v1::Round::Summary message;
  message.set_switchers(small(summary.switchers));
  message.set_vacancies(small(summary.vacancies));
  message.set_openings(small(summary.openings));
  message.set_starts(small(summary.starts));
  message.set_contracts(small(summary.contracts));
  message.set_offers(small(summary.offers));
  message.set_declined(small(summary.declined));
  message.set_expired(small(summary.expired));
  message.set_withdrawn(small(summary.withdrawn));
  message.set_repaired(small(summary.repaired));
  message.set_open(small(summary.open));
  message.set_closed_starts(small(summary.closed_starts));
  message.set_unmatched(small(summary.unmatched));
  message.set_blocking(small(summary.blocking));
  message.set_total_score(summary.total_score);
  message.set_newcomers(small(summary.newcomers));
  message.set_placed(small(summary.placed));
  if (summary.bound.has_value()) {
    message.set_placed_bound(small(summary.bound->placed));
    message.set_score_bound(summary.bound->total_score);
  }
  return message;
}

domain::RoundSummary SummaryOf(const v1::Round::Summary& message) {
  std::optional<engine::Bound> bound;
  if (message.has_placed_bound()) {
    bound = {.total_score = message.score_bound(), .placed = message.placed_bound()};
  }
  return {.switchers = message.switchers(),
          .vacancies = message.vacancies(),
          .openings = message.openings(),
          .starts = message.starts(),
          .contracts = message.contracts(),
          .offers = message.offers(),
          .declined = message.declined(),
          .expired = message.expired(),
          .withdrawn = message.withdrawn(),
          .repaired = message.repaired(),
          .open = message.open(),
          .closed_starts = message.closed_starts(),
          .unmatched = message.unmatched(),
          .blocking = message.blocking(),
          .total_score = message.total_score(),
          .newcomers = message.newcomers(),
          .placed = message.placed(),
          .bound = bound};
}

void SetWeights(const engine::Weights& weights, v1::Weights* message) {
  message->set_fit(weights.of[engine::kFit]);
  message->set_nice(weights.of[engine::kNice]);
  message->set_time(weights.of[engine::kTime]);
  message->set_travel(weights.of[engine::kTravel]);
  message->set_salary(weights.of[engine::kSalary]);
  message->set_preference(weights.of[engine::kPreference]);
  message->set_aptitude(weights.of[engine::kAptitude]);
}

}  // namespace

v1::Plan ToProto(const domain::Plan& plan) {
  v1::Plan message;
  for (const domain::PlannedModule& module : plan.modules) {
    auto* added = message.add_modules();
    added->set_id(module.id);
    added->set_hours(module.hours);
  }
  message.set_hours(plan.hours);
  message.set_study_hours_per_week(plan.study_hours);
  message.set_begins_on(FormatDay(plan.begins_on));
  message.set_ready_on(FormatDay(plan.ready_on));
  return message;
}

v1::Score ToProto(const domain::Score& score) {
  v1::Score message;
  message.set_total(score.total);
  message.set_fit(score.parts[engine::kFit]);
  message.set_nice(score.parts[engine::kNice]);
  message.set_time(score.parts[engine::kTime]);
  message.set_travel(score.parts[engine::kTravel]);
  message.set_salary(score.parts[engine::kSalary]);
  message.set_preference(score.parts[engine::kPreference]);
  message.set_aptitude(score.parts[engine::kAptitude]);
  return message;
}

v1::Round ToProto(const domain::Round& round) {
  v1::Round message;
  message.set_name("rounds/" + round.id.value());
  message.set_title(round.title);
  message.set_mechanism(static_cast<v1::Round::Mechanism>(static_cast<int>(round.mechanism) + 1));
  SetWeights(round.weights, message.mutable_weights());
  if (round.collect_until.has_value()) {
    FillTime(*round.collect_until, message.mutable_collect_until());
  }
  message.set_answer_working_days(round.answer_working_days);
  message.set_state(static_cast<v1::Round::State>(round.state));
  message.set_seed_hash(round.seed_hash);
  if (round.SeedIsPublic()) message.set_seed(round.seed);
  message.set_market_digest(round.market_digest);
  message.set_code_version(round.code_version);
  *message.mutable_summary() = ToProto(round.summary);
  message.set_failure(round.failure);
  const auto add_feed = [&message](const char* name, int64_t sequence) {
    if (sequence == 0) return;
    auto* feed = message.add_feeds();
    feed->set_feed(name);
    feed->set_sequence(sequence);
    feed->set_synced(true);
  };
  add_feed("profiles", round.profiles_read);
  add_feed("vacancies", round.vacancies_read);
  add_feed("programmes", round.programmes_read);
  for (const domain::RoundStep& step : round.steps) {
    auto* added = message.add_steps();
    added->set_state(static_cast<v1::Round::State>(step.state));
    FillTime(step.time, added->mutable_time());
  }
  SetTimes(round.create_time, round.update_time, round.sequence, &message);
  return message;
}

v1::Offer ToProto(const domain::Offer& offer) {
  v1::Offer message;
  message.set_name("offers/" + offer.id.value());
  SetTerms(offer.terms, &message);
  message.set_state(static_cast<v1::Offer::State>(offer.state));
  for (const domain::Answer& answer : offer.answers) {
    auto* added = message.add_answers();
    added->set_party(static_cast<v1::Party>(answer.party));
    added->set_decision(static_cast<v1::Offer::Decision>(answer.decision));
    added->set_actor(answer.actor);
    FillTime(answer.time, added->mutable_time());
  }
  FillTime(offer.deadline, message.mutable_deadline());
  *message.mutable_score() = ToProto(offer.score);
  if (!offer.contract.empty()) message.set_contract("contracts/" + offer.contract.value());
  message.set_repair(offer.repair);
  SetTimes(offer.create_time, offer.update_time, offer.sequence, &message);
  return message;
}

v1::Contract ToProto(const domain::Contract& contract) {
  v1::Contract message;
  message.set_name("contracts/" + contract.id.value());
  message.set_offer("offers/" + contract.offer.value());
  SetTerms(contract.terms, &message);
  message.set_state(static_cast<v1::Contract::State>(contract.state));
  FillTime(contract.signed_time, message.mutable_signed_time());
  if (contract.end_time.has_value()) FillTime(*contract.end_time, message.mutable_end_time());
  message.set_end_reason(contract.end_reason);
  message.set_ended_by(contract.ended_by);
  SetTimes(contract.create_time, contract.update_time, contract.sequence, &message);
  return message;
}

v1::AdverseOutcome ToProto(const domain::AdverseOutcome& outcome) {
  v1::AdverseOutcome message;
  message.set_name("rounds/" + outcome.round.value() + "/outcomes/" + outcome.id);
  message.set_kind(static_cast<v1::AdverseOutcome::Kind>(outcome.kind));
  message.set_switcher("switchers/" + outcome.switcher.value());
  message.set_start(outcome.start);
  if (!outcome.offer.empty()) message.set_offer("offers/" + outcome.offer.value());
  message.mutable_explanation()->set_nl(outcome.explanation_nl);
  message.mutable_explanation()->set_en(outcome.explanation_en);
  message.set_confirmed_by(outcome.confirmed_by);
  message.set_confirm_reason(outcome.confirm_reason);
  if (outcome.confirm_time.has_value()) {
    FillTime(*outcome.confirm_time, message.mutable_confirm_time());
  }
  SetTimes(outcome.create_time, outcome.update_time, outcome.sequence, &message);
  return message;
}

std::string EncodeRound(const domain::Round& round) {
  return Text(ToProto(round), round.unknown_fields);
}
std::string EncodeOffer(const domain::Offer& offer) {
  return Text(ToProto(offer), offer.unknown_fields);
}
std::string EncodeContract(const domain::Contract& contract) {
  return Text(ToProto(contract), contract.unknown_fields);
}
std::string EncodeAdverse(const domain::AdverseOutcome& outcome) {
  return Text(ToProto(outcome), outcome.unknown_fields);
}

Status DecodeRound(std::string_view payload, domain::Round* round) {
  v1::Round message;
  RETURN_IF_ERROR(Parse(payload, &message));
  round->title = message.title();
  round->mechanism = static_cast<engine::Mechanism>(static_cast<int>(message.mechanism()) - 1);
  const v1::Weights& weights = message.weights();
  round->weights.of = {weights.fit(),    weights.nice(),       weights.time(),    weights.travel(),
                       weights.salary(), weights.preference(), weights.aptitude()};
  if (message.has_collect_until()) round->collect_until = DecodeTime(message.collect_until());
  round->answer_working_days = message.answer_working_days();
  round->seed_hash = message.seed_hash();
  round->market_digest = message.market_digest();
  round->code_version = message.code_version();
  round->summary = SummaryOf(message.summary());
  round->failure = message.failure();
  for (const auto& feed : message.feeds()) {
    if (feed.feed() == "profiles") round->profiles_read = feed.sequence();
    if (feed.feed() == "vacancies") round->vacancies_read = feed.sequence();
    if (feed.feed() == "programmes") round->programmes_read = feed.sequence();
  }
  for (const auto& step : message.steps()) {
    round->steps.push_back(
        {.state = static_cast<domain::RoundState>(step.state()), .time = DecodeTime(step.time())});
  }
  round->create_time = DecodeTime(message.create_time());
  round->update_time = DecodeTime(message.update_time());
  round->unknown_fields = UnknownOf(message);
  return absl::OkStatus();
}

Status DecodeOffer(std::string_view payload, domain::Offer* offer) {
  v1::Offer message;
  RETURN_IF_ERROR(Parse(payload, &message));
  RETURN_IF_ERROR(ReadTerms(message, &offer->terms));
  for (const auto& answer : message.answers()) {
    offer->answers.push_back({.party = static_cast<domain::Party>(answer.party()),
                              .decision = static_cast<domain::Decision>(answer.decision()),
                              .actor = answer.actor(),
                              .time = DecodeTime(answer.time())});
  }
  const v1::Score& score = message.score();
  offer->score = {.total = score.total(),
                  .parts = {score.fit(), score.nice(), score.time(), score.travel(), score.salary(),
                            score.preference(), score.aptitude()}};
  offer->repair = message.repair();
  offer->create_time = DecodeTime(message.create_time());
  offer->update_time = DecodeTime(message.update_time());
  offer->unknown_fields = UnknownOf(message);
  return absl::OkStatus();
}

Status DecodeContract(std::string_view payload, domain::Contract* contract) {
  v1::Contract message;
  RETURN_IF_ERROR(Parse(payload, &message));
  RETURN_IF_ERROR(ReadTerms(message, &contract->terms));
  contract->signed_time = DecodeTime(message.signed_time());
  if (message.has_end_time()) contract->end_time = DecodeTime(message.end_time());
  contract->ended_by = message.ended_by();
  contract->create_time = DecodeTime(message.create_time());
  contract->update_time = DecodeTime(message.update_time());
  contract->unknown_fields = UnknownOf(message);
  return absl::OkStatus();
}

Status DecodeAdverse(std::string_view payload, domain::AdverseOutcome* outcome) {
  v1::AdverseOutcome message;
  RETURN_IF_ERROR(Parse(payload, &message));
  outcome->kind = static_cast<domain::AdverseKind>(message.kind());
  outcome->start = message.start();
  outcome->offer = OfferId(names::LastPart(message.offer()));
  outcome->explanation_nl = message.explanation().nl();
  outcome->explanation_en = message.explanation().en();
  outcome->confirmed_by = message.confirmed_by();
  outcome->confirm_reason = message.confirm_reason();
  if (message.has_confirm_time()) outcome->confirm_time = DecodeTime(message.confirm_time());
  outcome->create_time = DecodeTime(message.create_time());
  outcome->update_time = DecodeTime(message.update_time());
  outcome->unknown_fields = UnknownOf(message);
  return absl::OkStatus();
}

}  // namespace matchgo::scheduler::store
