// SHA-256 digests as 64 lower-case hex digits: of some bytes, or of bytes that come in pieces.
//
// For values that are published or compared, never for passwords. The function is pure and
// thread-safe; a Sha256 belongs to one thread. Test: tests/unit/common/base/sha256_test.cc
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace matchgo {

std::string Sha256Hex(std::string_view bytes);

class Sha256 {
 public:
  Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256();

  void Update(std::string_view bytes);
  // REQUIRES: called once, last.
  std::string Hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace matchgo
