#include "services/scheduler/engine/checker_clearing.h"

#include <algorithm>
#include <set>
#include <utility>

namespace matchgo::scheduler::engine {
namespace {

class PlainClearing {
 public:
  PlainClearing(const Market& market, const std::vector<CheckedContract>& list,
                const std::vector<size_t>& rows, const SettledRows& settled)
      : market_(market), list_(list), rows_(rows), settled_(settled) {
    result_.held.assign(market.switchers.size(), -1);
    result_.participants.assign(market.starts.size(), 0);
    for (const Vacancy& vacancy : market.vacancies) openings_.push_back(vacancy.openings);
    for (const Start& start : market.starts) places_.push_back(start.capacity);
    for (const size_t i : settled.frozen) Hold(i);
  }

  CheckedClearing BestFirst() {
    for (const size_t i : rows_) {
      if (Available(i) && HasRoom(i)) Hold(i);
    }
    return std::move(result_);
  }

  // Rounds of offers: everybody without a contract offers her next one, then the outer parties
  // choose from all offers made so far. What was given up is never offered again.
  CheckedClearing Offers() {
    std::vector<std::vector<size_t>> wishes(market_.switchers.size());
    for (const size_t i : rows_) {
      if (Available(i)) wishes[static_cast<size_t>(list_[i].contract.switcher)].push_back(i);
    }
    for (auto& mine : wishes) {
      std::ranges::sort(mine, {}, [this](size_t i) { return list_[i].rank_s; });
    }
    const bool starts_outer = StartsAreOuter();
    std::vector<size_t> next(wishes.size(), 0);
    std::set<size_t> offers;
    std::set<size_t> chosen;
    for (bool more = true; more;) {
      more = false;
      std::set<int32_t> placed;
      for (const size_t i : chosen) placed.insert(list_[i].contract.switcher);
      for (size_t s = 0; s < wishes.size(); ++s) {
        if (placed.contains(static_cast<int32_t>(s)) || next[s] == wishes[s].size()) continue;
        offers.insert(wishes[s][next[s]++]);
        more = true;
      }
      chosen = Choose(offers, starts_outer);
    }
    for (const size_t i : chosen) Hold(i);
    return std::move(result_);
  }

 private:
  bool Available(size_t i) const {
    return result_.held[static_cast<size_t>(list_[i].contract.switcher)] < 0 &&
           settled_.declined[i] == 0;
  }

  bool HasRoom(size_t i) const {
    const Contract& contract = list_[i].contract;
    return openings_[static_cast<size_t>(contract.vacancy)] > 0 &&
           (contract.direct() || places_[static_cast<size_t>(contract.start)] > 0);
  }

  void Hold(size_t i) {
    const Contract& contract = list_[i].contract;
    result_.held[static_cast<size_t>(contract.switcher)] = static_cast<int64_t>(i);
    result_.total_score += list_[i].score;
    --openings_[static_cast<size_t>(contract.vacancy)];
    if (contract.direct()) return;
    --places_[static_cast<size_t>(contract.start)];
    ++result_.participants[static_cast<size_t>(contract.start)];
  }

  // Vacancies within starts when every vacancy has one start, otherwise the reverse.
  bool StartsAreOuter() const {
    std::set<std::pair<int32_t, int32_t>> pairs;
    std::set<int32_t> vacancies;
    bool agree = true;
    for (const CheckedContract& a : list_) {
      pairs.emplace(a.contract.vacancy, a.contract.start);
      vacancies.insert(a.contract.vacancy);
      for (const CheckedContract& b : list_) {
        const bool same = !a.contract.direct() && a.contract.vacancy == b.contract.vacancy &&
                          a.contract.start == b.contract.start;
        agree = agree && (!same || (a.rank_v < b.rank_v) == (a.rank_p < b.rank_p));
      }
    }
    return agree && pairs.size() == vacancies.size();
  }

  std::set<size_t> Choose(const std::set<size_t>& offers, bool starts_outer) const {
    std::vector<size_t> order(offers.begin(), offers.end());
    // Within one outer party by its ranks; parties do not touch each other.
    std::ranges::sort(order, {}, [&](size_t i) {
      const CheckedContract& offer = list_[i];
      const bool by_start = starts_outer && !offer.contract.direct();
      return std::pair(by_start ? offer.rank_p : offer.rank_v, i);
    });
    std::vector<int64_t> openings = openings_;
    std::vector<int64_t> places = places_;
    std::set<size_t> chosen;
    for (const size_t i : order) {
      const Contract& contract = list_[i].contract;
      int64_t& opening = openings[static_cast<size_t>(contract.vacancy)];
      int64_t* place = contract.direct() ? nullptr : &places[static_cast<size_t>(contract.start)];
      if (opening <= 0 || (place != nullptr && *place <= 0)) continue;
      --opening;
      if (place != nullptr) --*place;
      chosen.insert(i);
    }
    return chosen;
  }

  const Market& market_;
  const std::vector<CheckedContract>& list_;
  const std::vector<size_t>& rows_;
  const SettledRows& settled_;
  std::vector<int64_t> openings_;
  std::vector<int64_t> places_;
  CheckedClearing result_;
};

}  // namespace

CheckedClearing ClearPlainly(const Market& market, const std::vector<CheckedContract>& list,
                             const std::vector<size_t>& rows, const SettledRows& settled,
                             const std::string& mechanism) {
  PlainClearing clearing(market, list, rows, settled);
  return mechanism == "nested" ? clearing.Offers() : clearing.BestFirst();
}

CheckedOpening OpenPlainly(const Market& market, const std::vector<CheckedContract>& list,
                           const std::vector<size_t>& rows, const SettledRows& settled,
                           const std::string& mechanism, int32_t start, int64_t total) {
  const CheckedClearing with = ClearPlainly(market, list, rows, settled, mechanism);
  CheckedOpening opening{.known = true,
                         .load = with.participants[static_cast<size_t>(start)],
                         .gained = with.total_score - total,
                         .minima_kept = true};
  for (int32_t p = 0; p < market.start_count(); ++p) {
    const int64_t load = with.participants[static_cast<size_t>(p)];
    const bool short_of = load > 0 && load < market.start(p).min;
    // One with somebody frozen runs whatever its minimum.
    if (short_of && std::ranges::none_of(settled.frozen,
                                         [&](size_t i) { return list[i].contract.start == p; })) {
      opening.minima_kept = false;
    }
  }
  return opening;
}

}  // namespace matchgo::scheduler::engine
