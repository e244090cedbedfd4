#include "services/scheduler/store/round_store.h"

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "common/sql/reasons.h"
#include "services/scheduler/domain/round_lifecycle.h"
#include "services/scheduler/reasons.h"
#include "services/scheduler/store/match_payload.h"

namespace matchgo::scheduler::store {
namespace {

constexpr sql::Query kNextNumber{"round_next_number",
                                 "SELECT COALESCE(MAX(number), 0) + 1 FROM round", "i"};
constexpr sql::Query kInsert{
    "round_insert",
    "INSERT INTO round (id, number, state, collect_until, seed, changes, changes_repaired, "
    "version, "
    "sequence, payload) VALUES (:id, :number, :state, :collect_until, :seed, 0, 0, :version, "
    ":sequence, :payload)",
    ""};
#define ROUND_COLUMNS                                                                           \
  "SELECT id, number, state, seed, changes, changes_repaired, version, sequence, payload FROM " \
  "round "
constexpr sql::Query kGet{"round_get", ROUND_COLUMNS "WHERE id = :id", "tittiiiit"};
constexpr sql::Query kList{"round_list",
                           ROUND_COLUMNS
                           "WHERE number < :before AND (:any = '' OR state = :state) "
                           "ORDER BY number DESC LIMIT :limit",
                           "tittiiiit"};
constexpr sql::Query kRunning{
    "round_running",
    ROUND_COLUMNS "WHERE state NOT IN ('closed', 'failed', 'cancelled') ORDER BY number",
    "tittiiiit"};
constexpr sql::Query kBoundDue{
    "round_bound_due", ROUND_COLUMNS "WHERE bound_due = 1 ORDER BY number LIMIT 1", "tittiiiit"};
#undef ROUND_COLUMNS
constexpr sql::Query kSetBoundDue{"round_set_bound_due",
                                  "UPDATE round SET bound_due = :due WHERE id = :id", ""};
constexpr sql::Query kUpdate{
    "round_update",
    "UPDATE round SET state = :state, version = :version, sequence = :sequence, payload = :payload "
    "WHERE id = :id AND version = :before",
    ""};
constexpr sql::Query kCountChange{"round_count_change",
                                  "UPDATE round SET changes = changes + 1 WHERE id = :id", ""};
constexpr sql::Query kMarkRepaired{
    "round_mark_repaired",
    "UPDATE round SET changes_repaired = :seen WHERE id = :id AND changes = :same", ""};
constexpr sql::Query kInsertLine{"market_line_insert",
                                 "INSERT INTO market_line (round, line, kind, subject, text) "
                                 "VALUES (:round, :line, :kind, :subject, :text)",
                                 ""};
constexpr sql::Query kLines{
    "market_line_list",
    "SELECT kind, subject, text FROM market_line WHERE round = :round ORDER BY line", "ttt"};
constexpr sql::Query kSubjects{
    "market_line_subjects",
    "SELECT subject FROM market_line WHERE subject <> '' UNION SELECT subject FROM newcomer_line "
    "WHERE subject <> '' ORDER BY subject",
    "t"};
constexpr sql::Query kSwitchers{
    "market_line_switchers",
    "SELECT subject FROM market_line WHERE round = :round AND kind = 'switcher' UNION SELECT "
    "subject FROM newcomer_line WHERE round = :same AND kind = 'switcher' ORDER BY subject",
    "t"};
constexpr sql::Query kNextNewcomer{
    "newcomer_line_next",
    "SELECT COALESCE(MAX(line), 0) + 1 FROM newcomer_line WHERE round = :round", "i"};
constexpr sql::Query kInsertNewcomer{"newcomer_line_insert",
                                     "INSERT INTO newcomer_line (round, line, kind, subject, text) "
                                     "VALUES (:round, :line, :kind, :subject, :text)",
                                     ""};
constexpr sql::Query kNewcomers{
    "newcomer_line_list",
    "SELECT kind, subject, text FROM newcomer_line WHERE round = :round ORDER BY line", "ttt"};
// Of rounds that were cleared before there was outcome_line.
constexpr sql::Query kPlainOutcome{"round_outcome_get",
                                   "SELECT text FROM round_outcome WHERE round = :round", "t"};
constexpr sql::Query kInsertOutcomeLine{
    "outcome_line_insert",
    "INSERT INTO outcome_line (round, repair, line, kind, subject, text) "
    "VALUES (:round, :repair, :line, :kind, :subject, :text)",
    ""};
constexpr sql::Query kOutcomeLines{"outcome_line_list",
                                   "SELECT kind, subject, text FROM outcome_line WHERE "
                                   "round = :round AND repair = :repair ORDER BY line",
                                   "ttt"};
constexpr sql::Query kInsertRepairLine{
    "repair_line_insert",
    "INSERT INTO repair_line (round, repair, line, kind, subject, text) "
    "VALUES (:round, :repair, :line, :kind, :subject, :text)",
    ""};
constexpr sql::Query kRepairLines{"repair_line_list",
                                  "SELECT kind, subject, text FROM repair_line WHERE "
                                  "round = :round AND repair = :repair ORDER BY line",
                                  "ttt"};
constexpr sql::Query kNextRepair{
    "round_repair_next",
    "SELECT COALESCE(MAX(number), 0) + 1 FROM round_repair WHERE round = :round", "i"};
constexpr sql::Query kInsertRepair{"round_repair_insert",
                                   "INSERT INTO round_repair (round, number, time, digest) "
                                   "VALUES (:round, :number, :time, :digest)",
                                   ""};
constexpr sql::Query kRepairs{
    "round_repair_list",
    "SELECT number, time, digest FROM round_repair WHERE round = :round ORDER BY number", "iit"};
constexpr sql::Query kHighWater{"high_water_get", "SELECT time FROM high_water WHERE id = 1", "i"};
constexpr sql::Query kSetHighWater{
    "high_water_set", "UPDATE high_water SET time = :time WHERE id = 1 AND time < :later", ""};

StatusOr<domain::Round> FromRow(const sql::Row& row) {
  domain::Round round;
  round.id = RoundId(row.Text(0));
  round.number = row.Int(1);
  const auto state = domain::ParseRoundState(row.Text(2));
  if (!state.has_value()) return Internal("a round has an unknown state");
  round.state = *state;
  round.seed = row.Text(3);
  round.changes = row.Int(4);
  round.changes_repaired = row.Int(5);
  round.version = row.Int(6);
  round.sequence = row.Int(7);
  RETURN_IF_ERROR(DecodeRound(row.Text(8), &round));
  return round;
}

StatusOr<std::vector<domain::Round>> Rounds(sql::Tx& tx, const sql::Query& query,
                                            std::initializer_list<sql::Value> values) {
  std::vector<domain::Round> rounds;
  RETURN_IF_ERROR(tx.Select(query, values, [&](const sql::Row& row) -> Status {
    ASSIGN_OR_RETURN(domain::Round round, FromRow(row));
    rounds.push_back(std::move(round));
    return absl::OkStatus();
  }));
  return rounds;
}

Status InsertLines(sql::Tx& tx, const sql::Query& query, const RoundId& id, int64_t repair,
                   const std::vector<MarketLine>& lines) {
  int64_t number = 0;
  for (const MarketLine& line : lines) {
    RETURN_IF_ERROR(
        tx.Execute(query, {id, repair, ++number, line.kind, line.subject, line.text}).status());
  }
  return absl::OkStatus();
}

StatusOr<std::vector<MarketLine>> Lines(sql::Tx& tx, const sql::Query& query,
                                        std::initializer_list<sql::Value> values) {
  std::vector<MarketLine> lines;
  RETURN_IF_ERROR(tx.Select(query, values, [&](const sql::Row& row) {
    lines.push_back({.kind = row.Text(0), .subject = row.Text(1), .text = row.Text(2)});
    return absl::OkStatus();
  }));
  return lines;
}

// The partial unique indexes on `round` say that another round is in the way.
Status RunningIfUnique(const Status& status) {
  if (ReasonOf(status) == sql::kUnique.word) return Precondition(reasons::kRoundRunning);
  return status;
}

}  // namespace

Status RoundStore::Insert(domain::Round& round) {
  RETURN_IF_ERROR(tx_.Select(kNextNumber, {}, [&](const sql::Row& row) {
    round.number = row.Int(0);
    return absl::OkStatus();
  }));
  round.version = 1;
  round.sequence = tx_.AppendEvent({.kind = "round.created",
                                    .resource = "rounds/" + round.id.value(),
                                    .version = round.version,
                                    .tenant = {}});
  sql::Value until;
  if (round.collect_until.has_value()) until = sql::Value(round.collect_until->micros());
  return RunningIfUnique(
      tx_.Execute(kInsert, {round.id, round.number, domain::RoundStateName(round.state), until,
                            round.seed, round.version, round.sequence, EncodeRound(round)})
          .status());
}

StatusOr<domain::Round> RoundStore::Get(const RoundId& id) {
  ASSIGN_OR_RETURN(std::vector<domain::Round> found, Rounds(tx_, kGet, {id}));
  if (found.empty()) return NotFound(reasons::kNotFound);
  return std::move(found.front());
}

Status RoundStore::Put(domain::Round& round, const std::string& kind) {
  const int64_t before = round.version++;
  round.sequence = tx_.AppendEvent({.kind = kind,
                                    .resource = "rounds/" + round.id.value(),
                                    .version = round.version,
                                    .tenant = {}});
  const StatusOr<int64_t> rows =
      tx_.Execute(kUpdate, {domain::RoundStateName(round.state), round.version, round.sequence,
                            EncodeRound(round), round.id, before});
  if (!rows.ok()) return RunningIfUnique(rows.status());
  return *rows == 1 ? absl::OkStatus() : Conflict(reasons::kStale);
}

StatusOr<std::vector<domain::Round>> RoundStore::List(int64_t before, const std::string& state,
                                                      int limit) {
  if (before == 0) before = INT64_MAX;
  return Rounds(tx_, kList, {before, state, state, limit});
}

StatusOr<std::vector<domain::Round>> RoundStore::Running() { return Rounds(tx_, kRunning, {}); }

Status RoundStore::SetBoundDue(const RoundId& id, bool due) {
  return tx_.Execute(kSetBoundDue, {due ? 1 : 0, id}).status();
}

StatusOr<std::optional<domain::Round>> RoundStore::BoundDue() {
  ASSIGN_OR_RETURN(std::vector<domain::Round> due, Rounds(tx_, kBoundDue, {}));
  if (due.empty()) return std::optional<domain::Round>();
  return std::optional(std::move(due.front()));
}

Status RoundStore::CountChange(const RoundId& id) {
  return tx_.Execute(kCountChange, {id}).status();
}

StatusOr<bool> RoundStore::MarkRepaired(const RoundId& id, int64_t seen) {
  ASSIGN_OR_RETURN(const int64_t rows, tx_.Execute(kMarkRepaired, {seen, id, seen}));
  return rows == 1;
}

Status RoundStore::PutMarket(const RoundId& id, const std::vector<MarketLine>& lines) {
  int64_t number = 0;
  for (const MarketLine& line : lines) {
    RETURN_IF_ERROR(
        tx_.Execute(kInsertLine, {id, ++number, line.kind, line.subject, line.text}).status());
  }
  return absl::OkStatus();
}

StatusOr<std::vector<MarketLine>> RoundStore::Market(const RoundId& id) {
  return Lines(tx_, kLines, {id});
}

StatusOr<std::vector<std::string>> RoundStore::Subjects() {
  std::vector<std::string> subjects;
  RETURN_IF_ERROR(tx_.Select(kSubjects, {}, [&](const sql::Row& row) {
    subjects.push_back(row.Text(0));
    return absl::OkStatus();
  }));
  return subjects;
}

StatusOr<std::vector<std::string>> RoundStore::Switchers(const RoundId& id) {
  std::vector<std::string> switchers;
  RETURN_IF_ERROR(tx_.Select(kSwitchers, {id, id}, [&](const sql::Row& row) {
    switchers.push_back(row.Text(0));
    return absl::OkStatus();
  }));
  return switchers;
}

Status RoundStore::AddNewcomers(const RoundId& id, const std::vector<MarketLine>& lines) {
  int64_t number = 0;
  RETURN_IF_ERROR(tx_.Select(kNextNewcomer, {id}, [&](const sql::Row& row) {
    number = row.Int(0);
    return absl::OkStatus();
  }));
  for (const MarketLine& line : lines) {
    RETURN_IF_ERROR(
        tx_.Execute(kInsertNewcomer, {id, number++, line.kind, line.subject, line.text}).status());
  }
  return absl::OkStatus();
}

StatusOr<std::vector<MarketLine>> RoundStore::Newcomers(const RoundId& id) {
  return Lines(tx_, kNewcomers, {id});
}

Status RoundStore::PutOutcome(const RoundId& id, const std::vector<MarketLine>& lines) {
  return InsertLines(tx_, kInsertOutcomeLine, id, 0, lines);
}

StatusOr<std::vector<MarketLine>> RoundStore::Outcome(const RoundId& id) {
  ASSIGN_OR_RETURN(std::vector<MarketLine> lines, Lines(tx_, kOutcomeLines, {id, 0}));
  if (!lines.empty()) return lines;
  RETURN_IF_ERROR(tx_.Select(kPlainOutcome, {id}, [&](const sql::Row& row) {
    std::string text = row.Text(0);
    if (text.ends_with('\n')) text.pop_back();
    lines.push_back({.kind = "outcome", .subject = "", .text = std::move(text)});
    return absl::OkStatus();
  }));
  return lines;
}

Status RoundStore::InsertRepair(const RoundId& id, Repair repair) {
  RETURN_IF_ERROR(tx_.Select(kNextRepair, {id}, [&](const sql::Row& row) {
    repair.number = row.Int(0);
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(
      tx_.Execute(kInsertRepair, {id, repair.number, repair.time.micros(), repair.digest})
          .status());
  RETURN_IF_ERROR(InsertLines(tx_, kInsertRepairLine, id, repair.number, repair.market));
  return InsertLines(tx_, kInsertOutcomeLine, id, repair.number, repair.outcome);
}

StatusOr<std::vector<Repair>> RoundStore::Repairs(const RoundId& id) {
  std::vector<Repair> repairs;
  RETURN_IF_ERROR(tx_.Select(kRepairs, {id}, [&](const sql::Row& row) {
    repairs.push_back({.number = row.Int(0),
                       .time = Instant::FromMicros(row.Int(1)),
                       .digest = row.Text(2),
                       .market = {},
                       .outcome = {}});
    return absl::OkStatus();
  }));
  for (Repair& repair : repairs) {
    ASSIGN_OR_RETURN(repair.market, Lines(tx_, kRepairLines, {id, repair.number}));
    ASSIGN_OR_RETURN(repair.outcome, Lines(tx_, kOutcomeLines, {id, repair.number}));
  }
  return repairs;
}

StatusOr<Instant> RoundStore::Moment(Instant now) {
  Instant high;
  RETURN_IF_ERROR(tx_.Select(kHighWater, {}, [&](const sql::Row& row) {
    high = Instant::FromMicros(row.Int(0));
    return absl::OkStatus();
  }));
  if (now <= high) return high;
  RETURN_IF_ERROR(tx_.Execute(kSetHighWater, {now.micros(), now.micros()}).status());
  return now;
}

}  // namespace matchgo::scheduler::store
