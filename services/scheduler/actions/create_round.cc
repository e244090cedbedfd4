#include "services/scheduler/actions/create_round.h"

#include <numeric>
#include <string_view>
#include <utility>

#include "common/base/sha256.h"
#include "common/base/status_macros.h"
#include "services/scheduler/domain/round_lifecycle.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/round_store.h"

namespace matchgo::scheduler {
namespace {

std::string Hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace

StatusOr<domain::Round> CreateRound(sql::Tx& tx, Entropy& entropy,
                                    const CreateRoundCommand& command) {
  domain::Round round;
  if (command.weights.has_value()) {
    const auto& of = command.weights->of;
    if (std::accumulate(of.begin(), of.end(), 0) != 1000) {
      return Invalid(std::vector<Violation>{
          {"round.weights", reasons::kWeightsSum, "seven weights that sum to 1000"}});
    }
    round.weights = *command.weights;
  }
  round.id = RoundId(entropy.NewId());
  round.title = command.title;
  round.mechanism = command.mechanism;
  round.collect_until = command.collect_until;
  round.answer_working_days =
      command.answer_working_days == 0 ? domain::kAnswerDaysDefault : command.answer_working_days;
  round.seed = Hex(entropy.Bytes(16));
  round.seed_hash = Sha256Hex(round.seed);
  round.create_time = tx.call().now;
  round.steps.push_back({.state = round.state, .time = tx.call().now});
  ASSIGN_OR_RETURN(round, domain::Advance(round, domain::RoundEvent::kOpen, tx.call().now));
  RETURN_IF_ERROR(store::RoundStore(tx).Insert(round));
  return round;
}

}  // namespace matchgo::scheduler
