// libFuzzer target on the reader of market files: whatever the bytes, it is a market or one error
// line, and the same one however the text is cut and on however many lanes. `tools/fuzz market`
// runs it for as long as you like; the tests run it for a moment on the corpus.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/check.h"
#include "services/scheduler/engine/market_file.h"

namespace {

using matchgo::MessageOf;
namespace engine = matchgo::scheduler::engine;

// Three lanes in turn, the last range first.
class Backwards final : public engine::Parallel {
 public:
  int lanes() const override { return 3; }
  void For(size_t count, size_t grain, const Body& body) override {
    std::vector<size_t> begins;
    for (size_t begin = 0; begin < count; begin += grain) begins.push_back(begin);
    for (size_t i = begins.size(); i-- > 0;) {
      body(static_cast<int>(i % 3), begins[i], std::min(count, begins[i] + grain));
    }
  }
};

// `f:LINE: field: wanted`, in one line and with nothing that was not written by us.
void CheckMessage(const std::string& message) {
  CHECK(message.rfind("f:", 0) == 0);
  const size_t digits = message.find_first_not_of("0123456789", 2);
  CHECK(digits != 2 && digits != std::string::npos && message[digits] == ':');
  CHECK(std::ranges::all_of(message, [](char c) { return c >= 0x20 && c < 0x7F; }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto whole = engine::ParseMarket(text, "f");
  Backwards lanes;
  const auto cut = engine::ParseMarket(text, "f", lanes, 64);
  CHECK(whole.ok() == cut.ok());
  if (!whole.ok()) {
    CheckMessage(MessageOf(whole.status()));
    CHECK(MessageOf(whole.status()) == MessageOf(cut.status()));
    return 0;
  }
  CHECK(whole->digest == cut->digest);
  CHECK(whole->switcher_count() == cut->switcher_count());
  CHECK(whole->skill_names.size() == cut->skill_names.size());
  // What was read can be written with its own commitments, and is then the same market.
  const auto again = engine::WithCommitments(text, *whole, whole->commitments);
  CHECK(again.ok());
  CHECK(again->market.commitments.frozen == whole->commitments.frozen);
  CHECK(again->market.commitments.declined == whole->commitments.declined);
  return 0;
}
