// ExactState: the one stable outcome against all feasible contracts, though few of them are known.
//
// It keeps, for every contract that nobody has found, a reason why it cannot matter: it lies behind
// her reach, behind a line that its vacancy or its start does not go beyond. Where a reason ceases
// to hold it searches; README.md has the proof. Works on the lanes of a Parallel; the outcome does
// not depend on them, on list lengths or on the order of searches. Not thread-safe. Test:
// tests/property/engine_state_property_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/clear_observer.h"
#include "services/scheduler/engine/cohort_state.h"
#include "services/scheduler/engine/crowd_searches.h"
#include "services/scheduler/engine/known_contracts.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/engine/room.h"
#include "services/scheduler/engine/stable_state.h"

namespace matchgo::scheduler::engine {

// How much to search at a time. The outcome of given open starts does not depend on it; which
// starts are opened may, where there are too many to try all sets.
struct SearchSizes {
  int first = 12;  // contracts of everybody to begin with
  int more = 16;   // each time that somebody or some party needs more
  // Switchers times vacancies up to which everything feasible is listed at once.
  int64_t list_all = int64_t{1} << 22U;
  // From so many searches at once on, lines are drawn anew at what parties hold now.
  size_t many = 4096;
  // From so many vacancies at once on, people are asked in crowds for all of them.
  size_t many_askers = 256;
  // From so many parties at once that take more than their lines on, everybody whose list was
  // filtered is asked again, if that is cheaper.
  size_t many_parties = 4096;
  // Of 256 people, how many have been asked after each turn of first lists. Who comes later is only
  // shown what those before leave. Not where everything is listed, nor where turns decide.
  std::array<uint32_t, 4> turn_ends = {32, 64, 128, 256};
  // Known contracts behind what a party holds that searches do not pass by: between turns few, as
  // those who are yet to come push its limit up.
  size_t spare_between_turns = 3;
  size_t spare_at_vacancy = 8;
  size_t spare_at_start = 160;
  // Contracts that Stock wants to know of: behind the last seat of a vacancy, and behind what a
  // switcher holds.
  int stock_at_vacancy = 2;
  int stock_of_switcher = 4;
};

// How often was searched.
struct SearchTally {
  int64_t first = 0;      // first lists of switchers
  int64_t further = 0;    // switchers who needed more
  int64_t vacancies = 0;  // that take more than they did
  int64_t starts = 0;
  int64_t fresh_lines = 0;  // times that all lines were drawn anew
  int64_t ahead = 0;        // switchers and vacancies that Stock searched for
};

class ExactState final : public CohortState {
 public:
  using Id = KnownContracts::Id;

  // All starts open. `index` and `parallel` must outlive this.
  ExactState(const CandidateIndex& index, const Commitments& commitments, TakingOrder order,
             const SearchSizes& sizes, Parallel& parallel, const ClearObserver& observer);
  ExactState(const ExactState&) = delete;
  ExactState& operator=(const ExactState&) = delete;

  void Open(int32_t start) override;
  void Close(int32_t start) override;
  bool IsOpen(int32_t start) const override { return state_.IsOpen(start); }
  int32_t LoadOf(int32_t start) const override { return state_.LoadOf(start); }
  int64_t total_score() const override { return state_.total_score(); }
  int64_t matched() const override { return state_.matched(); }
  std::optional<KnownContract> HeldBy(int32_t switcher) const override;

  // Closes on what is known only; Complete makes the outcome exact again.
  void CloseRoughly(int32_t start) { state_.Close(start); }
  void Complete();

  // Looks ahead, so that a change to come seldom has to search: whoever holds something is searched
  // until it is known what she would have without it, and every full vacancy until it is known who
  // would come next. Changes nothing else. For everybody it takes about as long as first lists.
  // REQUIRES: no trial.
  void Stock();
  void StockFor(std::vector<int32_t> switchers, std::vector<int32_t> vacancies);

  // Trials may be nested. What one changed is undone, what it learned stays. REQUIRES: in a trial
  // that is undone only starts are opened and closed, and each trial is ended by one of the two.
  StableState::Mark BeginTrial();
  void UndoTrial(const StableState::Mark& mark);
  void KeepTrial();

