// ResourceTraits: what the contract suite must know of a resource to try its standard methods.
//
// One per resource, in <service>_traits.cc; a new resource needs nothing else here. Methods that a
// resource does not have (a round cannot be updated) are seen from its service's description.
// For tests only. Used by tests/contract/standard_methods_contract.h.
#pragma once

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "common/service/call.h"
#include "common/service/module.h"

namespace matchgo::contract {

// A record above the resource, made before it: an employer above its vacancies.
struct ParentTraits {
  std::string resource;  // "Employer"
  std::string record;    // proto JSON
};

// One field of the record, by path, and what to write into it.
struct FieldValue {
  std::string path;
  std::string text;
};

struct ResourceTraits {
  std::string package;                 // "matchgo.vacancies.v1"
  std::string service;                 // "VacancyService"
  std::string resource;                // "Vacancy"
  std::string plural;                  // "Vacancies"
  std::string watch;                   // "WatchVacancies"
  std::string database;                // "vacancies.db"
  std::vector<ModuleFactory> modules;  // the service, and the neighbours it needs
  std::vector<ParentTraits> parents = {};
  // A valid record as proto JSON; every $N in it becomes another number each time.
  std::string record;

  FieldValue changed = {};       // a field that may be changed, and another value for it
  FieldValue kept = {};          // another such field
  std::string output_only = {};  // a field that only the service sets
  std::string list_parent = {};  // "employers/-"
  bool listed_by_id = true;
  // A method and the proto JSON of its request with which a record makes room for the next one;
  // empty: there may be any number at once.
  std::string retire_verb = {};
  std::string retire_request = {};

  // The verb that ends a record's life, and further fields of its request as proto JSON.
  std::string ending_verb = {};
  std::string ending_request = "{}";

  // Who makes it, given the name of its parent (or ""), and who else may read and write it.
  std::function<Principal(const std::string& parent)> creator;
  // May call the methods, but on records of its own tenant only. Absent: all records are public.
  std::optional<Principal> foreign_reader = {};
  std::optional<Principal> foreign_writer = {};
};

// How GoogleTest names a case.
inline void PrintTo(const ResourceTraits& traits, std::ostream* out) { *out << traits.resource; }

// The second part of a name: "e1" of "employers/e1/vacancies/v1".
std::string FirstIdOf(const std::string& name);

std::vector<ResourceTraits> ProgrammesTraits();
std::vector<ResourceTraits> VacanciesTraits();
std::vector<ResourceTraits> ProfilesTraits();
std::vector<ResourceTraits> SchedulerTraits();
std::vector<ResourceTraits> TrajectoriesTraits();

// All of the above.
std::vector<ResourceTraits> AllResources();

inline const Principal kOps{.role = Role::kOps, .id = "ops", .tenant = {}};
inline const Principal kService{.role = Role::kService, .id = "scheduler", .tenant = {}};

}  // namespace matchgo::contract
