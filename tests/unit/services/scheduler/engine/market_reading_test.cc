// A market text is the same market, or the same error, however it is cut and on however many lanes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "common/random/random.h"
#include "services/scheduler/engine/market_file.h"
#include "services/scheduler/engine/market_names.h"
#include "services/scheduler/engine/synthetic/synthetic_market.h"
#include "tests/support/status_matchers.h"

namespace matchgo::scheduler::engine {
namespace {

// Ranges from the last to the first, on three lanes in turn: an order no thread would choose.
class Backwards final : public Parallel {
 public:
  int lanes() const override { return 3; }
  void For(size_t count, size_t grain, const Body& body) override {
    std::vector<size_t> begins;
    for (size_t begin = 0; begin < count; begin += grain) begins.push_back(begin);
    for (size_t i = begins.size(); i-- > 0;) {
      body(static_cast<int>(i % 3), begins[i], std::min(count, begins[i] + grain));
    }
  }
};

template <class T>
void DumpList(std::ostream& out, std::span<const T> list) {
  out << "[";
  for (const T& value : list) {
    if constexpr (std::is_same_v<T, Aptitude>) {
      out << value.sector << ":" << value.value << " ";
    } else {
      out << value << " ";
    }
  }
  out << "]";
}

void DumpNames(std::ostream& out, const IdColumn& names) {
  for (int32_t i = 0; i < names.size(); ++i) out << names[i] << " ";
  out << "\n";
}

std::string Dump(const Market& m) {
  std::ostringstream out;
  out << m.digest << " " << m.seed << " " << m.today << " " << m.bare << "\n";
  for (const IdColumn* names : {&m.switcher_ids, &m.vacancy_ids, &m.start_ids, &m.skill_names,
                                &m.qualification_names, &m.occupation_names, &m.sector_names}) {
    DumpNames(out, *names);
  }
  for (int32_t s = 0; s < m.switcher_count(); ++s) {
    const Switcher& one = m.switcher(s);
    out << one.level << " " << one.x << " " << one.y << " " << one.max_dist << " " << one.salary_now
        << " " << one.salary_floor << " " << one.hours_min << " " << one.hours_max << " "
        << one.study_hours << " " << one.available << " " << one.priority;
    DumpList(out, m.switcher_skills[s]);
    DumpList(out, m.switcher_qualifications[s]);
    DumpList(out, m.switcher_prefs[s]);
    DumpList(out, m.switcher_aptitude[s]);
  }
  for (int32_t v = 0; v < m.vacancy_count(); ++v) {
    const Vacancy& one = m.vacancy(v);
    out << one.openings << " " << one.qualification << " " << one.occupation << " " << one.sector
        << " " << one.x << " " << one.y << " " << one.salary_max << " " << one.hours << " "
        << one.latest_ready;
    DumpList(out, m.vacancy_required[v]);
    DumpList(out, m.vacancy_nice[v]);
  }
  for (int32_t p = 0; p < m.start_count(); ++p) {
    const Start& one = m.start(p);
    out << one.capacity << " " << one.min << " " << one.begins << " " << one.entry_level << " "
        << one.x << " " << one.y << " " << one.online;
    DumpList(out, m.start_occupations[p]);
    DumpList(out, m.start_awards[p]);
    for (const Module& module : m.start_modules[p]) {
      out << module.id << " " << module.hours << " " << module.core << " "
          << static_cast<int>(module.recognition) << " " << module.after;
      DumpList(out, std::span<const int32_t>(module.skills));
    }
  }
  return out.str();
}

// Also names longer than eight bytes, an id with an escape, a blank line and a carriage return.
std::string SomeText() {
  SyntheticOptions options;
  options.seed = 3;
  options.switchers = 60;
  options.vacancies = 40;
  options.starts = 6;
  options.places = {{1210, 4870, 900'000}, {1400, 4560, 300'000}};
  std::string text = FormatMarket(SyntheticMarket(options).All());
  text +=
      "\n  \t\r\n"
      R"({"t":"switcher","id":"z\u0061","skills":["a skill with a long name","k\/1"],)"
      R"("level":6,"x":0,"y":0,"max_dist":10,"salary_now":0,"salary_floor":0,"hours_min":20,)"
      R"("hours_max":40,"study_hours":8,"available":0,"aptitude":{"zorg":3,"bouw":1}})"
      "\r\n";
  return text;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

TEST(MarketReading, CutsAndLanesChangeNothing) {
  const std::string text = SomeText();
  const auto whole = ParseMarket(text, "f");
  ASSERT_THAT(whole, IsOk());
  const std::string expected = Dump(*whole);
  Backwards lanes;
  SerialParallel serial;
  for (const size_t piece : {size_t{1}, size_t{100}, size_t{3000}, kPieceBytes}) {
    for (Parallel* parallel : {static_cast<Parallel*>(&lanes), static_cast<Parallel*>(&serial)}) {
      const auto market = ParseMarket(text, "f", *parallel, piece);
      ASSERT_THAT(market, IsOk()) << "pieces of " << piece;
      EXPECT_TRUE(Dump(*market) == expected) << "pieces of " << piece;
    }
  }
}

TEST(MarketReading, OrderOfLinesChangesNothing) {
  std::vector<std::string> lines = Lines(SomeText());
  const auto before = ParseMarket(Joined(lines), "f");
  ASSERT_THAT(before, IsOk());
  Random random(5);
  for (size_t i = lines.size(); i > 1; --i) std::swap(lines[i - 1], lines[random.Below(i)]);
  const auto after = ParseMarket(Joined(lines), "f");
  ASSERT_THAT(after, IsOk());
  EXPECT_TRUE(Dump(*after) == Dump(*before));
}

TEST(MarketReading, TheFirstProblemWinsHoweverItIsCut) {
  const std::vector<std::string> good = Lines(SomeText());
  Random random(9);
  Backwards lanes;
  const std::vector<std::string> wrong = {
      "{}", "not json", R"({"t":"meta","format":"market/1","seed":"again","today":0})", "\xFF",
      R"({"t":"frozen","s":"nobody","v":"nowhere","p":null})"};
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> lines = good;
    const uint64_t problems = 1 + random.Below(3);
    for (uint64_t i = 0; i < problems; ++i) {
      const auto at = static_cast<std::ptrdiff_t>(random.Below(lines.size()));
      // A repeated line repeats an id, or the meta line.
      const std::string line =
          random.Chance(300) ? lines[random.Below(lines.size())] : wrong[random.Below(5)];
      lines.insert(lines.begin() + at, line);
    }
    const std::string text = Joined(lines);
    const auto expected = ParseMarket(text, "f");
    for (const size_t piece : {size_t{1}, size_t{700}, size_t{5000}}) {
      const auto market = ParseMarket(text, "f", lanes, piece);
      ASSERT_EQ(MessageOf(market.status()), MessageOf(expected.status())) << "round " << round;
    }
  }
}

TEST(NameTable, KeepsNamesApart) {
  NameTable table;
  std::vector<std::string> names = {"",
                                    "a",
                                    "aa",
                                    "aaa",
                                    "abcd",
                                    "abcdabcd",
                                    "abcdabcdabcdabcd",
                                    std::string(100, 'x'),
                                    std::string(101, 'x')};
  for (int i = 0; i < 5000; ++i) names.push_back("k" + std::to_string(i));
  for (size_t i = 0; i < names.size(); ++i) ASSERT_EQ(table.Add(names[i]), static_cast<int>(i));
  for (size_t i = 0; i < names.size(); ++i) ASSERT_EQ(table.Add(names[i]), static_cast<int>(i));
  EXPECT_EQ(table.names().size(), names.size());
}

}  // namespace
}  // namespace matchgo::scheduler::engine
