#include "services/scheduler/actions/refresh_view.h"

#include <memory>
#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/domain/round_lifecycle.h"

namespace matchgo::scheduler {

StatusOr<Refreshed> ViewRefresher::Refresh(const Call& call) {
  const FeedProgress vacancies = deps_.vacancies.progress();
  const FeedProgress programmes = deps_.programmes.progress();
  if (!vacancies.synced || !programmes.synced) return Refreshed::kNothing;
  // Positions are read before the records, so that the view holds at least what they promise.
  const MarketPosition position{.vacancies = vacancies.sequence,
                                .programmes = programmes.sequence,
                                .day = DayOf(call.now),
                                .offers_until = OffersUntil(call.now, domain::kAnswerDaysDefault)};
  const int64_t own_sequence = deps_.database.sequence();
  ASSIGN_OR_RETURN(OwnLimits limits,
                   deps_.database.Read(call, [](sql::Tx& tx) { return ReadLimits(tx); }));
  const std::shared_ptr<const MarketView> shown = deps_.window.Look().view;
  const bool same_market = shown != nullptr && shown->position == position && limits == limits_;
  if (same_market && own_sequence == own_sequence_) {
    deps_.window.Confirm(call.now);
    return Refreshed::kNothing;
  }
  const auto watch = deps_.probe.Watch();
  ASSIGN_OR_RETURN(auto taken,
                   deps_.database.Read(call, [](sql::Tx& tx) { return ReadTaken(tx); }));
  auto view = std::make_shared<MarketView>();
  view->position = position;
  if (same_market) {
    view->now = shown->now;
  } else {
    domain::MarketSources sources = SourcesFromFeeds(deps_);
    sources.day = position.day;
    sources.offers_until = position.offers_until;
    ApplyLimits(limits, &sources);
    ASSIGN_OR_RETURN(view->now, MarketOfNow::Make(sources));
  }
  view->room = same_market && taken == taken_ ? shown->room : RoomIn(*view->now, taken);
  deps_.probe.ViewIs(view->now->market().vacancy_count(), view->now->market().start_count());
  deps_.window.Show(std::move(view), call.now);
  limits_ = std::move(limits);
  taken_ = std::move(taken);
  own_sequence_ = own_sequence;
  deps_.probe.ViewTook(same_market ? "seats" : "market", watch.seconds());
  return same_market ? Refreshed::kSeats : Refreshed::kMarket;
}

}  // namespace matchgo::scheduler
