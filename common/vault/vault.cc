#include "common/vault/vault.h"

#include <sodium.h>

#include <array>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include "common/base/check.h"
#include "common/base/status_macros.h"
#include "common/cache/memory_cache.h"
#include "common/sql/database.h"
#include "common/sql/payload.h"
#include "common/sql/reasons.h"
#include "common/vault/schema/migrations.h"

namespace matchgo {
namespace {

constexpr size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
// First byte of sealed data, part of what is authenticated: room for another cipher later.
constexpr char kFormat = '\x01';

constexpr sql::Query kFind{"find_key",
                           "SELECT sealing_key, state FROM person_key WHERE subject = :p1", "tt"};
constexpr sql::Query kAdd{"add_key",
                          "INSERT INTO person_key (subject, sealing_key, state, time)"
                          " VALUES (:p1, :p2, 'live', :p3)",
                          ""};
constexpr sql::Query kErase{
    "erase_key",
    "INSERT INTO person_key (subject, sealing_key, state, time) VALUES (:p1, '', 'erased', :p2)"
    " ON CONFLICT (subject) DO UPDATE SET sealing_key = '', state = 'erased', time = excluded.time",
    ""};

// In the cache the mark of an erasure is newer than any key, so a slow reader cannot put one back.
constexpr int64_t kLiveVersion = 1;
constexpr int64_t kErasedVersion = 2;

struct Key {
  std::array<unsigned char, kKeyBytes> bytes{};
  bool erased = false;

