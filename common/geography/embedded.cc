#include "common/geography/embedded.h"

#include <cstddef>

// data.S defines these labels with .incbin.
extern "C" const char matchgo_places[];
extern "C" const char matchgo_places_end[];
extern "C" const char matchgo_postcodes[];
extern "C" const char matchgo_postcodes_end[];

namespace matchgo::geography {
namespace {

std::string_view Between(const char* begin, const char* end) {
  return std::string_view(begin, static_cast<size_t>(end - begin));
}

}  // namespace

std::string_view EmbeddedPlaces() { return Between(matchgo_places, matchgo_places_end); }
std::string_view EmbeddedPostcodes() { return Between(matchgo_postcodes, matchgo_postcodes_end); }

}  // namespace matchgo::geography
