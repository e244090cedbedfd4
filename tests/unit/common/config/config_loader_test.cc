#include "common/config/config_loader.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "matchgo/config/v1/config.pb.h"
#include "tests/support/status_matchers.h"

namespace matchgo::config {
namespace {

v1::ServeConfig Defaults() {
  v1::ServeConfig config;
  config.set_workers(8);
  config.set_log_level("info");
  return config;
}

std::filesystem::path FileWith(const std::string& text) {
  const std::filesystem::path file =
      std::filesystem::path(testing::TempDir()) / "config_loader_test.textproto";
  std::ofstream(file) << text;
  return file;
}

Sources From(const std::string& text, std::map<std::string, std::string> environment = {},
             std::vector<std::string> flags = {}) {
  return Sources{.file = FileWith(text),
                 .environment = [environment = std::move(environment)](
                                    const std::string& name) -> std::optional<std::string> {
                   const auto found = environment.find(name);
                   if (found == environment.end()) return std::nullopt;
                   return found->second;
                 },
                 .flags = std::move(flags)};
}

TEST(ConfigTest, LaterSourcesWin) {
  v1::ServeConfig config = Defaults();
  ASSERT_THAT(Load(From("# a comment\nworkers: 2\nqueue: 3\ndata: 'file'\nlisten: 'file'",
                        {{"MATCHGO_DATA", "environment"}, {"MATCHGO_LISTEN", "environment"}},
                        {"listen=flag"}),
                   &config),
              IsOk());
  EXPECT_EQ(config.log_level(), "info");
  EXPECT_EQ(config.workers(), 2);
  EXPECT_EQ(config.data(), "environment");
  EXPECT_EQ(config.listen(), "flag");
  EXPECT_NE(Print(config).find("queue: 3"), std::string::npos);
}

TEST(ConfigTest, MistakesAreNamedAndChangeNothing) {
  struct Row {
    const char* name;
    const char* file;
    const char* workers;  // MATCHGO_WORKERS, if any
    const char* flag;     // if any
    const char* says;
  };
  for (const Row& row : {Row{"unknown key", "worker: 2", "", "", "line 1"},
                         Row{"wrong kind", "workers: 'two'", "", "", "line 1"},
                         Row{"twice", "workers: 1\nworkers: 2", "", "", "line 2"},
                         Row{"environment", "", "two", "", "MATCHGO_WORKERS"},
                         Row{"flag without value", "", "", "workers", "field=value"},
                         Row{"unknown flag", "", "", "worker=1", "--set worker"},
                         Row{"flag of a map", "", "", "neighbours=1", "single values"}}) {
    SCOPED_TRACE(row.name);
    std::map<std::string, std::string> environment;
    if (row.workers[0] != '\0') environment["MATCHGO_WORKERS"] = row.workers;
    std::vector<std::string> flags;
    if (row.flag[0] != '\0') flags.emplace_back(row.flag);
    v1::ServeConfig config = Defaults();
    const Status status = Load(From(row.file, environment, flags), &config);
    EXPECT_THAT(status, HasReason("CONFIG"));
    EXPECT_NE(MessageOf(status).find(row.says), std::string::npos) << Describe(status);
    EXPECT_EQ(Print(config), Print(Defaults()));
  }
}

TEST(ConfigTest, AMissingFileIsAnError) {
  v1::ServeConfig config;
  EXPECT_THAT(Load({.file = "/nonexistent/file", .environment = {}, .flags = {}}, &config),
              HasReason("CONFIG"));
}

}  // namespace
}  // namespace matchgo::config
