// Vault: one random key per person, in a database of its own that backups leave out. Erasing a
// person is destroying the key.
//
// XChaCha20-Poly1305; the subject is associated data, so sealed bytes cannot be moved to another
// person. Subjects are opaque ids. Keys are durable before Seal returns. Thread-safe; may be used
// inside a transaction of another database. Test: tests/unit/common/vault/vault_test.cc
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "common/base/status.h"
#include "common/sql/observer.h"
#include "common/time/clock.h"

namespace matchgo {

struct VaultOptions {
  // Its own folder, made when missing, readable by the owner only; holds keys.db. ":memory:" for
  // tests.
  std::filesystem::path folder;
  size_t cached_keys = 100'000;
};

class Vault {
 public:
  static StatusOr<std::unique_ptr<Vault>> Open(const VaultOptions& options, const Clock& clock,
                                               sql::SqlObserver observer = {});
  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  // Makes the missing keys in one commit. ERASED if one of them was destroyed (no key is made
  // then).
  Status EnsureKeys(std::span<const std::string> subjects);

  // Bytes only Open with the same subject can read; makes the key on first use.
  StatusOr<std::string> Seal(std::string_view subject, std::string_view plain);

  // ERASED after Destroy; INTERNAL when the bytes are not what Seal made for this subject.
  StatusOr<std::string> Open(std::string_view subject, std::string_view sealed);

  // Forgets the key for ever: overwritten in the file, out of the log and the cache. Idempotent; a
  // subject that never had a key is marked erased, too.
  Status Destroy(std::string_view subject);

 private:
  struct Parts;
  explicit Vault(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace matchgo
