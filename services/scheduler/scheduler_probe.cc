#include "services/scheduler/scheduler_probe.h"

#include <array>
#include <utility>
#include <vector>

#include "services/scheduler/domain/round_lifecycle.h"

namespace matchgo::scheduler {
namespace {

// A clearing of a thousand people takes milliseconds, one of a million a minute.
const std::vector<double>& PhaseBuckets() {
  static const std::vector<double> buckets = {0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60, 300};
  return buckets;
}

// The easiest, the middle and the hardest to get into, without the odd ones at the ends.
constexpr std::array<std::pair<int, const char*>, 3> kQuantiles = {
    {{10, "0.1"}, {50, "0.5"}, {90, "0.9"}}};

constexpr char kUnmatchedHelp[] =
    "People the last clearing left without a contract, by reason: nothing was feasible for them, "
    "or "
    "others scored higher.";

}  // namespace

SchedulerProbe::SchedulerProbe(metrics::Metrics& metrics)
    : view_age_(metrics.AddGauge("matchgo_suggest_market_age_seconds",
                                 "Time since the market of suggestions held all that was known.")),
      contracts_(metrics.AddGauge("matchgo_round_contracts",
                                  "Contracts signed in the last round that was closed.")),
      closed_starts_(metrics.AddGauge(
          "matchgo_round_closed_starts",
          "Starts that too few people came to, in the last round that was closed.")),
      blocking_(metrics.AddGauge(
          "matchgo_round_blocking",
          "Blocking contracts the independent checker found in the last round; must be 0.")),
      no_feasible_(metrics.AddGauge("matchgo_round_unmatched", kUnmatchedHelp,
                                    {{"reason", "no_feasible_contract"}})),
      outcompeted_(metrics.AddGauge("matchgo_round_unmatched", kUnmatchedHelp,
                                    {{"reason", "outcompeted"}})) {
  for (const char* phase :
       {"freeze", "clear", "verify", "publish", "bound", "repair", "extend", "close"}) {
    phases_.emplace(phase, metrics.AddHistogram("matchgo_round_duration_seconds",
                                                "How long a step of a round took.", PhaseBuckets(),
                                                {{"phase", phase}}));
  }
  for (const char* kind : {"vacancy", "start"}) {
    view_.emplace(kind, metrics.AddGauge("matchgo_suggest_market",
                                         "Vacancies and starts that suggestions choose from.",
                                         {{"resource_kind", kind}}));
  }
  for (const char* part : {"market", "seats"}) {
    view_renewed_.emplace(
        part, metrics.AddHistogram("matchgo_suggest_renewal_seconds",
                                   "How long renewing the market of suggestions took, by what had "
                                   "changed.",
                                   PhaseBuckets(), {{"part", part}}));
  }
  for (const char* state : {"open", "accepted", "declined", "expired", "withdrawn"}) {
    offers_.emplace(state, metrics.AddCounter("matchgo_offers_total",
                                              "Offers by the state they entered; open: were made.",
                                              {{"state", state}}));
  }
  for (const char* kind : {"switcher", "vacancy"}) {
    newcomers_.emplace(kind, metrics.AddCounter("matchgo_round_newcomers_total",
                                                "People and vacancies that joined a running round.",
                                                {{"kind", kind}}));
  }
  for (const char* state : {"closed", "failed", "cancelled"}) {
    rounds_.emplace(state, metrics.AddCounter("matchgo_rounds_total", "Rounds that ended, by how.",
                                              {{"state", state}}));
  }
  for (const char* side : {"vacancy", "start"}) {
    for (const auto& [per_cent, quantile] : kQuantiles) {
      cut_offs_.emplace(
          std::make_pair(side, per_cent),
          metrics.AddGauge("matchgo_round_cutoff_score",
                           "The lowest score that got the last place, over what was full in the "
                           "last clearing; 0 when nothing was.",
                           {{"side", side}, {"quantile", quantile}}));
    }
    full_.emplace(side, metrics.AddGauge("matchgo_round_full_ratio",
                                         "Vacancies, and starts that run, without a place left in "
                                         "the last clearing; 1 is all of them.",
                                         {{"side", side}}));
  }
  for (const char* kind : {"vacancy", "start"}) {
    for (const char* state : {"free", "held", "contracted"}) {
      seats_.emplace(std::make_pair(kind, state),
                     metrics.AddGauge("matchgo_seats",
                                      "Openings of vacancies and places at starts, by state: free, "
                                      "held by an open offer, or taken by a contract.",
                                      {{"resource_kind", kind}, {"state", state}}));
    }
  }
}

void SchedulerProbe::PhaseTook(const std::string& phase, double seconds) {
  const auto found = phases_.find(phase);
  if (found != phases_.end()) found->second.Observe(seconds);
}

void SchedulerProbe::OffersBecame(const std::string& state, int64_t count) {
  const auto found = offers_.find(state);
  if (found != offers_.end()) found->second.Add(static_cast<double>(count));
}

void SchedulerProbe::NewcomersJoined(int64_t switchers, int64_t vacancies) {
  newcomers_.at("switcher").Add(static_cast<double>(switchers));
  newcomers_.at("vacancy").Add(static_cast<double>(vacancies));
}

void SchedulerProbe::RoundEnded(const domain::Round& round) {
  const auto found = rounds_.find(std::string(domain::RoundStateName(round.state)));
  if (found != rounds_.end()) found->second.Add();
  contracts_.Set(static_cast<double>(round.summary.contracts));
  closed_starts_.Set(static_cast<double>(round.summary.closed_starts));
  blocking_.Set(static_cast<double>(round.summary.blocking));
}

void SchedulerProbe::UnmatchedIs(int64_t no_feasible_contract, int64_t outcompeted) {
  no_feasible_.Set(static_cast<double>(no_feasible_contract));
  outcompeted_.Set(static_cast<double>(outcompeted));
}

void SchedulerProbe::CutOffsAre(const std::string& side, const std::vector<int32_t>& scores,
                                int32_t all) {
  for (const auto& [per_cent, quantile] : kQuantiles) {
    const auto found = cut_offs_.find({side, per_cent});
    if (found == cut_offs_.end()) return;
    // The nearest rank, so that it is a score that somebody had.
    const size_t rank = (scores.size() * static_cast<size_t>(per_cent) + 99) / 100;
    found->second.Set(scores.empty() ? 0 : scores[rank - 1]);
  }
  full_.at(side).Set(all == 0 ? 0 : static_cast<double>(scores.size()) / all);
}

void SchedulerProbe::ViewIs(int64_t vacancies, int64_t starts) {
  view_.at("vacancy").Set(static_cast<double>(vacancies));
  view_.at("start").Set(static_cast<double>(starts));
}

void SchedulerProbe::ViewTook(const std::string& part, double seconds) {
  const auto found = view_renewed_.find(part);
  if (found != view_renewed_.end()) found->second.Observe(seconds);
}

void SchedulerProbe::ViewAgeIs(int64_t seconds) { view_age_.Set(static_cast<double>(seconds)); }

void SchedulerProbe::SeatsAre(const std::string& kind, const std::string& state, int64_t count) {
  const auto found = seats_.find({kind, state});
  if (found != seats_.end()) found->second.Set(static_cast<double>(count));
}

}  // namespace matchgo::scheduler
