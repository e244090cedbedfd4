#include "services/scheduler/actions/explain_match.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/actions/advance_round.h"
#include "services/scheduler/actions/scope.h"
#include "services/scheduler/domain/commitments.h"
#include "services/scheduler/domain/projection.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/counterfactual.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_store.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {
namespace {

struct Facts {
  domain::Round round;
  std::vector<domain::Offer> offers;  // hers in this round
  std::vector<domain::SettledOffer> settled;
};

StatusOr<Facts> ReadFacts(const Deps& deps, const Call& call, const RoundId& id,
                          const SwitcherId& switcher) {
  return deps.database.Read(call, [&](sql::Tx& tx) -> StatusOr<Facts> {
    Facts facts;
    ASSIGN_OR_RETURN(facts.round, store::RoundStore(tx).Get(id));
    if (facts.round.state != domain::RoundState::kPublished &&
        facts.round.state != domain::RoundState::kClosed) {
      return Precondition(reasons::kRoundState);
    }
    store::MatchStore matches(tx);
    ASSIGN_OR_RETURN(facts.offers, matches.OffersOf(id, switcher));
    ASSIGN_OR_RETURN(facts.settled, matches.Settled(id));
    return facts;
  });
}

// Her match: the latest offer that is open or became a contract.
const domain::Offer* MatchIn(const std::vector<domain::Offer>& offers) {
  const domain::Offer* match = nullptr;
  for (const domain::Offer& offer : offers) {
    if (offer.state == domain::OfferState::kOpen || offer.state == domain::OfferState::kAccepted) {
      match = &offer;
    }
  }
  return match;
}

std::string BeginningOf(const engine::Market& market, const engine::Contract& contract) {
  if (contract.start == engine::kNone) return "";
  return FormatDay(Day::FromNumber(market.today) + market.start(contract.start).begins);
}

struct BetterSet {
  std::vector<Better> first;  // kBetterShown
  int64_t count = 0;
  std::vector<WhyCount> why_counts;
};

// Most frequent first.
std::vector<WhyCount> Ordered(const std::map<engine::WhyNot, int64_t>& counts) {
  std::vector<WhyCount> ordered;
  ordered.reserve(counts.size());
  for (const auto& [why, count] : counts) {
    ordered.push_back(
        {.why = why, .count = count, .sentence = domain::DescribeWhyNot(why, nullptr)});
  }
  std::sort(ordered.begin(), ordered.end(), [](const WhyCount& a, const WhyCount& b) {
    if (a.count != b.count) return a.count > b.count;
    return a.why < b.why;
  });
  return ordered;
}

// Her contracts above a place, and why each is not hers.
BetterSet BetterThan(const RunningMarket& running, const Facts& facts,
                     const std::vector<engine::FeasibleContract>& contracts,
                     std::optional<int32_t> vacancy) {
  const engine::Commitments commitments = domain::CommitmentsOf(running.index, facts.settled, {});
  std::optional<engine::Certifier> certifier;
  if (running.first.mechanism == engine::Mechanism::kScore) {
    certifier.emplace(running.index, running.first);
  }
  BetterSet better;
  std::map<engine::WhyNot, int64_t> counts;
  for (const engine::FeasibleContract& contract : contracts) {
    if (vacancy.has_value() && contract.contract.vacancy != *vacancy) continue;
    std::optional<engine::Certificate> certificate;
    if (std::binary_search(commitments.declined.begin(), commitments.declined.end(),
                           contract.contract)) {
      certificate = engine::Certificate{.contract = contract, .why = engine::WhyNot::kDeclined};
    } else if (certifier.has_value()) {
      certificate = certifier->Explain(contract);
    }
    if (!certificate.has_value()) continue;
    ++better.count;
    ++counts[certificate->why];
    if (better.first.size() >= kBetterShown) continue;
    const engine::MarketContract ids = running.market.Ids(contract.contract);
    const engine::CutOff* cut_off =
        certificate->cut_off.has_value() ? &*certificate->cut_off : nullptr;
    better.first.push_back(
        {.vacancy = domain::VacancyName(ids.vacancy),
         .start = ids.start.has_value() ? domain::StartOfMarketId(*ids.start).name : "",
         .begins_on = BeginningOf(running.market, contract.contract),
         .score = contract.score,
         .why = certificate->why,
         .cutoff_score = cut_off == nullptr ? 0 : cut_off->score,
         .sentence = domain::DescribeWhyNot(certificate->why, cut_off)});
  }
  better.why_counts = Ordered(counts);
  return better;
}

// Which rules kept her from everything, counted over vacancies and the starts that serve them.
std::vector<FailedRuleCount> FailedRules(const RunningMarket& running, int32_t switcher,
                                         std::optional<int32_t> only) {
  const engine::Market& market = running.market;
  std::map<int32_t, std::vector<int32_t>> serving;  // occupation -> starts
  for (int32_t p = 0; p < market.start_count(); ++p) {
    for (const int32_t occupation : market.start_occupations[p]) serving[occupation].push_back(p);
  }
  std::map<std::string, int64_t> counts;
  const auto count = [&](const engine::Contract& contract) {
    std::set<std::string> words;
    for (const engine::FailedRule& failed : engine::Check(market, contract).failed) {
      words.insert(domain::RuleWord(failed.rule));
    }
    for (const std::string& word : words) ++counts[word];
  };
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    if (only.has_value() && v != *only) continue;
    count({.switcher = switcher, .vacancy = v, .start = engine::kNone});
    const auto found = serving.find(market.vacancy(v).occupation);
    if (found == serving.end()) {
      ++counts["OCCUPATION"];
      continue;
    }
    for (const int32_t p : found->second) {
      count({.switcher = switcher, .vacancy = v, .start = p});
    }
  }
  std::vector<FailedRuleCount> rules;
  rules.reserve(counts.size());
  for (const auto& [word, times] : counts) {
    rules.push_back({.rule = word, .count = times, .sentence = domain::DescribeRule(word)});
  }
  std::sort(rules.begin(), rules.end(), [](const FailedRuleCount& a, const FailedRuleCount& b) {
    if (a.count != b.count) return a.count > b.count;
    return a.rule < b.rule;
  });
  return rules;
}

