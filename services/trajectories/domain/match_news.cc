#include "services/trajectories/domain/match_news.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/person.h"

namespace matchgo::trajectories::domain {
namespace {

using State = MatchNews::State;

// Takes one step more, with the effects of both.
Status Then(EventKind kind, Instant when, const Agreement* agreement, Instant now,
            Transition* transition) {
  Event event;
  event.kind = kind;
  event.on = DayOf(when);
  event.from_feed = true;
  event.actor_role = "SERVICE";
  const bool ends = kind == EventKind::kExited || kind == EventKind::kContractVoided;
  const bool named = ends && agreement != nullptr && !agreement->ended_by.empty();
  event.actor = named ? agreement->ended_by : std::string(kProcess);
  if (agreement != nullptr) event.agreement = *agreement;
  event.exit_reason = agreement == nullptr ? ExitReason::kWithdrew : ExitReason::kContractEnded;
  ASSIGN_OR_RETURN(Transition step, Advance(transition->next, event, now));
  transition->next = std::move(step.next);
  for (Effect& effect : step.effects) transition->effects.push_back(std::move(effect));
  return absl::OkStatus();
}

// To INTRODUCTIE, from wherever she was before it.
Status Introduce(const MatchNews& news, Instant now, Transition* transition) {
  if (transition->next.stage == Stage::kAangemeld) {
    RETURN_IF_ERROR(Then(EventKind::kQualified, news.began, nullptr, now, transition));
  }
  if (transition->next.stage == Stage::kSelectie) {
    return Then(EventKind::kOfferPublished, news.began, &news.agreement, now, transition);
  }
  return absl::OkStatus();
}

Status EndContract(const MatchNews& news, bool known, Instant now, Transition* transition) {
  if (!known) RETURN_IF_ERROR(Introduce(news, now, transition));
  Trajectory& next = transition->next;
  if (next.stage == Stage::kIntroductie && next.offer == news.agreement.offer) {
    RETURN_IF_ERROR(Then(EventKind::kContractSigned, news.began, &news.agreement, now, transition));
  }
  if (next.contract != news.agreement.contract) return absl::OkStatus();
  const EventKind kind =
      next.stage == Stage::kContract ? EventKind::kContractVoided : EventKind::kExited;
  return Then(kind, news.changed, &news.agreement, now, transition);
}

}  // namespace

StatusOr<Transition> Follow(const Trajectory& trajectory, const ProfileNews& news, Instant now) {
  Transition transition{.next = trajectory, .effects = {}};
  if (trajectory.ended()) return transition;
  if (trajectory.partner.empty()) transition.next.partner = news.partner;
  if (!news.active) {
    RETURN_IF_ERROR(Then(EventKind::kExited, news.changed, nullptr, now, &transition));
  } else if (news.eligible && trajectory.stage == Stage::kAangemeld) {
    RETURN_IF_ERROR(Then(EventKind::kQualified, news.changed, nullptr, now, &transition));
  }
  return transition;
}

StatusOr<Transition> Follow(const Trajectory& trajectory, const MatchNews& news, bool known,
                            Instant now) {
  Transition transition{.next = trajectory, .effects = {}};
  if (trajectory.ended() || news.state == State::kNone) return transition;
  if (news.state == State::kContractEnded) {
    RETURN_IF_ERROR(EndContract(news, known, now, &transition));
    return transition;
  }
  // A contract is a fact, whatever was heard of its offer.
  if (!known || news.contract()) RETURN_IF_ERROR(Introduce(news, now, &transition));
  const Trajectory& next = transition.next;
  if (news.state == State::kContractActive && next.stage == Stage::kContract &&
      next.contract == news.agreement.contract &&
      next.at(Stage::kGestart).planned != news.agreement.begins_on) {
    transition.next = Replan(next, news.agreement, now);
    return transition;
  }
  if (next.stage != Stage::kIntroductie) return transition;
  if (news.state == State::kOfferFailed && transition.next.offer == news.agreement.offer) {
    RETURN_IF_ERROR(Then(EventKind::kOfferFailed, news.changed, &news.agreement, now, &transition));
  }
  if (news.state == State::kContractActive) {
    RETURN_IF_ERROR(
        Then(EventKind::kContractSigned, news.began, &news.agreement, now, &transition));
  }
  return transition;
}

}  // namespace matchgo::trajectories::domain
