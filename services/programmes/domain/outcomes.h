// Leeruitkomsten and their linter: what is missing, and what to do about it.
//
// A leeruitkomst names, in this order, an active verb, the kind of result, a subject, a standard
// and a context, and no route by which it is reached (guide of NCP NLQF, 2020). Word lists, no
// language model: a finding is advice, never a refusal. Pure. Test:
// tests/unit/services/programmes/outcomes_test.cc
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "services/programmes/domain/programme.h"
#include "services/programmes/domain/record.h"

namespace matchgo::programmes::domain {

// Numbers as on the wire.
enum class FindingKind {
  kVerbMissing = 1,
  kVerbNotActive = 2,
  kKindMissing = 3,
  kSubjectMissing = 4,
  kStandardMissing = 5,
  kContextMissing = 6,
  kSkillsMissing = 7,
  kRouteDependent = 8,
};

// In the order of the parts.
std::vector<FindingKind> LintLeeruitkomst(const Leeruitkomst& leeruitkomst);

struct Finding {
  std::string field;  // "modules[2].leeruitkomsten[0]"
  FindingKind kind = FindingKind::kVerbMissing;

  friend bool operator==(const Finding&, const Finding&) = default;
};

struct LintReport {
  std::vector<Finding> findings;  // in order of the modules
  size_t checked = 0;             // leeruitkomsten looked at
};

LintReport LintModules(const std::vector<Module>& modules);

// What to do, in both languages.
Label AdviceFor(FindingKind kind);

}  // namespace matchgo::programmes::domain
