// Certificates against brute force: every contract above somebody's own place has exactly one, with
// the reason, cut-off, load and minimum that the list of all contracts gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/certificate.h"
#include "services/scheduler/engine/market_file.h"
#include "tests/support/engine/contract_table.h"
#include "tests/support/engine/random_market.h"
#include "tests/support/engine/reference_clearing.h"

namespace matchgo::scheduler::engine {
namespace {

// What the list of all contracts says about one clearing.
class Brute {
 public:
  Brute(const Market& market, const ContractTable& table, const Clearing& clearing)
      : market_(market),
        table_(table),
        clearing_(clearing),
        reference_(market, table, market.commitments, TakingOrder::kByPlace) {
    for (int32_t p = 0; p < market.start_count(); ++p) {
      open_.push_back(clearing.Runs(p) ? 1 : 0);
    }
  }

  // Places above her own that are not hers; empty when her contract is frozen.
  std::vector<int32_t> Better(int32_t s) const {
    std::vector<int32_t> better;
    const KnownContract* const held = clearing_.HeldBy(s);
    const int32_t own = held == nullptr ? table_.size() : *table_.Find(held->contract());
    if (clearing_.IsFrozen(s)) return better;
    for (const int32_t place : table_.OfSwitcher(s)) {
      if (place < own) better.push_back(place);
    }
    return better;
  }

  // The certificate of a place, in the order of the format's reasons.
  Certificate Of(int32_t place) const {
    Certificate wanted{.contract = table_.at(place)};
    const Contract& contract = wanted.contract.contract;
    const auto& declined = market_.commitments.declined;
    if (std::ranges::find(declined, contract) != declined.end()) return wanted;
    if (!contract.direct() && !clearing_.Runs(contract.start)) {
      std::vector<uint8_t> with = open_;
      with[static_cast<size_t>(contract.start)] = 1;
      wanted.why = WhyNot::kStartClosed;
      wanted.load = reference_.Clear(with).loads[static_cast<size_t>(contract.start)];
      wanted.min = market_.start(contract.start).min;
      return wanted;
    }
    const auto vacancy = [&](const KnownContract& other) {
      return other.vacancy == contract.vacancy;
    };
    wanted.why = WhyNot::kVacancyFull;
    if (Full(place, market_.vacancy(contract.vacancy).openings, vacancy, &wanted)) return wanted;
    wanted.why = WhyNot::kStartFull;
    const auto start = [&](const KnownContract& other) { return other.start == contract.start; };
    EXPECT_FALSE(contract.direct());
    EXPECT_TRUE(Full(place, market_.start(contract.start).capacity, start, &wanted));
    return wanted;
  }

 private:
  template <class IsThere>
  bool Full(int32_t place, int32_t capacity, const IsThere& there, Certificate* wanted) const {
    int32_t count = 0;
    int32_t worst = -1;
    for (const KnownContract& held : clearing_.holdings) {
      if (!there(held)) continue;
      ++count;
      if (!clearing_.IsFrozen(held.switcher)) {
        worst = std::max(worst, *table_.Find(held.contract()));
      }
    }
    if (count < capacity || worst > place) return false;
    if (worst >= 0) {
      const FeasibleContract& last = table_.at(worst);
      wanted->cut_off = CutOff{last.score, table_.lottery().KeyOf(last.contract)};
    }
    return true;
  }

  const Market& market_;
  const ContractTable& table_;
  const Clearing& clearing_;
  const testing::ReferenceClearing reference_;
  std::vector<uint8_t> open_;
};

TEST(CertificateProperty, EqualsBruteForce) {
  Random random(52);
  std::vector<int64_t> seen(4, 0);
  for (int round = 0; round < 1000; ++round) {
    MarketInput input =
        round % 4 == 3 ? testing::RandomTriples(random, {}) : testing::RandomMarket(random, {});
    testing::AddCommitments(random, input);
    const auto built = BuildMarket(input);
    const Market& market = built->market;
    const auto table = FindContracts(market, Weights());
    const CandidateIndex index(market, Weights());
    SerialParallel serial;
    const auto clearing = Clear(index, {}, serial);
    ASSERT_TRUE(clearing.ok());
    const Certifier certifier(index, *clearing);
    const Brute brute(market, *table, *clearing);
    CandidateSearch search(index);
    for (int32_t s = 0; s < market.switcher_count(); ++s) {
      const std::vector<int32_t> better = brute.Better(s);
      const std::vector<Certificate> mine = certifier.For(s, search);
      ASSERT_EQ(mine.size(), better.size()) << built->text;
      for (size_t i = 0; i < mine.size(); ++i) {
        const Certificate wanted = brute.Of(better[i]);
        ++seen[static_cast<size_t>(wanted.why)];
        EXPECT_EQ(certifier.Format(mine[i]), certifier.Format(wanted)) << built->text;
      }
    }
  }
  for (const int64_t count : seen) EXPECT_GT(count, 50) << "a reason hardly ever occurs";
}

}  // namespace
}  // namespace matchgo::scheduler::engine
