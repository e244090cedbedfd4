// What somebody may have meant by a skill that is not there: the nearest of the vocabulary, by
// their labels and ids.
//
// Asks the programmes service for the whole vocabulary, so only when something was refused or is
// about to be. Blocking. Test: tests/unit/services/matchgo/commands/nearest_skills_test.cc
#pragma once

#include <string>
#include <vector>

#include "services/matchgo/commands/context.h"

namespace matchgo::commands {

struct KnownSkill {
  std::string id;  // "k-solder-electronics"
  std::string nl;
  std::string en;
};

// Up to three, the nearest first: those that share most words with `word`, else one that is spelt
// almost like it. `word` is an id, a name or words of a label.
std::vector<KnownSkill> NearestSkills(const std::string& word,
                                      const std::vector<KnownSkill>& vocabulary);

// A sentence for each of `skills` that the vocabulary does not have, one a line; "" when it has
// them all or does not answer.
std::string AdviseOnSkills(const Context& context, const std::vector<std::string>& skills);

}  // namespace matchgo::commands
