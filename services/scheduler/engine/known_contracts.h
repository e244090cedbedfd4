// KnownContracts: the contracts that searches have found so far, ordered for every party.
//
// The order is the one in which a mechanism takes contracts: by place for `score`, switcher by
// switcher for `priority`; taking the first that fits, again and again, is the mechanism in both
// cases. Those arranged last have ids in the order, so that comparing them is comparing ids. 16
// bytes a contract and 4 for each party's list. Contracts are only ever added. Not thread-safe.
// Test: tests/property/engine_state_property_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/party_lists.h"
#include "services/scheduler/engine/place.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

struct KnownContract {
  int32_t switcher = 0;
  int32_t vacancy = 0;
  int32_t start = kNone;
  int32_t score = 0;

  Contract contract() const { return {switcher, vacancy, start}; }
  friend bool operator==(const KnownContract&, const KnownContract&) = default;
};

inline KnownContract Known(const FeasibleContract& c) {
  return {c.contract.switcher, c.contract.vacancy, c.contract.start, c.score};
}

enum class TakingOrder : uint8_t { kByPlace, kBySwitcher };

class KnownContracts {
 public:
  using Id = PartyLists::Id;
  // Not contracts but marks in the order: before and behind all of them.
  static constexpr Id kBeforeAll = UINT32_MAX - 1;
  static constexpr Id kBehindAll = UINT32_MAX;

  KnownContracts(const Market& market, TakingOrder order);

  size_t size() const { return contracts_.size(); }
  const KnownContract& at(Id id) const { return contracts_[id]; }
  Place PlaceOf(Id id) const;
  TakingOrder order() const { return order_; }

  // Whether a is taken before b; both may be marks.
  bool Before(Id a, Id b) const {
    return a < arranged_ && b < arranged_ ? a < b : BeforeUnarranged(a, b);
  }
  // Ids of a party, in the order.
  std::span<const Id> OfSwitcher(int32_t s) const { return of_switcher_[s]; }
  std::span<const Id> OfVacancy(int32_t v) const { return of_vacancy_[v]; }
  std::span<const Id> OfStart(int32_t p) const { return of_start_[p]; }
  std::optional<Id> Find(const KnownContract& contract) const;

  // Adds many at once: Append them all, then Arrange, which gives all ids anew, in the order, and
  // returns for each old id its new one. REQUIRES: none is known yet, none twice.
  void Append(std::span<const KnownContract> contracts);
  std::vector<Id> Arrange();
  // Adds one into lists that are arranged. REQUIRES: not known yet.
  Id Insert(const KnownContract& contract);

 private:
  bool BeforeUnarranged(Id a, Id b) const;
  bool Before(const KnownContract& a, const KnownContract& b) const;
  std::vector<Id> InOrder() const;
  std::vector<Id> InScoreBuckets() const;
  void InsertInto(PartyLists& lists, int32_t party, Id id);

  const TakingOrder order_;
  const Lottery lottery_;
  std::vector<int32_t> turns_;  // per switcher; empty when places alone decide
  std::vector<KnownContract> contracts_;
  Id arranged_ = 0;  // ids below it are in the order
  PartyLists of_switcher_;
  PartyLists of_vacancy_;
  PartyLists of_start_;
};

}  // namespace matchgo::scheduler::engine
