#include "services/scheduler/engine/exact_state.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "common/base/check.h"
#include "services/scheduler/engine/person.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr auto kBeforeAll = KnownContracts::kBeforeAll;
constexpr auto kBehindAll = KnownContracts::kBehindAll;

// A search for a start costs about as much as this many for a switcher.
constexpr size_t kStartCost = 30;

bool ListsAll(const Market& market, const SearchSizes& sizes) {
  return market.bare || int64_t{market.switcher_count()} * market.vacancy_count() <= sizes.list_all;
}

}  // namespace

ExactState::ExactState(const CandidateIndex& index, const Commitments& commitments,
                       TakingOrder order, const SearchSizes& sizes, Parallel& parallel,
                       const ClearObserver& observer)
    : index_(index),
      market_(index.market()),
      sizes_(sizes),
      parallel_(parallel),
      observer_(observer),
      declined_(commitments.declined),
      known_(market_, order),
      state_(market_, known_, Room(market_, commitments)),
      crowds_(index, parallel),
      lists_all_(ListsAll(market_, sizes)),
      reach_(market_.switchers.size(), kBeforeAll),
      first_reach_(market_.switchers.size(), kBeforeAll),
      has_contract_(market_.switchers.size(), 0),
      vacancy_lines_(market_.vacancies.size(), kBehindAll),
      start_lines_(market_.starts.size(), kBehindAll),
      admission_(index),
      noted_switchers_(market_.switchers.size()),
      noted_vacancies_(market_.vacancies.size()),
      noted_starts_(market_.starts.size()) {
  for (int lane = 0; lane < parallel.lanes(); ++lane) {
    lanes_.push_back(std::make_unique<CandidateSearch>(index));
  }
  if (market_.bare) {
    ListGiven();
  } else {
    FindFirst();
  }
  TakeAllThatFit();
  if (lists_all_) return;
  NoteEverybody();
  Complete();
}

void ExactState::ListGiven() {
  std::vector<KnownContract> given;
  given.reserve(index_.given().size());
  for (const FeasibleContract& contract : index_.given()) {
    if (!std::ranges::binary_search(declined_, contract.contract)) given.push_back(Known(contract));
  }
  known_.Append(given);
}

// Ids change: whoever keeps some takes the new ones.
void ExactState::TakeAllThatFit() {
  const std::vector<Id> new_ids = known_.Arrange();
  for (std::vector<Id>* ids : {&reach_, &first_reach_, &vacancy_lines_, &start_lines_}) {
    for (Id& id : *ids) {
      if (id < new_ids.size()) id = new_ids[id];
    }
  }
  state_.TakeAllThatFit(new_ids);
}

void ExactState::Report(const char* phase, size_t done, size_t of) const {
  if (!observer_) return;
  observer_(phase, static_cast<int64_t>(done), static_cast<int64_t>(of));
}

std::optional<KnownContract> ExactState::HeldBy(int32_t switcher) const {
  const Id held = state_.HeldBy(switcher);
  if (held == kBehindAll) return std::nullopt;
  return known_.at(held);
}

void ExactState::Open(int32_t start) {
  state_.Open(start);
  noted_starts_.Add(start);
  Complete();
}

void ExactState::Close(int32_t start) {
  state_.Close(start);
  Complete();
}

void ExactState::Refuse(const Contract& contract) {
  const auto at = std::ranges::lower_bound(declined_, contract);
  if (at != declined_.end() && *at == contract) return;
  declined_.insert(at, contract);
  for (const Id id : known_.OfSwitcher(contract.switcher)) {
    if (known_.at(id).contract() != contract) continue;
    state_.Refuse(id);
    break;
  }
  Complete();
}

void ExactState::SetOpenings(int32_t vacancy, int32_t room) {
  state_.SetOpenings(vacancy, room);
  noted_vacancies_.Add(vacancy);
  Complete();
}

void ExactState::SetPlaces(int32_t start, int32_t room) {
  state_.SetPlaces(start, room);
  noted_starts_.Add(start);
  Complete();
}

void ExactState::SetSeat(int32_t switcher, int32_t room) {
  state_.SetSeat(switcher, room);
  noted_switchers_.Add(switcher);
  Complete();
}

