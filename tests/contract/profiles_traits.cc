#include "services/profiles/module.h"
#include "tests/contract/resource_traits.h"

namespace matchgo::contract {
namespace {

constexpr char kSwitcher[] = R"({
  "identity": {"full_name": "Sanne de Vries $N", "email": "sanne$N@example.org",
               "birth_year": 1989},
  "profile": {
    "education": [{"nlqf_level": 6, "isced_field": "0413", "title": "Bedrijfskunde", "year": 2012}],
    "experience": [{"occupation": "occupations/planner", "from": "2013-01-01"}],
    "skills": [{"skill": "skills/luisteren", "level": 3, "source": "SOURCE_STATED"}],
    "salary_floor_cents": 240000, "hours_min": 24, "hours_max": 36, "study_hours": 8,
    "available_from": "2027-01-01", "home": {"postcode": "3511", "x": 1365, "y": 4559},
    "travel_km_max": 40, "sector_wishes": ["zorg"],
    "languages": [{"language": "nl", "level": "LEVEL_C2"}],
    "consents": [{"purpose": "PURPOSE_MATCHING", "given_on": "2026-11-01"}]}})";

Principal PartnerOf(const std::string& tenant) {
  return {.role = Role::kPartner, .id = "desk", .tenant = TenantId(tenant)};
}

}  // namespace

std::vector<ResourceTraits> ProfilesTraits() {
  ResourceTraits traits;
  traits.package = "matchgo.profiles.v1";
  traits.service = "ProfileService";
  traits.resource = "Switcher";
  traits.plural = "Switchers";
  traits.watch = "WatchSwitchers";
  traits.database = "profiles.db";
  traits.modules = {profiles::MakeProfilesModule};
  traits.record = kSwitcher;
  traits.changed = {"profile.study_hours", "12"};
  traits.kept = {"profile.travel_km_max", "5"};
  traits.output_only = "last_confirmed";
  traits.ending_verb = "Withdraw";
  traits.creator = [](const std::string&) { return PartnerOf("uwv"); };
  traits.foreign_reader = PartnerOf("elsewhere");
  traits.foreign_writer = PartnerOf("elsewhere");
  return {traits};
}

}  // namespace matchgo::contract
