// MarketView: the market as the feeds tell it, without people, arranged for searching: what
// anybody could become, and where a seat is free.
//
// Immutable, so shared between threads; only the pool of search scratch behind a lock changes.
// Where nothing but seats changed, views share the market. Test:
// tests/unit/services/scheduler/suggest_test.cc
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "services/scheduler/domain/projection.h"
#include "services/scheduler/engine/admission.h"
#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/market.h"

namespace matchgo::scheduler {

// A market without switchers, with its index. Weights are the defaults.
class MarketOfNow {
 public:
  // Seats that are taken do not matter. Errors are the engine's.
  static StatusOr<std::shared_ptr<const MarketOfNow>> Make(const domain::MarketSources& sources);

  MarketOfNow(engine::Market built, const std::map<std::string, std::string>& stand_ins);
  MarketOfNow(const MarketOfNow&) = delete;
  MarketOfNow& operator=(const MarketOfNow&) = delete;

  const engine::Market& market() const { return market_; }
  const engine::CandidateIndex& index() const { return index_; }
  Day day() const { return Day::FromNumber(market_.today); }
  const std::set<std::string>& sectors() const { return sectors_; }
  // Occupations of the market that stand for the same one of the vocabulary have one kind.
  const std::vector<int32_t>& kinds() const { return kinds_; }
  // The occupation of the vocabulary that a vacancy is about.
  const std::string& OccupationOf(int32_t vacancy) const;

  // A search nobody else uses, given back when the lease ends.
  class Lease {
   public:
    explicit Lease(const MarketOfNow& of) : of_(of), search_(of.Take()) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { of_.Give(std::move(search_)); }
    engine::CandidateSearch& search() { return *search_; }

   private:
    const MarketOfNow& of_;
    std::unique_ptr<engine::CandidateSearch> search_;
  };

 private:
  std::unique_ptr<engine::CandidateSearch> Take() const;
  void Give(std::unique_ptr<engine::CandidateSearch> search) const;

  const engine::Market market_;
  const engine::CandidateIndex index_;
  std::set<std::string> sectors_;
  std::vector<std::string> occupations_;  // by kind
  std::vector<int32_t> kinds_;            // by occupation of the market
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<engine::CandidateSearch>> idle_;
};

// What a view was made of. Equal positions: the same market.
struct MarketPosition {
  int64_t vacancies = 0;  // of the feeds
  int64_t programmes = 0;
  Day day;
  Day offers_until;

  friend bool operator==(const MarketPosition&, const MarketPosition&) = default;
};

struct MarketView {
  std::shared_ptr<const MarketOfNow> now;
  std::shared_ptr<const engine::Admission> room;  // shut where no seat is free
  MarketPosition position;
};

// `taken`: by seat resource.
std::shared_ptr<const engine::Admission> RoomIn(const MarketOfNow& open,
                                                const std::map<std::string, int32_t>& taken);

}  // namespace matchgo::scheduler
