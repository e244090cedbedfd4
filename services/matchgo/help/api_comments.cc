#include "services/matchgo/help/api_comments.h"

#include <algorithm>

namespace matchgo::help {

std::string_view CommentOf(std::string_view full_name) {
  const std::span<const ApiComment> rows = ApiComments();
  const auto found = std::lower_bound(
      rows.begin(), rows.end(), full_name,
      [](const ApiComment& row, std::string_view name) { return row.name < name; });
  return found == rows.end() || found->name != full_name ? std::string_view() : found->text;
}

std::string FirstSentence(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  const size_t end = text.find(". ");
  return std::string(text.substr(0, end == std::string_view::npos ? end : end + 1));
}

}  // namespace matchgo::help
