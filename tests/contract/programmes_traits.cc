#include "services/programmes/module.h"
#include "tests/contract/resource_traits.h"

namespace matchgo::contract {
namespace {

constexpr char kOpleider[] = R"({"display_name": "Hogeschool $N", "kind": "KIND_HOGESCHOOL"})";
constexpr char kProgramme[] = R"({
  "title": "Verpleegkunde $N", "degree": "DEGREE_BA", "nlqf_level": 6, "sector": "zorg",
  "source": "the opleider",
  "modules": [{"id": "m1", "title": "Klinisch redeneren", "study_hours": 140,
               "skills": ["skills/k-clinical"], "recognition": "RECOGNITION_EXEMPT"}]})";
// Above a start: what it teaches need not be in any vocabulary.
constexpr char kBareProgramme[] = R"({
  "title": "Verpleegkunde $N", "degree": "DEGREE_BA", "nlqf_level": 6, "sector": "zorg"})";
constexpr char kStart[] = R"({
  "rhythm": "RHYTHM_DATE", "begins_on": "2027-02-01", "capacity": 20, "minimum": 8,
  "delivery": ["DELIVERY_ONLINE"], "times": "groep $N"})";

Principal OpleiderOf(const std::string& name) {
  return {.role = Role::kOpleiderAdmin, .id = "staff", .tenant = TenantId(FirstIdOf(name))};
}

ResourceTraits Common(const std::string& resource) {
  ResourceTraits traits;
  traits.package = "matchgo.programmes.v1";
  traits.service = "ProgrammeService";
  traits.resource = resource;
  traits.plural = resource + "s";
  traits.watch = "WatchProgrammes";
  traits.database = "programmes.db";
  traits.modules = {programmes::MakeProgrammesModule};
  traits.creator = [](const std::string& parent) {
    return parent.empty() ? kOps : OpleiderOf(parent);
  };
  traits.foreign_writer = OpleiderOf("opleiders/elsewhere");
  return traits;
}

ResourceTraits Opleider() {
  ResourceTraits traits = Common("Opleider");
  traits.record = kOpleider;
  traits.changed = {"display_name", "Hogeschool Noord"};
  traits.kept = {"location.place", "Groningen"};
  traits.output_only = "create_time";
  traits.ending_verb = "Close";
  return traits;
}

ResourceTraits Programme() {
  ResourceTraits traits = Common("Programme");
  traits.parents = {{"Opleider", kOpleider}};
  traits.record = kProgramme;
  traits.changed = {"title", "Verpleegkunde in deeltijd"};
  traits.kept = {"source", "a folder"};
  traits.output_only = "state";
  traits.ending_verb = "Retire";
  traits.list_parent = "opleiders/-";
  return traits;
}

ResourceTraits Start() {
  ResourceTraits traits = Common("Start");
  traits.parents = {{"Opleider", kOpleider}, {"Programme", kBareProgramme}};
  traits.record = kStart;
  traits.changed = {"times", "di en do 18-21 uur"};
  traits.kept = {"capacity", "25"};
  traits.output_only = "cancel_explanation";
  traits.ending_verb = "Close";
  traits.list_parent = "opleiders/-/programmes/-";
  return traits;
}

}  // namespace

std::vector<ResourceTraits> ProgrammesTraits() { return {Opleider(), Programme(), Start()}; }

}  // namespace matchgo::contract
