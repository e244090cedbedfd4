// Readers of the data files into the structs of builtin.h; used by builtin.cc only.
//
// Each appends what it reads and adds a violation per wrong field. Pure.
// Test: tests/unit/services/programmes/builtin/builtin_test.cc
#pragma once

#include <string_view>
#include <vector>

#include "common/base/violations.h"
#include "services/programmes/builtin/builtin.h"

namespace matchgo::programmes::builtin {

std::vector<Skill> ReadSkills(std::string_view text, Violations& violations);
std::vector<Occupation> ReadOccupations(std::string_view text, Violations& violations);
std::vector<Sector> ReadSectors(std::string_view text, Violations& violations);
std::vector<Qualification> ReadQualifications(std::string_view text, Violations& violations);
std::vector<Opleider> ReadOpleiders(std::string_view text, Violations& violations);
std::vector<FlexProject> ReadProjects(std::string_view text, Violations& violations);
std::vector<Programme> ReadProgrammes(std::string_view text, Violations& violations);
std::vector<ReportFigure> ReadReportFigures(std::string_view text, Violations& violations);

}  // namespace matchgo::programmes::builtin
