#include "services/vacancies/module.h"
#include "tests/contract/resource_traits.h"

namespace matchgo::contract {
namespace {

constexpr char kEmployer[] =
    R"({"display_name": "Zorggroep $N", "sector": "zorg", "kvk_number": "12345678"})";
constexpr char kVacancy[] = R"({
  "title": "Verpleegkundige $N", "description": "Zorg thuis", "sector": "zorg",
  "occupation": "occupations/verpleegkundige", "openings": 3,
  "requirements": {"day_one_skills": ["skills/luisteren"], "dutch_level": 3},
  "location": {"postcode": "3511 AB", "place": "Utrecht", "x": 1365, "y": 4559},
  "salary_min_cents": 280000, "salary_max_cents": 390000, "hours_min": 24, "hours_max": 36,
  "ready_by": "2028-02-01", "external_reference": "hr-$N", "expires_on": "2027-06-30"})";

Principal EmployerOf(const std::string& name) {
  return {.role = Role::kEmployer, .id = "hr", .tenant = TenantId(FirstIdOf(name))};
}

ResourceTraits Common() {
  ResourceTraits traits;
  traits.package = "matchgo.vacancies.v1";
  traits.service = "VacancyService";
  traits.watch = "WatchVacancies";
  traits.database = "vacancies.db";
  traits.modules = {vacancies::MakeVacanciesModule};
  traits.creator = [](const std::string& parent) {
    return parent.empty() ? kOps : EmployerOf(parent);
  };
  traits.foreign_writer = EmployerOf("employers/elsewhere");
  return traits;
}

ResourceTraits Employer() {
  ResourceTraits traits = Common();
  traits.resource = "Employer";
  traits.plural = "Employers";
  traits.record = kEmployer;
  traits.changed = {"display_name", "Zorggroep Oost"};
  traits.kept = {"kvk_number", "87654321"};
  traits.output_only = "update_time";
  traits.ending_verb = "Close";
  return traits;
}

ResourceTraits Vacancy() {
  ResourceTraits traits = Common();
  traits.resource = "Vacancy";
  traits.plural = "Vacancies";
  traits.parents = {{"Employer", kEmployer}};
  traits.record = kVacancy;
  traits.changed = {"title", "Wijkverpleegkundige"};
  traits.kept = {"location.place", "Zeist"};
  traits.output_only = "state";
  traits.ending_verb = "Close";
  traits.list_parent = "employers/-";
  // Drafts are for their employer only.
  traits.foreign_reader = traits.foreign_writer;
  return traits;
}

}  // namespace

std::vector<ResourceTraits> VacanciesTraits() { return {Employer(), Vacancy()}; }

}  // namespace matchgo::contract
