// Story: one switcher of the demo followed from her old job to her diploma, in words.
//
// The names are of made-up people. Reads through the RPCs; formats for a terminal. Blocking.
// Test: tests/e2e/demo_check.py
#pragma once

#include <string>

#include "common/base/status.h"
#include "services/matchgo/demo/demo.h"
#include "services/matchgo/terminal/language.h"
#include "services/matchgo/terminal/terminal.h"

namespace matchgo::demo {

struct StoryOptions {
  terminal::Language language = terminal::Language::kEnglish;
  terminal::Style style;
};

// A person who came as far as anybody: why this job, why this programme, what she still learned,
// when she was startbekwaam.
StatusOr<std::string> TellStory(Demo& demo, const StoryOptions& options);

// The rounds as a table, the funnel as bars, who left and why.
std::string FormatNumbers(const DemoNumbers& numbers, const StoryOptions& options);

// The same as one JSON object; the format is described in the README of services/matchgo.
std::string FormatJson(const DemoNumbers& numbers);

}  // namespace matchgo::demo