std::vector<ChangeShown> ChangesOf(const engine::Market& market, const engine::Change& change) {
  const engine::Switcher& facts = market.switcher(change.contract.contract.switcher);
  std::vector<ChangeShown> shown;
  for (size_t d = 0; d < engine::kDimensions; ++d) {
    const auto dimension = static_cast<engine::Dimension>(d);
    if (!change.Has(dimension)) continue;
    ChangeShown& one = shown.emplace_back();
    one.dimension = dimension;
    const int32_t to = change.To(dimension);
    if (engine::IsNumber(dimension)) {
      one.from = engine::NumberOf(facts, dimension);
      one.to = to;
    } else if (dimension == engine::Dimension::kSector) {
      one.sector = std::string(market.sector_names[to]);
    } else {
      one.skill = domain::SkillName(market.skill_names[to]);
    }
  }
  return shown;
}

// What she could have changed to be placed in the first clearing. Nothing if she was: then what
// happened to her offer is the explanation.
std::vector<PlacedIf> PlacedAfterChanges(const RunningMarket& running, const Facts& facts,
                                         int32_t switcher, std::optional<int32_t> vacancy,
                                         engine::CandidateSearch& search) {
  std::vector<PlacedIf> list;
  if (!running.counterfactuals.has_value()) return list;
  const engine::Commitments commitments = domain::CommitmentsOf(running.index, facts.settled, {});
  const std::vector<engine::Change> changes = running.counterfactuals->For(
      {.switcher = switcher, .vacancy = vacancy, .declined = commitments.declined}, search);
  list.reserve(changes.size());
  for (const engine::Change& change : changes) {
    const engine::MarketContract ids = running.market.Ids(change.contract.contract);
    list.push_back({.changes = ChangesOf(running.market, change),
                    .vacancy = domain::VacancyName(ids.vacancy),
                    .start = ids.start.has_value() ? domain::StartOfMarketId(*ids.start).name : "",
                    .begins_on = BeginningOf(running.market, change.contract.contract),
                    .score = change.contract.score,
                    .sentence = domain::DescribeChange(running.market, change, running.day,
                                                       vacancy.has_value())});
  }
  return list;
}

Status MayAskAbout(const Deps& deps, const Call& call, const SwitcherId& switcher,
                   const std::vector<domain::Offer>& offers) {
  for (const domain::Offer& offer : offers) {
    if (MayReach(call, offer.terms)) return absl::OkStatus();
  }
  domain::Terms hers;
  hers.switcher = switcher;
  const auto record = deps.profiles.Find(switcher.value());
  if (record.has_value()) hers.partner = record->partner;
  return MayReach(call, hers) ? absl::OkStatus() : NotFound(reasons::kNotFound);
}

}  // namespace