  Key() = default;
  Key(const Key&) = default;
  Key& operator=(const Key&) = default;
  ~Key() { sodium_memzero(bytes.data(), bytes.size()); }
};
using KeyPointer = std::shared_ptr<const Key>;

StatusOr<KeyPointer> ParseKey(const sql::Row& row) {
  auto key = std::make_shared<Key>();
  key->erased = row.Text(1) != "live";
  if (key->erased) return KeyPointer(std::move(key));
  ASSIGN_OR_RETURN(const std::string bytes, sql::DecodePayload(row.Text(0)));
  if (bytes.size() != kKeyBytes) return Internal("a key in the vault has the wrong length");
  std::memcpy(key->bytes.data(), bytes.data(), kKeyBytes);
  return KeyPointer(std::move(key));
}

// The key as the store has it; null when there is none.
StatusOr<KeyPointer> FindKey(sql::Tx& tx, const std::string& subject) {
  KeyPointer key;
  RETURN_IF_ERROR(tx.Select(kFind, {subject}, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(key, ParseKey(row));
    return absl::OkStatus();
  }));
  return key;
}

StatusOr<KeyPointer> AddKey(sql::Tx& tx, const std::string& subject) {
  auto key = std::make_shared<Key>();
  randombytes_buf(key->bytes.data(), key->bytes.size());
  const std::string_view bytes(reinterpret_cast<const char*>(key->bytes.data()), kKeyBytes);
  RETURN_IF_ERROR(
      tx.Execute(kAdd, {subject, sql::EncodePayload(bytes), tx.call().now.micros()}).status());
  return KeyPointer(std::move(key));
}

std::string AssociatedData(std::string_view subject) {
  std::string data(1, kFormat);
  data.append(subject);
  return data;
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

struct Vault::Parts {
  Parts(const Clock& the_clock, size_t cached_keys)
      : clock(the_clock), cache({.entries = cached_keys, .bytes = cached_keys * 1024}) {}

  Call MakeCall() const {
    Call call;
    call.now = clock.Now();
    call.principal = {.role = Role::kService, .id = "vault", .tenant = {}};
    call.method = "vault";
    return call;
  }
  void Remember(const std::string& subject, const KeyPointer& key) {
    cache.Put(subject, key->erased ? kErasedVersion : kLiveVersion, key, sizeof(Key));
  }
  // The cached key, or the store's; null when there is none.
  StatusOr<KeyPointer> Load(const std::string& subject) {
    if (const auto hit = cache.Get(subject)) return hit.value;
    ASSIGN_OR_RETURN(KeyPointer key,
                     database->Read(MakeCall(), [&](sql::Tx& tx) { return FindKey(tx, subject); }));
    if (key != nullptr) Remember(subject, key);
    return key;
  }

  const Clock& clock;
  MemoryCache<Key> cache;
  std::unique_ptr<sql::Database> database;
};

Vault::Vault(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Vault::~Vault() = default;

StatusOr<std::unique_ptr<Vault>> Vault::Open(const VaultOptions& options, const Clock& clock,
                                             sql::SqlObserver observer) {
  auto parts = std::make_unique<Parts>(clock, options.cached_keys);
  const bool memory = options.folder == ":memory:";
  if (!memory) {
    std::error_code error;
    std::filesystem::create_directories(options.folder, error);
    std::filesystem::permissions(options.folder, std::filesystem::perms::owner_all, error);
    if (error) return WithFact(Unavailable(sql::kStoreUnavailable), "store", error.message());
  }
  sql::DatabaseOptions database{.file = memory ? options.folder : options.folder / "keys.db",
                                .name = "vault",
                                .migrations = vault::schema::Migrations()};
  ASSIGN_OR_RETURN(parts->database,
                   sql::Database::Open(std::move(database), clock, std::move(observer)));
  // A process killed inside Destroy may have left the key in the log.
  RETURN_IF_ERROR(parts->database->Checkpoint());
  return std::unique_ptr<Vault>(new Vault(std::move(parts)));
}

Status Vault::EnsureKeys(std::span<const std::string> subjects) {
  std::vector<const std::string*> unknown;
  for (const std::string& subject : subjects) {
    const auto hit = parts_->cache.Get(subject);
    if (hit && hit.value->erased) return NotFound(sql::kErased);
    if (!hit) unknown.push_back(&subject);
  }
  if (unknown.empty()) return absl::OkStatus();
  const auto add_missing = [&](sql::Tx& tx) -> StatusOr<std::vector<KeyPointer>> {
    std::vector<KeyPointer> keys;
    for (const std::string* subject : unknown) {
      ASSIGN_OR_RETURN(KeyPointer key, FindKey(tx, *subject));
      if (key == nullptr) {
        ASSIGN_OR_RETURN(key, AddKey(tx, *subject));
      }
      if (key->erased) return NotFound(sql::kErased);
      keys.push_back(std::move(key));
    }
    return keys;
  };
  ASSIGN_OR_RETURN(const std::vector<KeyPointer> keys,
                   parts_->database->Write(parts_->MakeCall(), add_missing));
  for (size_t i = 0; i < keys.size(); ++i) parts_->Remember(*unknown[i], keys[i]);
  return absl::OkStatus();
}

StatusOr<std::string> Vault::Seal(std::string_view subject, std::string_view plain) {
  const std::string name(subject);
  ASSIGN_OR_RETURN(KeyPointer key, parts_->Load(name));
  if (key == nullptr) {
    RETURN_IF_ERROR(EnsureKeys({&name, 1}));
    ASSIGN_OR_RETURN(key, parts_->Load(name));
  }
  if (key == nullptr) return Internal("a key that was just made is not there");
  if (key->erased) return NotFound(sql::kErased);

  std::string sealed(1 + kNonceBytes + plain.size() + kTagBytes, kFormat);
  auto* const nonce = reinterpret_cast<unsigned char*>(sealed.data() + 1);
  randombytes_buf(nonce, kNonceBytes);
  const std::string data = AssociatedData(subject);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonceBytes, nullptr, Bytes(plain),
                                             plain.size(), Bytes(data), data.size(), nullptr, nonce,
                                             key->bytes.data());
  return sealed;
}

StatusOr<std::string> Vault::Open(std::string_view subject, std::string_view sealed) {
  ASSIGN_OR_RETURN(const KeyPointer key, parts_->Load(std::string(subject)));
  if (key == nullptr) return Internal("the vault has no key for these sealed bytes");
  if (key->erased) return NotFound(sql::kErased);
  if (sealed.size() < 1 + kNonceBytes + kTagBytes || sealed[0] != kFormat) {
    return Internal("sealed bytes are too short or of an unknown format");
  }
  const std::string_view nonce = sealed.substr(1, kNonceBytes);
  const std::string_view cipher = sealed.substr(1 + kNonceBytes);
  const std::string data = AssociatedData(subject);
  std::string plain(cipher.size() - kTagBytes, '\0');
  const int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, Bytes(cipher),
      cipher.size(), Bytes(data), data.size(), Bytes(nonce), key->bytes.data());
  if (result != 0) return Internal("sealed bytes do not belong to this subject or were changed");
  return plain;
}

Status Vault::Destroy(std::string_view subject) {
  const std::string name(subject);
  RETURN_IF_ERROR(parts_->database->Write(parts_->MakeCall(), [&](sql::Tx& tx) -> Status {
    return tx.Execute(kErase, {name, tx.call().now.micros()}).status();
  }));
  auto mark = std::make_shared<Key>();
  mark->erased = true;
  parts_->Remember(name, mark);
  // secure_delete has overwritten the key in its page; the log still holds the page as it was.
  return parts_->database->Checkpoint();
}

}  // namespace matchgo
