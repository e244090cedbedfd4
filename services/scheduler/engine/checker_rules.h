// The checker's own rules, scores and lottery, and its list of all feasible contracts.
//
// Written from the format alone and kept plain; shares nothing with feasibility.h, score.h or
// candidate_search.h. Pure; CheckedRules is for one lane, the others are immutable. Test:
// tests/property/engine_checker_property_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "services/scheduler/engine/checker_plan.h"
#include "services/scheduler/engine/market.h"
#include "services/scheduler/engine/parallel.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler::engine {

struct CheckedContract {
  Contract contract;
  int64_t score = 0;
  int64_t ready = 0;
  uint64_t modules = 0;
  // How each party ranks it; smaller is better. In a market with ranks those, for `score` the
  // place, for `priority` the turn.
  int64_t rank_s = 0;
  int64_t rank_v = 0;
  int64_t rank_p = 0;
};

// Who teaches what, and which starts lead to an occupation. Starts whose modules are the same but
// for their ids share a curriculum.
class CheckedTeaching {
 public:
  explicit CheckedTeaching(const Market& market);
  int32_t curricula() const { return static_cast<int32_t>(teachers_.size()); }
  int32_t CurriculumOf(int32_t p) const { return curriculum_[static_cast<size_t>(p)]; }
  // The modules of a start that teach the skill.
  uint64_t Teachers(int32_t p, int32_t skill) const;
  std::span<const int32_t> Serving(int32_t occupation) const;
  // Per skill that a start teaches, ascending: its modules.
  std::span<const std::pair<int32_t, uint64_t>> Taught(int32_t p) const {
    return teachers_[static_cast<size_t>(CurriculumOf(p))];
  }

 private:
  std::vector<int32_t> curriculum_;                                  // per start
  std::vector<std::vector<std::pair<int32_t, uint64_t>>> teachers_;  // per curriculum, by skill
  std::vector<std::vector<int32_t>> serving_;
};

// The rules for one switcher after another, and for one of her jobs after another.
class CheckedRules {
 public:
  CheckedRules(const Market& market, const Weights& weights, const CheckedTeaching& teaching);

  void Visit(int32_t s);
  // Whether distance, pay and hours allow it; then its contracts can be asked for.
  bool Job(int32_t v);
  // Whether she lacks a skill or the qualification: then it takes a start, else none may be.
  bool NeedsStart() const { return unqualified_ || !lacking_.empty(); }
  // The weighted parts of the score that do not depend on how she gets ready.
  int64_t sure() const { return sure_; }
  std::optional<CheckedContract> Direct() const;
  // REQUIRES: the start serves the job's occupation. Nothing also when it would surely score less.
  std::optional<CheckedContract> Through(int32_t p, int64_t at_least);
  // One contract, by all rules; visits its switcher.
  std::optional<CheckedContract> Find(const Contract& contract);

 private:
  bool Mastered(int32_t skill) const { return mastered_[static_cast<size_t>(skill)] != 0; }
  bool MasteredAfter(int32_t p, uint64_t modules, int32_t skill) const;
  // What a curriculum asks of the switcher who is visited.
  struct Lesson {
    CheckedPlanTask task;
    int64_t core_hours = 0;
    int32_t of = kNone;
    int32_t job = kNone;  // for which the rest was found out
    int64_t sure_hours = 0;
    bool planned = false;
    std::optional<CheckedPlan> plan;
  };

  Lesson& LessonAt(int32_t p);
  void Prepare(Lesson& lesson, int32_t p);
  std::optional<int64_t> ReadyAfter(int64_t begins, int64_t hours) const;
  int64_t HoursFor(const Module& module) const;
  int64_t Time(int64_t ready) const;
  int64_t SureParts() const;
  CheckedContract Scored(const Contract& contract, int64_t ready, uint64_t modules) const;

  const Market& market_;
  const Weights& weights_;
  const CheckedTeaching& teaching_;
  std::vector<uint8_t> mastered_;  // per skill, of the switcher who is visited
  std::vector<Lesson> lessons_;    // per curriculum
  int32_t s_ = kNone;
  int32_t v_ = kNone;
  std::vector<int32_t> lacking_;  // of this job
  bool unqualified_ = false;
  int64_t sure_ = 0;
};

// A strict order of contracts, the same for everybody: by place, or by turn and then by place.
using CheckedRank = std::tuple<int64_t, uint64_t, int32_t, int64_t, uint64_t, Contract>;

class CheckedRanks {
 public:
  CheckedRanks(const Market& market, bool by_turn);
  bool by_turn() const { return by_turn_; }
  CheckedRank Of(const Contract& contract, int64_t score) const;
  // Before the rank of any contract of hers with at most this score.
  CheckedRank AtBest(int32_t switcher, int64_t score) const;

 private:
  const Market& market_;
  const bool by_turn_;
  std::vector<uint64_t> s_hash_;
  std::vector<uint64_t> v_hash_;
  std::vector<uint64_t> p_hash_;  // of no start first
};

// Those of these contracts that are feasible, each once, ascending. Nothing stands for none.
std::vector<CheckedContract> FeasibleOf(const Market& market, const Weights& weights,
                                        const CheckedTeaching& teaching,
                                        std::span<const std::optional<Contract>> contracts,
                                        Parallel& parallel);

// Sorts, and ranks by position.
void RankByOrder(const CheckedRanks& ranks, std::vector<CheckedContract>& list);

// All of a market's, in the order of the mechanism ("score", "priority") or by contract ("nested").
std::vector<CheckedContract> CheckedContracts(const Market& market, const Weights& weights,
                                              const std::string& mechanism);

}  // namespace matchgo::scheduler::engine