StatusOr<MatchExplained> ExplainMatch(const Deps& deps, const Call& call, const RoundId& round,
                                      const SwitcherId& switcher) {
  ASSIGN_OR_RETURN(const Facts facts, ReadFacts(deps, call, round, switcher));
  RETURN_IF_ERROR(MayAskAbout(deps, call, switcher, facts.offers));
  const domain::Offer* match = MatchIn(facts.offers);
  if (match == nullptr) return Precondition(reasons::kNotMatched);
  if (!MayReach(call, match->terms)) return NotFound(reasons::kNotFound);
  ASSIGN_OR_RETURN(const auto running, MarketOf(deps, call, facts.round));
  MatchExplained explained;
  explained.offer = *match;
  const auto row = running->market.switcher_ids.Find(switcher.value());
  const bool earns =
      row.has_value() && running->market.switchers[static_cast<size_t>(*row)].salary_now > 0;
  explained.sentences = domain::DescribeMatch(match->score, match->terms.plan, earns);
  const auto contract = domain::ContractOf(running->market, switcher.value(), match->terms.vacancy,
                                           match->terms.start);
  const auto found =
      contract.has_value() ? engine::FindContract(running->index, *contract) : std::nullopt;
  if (found.has_value()) {
    engine::CandidateSearch search(running->index);
    const auto above =
        engine::ContractsOf(running->market, contract->switcher, engine::PlaceOf(*found), search);
    BetterSet better = BetterThan(*running, facts, above, std::nullopt);
    explained.better = std::move(better.first);
    explained.better_count = better.count;
    explained.why_counts = std::move(better.why_counts);
  }
  return explained;
}

StatusOr<NoMatchExplained> ExplainNoMatch(const Deps& deps, const Call& call, const RoundId& round,
                                          const SwitcherId& switcher, const std::string& vacancy) {
  ASSIGN_OR_RETURN(const Facts facts, ReadFacts(deps, call, round, switcher));
  RETURN_IF_ERROR(MayAskAbout(deps, call, switcher, facts.offers));
  const domain::Offer* match = MatchIn(facts.offers);
  if (match != nullptr && (vacancy.empty() || match->terms.vacancy == vacancy)) {
    return Precondition(reasons::kMatched);
  }
  ASSIGN_OR_RETURN(const auto running, MarketOf(deps, call, facts.round));
  NoMatchExplained explained;
  const auto index = running->market.switcher_ids.Find(switcher.value());
  explained.in_market = index.has_value();
  if (!index.has_value()) {
    const auto record = deps.profiles.Find(switcher.value());
    if (!record.has_value()) return NotFound(reasons::kNotFound);
    for (const domain::Obstacle obstacle : domain::ObstaclesOn(*record, running->day)) {
      explained.obstacles.emplace_back(domain::ObstacleName(obstacle));
      explained.sentences.push_back(domain::DescribeObstacle(obstacle));
    }
    // Her record may have changed since the market was frozen.
    if (explained.obstacles.empty()) explained.sentences.push_back(domain::DescribeAbsence());
    return explained;
  }
  std::optional<int32_t> only;
  if (!vacancy.empty()) {
    only = running->market.vacancy_ids.Find(domain::VacancyMarketId(vacancy));
    if (!only.has_value()) return NotFound(reasons::kNotFound);
  }
  engine::CandidateSearch search(running->index);
  const auto all = engine::ContractsOf(running->market, *index, std::nullopt, search);
  BetterSet better = BetterThan(*running, facts, all, only);
  explained.better = std::move(better.first);
  explained.why_counts = std::move(better.why_counts);
  for (const engine::FeasibleContract& contract : all) {
    if (!only.has_value() || contract.contract.vacancy == *only) ++explained.feasible;
  }
  explained.sentences.push_back(domain::DescribeFeasible(explained.feasible));
  if (explained.feasible == 0) explained.failed_rules = FailedRules(*running, *index, only);
  for (size_t i = 0; i < std::min<size_t>(3, explained.failed_rules.size()); ++i) {
    explained.sentences.push_back(explained.failed_rules[i].sentence);
  }
  for (const WhyCount& why : explained.why_counts) explained.sentences.push_back(why.sentence);
  explained.placed_if = PlacedAfterChanges(*running, facts, *index, only, search);
  return explained;
}

}  // namespace matchgo::scheduler
