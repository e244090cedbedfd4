// What a clearing still has to decide: contracts that are neither settled nor hopeless, in the
// order in which they are taken.
//
// The order is that of places for `score`, and switcher by switcher for `priority`; taking the
// first that fits, again and again, is the mechanism in both cases. An index here is a position.
// Immutable. Test: tests/property/engine_cohort_property_test.cc
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/scheduler/engine/contracts.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler::engine {

struct LiveContract {
  int32_t switcher = 0;
  int32_t vacancy = 0;
  int32_t start = kNone;
  int32_t score = 0;
  int32_t place = 0;
};

// Positions grouped by party, ascending within each.
class Postings {
 public:
  // group[i] is the party of position i, or kNone.
  Postings(size_t parties, std::span<const int32_t> group);
  std::span<const int32_t> operator[](int32_t party) const;

 private:
  std::vector<uint32_t> begins_;
  std::vector<int32_t> positions_;
};

// What frozen contracts leave.
struct Room {
  Room(const Market& market, const Commitments& commitments);

  std::vector<uint8_t> settled;       // per switcher: holds a frozen contract
  std::vector<int32_t> openings;      // per vacancy
  std::vector<int32_t> places;        // per start
  std::vector<int32_t> participants;  // per start: frozen ones
};

enum class TakingOrder : uint8_t { kByPlace, kBySwitcher };

class LiveContracts {
 public:
  LiveContracts(const Market& market, const ContractTable& table, const Commitments& commitments,
                TakingOrder order);

  std::span<const LiveContract> all() const { return contracts_; }
  const LiveContract& at(int32_t position) const {
    return contracts_[static_cast<size_t>(position)];
  }
  const Room& room() const { return room_; }
  const Postings& of_switcher() const { return of_switcher_; }
  const Postings& of_vacancy() const { return of_vacancy_; }
  const Postings& of_start() const { return of_start_; }

 private:
  static std::vector<LiveContract> Select(const Market& market, const ContractTable& table,
                                          const Commitments& commitments, const Room& room,
                                          TakingOrder order);
  Postings GroupBy(size_t parties, int32_t LiveContract::*party) const;

  Room room_;
  std::vector<LiveContract> contracts_;
  Postings of_switcher_;
  Postings of_vacancy_;
  Postings of_start_;
};

}  // namespace matchgo::scheduler::engine
