// Why is this contract not hers, and why is that one: values that a program can check.
//
// A certificate names the first thing that stands in the way of one better contract, with the
// cut-off at the party that is full. Infeasible contracts are explained by Check (feasibility.h).
// Pure. Test: tests/unit/services/scheduler/engine/clearing_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/scheduler/engine/clearing.h"
#include "services/scheduler/engine/contracts.h"
#include "services/scheduler/engine/market.h"
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
  int32_t place = kNone;  // in the contract table
  WhyNot why = WhyNot::kDeclined;
  std::optional<CutOff> cut_off;
};

// Cut-offs of every vacancy and start, found once per clearing. Mechanism `score` only.
class Certifier {
 public:
  // REQUIRES: clearing.mechanism == kScore; the three belong together and outlive this.
  Certifier(const Market& market, const ContractTable& table, const Clearing& clearing);

  // One for every feasible contract above her own place, best first (all, if she has none).
  // Empty when her contract is frozen.
  std::vector<Certificate> For(int32_t switcher) const;
  // Why this place is not its switcher's; nothing when it is, or when nothing stands in the way
  // (it then blocks, which the checker reports).
  std::optional<Certificate> Explain(int32_t place) const;
  CutOffs OfVacancies() const;
  CutOffs OfStarts() const;
  // The line of the certificates file, without the line feed.
  std::string Format(const Certificate& certificate) const;

 private:
  struct Party {
    int32_t taken = 0;
    int32_t worst = kNone;  // place of the worst non-frozen holding
  };
  bool Full(const Party& party, int32_t capacity, int32_t place) const;
  std::optional<CutOff> CutOffOf(const Party& party) const;
  void Count(const Party& party, int32_t capacity, CutOffs* counted) const;

  const Market& market_;
  const ContractTable& table_;
  const Clearing& clearing_;
  std::vector<Party> vacancies_;
  std::vector<Party> starts_;
};

// Why her contract scores what it scores. REQUIRES: !market.bare.
ScoreParts ExplainScore(const Market& market, const ContractTable& table, int32_t place);

}  // namespace matchgo::scheduler::engine
