#include "services/scheduler/engine/candidate_search.h"

#include <algorithm>

#include "common/base/check.h"
#include "services/scheduler/engine/feasibility.h"

namespace matchgo::scheduler::engine {
namespace {

// Keeps the best of what is offered. REQUIRES: limit > 0.
class BestList {
 public:
  explicit BestList(int limit) : limit_(static_cast<size_t>(limit)) { CHECK(limit > 0); }

  void Offer(const FeasibleContract& contract) {
    if (found_.best.size() == limit_) {
      found_.more = true;
      if (!PlacedBefore(contract, found_.best.back())) return;
      found_.best.pop_back();
    }
    const auto at = std::ranges::upper_bound(found_.best, contract, PlacedBefore);
    found_.best.insert(at, contract);
  }
  Found Take() { return std::move(found_); }

 private:
  size_t limit_;
  Found found_;
};

}  // namespace

class CandidateSearch::Scan {
 public:
  explicit Scan(const CandidateIndex& index) : index_(index), market_(index.market()) {}

  Found Best(const Query& query) {
    BestList list(query.limit);
    const auto offer = [&](const FeasibleContract& found) {
      const Place place = PlaceOf(found);
      if (query.below && !Better(*query.below, place)) return;
      if (query.above && !Better(place, *query.above)) return;
      if (query.admission != nullptr && !query.admission->Admits(place)) return;
      if (std::ranges::binary_search(query.declined, found.contract)) return;
      list.Offer(found);
    };
    if (market_.bare) {
      for (const int32_t i : index_.GivenToSwitcher(query.person.switcher)) {
        offer(index_.given()[static_cast<size_t>(i)]);
      }
      return list.Take();
    }
    for (int32_t v = 0; v < market_.vacancy_count(); ++v) VisitVacancy(query.person, v, offer);
    return list.Take();
  }

  Found BestFor(const PartyQuery& query) {
    CHECK(query.vacancy != kNone || query.start != kNone);
    BestList list(query.limit);
    const auto offer = [&](const FeasibleContract& found) {
      const Place place = PlaceOf(found);
      if (query.vacancy != kNone && found.contract.vacancy != query.vacancy) return;
      if (query.start != kNone && found.contract.start != query.start) return;
      if (query.below && !Better(*query.below, place)) return;
      if (query.above && !Better(place, *query.above)) return;
      if (query.admission != nullptr && !Admitted(query, place)) return;
      if (std::ranges::binary_search(query.declined, found.contract)) return;
      list.Offer(found);
    };
    if (market_.bare) {
      for (const FeasibleContract& given : index_.given()) offer(given);
      return list.Take();
    }
    const int32_t begin = query.vacancy == kNone ? 0 : query.vacancy;
    const int32_t end = query.vacancy == kNone ? market_.vacancy_count() : query.vacancy + 1;
    for (int32_t s = 0; s < market_.switcher_count(); ++s) {
      const Person person = PersonOf(market_, s);
      for (int32_t v = begin; v < end; ++v) VisitVacancy(person, v, offer);
    }
    return list.Take();
  }

 private:
  static bool Admitted(const PartyQuery& query, const Place& place) {
    const Admission& admission = *query.admission;
    return admission.SwitcherWants(place) &&
           (query.vacancy != kNone || admission.VacancyAdmits(place)) &&
           (query.start != kNone || admission.StartAdmits(place));
  }

  template <class Offer>
  void VisitVacancy(const Person& person, int32_t v, const Offer& offer) {
    if (VisitContract(person, v, kNone, offer)) return;
    const int32_t occupation = market_.vacancy(v).occupation;
    for (const int32_t p : index_.StartsOf(occupation)) VisitContract(person, v, p, offer);
  }

  template <class Offer>
  bool VisitContract(const Person& person, int32_t v, int32_t p, const Offer& offer) {
    const Verdict verdict = Check(market_, person, v, p);
    if (!verdict.feasible) return false;
    const ScoreParts parts = PartsOf(market_, person, v, p, verdict.modules, verdict.ready);
    offer(FeasibleContract{.contract = {person.switcher, v, p},
                           .score = ScoreOf(parts, index_.weights()),
                           .ready = verdict.ready,
                           .key = index_.KeyOf(person.lottery, v, p),
                           .modules = verdict.modules});
    return true;
  }

  const CandidateIndex& index_;
  const Market& market_;
};

CandidateSearch::CandidateSearch(const CandidateIndex& index)
    : scan_(std::make_unique<Scan>(index)) {}
CandidateSearch::~CandidateSearch() = default;

Found CandidateSearch::Best(const Query& query) { return scan_->Best(query); }
Found CandidateSearch::BestFor(const PartyQuery& query) { return scan_->BestFor(query); }

}  // namespace matchgo::scheduler::engine
