#include "services/programmes/domain/programme.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "common/base/violations.h"
#include "services/programmes/reasons.h"

namespace matchgo::programmes::domain {
namespace {

std::string Element(const std::string& list, size_t index) {
  return list + "[" + std::to_string(index) + "]";
}

const std::string& TextOf(const std::string& text) { return text; }
template <class Tag>
const std::string& TextOf(const Id<Tag>& id) {
  return id.value();
}

// Names every element that stood earlier in the list.
template <class T>
void CheckDuplicates(const std::vector<T>& list, const std::string& field, Violations* found) {
  std::vector<std::pair<std::string, size_t>> sorted;
  sorted.reserve(list.size());
  for (size_t i = 0; i < list.size(); ++i) sorted.emplace_back(TextOf(list[i]), i);
  std::sort(sorted.begin(), sorted.end());
  std::vector<size_t> again;
  for (size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i].first == sorted[i - 1].first) again.push_back(sorted[i].second);
  }
  std::sort(again.begin(), again.end());
  for (const size_t index : again) found->Add(Element(field, index), "DUPLICATE", "each once");
}

std::optional<size_t> IndexOf(const std::vector<Module>& modules, const ModuleId& id) {
  for (size_t i = 0; i < modules.size(); ++i) {
    if (modules[i].id == id) return i;
  }
  return std::nullopt;
}

// Takes modules away whose prerequisites are all gone, until nothing changes: what is left stands
// in a cycle or behind one.
std::vector<size_t> ModulesInCycles(const std::vector<Module>& modules) {
  std::vector<bool> gone(modules.size(), false);
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 0; i < modules.size(); ++i) {
      if (gone[i]) continue;
      const auto& needed = modules[i].prerequisites;
      const bool free = std::all_of(needed.begin(), needed.end(), [&](const ModuleId& id) {
        const std::optional<size_t> index = IndexOf(modules, id);
        return !index.has_value() || gone[*index];
      });
      if (free) gone[i] = changed = true;
    }
  }
  std::vector<size_t> left;
  for (size_t i = 0; i < modules.size(); ++i) {
    if (!gone[i]) left.push_back(i);
  }
  return left;
}

void CheckModules(const std::vector<Module>& modules, Violations* found) {
  const std::string list = "programme.modules";
  std::vector<ModuleId> ids;
  ids.reserve(modules.size());
  for (const Module& module : modules) ids.push_back(module.id);
  CheckDuplicates(ids, list, found);
  for (size_t i = 0; i < modules.size(); ++i) {
    const Module& module = modules[i];
    const std::string field = Element(list, i);
    CheckDuplicates(module.skills, field + ".skills", found);
    CheckDuplicates(module.prerequisites, field + ".prerequisites", found);
    for (size_t k = 0; k < module.leeruitkomsten.size(); ++k) {
      CheckDuplicates(module.leeruitkomsten[k].skills,
                      Element(field + ".leeruitkomsten", k) + ".skills", found);
    }
    for (size_t k = 0; k < module.prerequisites.size(); ++k) {
      if (!IndexOf(modules, module.prerequisites[k]).has_value()) {
        found->Add(Element(field + ".prerequisites", k), "PREREQUISITE_UNKNOWN",
                   "the id of a module of this programme");
      }
    }
  }
  for (const size_t index : ModulesInCycles(modules)) {
    found->Add(Element(list, index) + ".prerequisites", "PREREQUISITE_CYCLE",
               "prerequisites without a cycle");
  }
}

// The upper limit holds for what is known; the lower one only if the size of every module is known.
void CheckMicrocredential(const Programme& programme, Violations* found) {
  if (programme.degree != Degree::kMicrocredential || programme.modules.empty()) return;
  int64_t known = 0;
  bool complete = true;
  for (const Module& module : programme.modules) {
    known += module.ec_hundredths;
    complete = complete && module.ec_hundredths > 0;
  }
  if (known > kMicrocredentialEcHundredthsMax ||
      (complete && known < kMicrocredentialEcHundredthsMin)) {
    found->Add("programme.modules", "MICROCREDENTIAL_SIZE", "3 to 30 EC in total");
  }
}

}  // namespace

std::string NameOf(const Programme& programme) {
  return "opleiders/" + programme.opleider.value() + "/programmes/" + programme.id.value();
}

Status Validate(const Programme& programme) {
  Violations found;
  CheckDuplicates(programme.occupations, "programme.occupations", &found);
  CheckDuplicates(programme.awards, "programme.awards", &found);
  if (programme.label.has_value() && programme.label->valid_until < programme.label->valid_from) {
    found.Add("programme.label.valid_until", "DATE_ORDER", "not before valid_from");
  }
  CheckModules(programme.modules, &found);
  CheckMicrocredential(programme, &found);
  CheckDuplicates(programme.unknown_facts, "programme.unknown_facts", &found);
  return std::move(found).ToStatus();
}

StatusOr<Programme> Retire(Programme programme) {
  if (programme.state == ProgrammeState::kRetired) return Precondition(kProgrammeRetired);
  programme.state = ProgrammeState::kRetired;
  return programme;
}

}  // namespace matchgo::programmes::domain
