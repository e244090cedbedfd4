// The half of ExactState that looks ahead: what the next changes will ask for.
#include <algorithm>
#include <numeric>

#include "common/base/check.h"
#include "services/scheduler/engine/exact_state.h"

namespace matchgo::scheduler::engine {
namespace {

constexpr auto kBeforeAll = KnownContracts::kBeforeAll;
constexpr auto kBehindAll = KnownContracts::kBehindAll;

// How much faster searches grow that did not find enough.
constexpr int kMoreEachTime = 4;

// No start at all, where kNone is a contract without one.
constexpr int32_t kNoStart = kNone - 1;

// So many people above its minimum a start is safe for a while.
constexpr int32_t kFewAnswers = 3;

std::vector<int32_t> NumbersTo(int32_t count) {
  std::vector<int32_t> numbers(static_cast<size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

}  // namespace

void ExactState::Stock() {
  StockFor(NumbersTo(market_.switcher_count()), NumbersTo(market_.vacancy_count()));
  if (lists_all_ || filter() == nullptr) return;
  // Many were put in their places one by one.
  TakeAllThatFit();
  flips_seen_ = 0;
  NoteEverybody();
  Complete();
}

void ExactState::StockFor(std::vector<int32_t> switchers, std::vector<int32_t> vacancies) {
  CHECK(trials_ == 0);
  if (lists_all_ || filter() == nullptr) return;
  ReachNoFurtherThanHeld(switchers);
  // What lies between the last seat of a party and its line is found, too, and helps nobody: some
  // need more than others.
  for (int limit = sizes_.stock_at_vacancy;; limit *= kMoreEachTime) {
    std::erase_if(vacancies, [this](int32_t v) { return KnowsWhoIsNext(v); });
    if (vacancies.empty()) break;
    searches_.ahead += static_cast<int64_t>(vacancies.size());
    Report("stock of vacancies", vacancies.size(), vacancy_lines_.size());
    ExtendVacancies(vacancies, limit);
  }
  for (int limit = sizes_.stock_of_switcher;; limit *= kMoreEachTime) {
    std::erase_if(switchers, [this](int32_t s) { return KnowsWhatIsNext(s); });
    if (switchers.empty()) break;
    searches_.ahead += static_cast<int64_t>(switchers.size());
    Report("stock of switchers", switchers.size(), reach_.size());
    ExtendSwitchers(switchers, limit, /*beyond_held=*/true);
  }
  Complete();
}

// A vacancy is told of whoever could have it before her reach, also of those who hold something
// better: these would fill its list. Not where her list was not filtered: her door is shut.
void ExactState::ReachNoFurtherThanHeld(std::span<const int32_t> switchers) {
  for (const int32_t s : switchers) {
    const auto i = static_cast<size_t>(s);
    const Id held = state_.HeldBy(s);
    if (reach_[i] != first_reach_[i] && known_.Before(held, reach_[i])) SetReach(s, held);
  }
}

bool ExactState::KnowsWhatIsNext(int32_t switcher) const {
  const Id held = state_.HeldBy(switcher);
  const Id reach = reach_[static_cast<size_t>(switcher)];
  if (held == kBehindAll || !state_.HasSeat(switcher) || reach == kBehindAll) return true;
  // Where a few answers close her start she is not the only one to need something else at once.
  const int32_t start = known_.at(held).start;
  const int32_t doubtful = start != kNone && MaySoonClose(start) ? start : kNoStart;
  return std::ranges::any_of(known_.OfSwitcher(switcher), [&](Id id) {
    return known_.at(id).start != doubtful && known_.Before(held, id) &&
           !known_.Before(reach, id) && !state_.IsRefused(id) &&
           !known_.Before(state_.LimitOfVacancy(known_.at(id).vacancy), id) && StartWouldTake(id);
  });
}

bool ExactState::KnowsWhoIsNext(int32_t vacancy) const {
  const Id limit = state_.LimitOfVacancy(vacancy);
  const Id line = vacancy_lines_[static_cast<size_t>(vacancy)];
  if (limit == kBeforeAll || limit == kBehindAll || line == kBehindAll) return true;
  const auto next = std::ranges::count_if(known_.OfVacancy(vacancy), [&](Id id) {
    const int32_t s = known_.at(id).switcher;
    return known_.Before(limit, id) && !known_.Before(line, id) && !state_.IsRefused(id) &&
           state_.HasSeat(s) && known_.Before(id, state_.HeldBy(s)) && StartWouldTake(id);
  });
  return next >= sizes_.stock_at_vacancy;
}

bool ExactState::MaySoonClose(int32_t start) const {
  return state_.FrozenIn(start) == 0 &&
         state_.LoadOf(start) < market_.start(start).min + kFewAnswers;
}

bool ExactState::StartWouldTake(Id id) const {
  const int32_t start = known_.at(id).start;
  return start == kNone || !known_.Before(state_.LimitOfStart(start), id);
}

}  // namespace matchgo::scheduler::engine
