#include "services/profiles/domain/switcher_lifecycle.h"

#include <utility>

#include "common/geography/locate.h"
#include "services/profiles/reasons.h"

namespace matchgo::profiles::domain {
namespace {

Switcher NextVersion(Switcher switcher, Instant now) {
  switcher.updated = now;
  ++switcher.version;
  return switcher;
}

}  // namespace

Switcher Create(Switcher content, Instant now) {
  content.state = State::kActive;
  content.profile.home = geography::Located(std::move(content.profile.home));
  content.last_confirmed = DayOf(now);
  content.created = now;
  content.version = 0;  // never saved
  content.sequence = 0;
  return NextVersion(std::move(content), now);
}

StatusOr<Switcher> Edit(const Switcher& current, Switcher wanted, Instant now) {
  if (current.state == State::kWithdrawn) return Precondition(reasons::kSwitcherWithdrawn);
  Switcher next = current;
  next.identity = std::move(wanted.identity);
  next.profile = std::move(wanted.profile);
  if (next == current) return current;
  return NextVersion(std::move(next), now);
}

StatusOr<Switcher> Confirm(const Switcher& current, Instant now) {
  if (current.state == State::kWithdrawn) return Precondition(reasons::kSwitcherWithdrawn);
  Switcher next = current;
  next.last_confirmed = DayOf(now);
  if (next == current) return current;
  return NextVersion(std::move(next), now);
}

StatusOr<Switcher> Withdraw(const Switcher& current, Instant now) {
  if (current.state == State::kWithdrawn) return Precondition(reasons::kSwitcherWithdrawn);
  Switcher next = current;
  next.state = State::kWithdrawn;
  return NextVersion(std::move(next), now);
}

StatusOr<Switcher> Reactivate(const Switcher& current, Instant now) {
  if (current.state == State::kActive) return Precondition(reasons::kSwitcherActive);
  Switcher next = current;
  next.state = State::kActive;
  return NextVersion(std::move(next), now);
}

}  // namespace matchgo::profiles::domain
