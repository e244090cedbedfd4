// Why is this contract not hers, and why is that one: values that a program can check.
//
// A certificate names the first thing that stands in the way of one better contract, with the
// cut-off at the party that is full. Infeasible contracts are explained by Check (feasibility.h).
// A Certifier is immutable, so safe to share between threads. Test:
// tests/unit/services/scheduler/engine/clearing_test.cc,
// tests/property/engine_certificate_property_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/scheduler/engine/candidate_index.h"
#include "services/scheduler/engine/candidate_search.h"
#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/place.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

enum class WhyNot : uint8_t { kDeclined, kStartClosed, kVacancyFull, kStartFull };

std::string_view WhyNotName(WhyNot why);

// The worst non-frozen holding of a full party.
struct CutOff {
  int32_t score = 0;
  uint64_t key = 0;

  friend bool operator==(const CutOff&, const CutOff&) = default;
};

// How hard it was to get in on one side: the vacancies, or the starts that run.
struct CutOffs {
  int32_t parties = 0;          // vacancies with openings, starts that run
  std::vector<int32_t> scores;  // the cut-off of each that is full, ascending

  friend bool operator==(const CutOffs&, const CutOffs&) = default;
};

struct Certificate {
  FeasibleContract contract = {};
  WhyNot why = WhyNot::kDeclined;
  std::optional<CutOff> cut_off = {};
  // kStartClosed: participants if it alone were opened, and its minimum.
  int32_t load = 0;
  int32_t min = 0;
};

// Cut-offs of every vacancy and start, found once per clearing. Mechanism `score` only.
class Certifier {
 public:
  // REQUIRES: clearing.mechanism == kScore; the two belong together and outlive this.
  Certifier(const CandidateIndex& index, const Clearing& clearing);

  // One for every feasible contract above her own place, best first (all, if she has none).
  // Empty when her contract is frozen. `search` is of the same index.
  std::vector<Certificate> For(int32_t switcher, CandidateSearch& search) const;
  // Why this feasible contract is not its switcher's; nothing when it is, or when nothing stands
  // in the way (it then blocks, which the checker reports).
  std::optional<Certificate> Explain(const FeasibleContract& contract) const;
  CutOffs OfVacancies() const;
  CutOffs OfStarts() const;
  // The line of the certificates file, without the line feed.
  std::string Format(const Certificate& certificate) const;

 private:
  struct Party {
    int32_t taken = 0;
    int32_t worst = kNone;  // the worst non-frozen holding, by its number
  };
  void Hold(Party& party, int32_t holding);
  Place PlaceOfHolding(int32_t holding) const;
  bool Full(const Party& party, int32_t capacity, const Place& place) const;
  std::optional<CutOff> CutOffOf(const Party& party) const;
  void Count(const Party& party, int32_t capacity, CutOffs* counted) const;

  const CandidateIndex& index_;
  const Market& market_;
  const Clearing& clearing_;
  std::vector<Party> vacancies_;
  std::vector<Party> starts_;
  std::vector<int32_t> load_if_opened_;  // per start; of closed ones
};

// Every feasible contract of a switcher, best first, declined ones too. `above`: only what is
// better.
std::vector<FeasibleContract> ContractsOf(const Market& market, int32_t switcher,
                                          const std::optional<Place>& above,
                                          CandidateSearch& search);
// The contract with its plan, ready day and place, or nothing when it is not feasible.
std::optional<FeasibleContract> FindContract(const CandidateIndex& index, const Contract& contract);
// The place of a contract that is known to be feasible.
Place PlaceOf(const CandidateIndex& index, const KnownContract& contract);

}  // namespace matchgo::scheduler::engine
