#include "services/programmes/builtin/embedded.h"

// data.S defines these labels with .incbin.
#define MATCHGO_EMBEDDED(name)            \
  extern "C" const char matchgo_##name[]; \
  extern "C" const char matchgo_##name##_end[];

MATCHGO_EMBEDDED(skills)
MATCHGO_EMBEDDED(occupations)
MATCHGO_EMBEDDED(sectors)
MATCHGO_EMBEDDED(qualifications)
MATCHGO_EMBEDDED(opleiders)
MATCHGO_EMBEDDED(flexprojects)
MATCHGO_EMBEDDED(programmes)
MATCHGO_EMBEDDED(report_figures)

#undef MATCHGO_EMBEDDED

namespace matchgo::programmes::builtin {
namespace {

std::string_view Between(const char* begin, const char* end) {
  return std::string_view(begin, static_cast<size_t>(end - begin));
}

}  // namespace

DataFiles EmbeddedDataFiles() {
  return DataFiles{
      .skills = Between(matchgo_skills, matchgo_skills_end),
      .occupations = Between(matchgo_occupations, matchgo_occupations_end),
      .sectors = Between(matchgo_sectors, matchgo_sectors_end),
      .qualifications = Between(matchgo_qualifications, matchgo_qualifications_end),
      .opleiders = Between(matchgo_opleiders, matchgo_opleiders_end),
      .flexprojects = Between(matchgo_flexprojects, matchgo_flexprojects_end),
      .programmes = Between(matchgo_programmes, matchgo_programmes_end),
      .report_figures = Between(matchgo_report_figures, matchgo_report_figures_end),
  };
}

}  // namespace matchgo::programmes::builtin
