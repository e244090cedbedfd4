// Programme: what it leads to, for which jobs, and the modules with leeruitkomsten it consists of.
//
// Validate holds the rules between fields; the shape of single fields is checked from the proto.
// Pure values. Test: tests/unit/services/programmes/programme_test.cc
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "common/kernel/day.h"
#include "common/kernel/ids.h"
#include "services/programmes/domain/record.h"

namespace matchgo::programmes::domain {

// Numbers as on the wire, here and below.
enum class Degree {
  kUnknown = 0,
  kAd = 1,
  kBa = 2,
  kMboDiploma = 3,
  kCertificate = 4,
  kMicrocredential = 5,
};
enum class ProgrammeState { kActive = 1, kRetired = 2 };
enum class Recognition { kNone = 1, kExempt = 2, kAccelerate = 3 };

// A microcredential is 3 to 30 EC.
inline constexpr int32_t kMicrocredentialEcHundredthsMin = 300;
inline constexpr int32_t kMicrocredentialEcHundredthsMax = 3000;

struct Leeruitkomst {
  std::string verb;
  std::string kind;
  std::string subject;
  std::string standard;
  std::string context;
  std::vector<SkillId> skills;

  friend bool operator==(const Leeruitkomst&, const Leeruitkomst&) = default;
};

struct Module {
  ModuleId id;
  std::string title;
  int32_t ec_hundredths = 0;  // 0: not known
  int32_t study_hours = 0;
  std::vector<Leeruitkomst> leeruitkomsten;
  std::vector<SkillId> skills;
  Recognition recognition = Recognition::kNone;
  bool core = false;
  std::vector<ModuleId> prerequisites;
  bool synthetic = false;

  friend bool operator==(const Module&, const Module&) = default;
};

// The recognition by FastSwitch with its five criteria.
struct FastSwitchLabel {
  bool chain_approach = false;
  bool personal_programme = false;
  bool direct_contract = false;
  bool fast_startbekwaam = false;
  bool shared_guidance = false;
  Day valid_from;
  Day valid_until;

  friend bool operator==(const FastSwitchLabel&, const FastSwitchLabel&) = default;
};

struct Programme {
  ProgrammeId id;
  OpleiderId opleider;
  std::string title;
  Degree degree = Degree::kUnknown;
  int32_t nlqf_level = 0;   // 0: not known
  int32_t entry_level = 0;  // 0: not known
  std::string crebo;
  std::string croho;
  std::string sector;
  std::vector<OccupationId> occupations;
  std::vector<std::string> awards;
  std::optional<FastSwitchLabel> label;
  std::vector<Module> modules;
  ProgrammeState state = ProgrammeState::kActive;
  std::string source;
  std::vector<std::string> unknown_facts;
  std::string external_reference;
  Revision revision;

  friend bool operator==(const Programme&, const Programme&) = default;
};

// "opleiders/{opleider}/programmes/{programme}".
std::string NameOf(const Programme& programme);

// All violations, with paths as on the wire ("programme.modules[2].prerequisites[0]"): DUPLICATE,
// PREREQUISITE_UNKNOWN, PREREQUISITE_CYCLE, MICROCREDENTIAL_SIZE, DATE_ORDER.
Status Validate(const Programme& programme);

// Taught no more. PROGRAMME_RETIRED if it was so already.
StatusOr<Programme> Retire(Programme programme);

}  // namespace matchgo::programmes::domain
