#include "services/programmes/domain/vocabulary.h"

#include <set>
#include <utility>

#include "common/base/violations.h"

namespace matchgo::programmes::domain {
namespace {

std::string Element(std::string_view list, size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

// `seen` spans both lists of an occupation: a skill is essential or optional, not both.
void CheckSkills(const std::vector<SkillId>& skills, const std::string& field,
                 std::set<SkillId>* seen, Violations* found) {
  for (size_t i = 0; i < skills.size(); ++i) {
    if (!seen->insert(skills[i]).second) found->Add(Element(field, i), "DUPLICATE", "each once");
  }
}

}  // namespace

Status Validate(const VocabularyImport& import) {
  Violations found;
  if (import.skills.size() + import.occupations.size() > kImportEntriesMax) {
    found.Add("occupations", "ITEMS", "at most 1000 skills and occupations together");
  }
  std::set<SkillId> skills;
  for (size_t i = 0; i < import.skills.size(); ++i) {
    if (!skills.insert(import.skills[i].id).second) {
      found.Add(Element("skills", i) + ".name", "DUPLICATE", "each once");
    }
  }
  std::set<OccupationId> occupations;
  for (size_t i = 0; i < import.occupations.size(); ++i) {
    const Occupation& occupation = import.occupations[i];
    const std::string field = Element("occupations", i);
    if (!occupations.insert(occupation.id).second) {
      found.Add(field + ".name", "DUPLICATE", "each once");
    }
    std::set<SkillId> seen;
    CheckSkills(occupation.essential_skills, field + ".essential_skills", &seen, &found);
    CheckSkills(occupation.optional_skills, field + ".optional_skills", &seen, &found);
  }
  return std::move(found).ToStatus();
}

std::string FoldCase(std::string_view text) {
  std::string folded(text);
  for (size_t i = 0; i < folded.size(); ++i) {
    const auto byte = static_cast<unsigned char>(folded[i]);
    if (byte >= 'A' && byte <= 'Z') {
      folded[i] = static_cast<char>(byte + 32);
    } else if (byte == 0xC3 && i + 1 < folded.size()) {
      // U+00C0..U+00DE but the multiplication sign: two bytes in UTF-8, 32 below the small letter.
      const auto second = static_cast<unsigned char>(folded[i + 1]);
      if (second >= 0x80 && second <= 0x9E && second != 0x97) {
        folded[i + 1] = static_cast<char>(second + 32);
      }
      ++i;
    }
  }
  return folded;
}

std::string SearchText(const Label& label) {
  // A line break can't occur in a label, so no search text spans the two languages.
  return FoldCase(label.nl) + "\n" + FoldCase(label.en);
}

std::string LikePattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : FoldCase(text)) {
    if (c == '%' || c == '_' || c == '\\') pattern.push_back('\\');
    pattern.push_back(c);
  }
  pattern.push_back('%');
  return pattern;
}

}  // namespace matchgo::programmes::domain
