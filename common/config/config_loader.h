// Settings as a protobuf message: defaults in code < file (text format) < environment < flags.
//
// Strict: an unknown key, a value of the wrong kind or an unreadable file is a Status that names
// the file and line, never a guess. Ranges are checked by whoever uses the value. After loading,
// config is a value that does not change. Thread-safe.
// Test: tests/unit/common/config/config_loader_test.cc
#pragma once

#include <google/protobuf/message.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/status.h"

namespace matchgo::config {

struct Sources {
  // Empty: no file.
  std::filesystem::path file;
  // Looked up as MATCHGO_<FIELD>, upper case, nested fields joined by "__". Null: no environment.
  std::function<std::optional<std::string>(const std::string& name)> environment;
  // "field=value" or "outer.inner=value", as given with --set.
  std::vector<std::string> flags;
};

// Reads the process environment.
std::optional<std::string> FromProcessEnvironment(const std::string& name);

// Overlays *config, which holds the defaults. On an error *config is unchanged.
Status Load(const Sources& sources, google::protobuf::Message* config);

// For --check-config: the whole config as it would be used, in text format.
std::string Print(const google::protobuf::Message& config);

}  // namespace matchgo::config