void ExactState::Freeze(int32_t switcher) { state_.Freeze(state_.HeldBy(switcher)); }

StableState::Mark ExactState::BeginTrial() {
  CHECK(flips_seen_ == state_.flips().size());
  ++trials_;
  return state_.Here();
}

void ExactState::UndoTrial(const StableState::Mark& mark) {
  state_.GoBackTo(mark);
  flips_seen_ = state_.flips().size();
  KeepTrial();
}

void ExactState::KeepTrial() {
  CHECK(trials_ > 0);
  if (--trials_ == 0) ForgetFlips();
}

void ExactState::ForgetFlips() {
  state_.ForgetFlips();
  flips_seen_ = 0;
}

void ExactState::Complete() {
  if (!lists_all_) {
    for (;;) {
      Asking asking = Gather();
      if (asking.switchers.empty() && asking.vacancies.empty() && asking.starts.empty()) break;
      if (WorthStartingOver(asking)) {
        StartOver();
        continue;
      }
      if (trials_ == 0 && asking.switchers.size() >= sizes_.many) {
        DrawLines(sizes_.spare_at_vacancy, sizes_.spare_at_start);
      }
      if (trials_ == 0) Report("further searches", asking.switchers.size(), reach_.size());
      // One after the other: what two reasons hide must be found by the second that ceases.
      searches_.further += static_cast<int64_t>(asking.switchers.size());
      ExtendSwitchers(std::move(asking.switchers), sizes_.more, /*beyond_held=*/false);
      ExtendVacancies(asking.vacancies, sizes_.more);
      ExtendStarts(asking.starts);
    }
  }
  flips_seen_ = state_.flips().size();
  if (trials_ == 0) ForgetFlips();
}

// Everybody whom something happened to since the last time, if a reason ceased to hold.
ExactState::Asking ExactState::Gather() {
  for (; flips_seen_ < state_.flips().size(); ++flips_seen_) {
    const KnownContract& contract = known_.at(state_.flips()[flips_seen_]);
    noted_switchers_.Add(contract.switcher);
    noted_vacancies_.Add(contract.vacancy);
    if (contract.start != kNone) noted_starts_.Add(contract.start);
  }
  const auto take = [](Noted& noted, const auto& ceased) {
    for (const int32_t party : noted.parties) noted.flags[static_cast<size_t>(party)] = 0;
    std::vector<int32_t> parties = std::exchange(noted.parties, {});
    std::erase_if(parties, [&](int32_t party) { return !ceased(party); });
    std::ranges::sort(parties);
    return parties;
  };
  Asking asking;
  asking.switchers = take(noted_switchers_, [this](int32_t s) {
    return state_.HasSeat(s) && known_.Before(reach_[static_cast<size_t>(s)], state_.HeldBy(s));
  });
  asking.vacancies = take(noted_vacancies_, [this](int32_t v) {
    return known_.Before(vacancy_lines_[static_cast<size_t>(v)], state_.LimitOfVacancy(v));
  });
  asking.starts = take(noted_starts_, [this](int32_t p) {
    return known_.Before(start_lines_[static_cast<size_t>(p)], state_.LimitOfStart(p));
  });
  return asking;
}

void ExactState::Noted::Add(int32_t party) {
  if (std::exchange(flags[static_cast<size_t>(party)], 1) == 0) parties.push_back(party);
}

void ExactState::Noted::AddAll() {
  for (size_t party = 0; party < flags.size(); ++party) Add(static_cast<int32_t>(party));
}

void ExactState::NoteEverybody() {
  noted_switchers_.AddAll();
  noted_vacancies_.AddAll();
  noted_starts_.AddAll();
}

// Searching for every party that takes more than it did costs more than asking everybody whose
// list was filtered by lines once again.
bool ExactState::WorthStartingOver(const Asking& asking) const {
  if (trials_ > 0) return false;
  const size_t cost = asking.vacancies.size() + kStartCost * asking.starts.size();
  return cost >= sizes_.many_parties && cost > extended_.size();
}

