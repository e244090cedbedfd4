#include "services/scheduler/engine/certificate.h"

#include <algorithm>
#include <array>

#include "common/base/check.h"
#include "services/scheduler/engine/json_writer.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr std::array<std::string_view, 4> kWhyNotNames = {"declined", "start_closed",
                                                          "vacancy_full", "start_full"};

std::string Hex16(uint64_t value) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text.push_back(kHex[value >> shift & 15U]);
  return text;
}

}  // namespace

std::string_view WhyNotName(WhyNot why) { return kWhyNotNames[static_cast<size_t>(why)]; }

Certifier::Certifier(const Market& market, const ContractTable& table, const Clearing& clearing)
    : market_(market),
      table_(table),
      clearing_(clearing),
      vacancies_(market.vacancies.size()),
      starts_(market.starts.size()) {
  CHECK(clearing.mechanism == Mechanism::kScore);
  for (size_t s = 0; s < clearing.place_of.size(); ++s) {
    const int32_t place = clearing.place_of[s];
    if (place == kNone) continue;
    const Contract& contract = table.at(place).contract;
    const auto hold = [&](Party& party) {
      ++party.taken;
      if (clearing.frozen_switcher[s] == 0) party.worst = std::max(party.worst, place);
    };
    hold(vacancies_[static_cast<size_t>(contract.vacancy)]);
    if (!contract.direct()) hold(starts_[static_cast<size_t>(contract.start)]);
  }
}

// Full for a contract at this place: no room, and nothing to give up that stands behind it.
bool Certifier::Full(const Party& party, int32_t capacity, int32_t place) const {
  return party.taken >= capacity && (party.worst == kNone || party.worst < place);
}

std::optional<CutOff> Certifier::CutOffOf(const Party& party) const {
  if (party.worst == kNone) return std::nullopt;
  const FeasibleContract& worst = table_.at(party.worst);
  return CutOff{worst.score, worst.key};
}

std::optional<Certificate> Certifier::Explain(int32_t place) const {
  const Contract& contract = table_.at(place).contract;
  if (clearing_.place_of[static_cast<size_t>(contract.switcher)] == place) return std::nullopt;
  if (std::ranges::binary_search(clearing_.commitments.declined, contract)) {
    return Certificate{place, WhyNot::kDeclined, std::nullopt};
  }
  if (!contract.direct() && !clearing_.Runs(contract.start)) {
    return Certificate{place, WhyNot::kStartClosed, std::nullopt};
  }
  const Party& vacancy = vacancies_[static_cast<size_t>(contract.vacancy)];
  if (Full(vacancy, market_.vacancy(contract.vacancy).openings, place)) {
    return Certificate{place, WhyNot::kVacancyFull, CutOffOf(vacancy)};
  }
  if (contract.direct()) return std::nullopt;
  const Party& start = starts_[static_cast<size_t>(contract.start)];
  if (Full(start, market_.start(contract.start).capacity, place)) {
    return Certificate{place, WhyNot::kStartFull, CutOffOf(start)};
  }
  return std::nullopt;
}

std::vector<Certificate> Certifier::For(int32_t switcher) const {
  std::vector<Certificate> certificates;
  if (clearing_.frozen_switcher[static_cast<size_t>(switcher)] != 0) return certificates;
  const int32_t own = clearing_.place_of[static_cast<size_t>(switcher)];
  for (const int32_t place : table_.OfSwitcher(switcher)) {
    if (own != kNone && place >= own) break;
    if (const auto certificate = Explain(place)) certificates.push_back(*certificate);
  }
  return certificates;
}

void Certifier::Count(const Party& party, int32_t capacity, CutOffs* counted) const {
  ++counted->parties;
  if (party.taken < capacity) return;
  if (const auto cut_off = CutOffOf(party)) counted->scores.push_back(cut_off->score);
}

CutOffs Certifier::OfVacancies() const {
  CutOffs counted;
  for (size_t v = 0; v < vacancies_.size(); ++v) {
    const int32_t openings = market_.vacancies[v].openings;
    if (openings > 0) Count(vacancies_[v], openings, &counted);
  }
  std::ranges::sort(counted.scores);
  return counted;
}

CutOffs Certifier::OfStarts() const {
  CutOffs counted;
  for (size_t p = 0; p < starts_.size(); ++p) {
    if (starts_[p].taken > 0) Count(starts_[p], market_.starts[p].capacity, &counted);
  }
  std::ranges::sort(counted.scores);
  return counted;
}

std::string Certifier::Format(const Certificate& certificate) const {
  const FeasibleContract& entry = table_.at(certificate.place);
  const MarketContract ids = market_.Ids(entry.contract);
  std::string out;
  JsonLine line(out, "certificate");
  line.Text("s", ids.switcher).Text("v", ids.vacancy).TextOrNull("p", ids.start);
  line.Number("score", entry.score).Text("why", WhyNotName(certificate.why));
  if (certificate.cut_off) {
    line.Number("cutoff_score", certificate.cut_off->score);
    line.Text("cutoff_key", Hex16(certificate.cut_off->key));
  }
  line.End();
  return out;
}

ScoreParts ExplainScore(const Market& market, const ContractTable& table, int32_t place) {
  const FeasibleContract& entry = table.at(place);
  return PartsOf(market, entry.contract, entry.modules, entry.ready);
}

}  // namespace matchgo::scheduler::engine
