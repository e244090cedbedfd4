#include "services/matchgo/commands/context.h"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "services/matchgo/commands/error_words.h"

namespace matchgo::commands {
namespace {

// The longest path that the address of a unix socket can hold.
constexpr size_t kSocketPathMax = 107;

struct Known {
  const char* reason;
  ExitCode code;
  const char* nl;
  const char* en;
};

// What a person can do about it. The code of the status decides for all other reasons.
constexpr std::array kKnown = {
    Known{"STALE", kRefused, "Lees het record opnieuw en probeer het met de nieuwe etag.",
          "Read the record again and retry with its new etag."},
    Known{"OVERLOADED", kUnreachable, "De dienst heeft het druk: probeer het over enkele tellen.",
          "The service is busy: try again in a few seconds."},
    Known{"STOPPING", kUnreachable, "De dienst stopt: probeer het als hij weer draait.",
          "The service is stopping: try again when it runs."},
    Known{"FEEDS_BEHIND", kUnreachable,
          "De dienst leest zijn buren nog: `matchgo doctor` laat zien hoe ver hij is.",
          "The service still reads its neighbours: `matchgo doctor` shows how far it is."},
    Known{"MARKET_NOT_READY", kUnreachable,
          "De dienst leest zijn buren nog: `matchgo doctor` laat zien hoe ver hij is.",
          "The service still reads its neighbours: `matchgo doctor` shows how far it is."},
    Known{"MARKET_STALE", kUnreachable,
          "De dienst draait, en ververst de markt zelf: probeer het over een minuut. Blijft het "
          "zo, dan laat `matchgo doctor` zien welke buur hij niet leest, en staat de fout in zijn "
          "log (scheduler_step_failed).",
          "The service runs, and renews the market by itself: try again in a minute. If it stays "
          "so, `matchgo doctor` shows which neighbour it does not read, and its log has the fault "
          "(scheduler_step_failed)."},
    Known{"SCHEDULER_AWAY", kUnreachable, "Draait scheduler? `matchgo doctor` laat het zien.",
          "Does scheduler run? `matchgo doctor` shows it."},
    Known{"METRICS_PORT", kRefused,
          "Een ander programma gebruikt die poort: kies een andere met --metrics 127.0.0.1:PORT, "
          "of poort 0 voor een vrije.",
          "Another program uses that port: choose another with --metrics 127.0.0.1:PORT, or port 0 "
          "for a free one."},
    Known{"STORE_UNAVAILABLE", kRefused,
          "Gebruikt een ander proces deze datamap, of is de schijf vol? `matchgo doctor` kijkt.",
          "Does another process use this data folder, or is the disk full? `matchgo doctor` "
          "looks."},
    Known{"DATA_DIR", kRefused, "Kies een map waarin u mag schrijven met --data.",
          "Choose a folder that you may write to with --data."},
    Known{"DATA_NOT_EMPTY", kWrongUse, "Kies een andere map met --data, of laat --data weg.",
          "Choose another folder with --data, or leave --data out."},
    Known{"ROLE_MISSING", kWrongUse, "Bijvoorbeeld: matchgo serve --all",
          "For example: matchgo serve --all"},
    Known{"CONFIG", kWrongUse,
          "Een instelling is VELD=WAARDE, zoals --set workers=16; `matchgo serve --all "
          "--check-config` print ze alle.",
          "A setting is FIELD=VALUE, such as --set workers=16; `matchgo serve --all "
          "--check-config` prints them all."},
    Known{"FILE_UNWRITABLE", kWrongUse, "Bestaat de map, en mag u daar schrijven?",
          "Does its folder exist, and may you write there?"},
    Known{"FILE_UNREADABLE", kWrongUse, "Klopt het pad, en mag u het bestand lezen?",
          "Is the path right, and may you read the file?"},
    Known{
        "ESCO_FILE_MISSING", kWrongUse,
        "Geef de map van een uitgepakte ESCO-download (CSV, Engels): matchgo import esco MAP. "
        "Nodig: skills_en.csv, occupations_en.csv, occupationSkillRelations.csv; "
        "occupations_nl.csv mag.",
        "Give the folder of an unpacked ESCO download (CSV, English): matchgo import esco FOLDER. "
        "Needed: skills_en.csv, occupations_en.csv, occupationSkillRelations.csv; "
        "occupations_nl.csv is optional."},
    Known{"HUMAN_REQUIRED", kRefused, "Zeg wie u bent, bijvoorbeeld met --principal p.jansen.",
          "Say who you are, for example with --principal p.jansen."},
    Known{"NOT_MATCHED", kRefused, "Probeer `matchgo explain` zonder --vacancy.",
          "Try `matchgo explain` without --vacancy."},
    Known{"ROUND_STATE", kRefused, "`matchgo round get` laat zien hoe ver de ronde is.",
          "`matchgo round get` shows how far the round is."},
};

const Known* FindKnown(const std::string& reason) {
  for (const Known& known : kKnown) {
    if (reason == known.reason) return &known;
  }
  return nullptr;
}

// The library cannot even try such an address.
bool SocketPathTooLong(const Context& context, const std::string& reason) {
  if (!reason.empty() && reason != "UNAVAILABLE") return false;
  if (context.server.rfind("unix:", 0) == 0) return context.server.size() - 5 > kSocketPathMax;
  return context.server.empty() && (context.data / "matchgo.sock").string().size() > kSocketPathMax;
}

ExitCode CodeOf(const Context& context, const Status& status) {
  const std::string reason = ReasonOf(status);
  if (SocketPathTooLong(context, reason)) return kWrongUse;
  if (reason == "LISTEN_ADDRESS") {  // a bad address is wrong use, one that is taken is not
    return status.code() == absl::StatusCode::kUnavailable ? kRefused : kWrongUse;
  }
  if (const Known* known = FindKnown(reason)) return known->code;
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
      return kWrongUse;
    case absl::StatusCode::kUnavailable:
      return kUnreachable;
    default:
      return kRefused;
  }
}

std::string Advice(const Context& context, const Status& status) {
  const std::string reason = ReasonOf(status);
  if (SocketPathTooLong(context, reason)) {
    return context.Say(
        "Het pad van de socket is langer dan 107 bytes: kies een kortere --data "
        "of --server.",
        "The path of the socket is longer than 107 bytes: choose a shorter "
        "--data or --server.");
  }
  if (const Known* known = FindKnown(reason)) return context.Say(known->nl, known->en);
  if (reason == "RESOURCE_NAME") {
    return context.Say("Geef de hele naam, zoals het werkwoord `list` hem toont.",
                       "Give the whole name, as the verb `list` shows it.");
  }
  if (reason == "LISTEN_ADDRESS" && !FactsOf(status).empty()) {  // of --metrics
    return context.Say("Bijvoorbeeld: --metrics 127.0.0.1:9464, of laat --metrics weg.",
                       "For example: --metrics 127.0.0.1:9464, or leave --metrics out.");
  }
  if (reason == "LISTEN_ADDRESS") {
    return status.code() == absl::StatusCode::kUnavailable
               ? context.Say("Kies een ander adres met --listen.",
                             "Choose another address with --listen.")
               : context.Say("Bijvoorbeeld: --listen 127.0.0.1:7000, of laat --listen weg.",
                             "For example: --listen 127.0.0.1:7000, or leave --listen out.");
  }
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return context.Say(
          "Draait de dienst? Start hem met `matchgo serve --all`, of zeg met --data of --server "
          "waar hij is.",
          "Is the service running? Start it with `matchgo serve --all`, or say with --data or "
          "--server where it is.");
    case absl::StatusCode::kDeadlineExceeded:
      return context.Say("De dienst antwoordde niet op tijd: kijk met `matchgo doctor`.",
                         "The service did not answer in time: look with `matchgo doctor`.");
    case absl::StatusCode::kNotFound:
      return context.Say("Zoek de naam op met het werkwoord `list`.",
                         "Look the name up with the verb `list`.");
    case absl::StatusCode::kPermissionDenied:
      return context.Say("Kies een rol die dit mag met --as.",
                         "Choose a role that may do this with --as.");
    default:
      return "";
  }
}

