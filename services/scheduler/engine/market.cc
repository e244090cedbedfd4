#include "services/scheduler/engine/market.h"

#include <algorithm>

namespace matchgo::scheduler::engine {

void IdColumn::Append(std::string_view name) {
  bytes_.append(name);
  ends_.push_back(bytes_.size());
}

void IdColumn::Reserve(size_t names, size_t bytes) {
  bytes_.reserve(bytes);
  ends_.reserve(names);
}

std::string_view IdColumn::operator[](int32_t index) const {
  const auto i = static_cast<size_t>(index);
  const uint64_t begin = i == 0 ? 0 : ends_[i - 1];
  return std::string_view(bytes_).substr(begin, ends_[i] - begin);
}

std::optional<int32_t> IdColumn::Find(std::string_view name) const {
  int32_t low = 0;
  int32_t high = size();
  while (low < high) {
    const int32_t middle = low + (high - low) / 2;
    if ((*this)[middle] < name) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == size() || (*this)[low] != name) return std::nullopt;
  return low;
}

MarketContract Market::Ids(const Contract& contract) const {
  MarketContract ids{std::string(switcher_ids[contract.switcher]),
                     std::string(vacancy_ids[contract.vacancy]), std::nullopt};
  if (!contract.direct()) ids.start = std::string(start_ids[contract.start]);
  return ids;
}

std::optional<Contract> Market::Find(const MarketContract& contract) const {
  const auto s = switcher_ids.Find(contract.switcher);
  const auto v = vacancy_ids.Find(contract.vacancy);
  if (!s || !v) return std::nullopt;
  if (!contract.start) return Contract{*s, *v, kNone};
  const auto p = start_ids.Find(*contract.start);
  if (!p) return std::nullopt;
  return Contract{*s, *v, *p};
}

const GivenTriple* Market::FindTriple(const Contract& contract) const {
  const auto found = std::ranges::lower_bound(triples, contract, {}, &GivenTriple::contract);
  if (found == triples.end() || found->contract != contract) return nullptr;
  return &*found;
}

std::vector<std::string> ModuleIds(const Market& market, int32_t start, uint64_t modules) {
  std::vector<std::string> ids;
  const std::span<const Module> all = market.start_modules[start];
  for (size_t i = 0; i < all.size(); ++i) {
    if ((modules >> i & 1U) != 0) ids.push_back(all[i].id);
  }
  return ids;
}

}  // namespace matchgo::scheduler::engine
