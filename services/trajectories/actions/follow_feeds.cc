#include "services/trajectories/actions/follow_feeds.h"

#include <string>
#include <utility>

#include "common/base/status_macros.h"
#include "common/kernel/person.h"
#include "services/trajectories/actions/save_change.h"
#include "services/trajectories/store/feed_store.h"
#include "services/trajectories/store/trajectory_store.h"

namespace matchgo::trajectories {
namespace {

// Saves what came of a message, if anything did.
Status SaveIfChanged(sql::Tx& tx, const domain::Trajectory& before, domain::Transition change) {
  if (before.revision.version != 0 && change.next == before) return absl::OkStatus();
  const char* const kind = change.next.exit.has_value() ? "trajectory.exited"
                           : change.effects.empty()     ? "trajectory.updated"
                                                        : "trajectory.advanced";
  return SaveChange(tx, std::move(change), kind).status();
}

domain::Trajectory BeginNew(sql::Tx& tx, Entropy& entropy, const SwitcherId& switcher,
                            const std::string& partner, Instant since) {
  return domain::Begin(TrajectoryId(entropy.NewId()), switcher, partner, DayOf(since),
                       tx.call().now, "SERVICE", std::string(kProcess));
}

Status FollowOne(sql::Tx& tx, Entropy& entropy, const domain::ProfileNews& news) {
  ASSIGN_OR_RETURN(const std::optional<domain::Trajectory> latest,
                   store::TrajectoryStore(tx).FindLatest(news.switcher));
  if (latest.has_value() && !latest->ended()) {
    ASSIGN_OR_RETURN(domain::Transition change, Follow(*latest, news, tx.call().now));
    return SaveIfChanged(tx, *latest, std::move(change));
  }
  if (!news.active) return absl::OkStatus();
  // Whoever withdrew and is active again begins anew; after any other end that is said by an offer.
  const bool back = latest.has_value() && latest->exit.has_value() &&
                    latest->exit->reason == domain::ExitReason::kWithdrew;
  if (latest.has_value() && !back) return absl::OkStatus();
  const domain::Trajectory fresh =
      BeginNew(tx, entropy, news.switcher, news.partner, back ? news.changed : news.created);
  ASSIGN_OR_RETURN(domain::Transition change, Follow(fresh, news, tx.call().now));
  return SaveIfChanged(tx, fresh, std::move(change));
}

// Whether an offer or a contract begins a trajectory of its own. The feed of profiles may be
// behind, so the first news of somebody does; later only what was offered after the last one ended.
bool Begins(const std::optional<domain::Trajectory>& latest, const domain::MatchNews& news,
            bool known) {
  if (known || news.state == domain::MatchNews::State::kNone) return false;
  if (!latest.has_value()) return true;
  return news.live() && news.began > latest->history.back().time;
}

Status FollowOne(sql::Tx& tx, Entropy& entropy, const domain::MatchNews& news, bool known) {
  ASSIGN_OR_RETURN(const std::optional<domain::Trajectory> latest,
                   store::TrajectoryStore(tx).FindLatest(news.switcher));
  if (latest.has_value() && !latest->ended()) {
    ASSIGN_OR_RETURN(domain::Transition change, Follow(*latest, news, known, tx.call().now));
    return SaveIfChanged(tx, *latest, std::move(change));
  }
  if (!Begins(latest, news, known)) return absl::OkStatus();
  const domain::Trajectory fresh = BeginNew(
      tx, entropy, news.switcher, latest.has_value() ? latest->partner : std::string(), news.began);
  ASSIGN_OR_RETURN(domain::Transition change, Follow(fresh, news, known, tx.call().now));
  return SaveIfChanged(tx, fresh, std::move(change));
}

// Whether this version of the record is new here; if so it is noted.
StatusOr<bool> TakeIn(store::FeedStore& feeds, const std::string& name, int64_t sequence) {
  ASSIGN_OR_RETURN(const int64_t seen, feeds.Seen(name));
  if (seen >= sequence) return false;
  RETURN_IF_ERROR(feeds.SetSeen(name, sequence));
  return true;
}

}  // namespace

Status FollowProfiles(sql::Tx& tx, Entropy& entropy, const std::vector<domain::ProfileNews>& news,
                      std::optional<int64_t> mark) {
  store::FeedStore feeds(tx);
  for (const domain::ProfileNews& item : news) {
    ASSIGN_OR_RETURN(const bool fresh,
                     TakeIn(feeds, "switchers/" + item.switcher.value(), item.sequence));
    if (fresh) RETURN_IF_ERROR(FollowOne(tx, entropy, item));
  }
  return mark.has_value() ? feeds.SetPosition(store::kProfiles, *mark) : absl::OkStatus();
}

Status FollowMatches(sql::Tx& tx, Entropy& entropy, const std::vector<domain::MatchNews>& news,
                     std::optional<int64_t> mark) {
  store::FeedStore feeds(tx);
  for (const domain::MatchNews& item : news) {
    if (item.state == domain::MatchNews::State::kNone) continue;
    ASSIGN_OR_RETURN(const int64_t known, feeds.Seen(item.agreement.offer));
    ASSIGN_OR_RETURN(const bool fresh, TakeIn(feeds, item.name, item.sequence));
    if (fresh) RETURN_IF_ERROR(FollowOne(tx, entropy, item, known > 0));
  }
  return mark.has_value() ? feeds.SetPosition(store::kScheduler, *mark) : absl::OkStatus();
}

}  // namespace matchgo::trajectories