void ExactState::StartOver() {
  ++searches_.fresh_lines;
  for (const int32_t s : extended_) {
    const auto i = static_cast<size_t>(s);
    reach_[i] = first_reach_[i];
    admission_.SetSwitcher(s, Door::Shut());
  }
  extended_.clear();
  for (int32_t v = 0; v < market_.vacancy_count(); ++v) SetVacancyLine(v, kBehindAll);
  for (int32_t p = 0; p < market_.start_count(); ++p) SetStartLine(p, kBehindAll);
  DrawLines(sizes_.spare_at_vacancy, sizes_.spare_at_start);
  NoteEverybody();
}

// A line lets searches pass by all that a party would refuse. It is drawn a little behind what the
// party holds now: one that loses somebody then takes the next without a search of its own.
KnownContracts::Id ExactState::FreshLine(Id limit, std::span<const Id> list, size_t spare) const {
  if (limit == kBeforeAll || limit == kBehindAll) return limit;
  const auto behind =
      std::ranges::partition_point(list, [&](Id id) { return !known_.Before(limit, id); });
  if (static_cast<size_t>(list.end() - behind) < spare) return kBehindAll;
  return spare == 0 ? limit : behind[static_cast<std::ptrdiff_t>(spare) - 1];
}

void ExactState::DrawLines(size_t spare_at_vacancy, size_t spare_at_start) {
  if (filter() == nullptr) return;
  ++searches_.fresh_lines;
  for (int32_t v = 0; v < market_.vacancy_count(); ++v) {
    const Id line = FreshLine(state_.LimitOfVacancy(v), known_.OfVacancy(v), spare_at_vacancy);
    if (known_.Before(line, vacancy_lines_[static_cast<size_t>(v)])) SetVacancyLine(v, line);
  }
  for (int32_t p = 0; p < market_.start_count(); ++p) {
    // A closed one will be tried again: what is found of it now spares a search for it.
    if (!state_.IsOpen(p)) continue;
    const Id line = FreshLine(state_.LimitOfStart(p), known_.OfStart(p), spare_at_start);
    if (known_.Before(line, start_lines_[static_cast<size_t>(p)])) SetStartLine(p, line);
  }
}

// Few are put in their places; for many everything is arranged and cleared again.
void ExactState::Learn(std::span<const KnownContract> found) {
  if (trials_ > 0 || found.size() < sizes_.many || found.size() < known_.size() / 8) {
    std::vector<Id> added;
    for (const KnownContract& contract : found) {
      if (!known_.Find(contract)) added.push_back(known_.Insert(contract));
    }
    state_.Learn(added);
    return;
  }
  std::vector<KnownContract> fresh;
  for (const KnownContract& contract : found) {
    if (!known_.Find(contract)) fresh.push_back(contract);
  }
  const auto order = [](const KnownContract& c) { return c.contract(); };
  std::ranges::sort(fresh, {}, order);
  fresh.erase(std::unique(fresh.begin(), fresh.end()), fresh.end());
  known_.Append(fresh);
  TakeAllThatFit();
  flips_seen_ = 0;
  NoteEverybody();
}

void ExactState::SetReach(int32_t s, Id reach) {
  const auto i = static_cast<size_t>(s);
  if (reach_[i] == first_reach_[i] && reach != first_reach_[i]) extended_.push_back(s);
  reach_[i] = reach;
  if (filter() != nullptr) admission_.SetSwitcher(s, DoorAt(reach));
}

void ExactState::SetVacancyLine(int32_t v, Id line) {
  vacancy_lines_[static_cast<size_t>(v)] = line;
  admission_.SetVacancy(v, DoorAt(line));
}

void ExactState::SetStartLine(int32_t p, Id line) {
  start_lines_[static_cast<size_t>(p)] = line;
  admission_.SetStart(p, DoorAt(line));
}

Door ExactState::DoorAt(Id line) const {
  if (line == kBeforeAll) return Door::Shut();
  return line == kBehindAll ? Door::Open() : Door::Full(known_.PlaceOf(line));
}

std::optional<Place> ExactState::PlaceAt(Id id) const {
  if (id == kBeforeAll || id == kBehindAll) return std::nullopt;
  return known_.PlaceOf(id);
}

}  // namespace matchgo::scheduler::engine
