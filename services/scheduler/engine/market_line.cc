#include "services/scheduler/engine/market_line.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace matchgo::scheduler::engine {
namespace {

using Names = std::span<const std::string_view>;

constexpr int64_t kPlaneMax = 100'000;
constexpr int64_t kMoneyMax = 1'000'000'000;
constexpr int64_t kCountMax = 1'000'000;
constexpr int64_t kWeekHours = 168;
constexpr int64_t kScoreMax = 1'000'000;
constexpr size_t kModulesMax = 64;
constexpr char kRequired[] = "this field";

constexpr std::array<std::string_view, 7> kTypes = {"meta",   "switcher", "vacancy", "start",
                                                    "frozen", "declined", "triple"};

uint32_t Bits(std::initializer_list<uint32_t> fields) {
  uint32_t bits = 0;
  for (const uint32_t field : fields) bits |= uint32_t{1} << field;
  return bits;
}

// The first field of `wanted` that was not seen, or an empty name.
std::string_view FirstMissing(Names names, uint32_t seen, uint32_t wanted) {
  for (size_t i = 0; i < names.size(); ++i) {
    const uint32_t bit = uint32_t{1} << i;
    if ((wanted & bit) != 0 && (seen & bit) == 0) return names[i];
  }
  return {};
}

// Fields that every market needs; then notes the first that only a bare market may leave out.
bool CheckMissing(JsonReader& in, Names names, uint32_t seen, uint32_t always, uint32_t unless_bare,
                  std::string& missing) {
  const std::string_view first = FirstMissing(names, seen, always);
  if (!first.empty()) {
    in.Fail(kRequired);
    return in.FailIn(first);
  }
  if (missing.empty()) missing = FirstMissing(names, seen, unless_bare);
  return true;
}

bool FailAt(JsonReader& in, std::string_view field, std::string_view wanted) {
  in.Fail(wanted);
  return in.FailIn(field);
}

bool IdList(JsonReader& in, std::vector<std::string_view>& out) {
  out.clear();
  return in.Array([&](size_t) { return in.Id(out.emplace_back()); });
}

bool OptionalId(JsonReader& in, std::optional<std::string_view>& out) {
  out.reset();
  return in.TakeNull() || in.Id(out.emplace());
}

bool DistinctIdList(JsonReader& in, std::vector<std::string_view>& out) {
  out.clear();
  return in.Array([&](size_t index) {
    if (!in.Id(out.emplace_back())) return false;
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(index);
    return std::find(out.begin(), end, out.back()) == end || in.Fail("no value twice");
  });
}

bool AptitudeMap(JsonReader& in, std::vector<std::pair<std::string_view, int64_t>>& out) {
  out.clear();
  return in.Members([&](std::string_view key) {
    // Keys are sector names, so they obey the rules of ids.
    if (!IsId(key)) return in.Fail(kIdWanted);
    for (const auto& [sector, value] : out) {
      if (sector == key) return in.Fail("each sector at most once");
    }
    return in.Integer(0, 1000, out.emplace_back(key, 0).second);
  });
}

// An empty list with the memory of an older one.
template <class T>
void Reuse(std::vector<T>& fresh, std::vector<T>& old) {
  fresh.swap(old);
  fresh.clear();
}

bool ReadMeta(JsonReader& in, MarketLine& line) {
  static constexpr std::array<std::string_view, 4> kNames = {"t", "format", "seed", "today"};
  std::string_view text;
  uint32_t seen = 0;
  const bool read = in.Object(kNames, seen, [&](size_t field) {
    if (field == 0) return in.Text(text);
    if (field == 1) return in.Text(text) && (text == "market/1" || in.Fail("\"market/1\""));
    if (field == 2) return in.Text(line.seed);
    return in.Integer(-kPlaneMax, kPlaneMax, line.today);
  });
  return read && CheckMissing(in, kNames, seen, Bits({1}), Bits({2, 3}), line.missing_unless_bare);
}

bool SwitcherField(JsonReader& in, size_t field, SwitcherOf<std::string_view>& out) {
  std::string_view ignored;
  switch (field) {
    case 0:
      return in.Text(ignored);
    case 1:
      return in.Id(out.id);
    case 2:
      return IdList(in, out.skills);
    case 3:
      return IdList(in, out.qualifications);
    case 4:
      return in.Integer(1, 8, out.level);
    case 5:
      return in.Integer(-kPlaneMax, kPlaneMax, out.x);
    case 6:
      return in.Integer(-kPlaneMax, kPlaneMax, out.y);
    case 7:
      return in.Integer(0, kPlaneMax, out.max_dist);
    case 8:
      return in.Integer(0, kMoneyMax, out.salary_now);
    case 9:
      return in.Integer(0, kMoneyMax, out.salary_floor);
    case 10:
      return in.Integer(0, kWeekHours, out.hours_min);
    case 11:
      return in.Integer(0, kWeekHours, out.hours_max);
    case 12:
      return in.Integer(0, kWeekHours, out.study_hours);
    case 13:
      return in.Integer(-kPlaneMax, kPlaneMax, out.available);
    case 14:
      return DistinctIdList(in, out.prefs);
    case 15:
      return AptitudeMap(in, out.aptitude);
    default:
      return in.Integer(-1'000'000'000, 1'000'000'000, out.priority);
  }
}

bool ReadSwitcher(JsonReader& in, MarketLine& line) {
  static constexpr std::array<std::string_view, 17> kNames = {
      "t",           "id",        "skills",     "qualifications", "level",     "x",
      "y",           "max_dist",  "salary_now", "salary_floor",   "hours_min", "hours_max",
      "study_hours", "available", "prefs",      "aptitude",       "priority"};
  SwitcherOf<std::string_view>& out = line.switcher;
  SwitcherOf<std::string_view> fresh;
  Reuse(fresh.skills, out.skills);
  Reuse(fresh.qualifications, out.qualifications);
  Reuse(fresh.prefs, out.prefs);
  Reuse(fresh.aptitude, out.aptitude);
  out = std::move(fresh);
  uint32_t seen = 0;
  if (!in.Object(kNames, seen, [&](size_t field) { return SwitcherField(in, field, out); })) {
    return false;
  }
  const uint32_t both = Bits({10, 11});
  if ((seen & both) == both && out.hours_min > out.hours_max) {
    return FailAt(in, "hours_min", "at most hours_max");
  }
  return CheckMissing(in, kNames, seen, Bits({1}), Bits({2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}),
                      line.missing_unless_bare);
}

bool VacancyField(JsonReader& in, size_t field, VacancyOf<std::string_view>& out) {
  std::string_view ignored;
  switch (field) {
    case 0:
      return in.Text(ignored);
    case 1:
      return in.Id(out.id);
    case 2:
      return in.Integer(0, kCountMax, out.openings);
    case 3:
      return IdList(in, out.required);
    case 4:
      return IdList(in, out.nice);
    case 5:
      return OptionalId(in, out.qualification);
    case 6:
      return in.Id(out.occupation);
    case 7:
      return in.Id(out.sector);
    case 8:
      return in.Integer(-kPlaneMax, kPlaneMax, out.x);
    case 9:
      return in.Integer(-kPlaneMax, kPlaneMax, out.y);
    case 10:
      return in.Integer(0, kMoneyMax, out.salary_max);
    case 11:
      return in.Integer(0, kWeekHours, out.hours);
    default:
      return in.Integer(-kPlaneMax, kPlaneMax, out.latest_ready);
  }
}

bool ReadVacancy(JsonReader& in, MarketLine& line) {
  static constexpr std::array<std::string_view, 13> kNames = {
      "t",      "id", "openings", "required",   "nice",  "qualification", "occupation",
      "sector", "x",  "y",        "salary_max", "hours", "latest_ready"};
  VacancyOf<std::string_view>& out = line.vacancy;
  VacancyOf<std::string_view> fresh;
  Reuse(fresh.required, out.required);
  Reuse(fresh.nice, out.nice);
  out = std::move(fresh);
  uint32_t seen = 0;
  if (!in.Object(kNames, seen, [&](size_t field) { return VacancyField(in, field, out); })) {
    return false;
  }
  return CheckMissing(in, kNames, seen, Bits({1, 2}), Bits({3, 6, 7, 8, 9, 10, 11, 12}),
                      line.missing_unless_bare);
}

bool ReadRecognition(JsonReader& in, Recognition& out) {
  std::string_view word;
  if (!in.Text(word)) return false;
  if (word == "none") {
    out = Recognition::kNone;
  } else if (word == "exempt") {
    out = Recognition::kExempt;
  } else if (word == "accelerate") {
    out = Recognition::kAccelerate;
  } else {
    return in.Fail("none, exempt or accelerate");
  }
  return true;
}

bool ReadModule(JsonReader& in, ModuleOf<std::string_view>& out, std::string& missing) {
  static constexpr std::array<std::string_view, 6> kNames = {"id",   "skills",      "hours",
                                                             "core", "recognition", "after"};
  uint32_t seen = 0;
  const bool read = in.Object(kNames, seen, [&](size_t field) {
    switch (field) {
      case 0:
        return in.Id(out.id);
      case 1:
        return IdList(in, out.skills);
      case 2:
        return in.Integer(0, 100'000, out.hours);
      case 3:
        return in.Boolean(out.core);
      case 4:
        return ReadRecognition(in, out.recognition);
      default:
        return IdList(in, out.after);
    }
  });
  return read && CheckMissing(in, kNames, seen, Bits({0}), Bits({1, 2, 3, 4, 5}), missing);
}

std::string ModulePath(size_t index, std::string_view field) {
  return "modules[" + std::to_string(index) + "]." + std::string(field);
}

// Ids differ, `after` names modules of this start, and nothing comes before itself.
bool CheckModules(JsonReader& in, const std::vector<ModuleOf<std::string_view>>& modules) {
  const auto index_of = [&modules](std::string_view id) {
    return static_cast<size_t>(std::ranges::find(modules, id, &ModuleOf<std::string_view>::id) -
                               modules.begin());
  };
  std::vector<uint64_t> before(modules.size(), 0);
  for (size_t i = 0; i < modules.size(); ++i) {
    if (index_of(modules[i].id) != i) {
      return FailAt(in, ModulePath(i, "id"), "an id that no other module of the start has");
    }
    for (const std::string_view id : modules[i].after) {
      const size_t other = index_of(id);
      if (other == modules.size()) {
        return FailAt(in, ModulePath(i, "after"), "ids of modules of this start");
      }
      before[i] |= uint64_t{1} << other;
    }
  }
  uint64_t done = 0;
  for (bool more = true; more;) {
    more = false;
    for (size_t i = 0; i < modules.size(); ++i) {
      const uint64_t bit = uint64_t{1} << i;
      if ((done & bit) == 0 && (before[i] & ~done) == 0) {
        done |= bit;
        more = true;
      }
    }
  }
  for (size_t i = 0; i < modules.size(); ++i) {
    if ((done >> i & 1U) == 0) return FailAt(in, ModulePath(i, "after"), "no cycle");
  }
  return true;
}

bool ModuleList(JsonReader& in, StartOf<std::string_view>& out, std::string& missing) {
  out.modules.clear();
  return in.Array([&](size_t index) {
    if (index == kModulesMax) return in.Fail("at most 64 modules");
    std::string module_missing;
    if (!ReadModule(in, out.modules.emplace_back(), module_missing)) return false;
    if (!module_missing.empty() && missing.empty()) missing = ModulePath(index, module_missing);
    return true;
  });
}

bool StartField(JsonReader& in, size_t field, StartOf<std::string_view>& out,
                std::string& missing) {
  std::string_view ignored;
  switch (field) {
    case 0:
      return in.Text(ignored);
    case 1:
      return in.Id(out.id);
    case 2:
      return in.Id(out.programme);
    case 3:
      return in.Integer(0, kCountMax, out.capacity);
    case 4:
      return in.Integer(0, kCountMax, out.min);
    case 5:
      return in.Integer(-kPlaneMax, kPlaneMax, out.begins);
    case 6:
      return in.Integer(1, 8, out.entry_level);
    case 7:
      return IdList(in, out.occupations);
    case 8:
      return IdList(in, out.awards);
    case 9:
      return in.Boolean(out.online);
    case 10:
      return in.Integer(-kPlaneMax, kPlaneMax, out.x);
    case 11:
      return in.Integer(-kPlaneMax, kPlaneMax, out.y);
    default:
      return ModuleList(in, out, missing);
  }
}

bool ReadStart(JsonReader& in, MarketLine& line) {
  static constexpr std::array<std::string_view, 13> kNames = {
      "t",           "id",     "programme", "capacity", "min", "begins", "entry_level",
      "occupations", "awards", "online",    "x",        "y",   "modules"};
  StartOf<std::string_view>& out = line.start;
  out = {};
  uint32_t seen = 0;
  std::string missing;
  if (!in.Object(kNames, seen, [&](size_t field) { return StartField(in, field, out, missing); })) {
    return false;
  }
  if (!CheckMissing(in, kNames, seen, Bits({1, 3, 4}), Bits({2, 5, 6, 7, 9, 10, 11, 12}),
                    line.missing_unless_bare)) {
    return false;
  }
  if (line.missing_unless_bare.empty()) line.missing_unless_bare = missing;
  if (out.min > out.capacity) return FailAt(in, "min", "at most capacity");
  return CheckModules(in, out.modules);
}

// frozen, declined and triple: the last four fields only for a triple.
bool ReadContract(JsonReader& in, MarketLine& line) {
  static constexpr std::array<std::string_view, 8> kNames = {"t",     "s",      "v",      "p",
                                                             "score", "rank_s", "rank_v", "rank_p"};
  const bool triple = line.type == LineType::kTriple;
  TripleOf<std::string_view>& out = line.triple;
  out = {};
  std::string_view ignored;
  uint32_t seen = 0;
  const auto rank = [&](std::optional<int64_t>& to) {
    return in.Integer(1, 1'000'000'000, to.emplace());
  };
  const bool read = in.Object(Names(kNames).first(triple ? 8 : 4), seen, [&](size_t field) {
    switch (field) {
      case 0:
        return in.Text(ignored);
      case 1:
        return in.Id(out.contract.switcher);
      case 2:
        return in.Id(out.contract.vacancy);
      case 3:
        return OptionalId(in, out.contract.start);
      case 4:
        return in.Integer(0, kScoreMax, out.score);
      case 5:
        return rank(out.rank_s);
      case 6:
        return rank(out.rank_v);
      default:
        return rank(out.rank_p);
    }
  });
  const uint32_t wanted = triple ? Bits({1, 2, 3, 4}) : Bits({1, 2, 3});
  return read && CheckMissing(in, kNames, seen, wanted, 0, line.missing_unless_bare);
}

// The type decides which fields are known, and it may stand anywhere in the line.
bool FindType(std::string_view text, TextPool& pool, LineType& type, FieldProblem& problem) {
  JsonReader in(text, pool);
  std::string_view word;
  bool found = false;
  const bool read = in.Members([&](std::string_view key) {
    if (key != "t" || found) return in.Skip();
    found = true;
    return in.Text(word) || in.FailIn("t");
  });
  if (!read || !in.End()) {
    problem = in.problem();
    return false;
  }
  const auto* const known = std::ranges::find(kTypes, word);
  if (!found || known == kTypes.end()) {
    problem = {"t", "one of meta, switcher, vacancy, start, frozen, declined, triple"};
    return false;
  }
  type = static_cast<LineType>(known - kTypes.begin());
  return true;
}

// Nearly every line begins like this, and then needs no search for its type.
bool GuessType(std::string_view text, LineType& type) {
  static constexpr std::string_view kBegin = "{\"t\":\"";
  if (!text.starts_with(kBegin)) return false;
  const std::string_view rest = text.substr(kBegin.size());
  const std::string_view word = rest.substr(0, rest.find('"'));
  const auto* const known = std::ranges::find(kTypes, word);
  if (known == kTypes.end()) return false;
  type = static_cast<LineType>(known - kTypes.begin());
  return true;
}

bool ReadByType(JsonReader& in, MarketLine& line) {
  switch (line.type) {
    case LineType::kMeta:
      return ReadMeta(in, line);
    case LineType::kSwitcher:
      return ReadSwitcher(in, line);
    case LineType::kVacancy:
      return ReadVacancy(in, line);
    case LineType::kStart:
      return ReadStart(in, line);
    default:
      return ReadContract(in, line);
  }
}

}  // namespace

bool ReadMarketLine(std::string_view text, TextPool& pool, MarketLine& line,
                    FieldProblem& problem) {
  line.missing_unless_bare.clear();
  if (!GuessType(text, line.type) && !FindType(text, pool, line.type, problem)) return false;
  JsonReader in(text, pool);
  if (ReadByType(in, line) && in.End()) return true;
  problem = in.problem();
  return false;
}

}  // namespace matchgo::scheduler::engine
