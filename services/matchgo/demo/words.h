// The words of the demo for what the services tell in enums, in Dutch and English.
//
// The names of the stages are Dutch terms that people in the trade use in English too; there they
// come with what they mean. Pure. Test: tests/unit/services/matchgo/demo/words_test.cc
#pragma once

#include <string>

#include "matchgo/programmes/v1/programme.pb.h"
#include "matchgo/scheduler/v1/match.pb.h"
#include "matchgo/trajectories/v1/trajectory.pb.h"
#include "matchgo/vacancies/v1/vacancy.pb.h"
#include "services/matchgo/terminal/language.h"
#include "services/programmes/builtin/builtin.h"

namespace matchgo::demo {

std::string StageWord(trajectories::v1::Stage stage, terminal::Language language);
// What the last stage is for somebody who follows this programme: no diploma ends a
// microcredential.
std::string EndWord(programmes::v1::Programme::Degree degree, terminal::Language language);
// "later, for the diploma": when a module comes that the plan leaves for the end.
std::string LaterWord(programmes::v1::Programme::Degree degree, terminal::Language language);
// "stopte zelf", "withdrew".
std::string ExitWord(trajectories::v1::ExitReason reason, terminal::Language language);

// Why this programme and no other, a sentence each; `name` is hers or his.
std::vector<std::string> WhyProgramme(const programmes::v1::Programme& programme,
                                      const scheduler::v1::Plan& plan,
                                      const vacancies::v1::Vacancy& vacancy,
                                      const std::string& name, terminal::Language language);

// The label of an occupation; its id when the catalogue does not know it.
std::string OccupationWord(const programmes::builtin::Catalogue& catalogue, const std::string& id,
                           terminal::Language language);
// The title of a module. The catalogue has titles in Dutch only, but nearly all are the label of a
// skill, which has both.
std::string ModuleWord(const programmes::builtin::Catalogue& catalogue, const std::string& title,
                       terminal::Language language);

}  // namespace matchgo::demo
