#include "services/scheduler/engine/digest.h"

#include <algorithm>
#include <vector>

#include "common/base/sha256.h"
#include "services/scheduler/engine/text_lines.h"

namespace matchgo::scheduler::engine {

std::string MarketDigest(std::string_view text) {
  std::vector<std::string_view> lines;
  TextLines reader(text);
  for (std::string_view line; reader.Next(line);) lines.push_back(line);
  std::ranges::sort(lines);

  std::string sorted;
  sorted.reserve(text.size() + 1);
  for (const std::string_view line : lines) sorted.append(line).push_back('\n');
  return "sha256:" + Sha256Hex(sorted);
}

}  // namespace matchgo::scheduler::engine
