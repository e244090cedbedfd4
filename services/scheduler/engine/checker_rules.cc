#include "services/scheduler/engine/checker_rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include "services/scheduler/engine/checker_plan.h"

namespace matchgo::scheduler::engine {
namespace {

bool Among(std::span<const int32_t> names, int32_t name) {
  for (const int32_t other : names) {
    if (other == name) return true;
  }
  return false;
}

int64_t Square(int64_t value) { return value * value; }

int64_t Share(size_t some, size_t all) {
  return all == 0 ? 1000 : static_cast<int64_t>(1000 * some / all);
}

uint64_t Fnv(const std::string& text) {
  uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

uint64_t Rotate(uint64_t value, unsigned by) { return value << by | value >> (64U - by); }

uint64_t HashOf(const Market& market, std::string_view id) {
  return Fnv(market.seed + "|" + std::string(id));
}

int64_t Turn(const Market& market, int32_t s) { return market.switcher(s).priority; }

// All that a plan depends on.
std::vector<uint64_t> ContentOf(std::span<const Module> modules) {
  std::vector<uint64_t> content;
  for (const Module& module : modules) {
    content.push_back(static_cast<uint64_t>(module.hours));
    content.push_back(module.core ? 1 : 0);
    content.push_back(static_cast<uint64_t>(module.recognition));
    content.push_back(module.after);
    content.push_back(module.skills.size());
    for (const int32_t skill : module.skills) content.push_back(static_cast<uint64_t>(skill));
  }
  return content;
}

}  // namespace

CheckedTeaching::CheckedTeaching(const Market& market)
    : serving_(static_cast<size_t>(market.occupation_names.size())) {
  std::map<std::vector<uint64_t>, int32_t> known;
  for (int32_t p = 0; p < market.start_count(); ++p) {
    const std::span<const Module> modules = market.start_modules[p];
    const auto [at, is_new] = known.try_emplace(ContentOf(modules), curricula());
    curriculum_.push_back(at->second);
    if (is_new) {
      std::map<int32_t, uint64_t> of_skill;
      for (size_t i = 0; i < modules.size(); ++i) {
        for (const int32_t skill : modules[i].skills) of_skill[skill] |= uint64_t{1} << i;
      }
      teachers_.emplace_back(of_skill.begin(), of_skill.end());
    }
    for (const int32_t occupation : market.start_occupations[p]) {
      serving_[static_cast<size_t>(occupation)].push_back(p);
    }
  }
}

uint64_t CheckedTeaching::Teachers(int32_t p, int32_t skill) const {
  const auto taught = Taught(p);
  const auto found =
      std::ranges::lower_bound(taught, skill, {}, &std::pair<int32_t, uint64_t>::first);
  return found == taught.end() || found->first != skill ? 0 : found->second;
}

std::span<const int32_t> CheckedTeaching::Serving(int32_t occupation) const {
  return serving_[static_cast<size_t>(occupation)];
}

CheckedRules::CheckedRules(const Market& market, const Weights& weights,
                           const CheckedTeaching& teaching)
    : market_(market),
      weights_(weights),
      teaching_(teaching),
      mastered_(static_cast<size_t>(market.skill_names.size()), 0),
      lessons_(static_cast<size_t>(teaching.curricula())) {}

void CheckedRules::Visit(int32_t s) {
  if (s_ != kNone) {
    for (const int32_t skill : market_.switcher_skills[s_]) {
      mastered_[static_cast<size_t>(skill)] = 0;
    }
  }
  s_ = s;
  for (const int32_t skill : market_.switcher_skills[s_]) mastered_[static_cast<size_t>(skill)] = 1;
}

bool CheckedRules::Job(int32_t v) {
  v_ = v;
  const Switcher& she = market_.switcher(s_);
  const Vacancy& job = market_.vacancy(v);
  const int64_t distance = Square(int64_t{she.x} - job.x) + Square(int64_t{she.y} - job.y);
  if (distance > Square(she.max_dist)) return false;
  if (job.salary_max < she.salary_floor) return false;
  if (she.hours_min > job.hours || job.hours > she.hours_max) return false;
  lacking_.clear();
  for (const int32_t skill : market_.vacancy_required[v]) {
    if (!Mastered(skill)) lacking_.push_back(skill);
  }
  unqualified_ =
      job.qualification != kNone && !Among(market_.switcher_qualifications[s_], job.qualification);
  sure_ = SureParts();
  return true;
}

std::optional<CheckedContract> CheckedRules::Direct() const {
  const Switcher& she = market_.switcher(s_);
  if (NeedsStart() || she.available > market_.vacancy(v_).latest_ready) return std::nullopt;
  return Scored({s_, v_, kNone}, she.available, 0);
}

std::optional<CheckedContract> CheckedRules::Through(int32_t p, int64_t at_least) {
  const Switcher& she = market_.switcher(s_);
  const Vacancy& job = market_.vacancy(v_);
  const Start& start = market_.start(p);
  if (!NeedsStart() || start.begins > job.latest_ready) return std::nullopt;
  if (unqualified_ && !Among(market_.start_awards[p], job.qualification)) return std::nullopt;
  if (she.level < start.entry_level || start.begins < she.available) return std::nullopt;
  const int64_t distance = Square(int64_t{she.x} - start.x) + Square(int64_t{she.y} - start.y);
  if (!start.online && distance > Square(she.max_dist)) return std::nullopt;
  const int64_t most = sure_ + int64_t{1000} * weights_.of[1] + weights_.of[2] * Time(start.begins);
  if (most < at_least) return std::nullopt;
  const auto may_do = [&](int64_t hours) {
    const std::optional<int64_t> ready = ReadyAfter(start.begins, hours);
    return ready &&
           sure_ + int64_t{1000} * weights_.of[1] + weights_.of[2] * Time(*ready) >= at_least;
  };
  Lesson& lesson = LessonAt(p);
  if (!may_do(lesson.core_hours)) return std::nullopt;
  if (lesson.job != v_) Prepare(lesson, p);
  if (!may_do(lesson.sure_hours)) return std::nullopt;
  if (!lesson.planned) lesson.plan = CheckedBestPlan(lesson.task);
  lesson.planned = true;
  if (!lesson.plan || !may_do(lesson.plan->hours)) return std::nullopt;
  const std::optional<int64_t> ready = ReadyAfter(start.begins, lesson.plan->hours);
  return Scored({s_, v_, p}, *ready, lesson.plan->modules);
}

std::optional<CheckedContract> CheckedRules::Find(const Contract& contract) {
  Visit(contract.switcher);
  if (!Job(contract.vacancy)) return std::nullopt;
  if (contract.direct()) return Direct();
  const int32_t occupation = market_.vacancy(contract.vacancy).occupation;
  if (!Among(market_.start_occupations[contract.start], occupation)) return std::nullopt;
  return Through(contract.start, 0);
}

// Her hours, made once for all jobs; the lacking skills are the job's.
CheckedRules::Lesson& CheckedRules::LessonAt(int32_t p) {
  Lesson& lesson = lessons_[static_cast<size_t>(teaching_.CurriculumOf(p))];
  if (lesson.of == s_) return lesson;
  lesson.of = s_;
  lesson.job = kNone;
  CheckedPlanTask& task = lesson.task;
  task.core = 0;
  task.hours.clear();
  task.after.clear();
  for (const Module& module : market_.start_modules[p]) {
    if (module.core) task.core |= uint64_t{1} << task.hours.size();
    task.hours.push_back(HoursFor(module));
    task.after.push_back(module.after);
  }
  lesson.core_hours = CheckedCoreHours(task);
  return lesson;
}

// The same at all starts of the curriculum, so done once for a job.
void CheckedRules::Prepare(Lesson& lesson, int32_t p) {
  lesson.job = v_;
  lesson.planned = false;
  lesson.task.skill_teachers.clear();
  for (const int32_t skill : lacking_) {
    lesson.task.skill_teachers.push_back(teaching_.Teachers(p, skill));
  }
  lesson.sure_hours = CheckedSureHours(lesson.task);
}

// The day on which she is ready, if that is in time for the job.
std::optional<int64_t> CheckedRules::ReadyAfter(int64_t begins, int64_t hours) const {
  int64_t ready = begins;
  if (hours > 0) {
    const int64_t a_week = market_.switcher(s_).study_hours;
    if (a_week == 0) return std::nullopt;
    int64_t weeks = hours / a_week;
    if (weeks * a_week < hours) ++weeks;
    ready += weeks * 7;
  }
  if (ready > market_.vacancy(v_).latest_ready) return std::nullopt;
  return ready;
}

int64_t CheckedRules::HoursFor(const Module& module) const {
  int64_t missing = 0;
  for (const int32_t skill : module.skills) missing += Mastered(skill) ? 0 : 1;
  const auto total = static_cast<int64_t>(module.skills.size());
  if (total == 0) return module.hours;
  switch (module.recognition) {
    case Recognition::kNone:
      return module.hours;
    case Recognition::kExempt:
      return missing > 0 ? module.hours : 0;
    case Recognition::kAccelerate:
      break;
  }
  const int64_t part = module.hours * missing;
  return part / total + (part % total > 0 ? 1 : 0);
}

bool CheckedRules::MasteredAfter(int32_t p, uint64_t modules, int32_t skill) const {
  return Mastered(skill) || (p != kNone && (teaching_.Teachers(p, skill) & modules) != 0);
}

int64_t CheckedRules::Time(int64_t ready) const {
  const int64_t days = ready - market_.switcher(s_).available;
  return days >= 730 ? 0 : 1000 * (730 - days) / 730;
}

// The weighted parts that do not depend on how she gets ready.
int64_t CheckedRules::SureParts() const {
  const Switcher& she = market_.switcher(s_);
  const Vacancy& job = market_.vacancy(v_);
  const int64_t reach = Square(she.max_dist);
  const int64_t distance = Square(int64_t{she.x} - job.x) + Square(int64_t{she.y} - job.y);
  const size_t required = market_.vacancy_required[v_].size();
  std::array<int64_t, kPartCount> parts{};
  parts[0] = Share(required - lacking_.size(), required);
  parts[3] = reach == 0 ? 1000 : 1000 * (reach - distance) / reach;
  parts[4] = she.salary_now == 0 || job.salary_max >= she.salary_now
                 ? 1000
                 : int64_t{1000} * job.salary_max / she.salary_now;
  const std::span<const int32_t> prefs = market_.switcher_prefs[s_];
  for (size_t i = 0; i < prefs.size() && i < 3; ++i) {
    if (prefs[i] == job.sector) parts[5] = i == 0 ? 1000 : i == 1 ? 667 : 333;
  }
  parts[6] = 500;
  for (const Aptitude& aptitude : market_.switcher_aptitude[s_]) {
    if (aptitude.sector == job.sector) parts[6] = aptitude.value;
  }
  int64_t sum = 0;
  for (size_t i = 0; i < kPartCount; ++i) sum += weights_.of[i] * parts[i];
  return sum;
}

CheckedContract CheckedRules::Scored(const Contract& contract, int64_t ready,
                                     uint64_t modules) const {
  const std::span<const int32_t> nice = market_.vacancy_nice[contract.vacancy];
  size_t count = 0;
  for (const int32_t skill : nice) {
    if (MasteredAfter(contract.start, modules, skill)) ++count;
  }
  const int64_t score =
      sure_ + weights_.of[1] * Share(count, nice.size()) + weights_.of[2] * Time(ready);
  return {.contract = contract, .score = score, .ready = ready, .modules = modules};
}

CheckedRanks::CheckedRanks(const Market& market, bool by_turn)
    : market_(market), by_turn_(by_turn) {
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    s_hash_.push_back(HashOf(market, market.switcher_ids[s]));
  }
  for (int32_t v = 0; v < market.vacancy_count(); ++v) {
    v_hash_.push_back(Rotate(HashOf(market, market.vacancy_ids[v]), 21));
  }
  p_hash_.push_back(Rotate(HashOf(market, "-"), 42));
  for (int32_t p = 0; p < market.start_count(); ++p) {
    p_hash_.push_back(Rotate(HashOf(market, market.start_ids[p]), 42));
  }
}

CheckedRank CheckedRanks::Of(const Contract& contract, int64_t score) const {
  const auto s = static_cast<size_t>(contract.switcher);
  const uint64_t key = s_hash_[s] ^ v_hash_[static_cast<size_t>(contract.vacancy)] ^
                       p_hash_[static_cast<size_t>(contract.start) + 1];
  return {by_turn_ ? Turn(market_, contract.switcher) : 0,
          by_turn_ ? s_hash_[s] : 0,
          by_turn_ ? contract.switcher : 0,
          -score,
          key,
          contract};
}

CheckedRank CheckedRanks::AtBest(int32_t switcher, int64_t score) const {
  const auto s = static_cast<size_t>(switcher);
  return {by_turn_ ? Turn(market_, switcher) : 0,
          by_turn_ ? s_hash_[s] : 0,
          by_turn_ ? switcher : 0,
          -score,
          0,
          Contract{kNone, kNone, kNone}};
}

namespace {

std::vector<CheckedContract> FromRules(const Market& market, const Weights& weights) {
  const CheckedTeaching teaching(market);
  CheckedRules rules(market, weights, teaching);
  std::vector<CheckedContract> list;
  const auto keep = [&list](const std::optional<CheckedContract>& contract) {
    if (contract) list.push_back(*contract);
  };
  for (int32_t s = 0; s < market.switcher_count(); ++s) {
    rules.Visit(s);
    for (int32_t v = 0; v < market.vacancy_count(); ++v) {
      if (!rules.Job(v)) continue;
      keep(rules.Direct());
      if (!rules.NeedsStart()) continue;
      for (const int32_t p : teaching.Serving(market.vacancy(v).occupation)) {
        keep(rules.Through(p, 0));
      }
    }
  }
  return list;
}

std::vector<CheckedContract> FromTriples(const Market& market) {
  std::vector<CheckedContract> list;
  for (const GivenTriple& triple : market.triples) {
    list.push_back({.contract = triple.contract,
                    .score = triple.score,
                    .rank_s = triple.rank_s,
                    .rank_v = triple.rank_v,
                    .rank_p = triple.rank_p});
  }
  return list;
}

}  // namespace

std::vector<CheckedContract> FeasibleOf(const Market& market, const Weights& weights,
                                        const CheckedTeaching& teaching,
                                        std::span<const std::optional<Contract>> contracts,
                                        Parallel& parallel) {
  std::vector<std::optional<CheckedContract>> found(contracts.size());
  std::vector<std::unique_ptr<CheckedRules>> lanes(static_cast<size_t>(parallel.lanes()));
  parallel.For(found.size(), 1024, [&](int lane, size_t begin, size_t end) {
    auto& rules = lanes[static_cast<size_t>(lane)];
    if (rules == nullptr) rules = std::make_unique<CheckedRules>(market, weights, teaching);
    for (size_t i = begin; i < end; ++i) {
      if (contracts[i]) found[i] = rules->Find(*contracts[i]);
    }
  });
  std::vector<CheckedContract> list;
  for (const auto& contract : found) {
    if (contract) list.push_back(*contract);
  }
  std::ranges::sort(list, {}, &CheckedContract::contract);
  const auto same = [](const CheckedContract& a, const CheckedContract& b) {
    return a.contract == b.contract;
  };
  list.erase(std::unique(list.begin(), list.end(), same), list.end());
  return list;
}

void RankByOrder(const CheckedRanks& ranks, std::vector<CheckedContract>& list) {
  std::vector<std::pair<CheckedRank, size_t>> order;
  for (size_t i = 0; i < list.size(); ++i) {
    order.emplace_back(ranks.Of(list[i].contract, list[i].score), i);
  }
  std::ranges::sort(order);
  std::vector<CheckedContract> sorted;
  for (const auto& [ignored, i] : order) {
    const auto rank = static_cast<int64_t>(sorted.size());
    sorted.push_back(list[i]);
    sorted.back().rank_s = sorted.back().rank_v = sorted.back().rank_p = rank;
  }
  list = std::move(sorted);
}

std::vector<CheckedContract> CheckedContracts(const Market& market, const Weights& weights,
                                              const std::string& mechanism) {
  std::vector<CheckedContract> list =
      market.bare ? FromTriples(market) : FromRules(market, weights);
  if (mechanism != "nested") RankByOrder(CheckedRanks(market, mechanism == "priority"), list);
  return list;
}

}  // namespace matchgo::scheduler::engine
