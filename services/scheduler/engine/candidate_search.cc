#include "services/scheduler/engine/candidate_search.h"

#include <algorithm>

#include "common/base/check.h"
#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/score.h"
#include "services/scheduler/engine/vacancy_gate.h"

namespace matchgo::scheduler::engine {
namespace {

SearchTerms TermsOf(const Query& query) {
  return {.below = query.below,
          .above = query.above,
          .admission = query.admission,
          .declined = query.declined};
}

SearchTerms TermsOf(const PartyQuery& query) {
  return {.below = query.below,
          .above = query.above,
          .admission = query.admission,
          .asks_switcher = true,
          .asks_vacancy = query.vacancy == kNone,
          .asks_start = query.start == kNone,
          .declined = query.declined};
}

// Which rows of a box may want something at all.
auto Asked(const PartyQuery& query) {
  return [admission = query.admission](size_t box) {
    return admission == nullptr ? ~uint64_t{0} : admission->AskedIn(box);
  };
}

bool IsNear(const SwitcherRow& row, int32_t x, int32_t y) {
  return DistanceSquared(row.x, row.y, x, y) <= int64_t{row.max_dist} * row.max_dist;
}

}  // namespace

CandidateSearch::CandidateSearch(const CandidateIndex& index, SimdLevel level) : index_(index) {
  if (!index.market().bare) persons_ = std::make_unique<PersonSearch>(index, level);
}
CandidateSearch::~CandidateSearch() = default;

const SearchCounts& CandidateSearch::counts() const {
  CHECK(persons_ != nullptr);
  return persons_->counts();
}

Found CandidateSearch::Best(const Query& query) {
  if (persons_ != nullptr) return persons_->Best(query);
  CHECK(query.prices == nullptr);
  return BestGiven(index_.GivenToSwitcher(query.person.switcher), query.limit, TermsOf(query),
                   [](const Contract&) { return true; });
}

Found CandidateSearch::BestFor(const PartyQuery& query) {
  CHECK(query.vacancy != kNone || query.start != kNone);
  if (persons_ == nullptr) {
    return BestGiven(query.vacancy != kNone ? index_.GivenToVacancy(query.vacancy)
                                            : index_.GivenToStart(query.start),
                     query.limit, TermsOf(query), [&query](const Contract& c) {
                       return query.start == kNone || c.start == query.start;
                     });
  }
  persons_->BeginFocus(FocusOf(query), TermsOf(query), query.limit);
  if (query.vacancy != kNone) {
    VisitForVacancy(query);
  } else {
    VisitForStart(query);
  }
  return persons_->Take();
}

Found CandidateSearch::BestAmong(const PartyQuery& query, std::span<const BoundedSwitcher> people) {
  CHECK(query.vacancy != kNone && persons_ != nullptr);
  persons_->BeginFocus(FocusOf(query), TermsOf(query), query.limit);
  for (const BoundedSwitcher& answer : people) {
    if (answer.bound < persons_->threshold()) {
      persons_->LeaveOut();
      break;
    }
    VisitSwitcher(query, answer.switcher, answer.bound);
  }
  return persons_->Take();
}

template <class Matches>
Found CandidateSearch::BestGiven(std::span<const int32_t> given, int limit,
                                 const SearchTerms& terms, const Matches& matches) {
  CHECK(limit > 0);
  Found found;
  for (const int32_t i : given) {
    const FeasibleContract& contract = index_.given()[static_cast<size_t>(i)];
    if (!matches(contract.contract) || !terms.Admit(contract)) continue;
    if (found.best.size() == static_cast<size_t>(limit)) {
      found.more = true;
      break;
    }
    found.best.push_back(contract);
  }
  return found;
}

Focus CandidateSearch::FocusOf(const PartyQuery& query) const {
  const VacancyGroups& groups = index_.groups();
  Focus focus;
  if (query.start != kNone) {
    focus.start_slot = groups.slot_of_start[static_cast<size_t>(query.start)];
  }
  if (query.vacancy != kNone) {
    focus.vacancy_slot = groups.slot_of[static_cast<size_t>(query.vacancy)];
    focus.groups = {groups.GroupOf(focus.vacancy_slot)};
    return focus;
  }
  const std::span<const int32_t> served = index_.market().start_occupations[query.start];
  for (size_t g = 0; g < groups.groups.size(); ++g) {
    if (std::ranges::binary_search(served, groups.groups[g].occupation)) {
      focus.groups.push_back(static_cast<int32_t>(g));
    }
  }
  return focus;
}

// Everybody around the vacancy who may take it, whoever may score most first: that makes the list
// hard to get into for the others.
void CandidateSearch::VisitForVacancy(const PartyQuery& query) {
  const VacancyGate gate(index_, query.vacancy);
  const Vacancy& vacancy = index_.market().vacancy(query.vacancy);
  const std::span<const SwitcherRow> rows = index_.switchers().rows();
  // Whoever wants only what scores more has nothing below it.
  const int32_t most = query.below ? query.below->score : Door::kShutFloor;
  const auto asked = [&](size_t box) {
    const uint64_t left = query.admission == nullptr ? ~uint64_t{0} : query.admission->AskedIn(box);
    return left == 0 ? 0 : left & gate.MayQualify(box);
  };
  bounded_.clear();
  index_.switchers().ForEachNear(vacancy.x, vacancy.y, false, asked, [&](size_t r) {
    if (query.admission != nullptr && query.admission->row_floor(r) > most) return;
    if (gate.MayTake(rows[r])) bounded_.emplace_back(gate.BoundOf(r), rows[r].switcher);
  });
  std::ranges::sort(bounded_, std::ranges::greater());
  for (const auto& [bound, switcher] : bounded_) {
    if (bound < persons_->threshold()) {
      persons_->LeaveOut();
      return;
    }
    VisitSwitcher(query, switcher, bound - gate.Unwished(switcher));
  }
}

void CandidateSearch::VisitForStart(const PartyQuery& query) {
  const Start& start = index_.market().start(query.start);
  const auto& weights = index_.weights().of;
  constexpr auto kWhole = static_cast<int32_t>(kPartMax);
  const std::span<const SwitcherRow> rows = index_.switchers().rows();
  const int32_t most = query.below ? query.below->score : Door::kShutFloor;
  index_.switchers().ForEachNear(start.x, start.y, start.online, Asked(query), [&](size_t r) {
    if (query.admission != nullptr && query.admission->row_floor(r) > most) return;
    const SwitcherRow& row = rows[r];
    if (row.level < start.entry_level || row.available > start.begins ||
        !(start.online || IsNear(row, start.x, start.y))) {
      return;
    }
    const int32_t bound = weights[kTime] * TimePart(int64_t{start.begins} - row.available) +
                          (1000 - weights[kTime]) * kWhole;
    VisitSwitcher(query, row.switcher, bound);
  });
}

// `bound`: she scores no more.
void CandidateSearch::VisitSwitcher(const PartyQuery& query, int32_t switcher, int32_t bound) {
  if (query.admission != nullptr && bound < query.admission->switcher_floor(switcher)) return;
  if (bound < persons_->threshold()) {
    persons_->LeaveOut();
    return;
  }
  persons_->Visit(PersonOf(index_.market(), switcher));
}

}  // namespace matchgo::scheduler::engine