// What the library says of a connection is English, long, and of no use to a person.
std::string TextOf(const Context& context, const Status& status) {
  const std::string reason = ReasonOf(status);
  const bool library = (reason.empty() || reason == "UNAVAILABLE") &&
                       status.code() == absl::StatusCode::kUnavailable;
  if (library) {
    const std::string where =
        context.server.empty()
            ? context.Say("de sockets in ", "the sockets in ") + context.data.string()
            : context.server;
    return context.Say("de dienst is niet bereikbaar op ", "the service cannot be reached at ") +
           where;
  }
  return ErrorWords(context.language, MessageOf(status));
}

}  // namespace

ExitCode Report(const Context& context, const Status& status, const std::string& next) {
  if (status.ok()) return kDone;
  const std::string advice = next.empty() ? Advice(context, status) : next;
  const std::vector<Violation> violations = ViolationsOf(status);
  if (context.json) {
    nlohmann::json problem = {{"reason", ReasonOf(status)}, {"text", MessageOf(status)}};
    for (const auto& [key, value] : FactsOf(status)) problem["facts"][key] = value;
    if (!advice.empty()) problem["advice"] = advice;
    for (const Violation& violation : violations) {
      problem["violations"].push_back(
          {{"field", violation.field}, {"reason", violation.reason}, {"wanted", violation.wanted}});
    }
    std::cerr << problem.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    return CodeOf(context, status);
  }
  const std::string reason = ReasonOf(status);
  const std::string line =
      "matchgo: " + (reason.empty() ? "" : reason + ": ") + TextOf(context, status);
  // Programs read it as one line.
  const bool for_people = isatty(STDERR_FILENO) != 0;
  std::cerr << (for_people ? terminal::Wrap(line, context.style.width, "") : line + "\n");
  for (const auto& [key, value] : FactsOf(status))
    std::cerr << "  " << FactWords(context.language, key) << ": " << value << "\n";
  for (const Violation& violation : violations) {
    std::cerr << "  " << violation.field << ": " << violation.reason << ", "
              << context.Say("gevraagd: ", "wanted: ")
              << ErrorWords(context.language, violation.wanted) << "\n";
  }
  std::istringstream lines(advice);
  for (std::string each; std::getline(lines, each);) {
    std::cerr << terminal::Wrap(each, context.style.width, "  ");
  }
  return CodeOf(context, status);
}

std::filesystem::path DefaultDataFolder() {
  if (const char* data = std::getenv("MATCHGO_DATA"); data != nullptr && *data != '\0') return data;
  if (geteuid() == 0) return "/var/lib/matchgo";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home == nullptr ? "." : home) / ".local/share/matchgo";
}

}  // namespace matchgo::commands
