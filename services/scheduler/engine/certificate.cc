#include "services/scheduler/engine/certificate.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "common/base/check.h"
#include "services/scheduler/engine/feasibility.h"
#include "services/scheduler/engine/json_writer.h"
#include "services/scheduler/engine/person.h"

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

Certifier::Certifier(const CandidateIndex& index, const Clearing& clearing)
    : index_(index),
      market_(index.market()),
      clearing_(clearing),
      vacancies_(market_.vacancies.size()),
      starts_(market_.starts.size()),
      load_if_opened_(market_.starts.size(), 0) {
  CHECK(clearing.mechanism == Mechanism::kScore);
  for (size_t i = 0; i < clearing.holdings.size(); ++i) {
    const KnownContract& held = clearing.holdings[i];
    Hold(vacancies_[static_cast<size_t>(held.vacancy)], static_cast<int32_t>(i));
    if (held.start != kNone) {
      Hold(starts_[static_cast<size_t>(held.start)], static_cast<int32_t>(i));
    }
  }
  for (const ClosedStartLoad& closed : clearing.closed) {
    load_if_opened_[static_cast<size_t>(closed.start)] = closed.load;
  }
}

void Certifier::Hold(Party& party, int32_t holding) {
  ++party.taken;
  if (clearing_.IsFrozen(clearing_.holdings[static_cast<size_t>(holding)].switcher)) return;
  if (party.worst == kNone || Better(PlaceOfHolding(party.worst), PlaceOfHolding(holding))) {
    party.worst = holding;
  }
}

Place Certifier::PlaceOfHolding(int32_t holding) const {
  return PlaceOf(index_, clearing_.holdings[static_cast<size_t>(holding)]);
}

// Full for a contract at this place: no room, and nothing to give up that stands behind it.
bool Certifier::Full(const Party& party, int32_t capacity, const Place& place) const {
  return party.taken >= capacity &&
         (party.worst == kNone || Better(PlaceOfHolding(party.worst), place));
}

std::optional<CutOff> Certifier::CutOffOf(const Party& party) const {
  if (party.worst == kNone) return std::nullopt;
  const Place worst = PlaceOfHolding(party.worst);
  return CutOff{worst.score, worst.key};
}

std::optional<Certificate> Certifier::Explain(const FeasibleContract& entry) const {
  const Contract& contract = entry.contract;
  const KnownContract* const own = clearing_.HeldBy(contract.switcher);
  if (own != nullptr && own->contract() == contract) return std::nullopt;
  Certificate certificate{.contract = entry};
  if (std::ranges::binary_search(clearing_.commitments.declined, contract)) {
    certificate.why = WhyNot::kDeclined;
    return certificate;
  }
  if (!contract.direct() && !clearing_.Runs(contract.start)) {
    certificate.why = WhyNot::kStartClosed;
    certificate.load = load_if_opened_[static_cast<size_t>(contract.start)];
    certificate.min = market_.start(contract.start).min;
    return certificate;
  }
  const Place place = PlaceOf(entry);
  const Party& vacancy = vacancies_[static_cast<size_t>(contract.vacancy)];
  if (Full(vacancy, market_.vacancy(contract.vacancy).openings, place)) {
    certificate.why = WhyNot::kVacancyFull;
    certificate.cut_off = CutOffOf(vacancy);
    return certificate;
  }
  if (contract.direct()) return std::nullopt;
  const Party& start = starts_[static_cast<size_t>(contract.start)];
  if (!Full(start, market_.start(contract.start).capacity, place)) return std::nullopt;
  certificate.why = WhyNot::kStartFull;
  certificate.cut_off = CutOffOf(start);
  return certificate;
}

std::vector<Certificate> Certifier::For(int32_t switcher, CandidateSearch& search) const {
  std::vector<Certificate> certificates;
  if (clearing_.IsFrozen(switcher)) return certificates;
  const KnownContract* const own = clearing_.HeldBy(switcher);
  std::optional<Place> above;
  if (own != nullptr) above = PlaceOf(index_, *own);
  for (const FeasibleContract& contract : ContractsOf(market_, switcher, above, search)) {
    if (const auto certificate = Explain(contract)) certificates.push_back(*certificate);
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
  const FeasibleContract& entry = certificate.contract;
  const MarketContract ids = market_.Ids(entry.contract);
  std::string out;
  JsonLine line(out, "certificate");
  line.Text("s", ids.switcher).Text("v", ids.vacancy).TextOrNull("p", ids.start);
  line.Number("score", entry.score).Text("why", WhyNotName(certificate.why));
  if (certificate.cut_off) {
    line.Number("cutoff_score", certificate.cut_off->score);
    line.Text("cutoff_key", Hex16(certificate.cut_off->key));
  }
  if (certificate.why == WhyNot::kStartClosed) {
    line.Number("load", certificate.load).Number("min", certificate.min);
  }
  line.End();
  return out;
}

std::vector<FeasibleContract> ContractsOf(const Market& market, int32_t switcher,
                                          const std::optional<Place>& above,
                                          CandidateSearch& search) {
  Query query{.person = PersonOf(market, switcher), .limit = std::numeric_limits<int>::max()};
  query.above = above;
  return std::move(search.Best(query).best);
}

std::optional<FeasibleContract> FindContract(const CandidateIndex& index,
                                             const Contract& contract) {
  const Market& market = index.market();
  const Verdict verdict = Check(market, contract);
  if (!verdict.feasible) return std::nullopt;
  FeasibleContract found{.contract = contract};
  found.score = market.bare ? market.FindTriple(contract)->score
                            : ScoreOf(PartsOf(market, contract, verdict.modules, verdict.ready),
                                      index.weights());
  found.ready = verdict.ready;
  found.modules = verdict.modules;
  found.key = PlaceOf(index, Known(found)).key;
  return found;
}

Place PlaceOf(const CandidateIndex& index, const KnownContract& contract) {
  const Market& market = index.market();
  const uint64_t hash = LotteryHash(market.seed, market.switcher_ids[contract.switcher]);
  return {.score = contract.score,
          .key = index.KeyOf(hash, contract.vacancy, contract.start),
          .contract = contract.contract()};
}

}  // namespace matchgo::scheduler::engine
