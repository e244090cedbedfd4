#include "common/log/log.h"

#include <gtest/gtest.h>

#include <concepts>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "common/base/personal.h"

namespace matchgo::log {
namespace {

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <class T>
concept Loggable = std::constructible_from<Value, T>;
template <class T>
concept Jsonable = std::constructible_from<nlohmann::json, T>;

using PersonalText = Personal<std::string>;
static_assert(Printable<std::string> && Loggable<std::string> && Jsonable<std::string>);
static_assert(!Printable<PersonalText>);
static_assert(!Loggable<PersonalText>);
static_assert(!Jsonable<PersonalText>);
static_assert(!std::convertible_to<PersonalText, std::string>);
static_assert(Loggable<Id<struct AnyTag>>);

class LogTest : public testing::Test {
 protected:
  LogTest() {
    SetSink([this](std::string_view line) { lines_.emplace_back(line); });
  }
  ~LogTest() override {
    SetSink(nullptr);
    SetLevel(Level::kInfo);
  }
  std::vector<std::string> lines_;
};

TEST_F(LogTest, OneJsonObjectALine) {
  Info("thing_done", {{"count", 3}, {"ok", true}, {"word", "a\"b\n\x01"}, {"share", 0.5}});
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_EQ(lines_[0].find('\n'), std::string::npos);
  const auto line = nlohmann::json::parse(lines_[0]);
  EXPECT_EQ(line["level"], "info");
  EXPECT_EQ(line["event"], "thing_done");
  EXPECT_EQ(line["count"], 3);
  EXPECT_EQ(line["ok"], true);
  EXPECT_EQ(line["word"], "a\"b\n\x01");
  EXPECT_EQ(line["time"].get<std::string>().size(),
            std::string("2026-11-21T09:30:00.000000Z").size());
}

TEST_F(LogTest, BytesThatAreNoTextAreReplaced) {
  Warn("odd", {{"word", std::string("\xff\xfe")}});
  ASSERT_EQ(lines_.size(), 1U);
  EXPECT_TRUE(nlohmann::json::accept(lines_[0]));
}

TEST_F(LogTest, LevelsFilter) {
  Debug("quiet");
  EXPECT_TRUE(lines_.empty());
  Level level = Level::kOff;
  ASSERT_TRUE(ParseLevel("debug", &level));
  SetLevel(level);
  Debug("loud");
  EXPECT_EQ(lines_.size(), 1U);
  EXPECT_FALSE(ParseLevel("verbose", &level));
}

TEST(PersonalTest, OnlyRevealShowsIt) {
  const PersonalText name("Anna");
  EXPECT_EQ(name.Reveal(), "Anna");
  EXPECT_TRUE(name == PersonalText("Anna"));
}

}  // namespace
}  // namespace matchgo::log
