// The files of data/ as they were when the program was built.
//
// Bytes only; builtin.cc reads them. The views live as long as the process. Pure.
// Test: tests/unit/services/programmes/builtin/builtin_test.cc
#pragma once

#include <string_view>

namespace matchgo::programmes::builtin {

struct DataFiles {
  std::string_view skills;
  std::string_view occupations;
  std::string_view sectors;
  std::string_view qualifications;
  std::string_view opleiders;
  std::string_view flexprojects;
  std::string_view programmes;
  std::string_view report_figures;
};

DataFiles EmbeddedDataFiles();

}  // namespace matchgo::programmes::builtin
