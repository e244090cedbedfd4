#include "services/scheduler/engine/price_tags.h"

#include <algorithm>

#include "common/base/check.h"

namespace matchgo::scheduler::engine {

PriceTags::PriceTags(const CandidateIndex& index, const Prices& prices, int32_t bonus)
    : prices_(prices), bonus_(bonus) {
  CHECK(!index.market().bare);
  const VacancyGroups& groups = index.groups();
  blocks_.assign(groups.blocks.size(), kPriceMax);
  for (int32_t v = 0; v < index.market().vacancy_count(); ++v) {
    const int32_t slot = groups.slot_of[static_cast<size_t>(v)];
    int32_t& floor = blocks_[static_cast<size_t>(slot) / kLanes];
    floor = std::min(floor, OfVacancy(v));
  }
  const Syllabi& syllabi = groups.syllabi;
  syllabi_.assign(syllabi.all.size(), kPriceMax);
  for (size_t i = 0; i < syllabi_.size(); ++i) {
    for (int32_t slot = syllabi.first[i]; slot < syllabi.first[i + 1]; ++slot) {
      syllabi_[i] = std::min(syllabi_[i], OfStart(syllabi.starts[static_cast<size_t>(slot)]));
    }
  }
}

}  // namespace matchgo::scheduler::engine