  // As in StableState, exact afterwards.
  void Refuse(const Contract& contract);
  void SetOpenings(int32_t vacancy, int32_t room);
  void SetPlaces(int32_t start, int32_t room);
  void SetSeat(int32_t switcher, int32_t room);
  void Freeze(int32_t switcher);
  void LetNobodyMove() { state_.LetNobodyMove(); }

  // Everything feasible is known, so nothing is ever searched.
  bool lists_all() const { return lists_all_; }
  // Those of them who have no feasible contract that is not declined.
  std::vector<int32_t> Hopeless(std::span<const int32_t> switchers,
                                std::span<const Contract> declined);
  const KnownContracts& known() const { return known_; }
  const StableState& state() const { return state_; }
  const SearchTally& searches() const { return searches_; }

 private:
  void ListGiven();
  void FindFirst();
  void FindFirst(std::span<const int32_t> people, bool filtered);
  std::vector<std::vector<int32_t>> Turns() const;
  void Search(std::span<const Query> queries, std::span<Found> found);
  void TakeAllThatFit();
  void Report(const char* phase, size_t done, size_t of) const;
  // Parties to look at, each once.
  struct Noted {
    explicit Noted(size_t count) : flags(count, 0) {}
    void Add(int32_t party);
    void AddAll();

    std::vector<int32_t> parties;
    std::vector<uint8_t> flags;
  };
  // Parties for which a reason ceased to hold, ascending.
  struct Asking {
    std::vector<int32_t> switchers;
    std::vector<int32_t> vacancies;
    std::vector<int32_t> starts;
  };

  Asking Gather();
  void NoteEverybody();
  void ForgetFlips();
  bool WorthStartingOver(const Asking& asking) const;
  void StartOver();
  void DrawLines(size_t spare_at_vacancy, size_t spare_at_start);
  Id FreshLine(Id limit, std::span<const Id> list, size_t spare) const;
  void ExtendSwitchers(std::vector<int32_t> asking, int limit, bool beyond_held);
  void ExtendVacancies(const std::vector<int32_t>& asking, int limit);
  void ExtendStarts(const std::vector<int32_t>& asking);
  std::vector<Id> Ask(std::vector<PartyQuery>& queries);
  void ReachNoFurtherThanHeld(std::span<const int32_t> switchers);
  bool KnowsWhatIsNext(int32_t switcher) const;
  bool KnowsWhoIsNext(int32_t vacancy) const;
  bool StartWouldTake(Id id) const;
  bool MaySoonClose(int32_t start) const;
  void Learn(std::span<const KnownContract> found);
  void SetReach(int32_t s, Id reach);
  void SetVacancyLine(int32_t v, Id line);
  void SetStartLine(int32_t p, Id line);
  Door DoorAt(Id line) const;
  std::optional<Place> PlaceAt(Id id) const;
  CandidateSearch& SearchOf(int lane) { return *lanes_[static_cast<size_t>(lane)]; }
  const Admission* filter() const {
    return known_.order() == TakingOrder::kByPlace ? &admission_ : nullptr;
  }

  const CandidateIndex& index_;
  const Market& market_;
  const SearchSizes sizes_;
  Parallel& parallel_;
  const ClearObserver observer_;
  std::vector<Contract> declined_;
  KnownContracts known_;
  StableState state_;
  std::vector<std::unique_ptr<CandidateSearch>> lanes_;
  CrowdSearches crowds_;
  bool lists_all_ = false;
  int trials_ = 0;
  SearchTally searches_;

  // An unknown contract (s, v, p) lies behind reach_[s], vacancy_lines_[v] or start_lines_[p].
  std::vector<Id> reach_;
  std::vector<Id> first_reach_;        // what she knows down to here was not filtered by lines
  std::vector<uint8_t> has_contract_;  // seen by a search, by switcher
  std::vector<int32_t> extended_;      // switchers with reach_ behind first_reach_, maybe twice
  std::vector<Id> vacancy_lines_;
  std::vector<Id> start_lines_;
  Admission admission_;  // the lines and reaches as searches see them

  // Whose reasons may have ceased to hold.
  size_t flips_seen_ = 0;
  Noted noted_switchers_;
  Noted noted_vacancies_;
  Noted noted_starts_;
};

}  // namespace matchgo::scheduler::engine
