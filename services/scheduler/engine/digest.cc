#include "services/scheduler/engine/digest.h"

#include <algorithm>
#include <vector>

#include "common/base/sha256.h"
#include "services/scheduler/engine/text_lines.h"
#include "services/scheduler/engine/text_order.h"

namespace matchgo::scheduler::engine {

std::string MarketDigest(std::string_view text) {
  std::vector<TaggedText> lines;
  lines.reserve(static_cast<size_t>(std::ranges::count(text, '\n')) + 1);
  TextLines reader(text);
  for (std::string_view line; reader.Next(line);) lines.push_back({line, 0});
  SortTexts(lines);

  Sha256 digest;
  for (const TaggedText& line : lines) {
    // Mostly the line feed that ends the line in the text is the one that the rule asks for.
    const char* end = line.text.data() + line.text.size();
    if (end != text.data() + text.size() && *end == '\n') {
      digest.Update({line.text.data(), line.text.size() + 1});
    } else {
      digest.Update(line.text);
      digest.Update("\n");
    }
  }
  return "sha256:" + digest.Hex();
}

}  // namespace matchgo::scheduler::engine
