// EventJournal: what the event logs of a data folder hold, read past the services.
//
// Opens each database read-only with SQLite itself, so that a test sees what is committed and not
// what a service says. Works while the services run. For tests only. Used by tests/contract.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace matchgo {

struct JournalEvent {
  int64_t sequence = 0;
  std::string kind;
  std::string resource;
};

// The events of one database, in order.
std::vector<JournalEvent> EventsIn(const std::filesystem::path& database);

// The newest sequence and the number of events and of stored replies of every database in a folder:
// equal before and after means that nothing was written.
struct JournalHead {
  int64_t last = 0;
  int64_t events = 0;
  int64_t replies = 0;

  friend bool operator==(const JournalHead&, const JournalHead&) = default;
  friend void PrintTo(const JournalHead& head, std::ostream* out) {
    *out << "last " << head.last << ", events " << head.events << ", replies " << head.replies;
  }
};
std::map<std::string, JournalHead> HeadsIn(const std::filesystem::path& folder);

}  // namespace matchgo
