#include "services/scheduler/market_view.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/scheduler/domain/market_ids.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/score.h"

namespace matchgo::scheduler {
namespace {

// The lottery only orders equals here, so there is nothing to win by knowing it.
constexpr char kSeed[] = "suggestions";

}  // namespace

StatusOr<std::shared_ptr<const MarketOfNow>> MarketOfNow::Make(
    const domain::MarketSources& sources) {
  domain::ProjectedMarket projected = domain::Project(sources);
  projected.input.seed = kSeed;
  StatusOr<engine::FrozenMarket> built = engine::BuildMarket(projected.input);
  if (!built.ok()) return built.status();
  projected.input = {};
  return std::make_shared<const MarketOfNow>(std::move(built->market), projected.stand_ins);
}

MarketOfNow::MarketOfNow(engine::Market built, const std::map<std::string, std::string>& stand_ins)
    : market_(std::move(built)), index_(market_, engine::Weights()) {
  for (int32_t s = 0; s < market_.sector_names.size(); ++s) {
    sectors_.emplace(market_.sector_names[s]);
  }
  std::map<std::string, int32_t> kind_of;
  for (int32_t o = 0; o < market_.occupation_names.size(); ++o) {
    const std::string name(market_.occupation_names[o]);
    const auto other = stand_ins.find(name);
    const std::string& of_the_vocabulary = other == stand_ins.end() ? name : other->second;
    const auto [at, made] =
        kind_of.emplace(of_the_vocabulary, static_cast<int32_t>(occupations_.size()));
    if (made) occupations_.push_back(of_the_vocabulary);
    kinds_.push_back(at->second);
  }
}

const std::string& MarketOfNow::OccupationOf(int32_t vacancy) const {
  const auto occupation = static_cast<size_t>(market_.vacancy(vacancy).occupation);
  return occupations_[static_cast<size_t>(kinds_[occupation])];
}

std::unique_ptr<engine::CandidateSearch> MarketOfNow::Take() const {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto search = std::move(idle_.back());
      idle_.pop_back();
      return search;
    }
  }
  return std::make_unique<engine::CandidateSearch>(index_);
}

void MarketOfNow::Give(std::unique_ptr<engine::CandidateSearch> search) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(search));
}

std::shared_ptr<const engine::Admission> RoomIn(const MarketOfNow& open,
                                                const std::map<std::string, int32_t>& taken) {
  const engine::Market& market = open.market();
  auto room = std::make_shared<engine::Admission>(open.index());
  for (const auto& [resource, count] : taken) {
    const domain::StartKey start = domain::StartOfSeats(resource);
    if (const auto v = market.vacancy_ids.Find(domain::VacancyMarketId(resource))) {
      if (market.vacancy(*v).openings <= count) room->SetVacancy(*v, engine::Door::Shut());
    } else if (const auto p = market.start_ids.Find(domain::StartMarketId(start))) {
      if (market.start(*p).capacity <= count) room->SetStart(*p, engine::Door::Shut());
    }
  }
  return room;
}

}  // namespace matchgo::scheduler
