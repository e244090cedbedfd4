// The comments of the protos, so that --help says what the API's own documentation says.
//
// The table is generated at build time (comment_table.cc) from the descriptors with their source.
// Constants; thread-safe. Test: tests/unit/services/matchgo/help/api_comments_test.cc
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace matchgo::help {

struct ApiComment {
  std::string_view name;  // full name of a message, field, enum, value, service or method
  std::string_view text;  // paragraphs, separated by one line break
};

// Sorted by name.
std::span<const ApiComment> ApiComments();

// The comment of an element; "" if it has none.
std::string_view CommentOf(std::string_view full_name);

// Up to and including the first full stop that ends a sentence; all of it if there is none.
std::string FirstSentence(std::string_view text);

}  // namespace matchgo::help
