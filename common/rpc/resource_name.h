// Resource names on the wire ("employers/{e}/vacancies/{v}") to strong ids and back.
//
// A pattern is the name with * for each id; ids are 1..64 of [A-Za-z0-9._~-]. Malformed names are
// Invalid RESOURCE_NAME with the field and never echoed. Pure; thread-safe.
// Test: tests/unit/common/rpc/resource_name_test.cc
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "common/base/status.h"
#include "common/kernel/ids.h"
#include "common/kernel/resource_patterns.h"

namespace matchgo::rpc {

// True if `name` has the form of `pattern`; ids then holds the texts that stood for the stars.
// REQUIRES: the pattern has at most `count` stars.
bool MatchResourceName(std::string_view pattern, std::string_view name, std::string_view* ids,
                       size_t count);
Status BadResourceName(std::string_view pattern, std::string_view field);

// ParseName<EmployerId, VacancyId>("employers/*/vacancies/*", request.name(), "name").
template <class... Ids>
StatusOr<std::tuple<Ids...>> ParseName(std::string_view pattern, std::string_view name,
                                       std::string_view field) {
  std::array<std::string_view, sizeof...(Ids)> parts;
  if (!MatchResourceName(pattern, name, parts.data(), parts.size())) {
    return BadResourceName(pattern, field);
  }
  return [&]<size_t... I>(std::index_sequence<I...>) {
    return std::tuple<Ids...>(Ids(std::string(parts[I]))...);
  }
  (std::index_sequence_for<Ids...>{});
}

// The same for names with one id: StatusOr<SwitcherId>.
template <class OneId>
StatusOr<OneId> ParseOne(std::string_view pattern, std::string_view name, std::string_view field) {
  std::string_view part;
  if (!MatchResourceName(pattern, name, &part, 1)) return BadResourceName(pattern, field);
  return OneId(std::string(part));
}

// FormatName("employers/*/vacancies/*", employer, vacancy).
std::string FormatNameTexts(std::string_view pattern, const std::string_view* ids, size_t count);
template <class... Ids>
std::string FormatName(std::string_view pattern, const Ids&... ids) {
  const std::array<std::string_view, sizeof...(Ids)> texts{std::string_view(ids.value())...};
  return FormatNameTexts(pattern, texts.data(), texts.size());
}

namespace names = ::matchgo::names;

}  // namespace matchgo::rpc
