// Explanations: what a round decided about somebody, in words, in Dutch and English.
//
// Made from numbers a program can check; names no person, and no other switcher. Pure. Test:
// tests/unit/services/scheduler/explanation_test.cc
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/kernel/day.h"
#include "services/scheduler/domain/market_records.h"
#include "services/scheduler/domain/offer.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/change.h"
#include "services/scheduler/engine/feasibility.h"

namespace matchgo::scheduler::domain {

struct Sentence {
  std::string nl;
  std::string en;

  friend bool operator==(const Sentence&, const Sentence&) = default;
};

// Why this match: the strongest parts of the score first, then what she learns and until when.
// `earns`: she has a salary now, with which the new one was compared.
std::vector<Sentence> DescribeMatch(const Score& score, const Plan& plan, bool earns);
// What a job offers: cents a month, hours a week, hectometres from home.
struct JobTerms {
  int64_t salary_max = 0;
  int32_t hours = 0;
  int32_t distance = 0;
};
Sentence DescribeTerms(const JobTerms& terms);
// Modules of the start that she need not follow, as she masters what they teach.
Sentence DescribeExempt(size_t modules);
Sentence DescribeNoRoom();
Sentence DescribeNothingFound(bool with_room);
// Why a better contract is not hers.
Sentence DescribeWhyNot(engine::WhyNot why, const engine::CutOff* cut_off);
// Why she was not in the market.
Sentence DescribeObstacle(Obstacle obstacle);
// She was not in the market, and nothing on her record says why any more.
Sentence DescribeAbsence();
// The word of the wire ("TRAVEL") for a rule of the engine.
std::string RuleWord(engine::Rule rule);
Sentence DescribeRule(const std::string& word);
Sentence DescribeFeasible(int64_t feasible);
Sentence DescribeAdverse(AdverseKind kind);
// The resource name of a skill of the market ("skills/k" of "k" and "k!"); "" of a level of Dutch.
std::string SkillName(std::string_view market_skill);
// A change that would have placed her, or (`one_vacancy`) that one vacancy would have taken her
// after. `frozen_on`: day 0 of the market.
Sentence DescribeChange(const engine::Market& market, const engine::Change& change, Day frozen_on,
                        bool one_vacancy);

}  // namespace matchgo::scheduler::domain
