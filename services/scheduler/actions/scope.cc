#include "services/scheduler/actions/scope.h"

namespace matchgo::scheduler {
namespace {

using Of = store::Scope::Of;

// No record has this value in a scoped column, while a direct placement has no opleider.
constexpr char kNobody[] = "-";

store::Scope Own(Of of, const std::string& id) {
  return {.of = of, .id = id.empty() ? kNobody : id};
}

}  // namespace

store::Scope ScopeOf(const Call& call) {
  const std::string& tenant = call.principal.tenant.value();
  switch (call.principal.role) {
    case Role::kService:
    case Role::kOps:
    case Role::kAuditor:
      return {};
    case Role::kSwitcher:
      return Own(Of::kSwitcher, call.principal.id);
    case Role::kPartner:
      return Own(Of::kPartner, tenant);
    case Role::kEmployer:
      return Own(Of::kEmployer, tenant);
    case Role::kOpleiderUser:
    case Role::kCoach:
    case Role::kOpleiderAdmin:
      return Own(Of::kOpleider, tenant);
    case Role::kAnonymous:
      break;
  }
  return Own(Of::kSwitcher, "");
}

bool MayReach(const Call& call, const domain::Terms& terms) {
  const store::Scope scope = ScopeOf(call);
  switch (scope.of) {
    case Of::kAll:
      return true;
    case Of::kSwitcher:
      return terms.switcher.value() == scope.id;
    case Of::kPartner:
      return terms.partner == scope.id;
    case Of::kEmployer:
      return domain::OwnerOf(terms.vacancy) == scope.id;
    case Of::kOpleider:
      break;
  }
  return domain::OwnerOf(terms.start.name) == scope.id;
}

}  // namespace matchgo::scheduler
