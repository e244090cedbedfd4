#include "services/programmes/actions/import_vocabulary.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "common/base/violations.h"
#include "services/programmes/store/vocabulary_store.h"

namespace matchgo::programmes {
namespace {

enum class Change { kCreate, kUpdate, kNone };

template <class Entry>
Change ChangeTo(const std::optional<Entry>& stored, Entry sent) {
  if (!stored.has_value()) return Change::kCreate;
  sent.sequence = stored->sequence;
  return *stored == sent ? Change::kNone : Change::kUpdate;
}

// Remembers what was found, because occupations share most of their skills.
class KnownSkills {
 public:
  KnownSkills(store::VocabularyStore& vocabulary, const std::vector<domain::Skill>& sent)
      : vocabulary_(vocabulary) {
    for (const domain::Skill& skill : sent) known_.insert(skill.id);
  }
  Status Check(const std::vector<SkillId>& skills, const std::string& field, Violations* found) {
    for (size_t i = 0; i < skills.size(); ++i) {
      if (known_.contains(skills[i])) continue;
      ASSIGN_OR_RETURN(const std::optional<domain::Skill> stored, vocabulary_.FindSkill(skills[i]));
      if (stored.has_value()) {
        known_.insert(skills[i]);
      } else {
        found->Add(field + "[" + std::to_string(i) + "]", "SKILL_UNKNOWN",
                   "a skill that is stored or sent along");
      }
    }
    return absl::OkStatus();
  }

 private:
  store::VocabularyStore& vocabulary_;
  std::set<SkillId> known_;
};

Status CheckSkills(store::VocabularyStore& vocabulary, const domain::VocabularyImport& import) {
  Violations found;
  KnownSkills known(vocabulary, import.skills);
  for (size_t i = 0; i < import.occupations.size(); ++i) {
    const domain::Occupation& occupation = import.occupations[i];
    const std::string field = "occupations[" + std::to_string(i) + "]";
    RETURN_IF_ERROR(known.Check(occupation.essential_skills, field + ".essential_skills", &found));
    RETURN_IF_ERROR(known.Check(occupation.optional_skills, field + ".optional_skills", &found));
  }
  return std::move(found).ToStatus();
}

template <class Entry>
Status Put(store::VocabularyStore& vocabulary, const std::vector<Entry>& entries,
           const std::vector<Change>& changes, int64_t sequence) {
  for (size_t i = 0; i < entries.size(); ++i) {
    if (changes[i] == Change::kNone) continue;
    Entry entry = entries[i];
    entry.sequence = sequence;
    RETURN_IF_ERROR(changes[i] == Change::kCreate ? vocabulary.Insert(entry)
                                                  : vocabulary.Update(entry));
  }
  return absl::OkStatus();
}

int32_t Count(const std::vector<Change>& skills, const std::vector<Change>& occupations,
              Change change) {
  return static_cast<int32_t>(std::count(skills.begin(), skills.end(), change) +
                              std::count(occupations.begin(), occupations.end(), change));
}

}  // namespace

StatusOr<ImportResult> ImportVocabulary(sql::Tx& tx, const domain::VocabularyImport& import) {
  RETURN_IF_ERROR(Validate(import));
  store::VocabularyStore vocabulary(tx);
  RETURN_IF_ERROR(CheckSkills(vocabulary, import));
  std::vector<Change> skills;
  skills.reserve(import.skills.size());
  for (const domain::Skill& skill : import.skills) {
    ASSIGN_OR_RETURN(const auto stored, vocabulary.FindSkill(skill.id));
    skills.push_back(ChangeTo(stored, skill));
  }
  std::vector<Change> occupations;
  occupations.reserve(import.occupations.size());
  for (const domain::Occupation& occupation : import.occupations) {
    ASSIGN_OR_RETURN(const auto stored, vocabulary.FindOccupation(occupation.id));
    occupations.push_back(ChangeTo(stored, occupation));
  }
  ImportResult result{.created = Count(skills, occupations, Change::kCreate),
                      .updated = Count(skills, occupations, Change::kUpdate),
                      .unchanged = Count(skills, occupations, Change::kNone)};
  if (result.created + result.updated == 0) {
    ASSIGN_OR_RETURN(result.sequence, sql::LastSequence(tx));
    return result;
  }
  result.sequence = tx.AppendEvent(
      {.kind = "vocabulary.imported", .resource = "vocabulary", .version = 0, .tenant = {}});
  RETURN_IF_ERROR(Put(vocabulary, import.skills, skills, result.sequence));
  RETURN_IF_ERROR(Put(vocabulary, import.occupations, occupations, result.sequence));
  return result;
}

}  // namespace matchgo::programmes
