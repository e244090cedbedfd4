#include "services/scheduler/engine/counterfactual.h"

#include <algorithm>

#include "common/base/check.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/change_search.h"
#include "services/scheduler/engine/json_writer.h"
#include "services/scheduler/engine/person.h"
#include "services/scheduler/engine/prospect.h"

namespace matchgo::scheduler::engine {
namespace {

// One side of the market: what each party holds, and the worst that it may give up.
struct Party {
  int32_t taken = 0;
  std::optional<Place> worst = {};

  void Hold(const Place& place, bool frozen) {
    ++taken;
    if (!frozen && (!worst || Better(*worst, place))) worst = place;
  }
  Door DoorFor(int32_t capacity) const {
    if (taken < capacity) return Door::Open();
    return worst ? Door::Full(*worst) : Door::Shut();
  }
};

// Who would still take whom, once the clearing is done.
Admission DoorsOf(const CandidateIndex& index, const Clearing& clearing) {
  CHECK(clearing.mechanism == Mechanism::kScore);
  const Market& market = index.market();
  std::vector<Party> vacancies(market.vacancies.size());
  std::vector<Party> starts(market.starts.size());
  for (const KnownContract& held : clearing.holdings) {
    const bool frozen = clearing.IsFrozen(held.switcher);
    const Place place = PlaceOf(index, held);
    vacancies[static_cast<size_t>(held.vacancy)].Hold(place, frozen);
    if (held.start != kNone) starts[static_cast<size_t>(held.start)].Hold(place, frozen);
  }
  Admission doors(index);
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    const Party& party = vacancies[static_cast<size_t>(v)];
    doors.SetVacancy(v, party.DoorFor(market.vacancy(v).openings));
  }
  for (int32_t p = 0; p < market.start_count(); ++p) {
    const Party& party = starts[static_cast<size_t>(p)];
    doors.SetStart(p, clearing.Runs(p) ? party.DoorFor(market.start(p).capacity) : Door::Shut());
  }
  return doors;
}

}  // namespace

Counterfactuals::Counterfactuals(const CandidateIndex& index, const Clearing& clearing,
                                 const ChangeLimits& limits)
    : index_(index),
      market_(index.market()),
      limits_(limits),
      placed_(market_.switchers.size(), 0),
      doors_(DoorsOf(index, clearing)) {
  for (const KnownContract& held : clearing.holdings) {
    placed_[static_cast<size_t>(held.switcher)] = 1;
  }
}

std::vector<Change> Counterfactuals::For(const Question& question, CandidateSearch& search) const {
  if (market_.bare || placed_[static_cast<size_t>(question.switcher)] != 0) return {};
  const ProspectRules rules(index_, doors_, question.declined, limits_,
                            PersonOf(market_, question.switcher));
  std::vector<Change> changes = ChangeSearch(index_, doors_, rules).Run(question.vacancy);
  std::erase_if(changes,
                [&](const Change& change) { return !Confirmed(question, change, search); });
  return changes;
}

// The search that clearings use, for the changed person among the doors of this outcome. It knows
// nothing of how the change was found.
bool Counterfactuals::Confirmed(const Question& question, const Change& change,
                                CandidateSearch& search) const {
  const Profile changed = Changed(PersonOf(market_, question.switcher), change);
  Query query{
      .person = changed.person(), .limit = 1, .admission = &doors_, .declined = question.declined};
  // Nothing that is worse can be the answer, so nothing that is worse is looked at.
  query.above = PlaceOf(change.contract);
  ++query.above->contract.start;
  if (question.vacancy) {
    // Directly before the contract, so that it is the next.
    query.below = PlaceOf(change.contract);
    --query.below->contract.start;
  }
  const Found found = search.Best(query);
  return !found.best.empty() && found.best.front() == change.contract;
}

std::string Counterfactuals::Format(const Change& change) const {
  const MarketContract ids = market_.Ids(change.contract.contract);
  const Switcher& facts = market_.switcher(change.contract.contract.switcher);
  std::string changes = "[";
  for (size_t d = 0; d < kDimensions; ++d) {
    const auto dimension = static_cast<Dimension>(d);
    if (!change.Has(dimension)) continue;
    changes += changes.size() > 1 ? ",{\"field\":" : "{\"field\":";
    AppendJsonText(changes, FieldOf(dimension));
    if (IsNumber(dimension)) {
      changes += ",\"from\":" + std::to_string(NumberOf(facts, dimension));
      changes += ",\"to\":" + std::to_string(change.To(dimension)) + "}";
      continue;
    }
    const IdColumn& names =
        dimension == Dimension::kSector ? market_.sector_names : market_.skill_names;
    changes += ",\"add\":";
    AppendJsonText(changes, names[change.To(dimension)]);
    changes += "}";
  }
  changes += "]";
  std::string out;
  JsonLine line(out, "counterfactual");
  line.Text("s", ids.switcher).Raw("changes", changes);
  line.Text("v", ids.vacancy).TextOrNull("p", ids.start);
  line.Number("score", change.contract.score).Number("ready", change.contract.ready);
  line.End();
  return out;
}

}  // namespace matchgo::scheduler::engine
