// The searching half of ExactState: first lists, and more for whoever needs more.
#include <algorithm>
#include <limits>

#include "services/scheduler/engine/exact_state.h"
#include "services/scheduler/engine/person.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr auto kBehindAll = KnownContracts::kBehindAll;

// Switchers whose lists are gathered before they are stored: bounds what is in memory twice.
constexpr size_t kChunk = size_t{1} << 16U;
constexpr size_t kGrain = 64;

std::vector<KnownContract> KnownOf(const Found& found) {
  std::vector<KnownContract> known;
  known.reserve(found.best.size());
  for (const FeasibleContract& contract : found.best) known.push_back(Known(contract));
  return known;
}

}  // namespace

// Turn by turn, as what the first hold tells the others what is not worth looking at.
void ExactState::FindFirst() {
  const std::vector<std::vector<int32_t>> turns = Turns();
  for (size_t turn = 0; turn < turns.size(); ++turn) {
    if (turn > 0) {
      TakeAllThatFit();
      DrawLines(sizes_.spare_between_turns, sizes_.spare_between_turns);
    }
    FindFirst(turns[turn], turn > 0);
  }
}

// Neighbours one after the other: they look at the same vacancies, which are in the cache then.
// Drawn by lottery, so that every part of the market has its share of each turn.
std::vector<std::vector<int32_t>> ExactState::Turns() const {
  const bool one = lists_all_ || filter() == nullptr;
  std::vector<std::vector<int32_t>> turns(one ? 1 : sizes_.turn_ends.size());
  for (const SwitcherRow& row : index_.switchers().rows()) {
    size_t turn = 0;
    if (!one) {
      const uint64_t drawn = PersonOf(market_, row.switcher).lottery >> 56U;
      while (drawn >= sizes_.turn_ends[turn]) ++turn;
    }
    turns[turn].push_back(row.switcher);
  }
  return turns;
}

void ExactState::Search(std::span<const Query> queries, std::span<Found> found) {
  if (!lists_all_ && queries.size() >= sizes_.many) {
    crowds_.Search(queries, found);
    return;
  }
  parallel_.For(queries.size(), kGrain, [&](int lane, size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) found[i] = SearchOf(lane).Best(queries[i]);
  });
}

void ExactState::FindFirst(std::span<const int32_t> people, bool filtered) {
  const int limit = lists_all_ ? std::numeric_limits<int>::max() : sizes_.first;
  std::vector<Query> queries;
  std::vector<Found> lists;
  for (size_t begin = 0; begin < people.size(); begin += kChunk) {
    const size_t size = std::min(kChunk, people.size() - begin);
    queries.assign(size, {});
    lists.assign(size, {});
    for (size_t i = 0; i < size; ++i) {
      queries[i].person = PersonOf(market_, people[begin + i]);
      queries[i].limit = limit;
      queries[i].declined = declined_;
      if (filtered) queries[i].admission = filter();
    }
    Search(queries, lists);
    for (size_t i = 0; i < size; ++i) {
      known_.Append(KnownOf(lists[i]));
      const int32_t s = people[begin + i];
      has_contract_[static_cast<size_t>(s)] = lists[i].any ? 1 : 0;
      const Id reach = lists[i].more ? static_cast<Id>(known_.size() - 1) : kBehindAll;
      if (filtered) {
        extended_.push_back(s);
      } else {
        first_reach_[static_cast<size_t>(s)] = reach;
      }
      reach_[static_cast<size_t>(s)] = reach;
    }
    searches_.first += static_cast<int64_t>(size);
    Report("candidates", static_cast<size_t>(searches_.first), market_.switchers.size());
  }
  if (lists_all_ || filter() == nullptr) return;
  // Only lists that were filtered by lines can lack what a line was in the way of.
  for (const int32_t s : people) {
    admission_.SetSwitcher(s, filtered ? DoorAt(reach_[static_cast<size_t>(s)]) : Door::Shut());
  }
}

