#include "services/scheduler/engine/nested.h"

#include <algorithm>
#include <span>
#include <utility>

#include "services/scheduler/engine/reasons.h"

namespace matchgo::scheduler::engine {
namespace {

Status Refuse(const char* text) {
  return Precondition(Reason{reasons::kMechanismNotApplicable, text});
}

// Whether no party has two different partners. A pair is (party, partner).
bool TiedToOne(std::vector<std::pair<int32_t, int32_t>> pairs) {
  std::ranges::sort(pairs);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return std::ranges::adjacent_find(pairs, {}, &std::pair<int32_t, int32_t>::first) == pairs.end();
}

// Whether no party gives a rank twice.
bool RanksDiffer(std::vector<std::pair<int32_t, int32_t>> party_ranks) {
  std::ranges::sort(party_ranks);
  return std::ranges::adjacent_find(party_ranks) == party_ranks.end();
}

// Whether, among contracts of one inner party, the outer ranks ascend with the inner ones.
struct OrderedPair {
  int32_t inner;
  int32_t inner_rank;
  int32_t outer_rank;
};
bool OrdersAgree(std::vector<OrderedPair> pairs) {
  std::ranges::sort(pairs, {},
                    [](const OrderedPair& pair) { return std::pair(pair.inner, pair.inner_rank); });
  return std::ranges::adjacent_find(pairs, [](const OrderedPair& a, const OrderedPair& b) {
           return a.inner == b.inner && a.outer_rank > b.outer_rank;
         }) == pairs.end();
}

Status CheckRanks(const Market& market) {
  std::vector<std::pair<int32_t, int32_t>> of_s;
  std::vector<std::pair<int32_t, int32_t>> of_v;
  std::vector<std::pair<int32_t, int32_t>> of_p;
  for (const GivenTriple& triple : market.triples) {
    const Contract& contract = triple.contract;
    if (triple.rank_s == 0 || triple.rank_v == 0 || (!contract.direct() && triple.rank_p == 0)) {
      return Refuse("nested needs rank_s, rank_v and, with a start, rank_p on every triple");
    }
    of_s.emplace_back(contract.switcher, triple.rank_s);
    of_v.emplace_back(contract.vacancy, triple.rank_v);
    if (!contract.direct()) of_p.emplace_back(contract.start, triple.rank_p);
  }
  if (!RanksDiffer(std::move(of_s))) return Refuse("a switcher gives two contracts the same rank");
  if (!RanksDiffer(std::move(of_v))) return Refuse("a vacancy gives two contracts the same rank");
  if (!RanksDiffer(std::move(of_p))) return Refuse("a start gives two contracts the same rank");
  return absl::OkStatus();
}

}  // namespace

StatusOr<Nesting> FindNesting(const Market& market) {
  if (!market.bare) return Refuse("nested needs a market with triple lines that carry ranks");
  if (Status status = CheckRanks(market); !status.ok()) return status;
  std::vector<std::pair<int32_t, int32_t>> starts_of_vacancy;
  std::vector<std::pair<int32_t, int32_t>> vacancies_of_start;
  std::vector<OrderedPair> inside_vacancy;
  std::vector<OrderedPair> inside_start;
  for (const GivenTriple& triple : market.triples) {
    const Contract& contract = triple.contract;
    starts_of_vacancy.emplace_back(contract.vacancy, contract.start);
    // No start has no places that could run out, so it ties vacancies to nothing.
    if (contract.direct()) continue;
    vacancies_of_start.emplace_back(contract.start, contract.vacancy);
    inside_vacancy.push_back({contract.vacancy, triple.rank_v, triple.rank_p});
    inside_start.push_back({contract.start, triple.rank_p, triple.rank_v});
  }
  const bool in_starts = TiedToOne(std::move(starts_of_vacancy));
  const bool in_vacancies = TiedToOne(std::move(vacancies_of_start));
  if (!in_starts && !in_vacancies) {
    return Refuse(
        "capacities are not nested: a vacancy has several starts and a start several "
        "vacancies, so a stable outcome may not exist");
  }
  if (in_starts && OrdersAgree(std::move(inside_vacancy))) return Nesting::kVacanciesInStarts;
  if (in_vacancies && OrdersAgree(std::move(inside_start))) return Nesting::kStartsInVacancies;
  return Refuse(
      "the outer party does not order the contracts of an inner party as that does, so "
      "a stable outcome may not exist");
}

NestedState::NestedState(const CandidateIndex& index, const Commitments& commitments, Room room,
                         Nesting nesting)
    : room_(std::move(room)),
      nesting_(nesting),
      wishes_(index.market().switchers.size()),
      open_(index.market().starts.size(), 1) {
  for (const FeasibleContract& given : index.given()) {
    const Contract& c = given.contract;
    if (std::ranges::binary_search(commitments.declined, c) ||
        room_.settled[static_cast<size_t>(c.switcher)] != 0 ||
        room_.openings[static_cast<size_t>(c.vacancy)] <= 0 ||
        (!c.direct() && room_.places[static_cast<size_t>(c.start)] <= 0)) {
      continue;
    }
    const GivenTriple* triple = index.market().FindTriple(c);
    ranks_.push_back({triple->rank_s, triple->rank_v, triple->rank_p});
    wishes_[static_cast<size_t>(c.switcher)].push_back(static_cast<int32_t>(contracts_.size()));
    contracts_.push_back(Known(given));
  }
  for (std::vector<int32_t>& wishes : wishes_) {
    std::ranges::sort(wishes, {},
                      [this](int32_t position) { return ranks_[static_cast<size_t>(position)].s; });
  }
  ClearAgain();
}

std::optional<KnownContract> NestedState::HeldBy(int32_t switcher) const {
  const int32_t position = held_[static_cast<size_t>(switcher)];
  if (position == kNone) return std::nullopt;
  return at(position);
}

void NestedState::Open(int32_t start) {
  if (std::exchange(open_[static_cast<size_t>(start)], 1) == 0) ClearAgain();
}

void NestedState::Close(int32_t start) {
  if (std::exchange(open_[static_cast<size_t>(start)], 0) == 1) ClearAgain();
}

int32_t NestedState::LoadOf(int32_t start) const {
  const auto p = static_cast<size_t>(start);
  return static_cast<int32_t>(by_start_[p].size()) + room_.participants[p];
}

void NestedState::ClearAgain() {
  held_.assign(wishes_.size(), kNone);
  by_vacancy_.assign(room_.openings.size(), {});
  by_start_.assign(open_.size(), {});
  std::vector<size_t> next(wishes_.size(), 0);
  std::vector<int32_t> free;
  for (size_t s = wishes_.size(); s-- > 0;) free.push_back(static_cast<int32_t>(s));
  while (!free.empty()) {
    const int32_t switcher = free.back();
    const auto s = static_cast<size_t>(switcher);
    if (next[s] == wishes_[s].size()) {
      free.pop_back();
      continue;
    }
    const int32_t position = wishes_[s][next[s]++];
    const int32_t start = at(position).start;
    if (start != kNone && !IsOpen(start)) continue;
    const int32_t rejected = Propose(position);
    if (rejected == position) continue;
    free.pop_back();
    if (rejected != kNone) free.push_back(at(rejected).switcher);
  }
  total_score_ = 0;
  matched_ = 0;
  for (const int32_t position : held_) {
    if (position == kNone) continue;
    total_score_ += at(position).score;
    ++matched_;
  }
}

int32_t NestedState::Propose(int32_t position) {
  const KnownContract& contract = at(position);
  held_[static_cast<size_t>(contract.switcher)] = position;
  by_vacancy_[static_cast<size_t>(contract.vacancy)].push_back(position);
  if (contract.start != kNone) by_start_[static_cast<size_t>(contract.start)].push_back(position);

  // The inner party first: a seat that it frees is a seat of the outer party too.
  const bool start_first = nesting_ == Nesting::kStartsInVacancies;
  int32_t evicted = kNone;
  if (start_first && contract.start != kNone) evicted = EvictFromStart(contract.start);
  if (evicted == kNone) evicted = EvictFromVacancy(contract.vacancy);
  if (evicted == kNone && !start_first && contract.start != kNone) {
    evicted = EvictFromStart(contract.start);
  }
  if (evicted != kNone) Drop(evicted);
  return evicted;
}

int32_t NestedState::EvictFromVacancy(int32_t vacancy) const {
  const auto v = static_cast<size_t>(vacancy);
  const std::vector<int32_t>& held = by_vacancy_[v];
  if (held.size() <= static_cast<size_t>(room_.openings[v])) return kNone;
  return *std::ranges::max_element(
      held, {}, [this](int32_t position) { return ranks_[static_cast<size_t>(position)].v; });
}

int32_t NestedState::EvictFromStart(int32_t start) const {
  const auto p = static_cast<size_t>(start);
  const std::vector<int32_t>& held = by_start_[p];
  if (held.size() <= static_cast<size_t>(room_.places[p])) return kNone;
  return *std::ranges::max_element(
      held, {}, [this](int32_t position) { return ranks_[static_cast<size_t>(position)].p; });
}

void NestedState::Drop(int32_t position) {
  const KnownContract& contract = at(position);
  held_[static_cast<size_t>(contract.switcher)] = kNone;
  std::erase(by_vacancy_[static_cast<size_t>(contract.vacancy)], position);
  if (contract.start != kNone) std::erase(by_start_[static_cast<size_t>(contract.start)], position);
}

}  // namespace matchgo::scheduler::engine
