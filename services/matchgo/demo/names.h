// Names for people and firms that do not exist: common Dutch first and family names, combined.
//
// Any likeness is chance; nothing here says who somebody is. Values only; not thread-safe, as
// Random is not. Test: tests/unit/services/matchgo/demo/population_test.cc
#pragma once

#include <string>

#include "common/random/random.h"

namespace matchgo::demo {

struct PersonName {
  std::string first;
  std::string family;  // "van den Berg"
};
PersonName DrawPersonName(Random& random);

// "Visser Techniek (demo)"; `sector_label` as people read it.
std::string DrawFirmName(Random& random, const std::string& sector_label);

// The part of an e-mail address before the @: "sanne.van.den.berg".
std::string MailboxOf(const PersonName& name);

}  // namespace matchgo::demo