// Goes on behind the reach of people, as far as something may be better than what they hold, or
// beyond that as if they held nothing.
void ExactState::ExtendSwitchers(std::vector<int32_t> asking, int limit, bool beyond_held) {
  if (asking.empty()) return;
  // Neighbours one after the other, as in FindFirst.
  if (!market_.bare) {
    std::ranges::sort(asking, {}, [this](int32_t s) { return index_.switchers().RowOf(s); });
  }
  std::vector<Query> queries(asking.size());
  for (size_t i = 0; i < asking.size(); ++i) {
    Query& query = queries[i];
    query.person = PersonOf(market_, asking[i]);
    query.limit = limit;
    query.below = PlaceAt(reach_[static_cast<size_t>(asking[i])]);
    if (!beyond_held) query.above = PlaceAt(state_.HeldBy(asking[i]));
    query.admission = filter();
    query.declined = declined_;
  }
  std::vector<Found> lists(asking.size());
  Search(queries, lists);
  std::vector<Id> ends;  // where nothing more is left
  ends.reserve(asking.size());
  std::vector<KnownContract> found;
  for (size_t i = 0; i < asking.size(); ++i) {
    ends.push_back(beyond_held ? kBehindAll : state_.HeldBy(asking[i]));
    const std::vector<KnownContract> best = KnownOf(lists[i]);
    found.insert(found.end(), best.begin(), best.end());
    if (lists[i].any) has_contract_[static_cast<size_t>(asking[i])] = 1;
  }
  Learn(found);
  for (size_t i = 0; i < asking.size(); ++i) {
    SetReach(asking[i], lists[i].more ? *known_.Find(Known(lists[i].best.back())) : ends[i]);
    noted_switchers_.Add(asking[i]);
  }
}

void ExactState::ExtendVacancies(const std::vector<int32_t>& asking, int limit) {
  std::vector<PartyQuery> queries;
  queries.reserve(asking.size());
  for (const int32_t v : asking) {
    queries.push_back(
        {.vacancy = v, .limit = limit, .below = PlaceAt(vacancy_lines_[static_cast<size_t>(v)])});
  }
  searches_.vacancies += static_cast<int64_t>(asking.size());
  const std::vector<Id> lines = Ask(queries);
  for (size_t i = 0; i < asking.size(); ++i) {
    SetVacancyLine(asking[i], lines[i]);
    noted_vacancies_.Add(asking[i]);
  }
}

void ExactState::ExtendStarts(const std::vector<int32_t>& asking) {
  std::vector<PartyQuery> queries;
  queries.reserve(asking.size());
  for (const int32_t p : asking) {
    queries.push_back({.start = p,
                       .limit = sizes_.more + 2 * market_.start(p).capacity,
                       .below = PlaceAt(start_lines_[static_cast<size_t>(p)])});
  }
  searches_.starts += static_cast<int64_t>(asking.size());
  const std::vector<Id> lines = Ask(queries);
  for (size_t i = 0; i < asking.size(); ++i) {
    SetStartLine(asking[i], lines[i]);
    noted_starts_.Add(asking[i]);
  }
}

// Searches for parties; how far each is known afterwards.
std::vector<KnownContracts::Id> ExactState::Ask(std::vector<PartyQuery>& queries) {
  std::vector<Found> answers(queries.size());
  for (PartyQuery& query : queries) {
    query.admission = &admission_;
    query.declined = declined_;
  }
  if (queries.size() >= sizes_.many_askers && queries.front().vacancy != kNone) {
    crowds_.Ask(queries, answers);
  } else {
    parallel_.For(queries.size(), 1, [&](int lane, size_t from, size_t to) {
      for (size_t i = from; i < to; ++i) answers[i] = SearchOf(lane).BestFor(queries[i]);
    });
  }
  std::vector<KnownContract> found;
  for (const Found& answer : answers) {
    for (const FeasibleContract& contract : answer.best) found.push_back(Known(contract));
  }
  Learn(found);
  std::vector<Id> lines;
  lines.reserve(answers.size());
  for (const Found& answer : answers) {
    lines.push_back(answer.more ? *known_.Find(Known(answer.best.back())) : kBehindAll);
  }
  return lines;
}

std::vector<int32_t> ExactState::Hopeless(std::span<const int32_t> switchers,
                                          std::span<const Contract> declined) {
  std::vector<int32_t> doubtful;
  for (const int32_t s : switchers) {
    const auto& list = known_.OfSwitcher(s);
    const bool any = std::ranges::any_of(list, [&](Id id) {
      return !std::ranges::binary_search(declined, known_.at(id).contract());
    });
    const auto first = std::ranges::lower_bound(declined, s, {}, &Contract::switcher);
    const bool has_declined = first != declined.end() && first->switcher == s;
    const bool seen = has_contract_[static_cast<size_t>(s)] != 0 && !has_declined;
    if (!any && (lists_all_ || !seen)) doubtful.push_back(s);
  }
  if (lists_all_) return doubtful;
  std::vector<uint8_t> has(doubtful.size(), 0);
  parallel_.For(doubtful.size(), kGrain, [&](int lane, size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) {
      Query query{.person = PersonOf(market_, doubtful[i]), .limit = 1};
      query.declined = declined;
      has[i] = SearchOf(lane).Best(query).best.empty() ? 0 : 1;
    }
  });
  std::vector<int32_t> hopeless;
  for (size_t i = 0; i < doubtful.size(); ++i) {
    if (has[i] == 0) hopeless.push_back(doubtful[i]);
  }
  return hopeless;
}

}  // namespace matchgo::scheduler::engine
