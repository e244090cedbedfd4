// The SQL of the trajectories service, each statement once, with its columns.
//
// Names are metric labels. Constants only; used by the stores of this room.
// Test: tests/unit/services/trajectories/trajectory_store_test.cc
#pragma once

#include "common/sql/query.h"

namespace matchgo::trajectories::store {

// Columns of a stored trajectory, in this order everywhere:
// id, version, switcher, partner, employer, opleider, offer, progress_on, payload.
inline constexpr sql::Query kGetTrajectory{
    "get_trajectory",
    "SELECT id, version, switcher, partner, employer, opleider, offer, progress_on, payload"
    " FROM trajectory WHERE id = :p1",
    "titttttit"};
// The running one, else the one that ended last.
inline constexpr sql::Query kLatestTrajectory{
    "latest_trajectory",
    "SELECT id, version, switcher, partner, employer, opleider, offer, progress_on, payload"
    " FROM trajectory WHERE switcher = :p1 ORDER BY ended, sequence DESC LIMIT 1",
    "titttttit"};
inline constexpr sql::Query kInsertTrajectory{
    "insert_trajectory",
    "INSERT INTO trajectory (switcher, partner, employer, opleider, sector, stage, ended, at_risk,"
    " exit_reason, startbekwaam_days, offer, progress_on, next_check, version, sequence, payload,"
    " id) VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8, :p9, :p10, :p11, :p12, :p13, :p14, :p15,"
    " :p16, :p17)",
    ""};
inline constexpr sql::Query kUpdateTrajectory{
    "update_trajectory",
    "UPDATE trajectory SET switcher = :p1, partner = :p2, employer = :p3, opleider = :p4,"
    " sector = :p5, stage = :p6, ended = :p7, at_risk = :p8, exit_reason = :p9,"
    " startbekwaam_days = :p10, offer = :p11, progress_on = :p12, next_check = :p13,"
    " version = :p14, sequence = :p15, payload = :p16 WHERE id = :p17 AND version = :p18",
    ""};
inline constexpr sql::Query kSetNextCheck{
    "set_next_check", "UPDATE trajectory SET next_check = :p1 WHERE id = :p2 AND version = :p3",
    ""};
inline constexpr sql::Query kListDue{
    "list_due",
    "SELECT id, version, switcher, partner, employer, opleider, offer, progress_on, payload"
    " FROM trajectory WHERE ended = 0 AND next_check <= :p1 ORDER BY next_check, id LIMIT :p2",
    "titttttit"};
inline constexpr sql::Query kAnyDue{
    "any_due", "SELECT next_check FROM trajectory WHERE ended = 0 AND next_check <= :p1 LIMIT 1",
    "i"};

// Filters that are '', 0 or -1 (of `ended`) let everything pass. One statement for each kind of
// caller, so that each has its index.
inline constexpr sql::Query kListTrajectories{
    "list_trajectories",
    "SELECT id, version, switcher, partner, employer, opleider, offer, progress_on, payload"
    " FROM trajectory WHERE id > :p1 AND (:p2 = 0 OR stage = :p3) AND (:p4 = -1 OR ended = :p5)"
    " AND (:p6 = 0 OR at_risk = 1) AND (:p7 = '' OR switcher = :p8) ORDER BY id LIMIT :p9",
    "titttttit"};
inline constexpr sql::Query kListInStage{
    "list_trajectories_in_stage",
    "SELECT id, version, switcher, partner, employer, opleider, offer, progress_on, payload"
    " FROM trajectory WHERE stage = :p1 AND ended = :p2 AND id > :p3"
    " AND (:p4 = 0 OR at_risk = 1) AND (:p5 = '' OR switcher = :p6) ORDER BY id LIMIT :p7",
    "titttttit"};
inline constexpr sql::Query kListOfSwitcher{
    "list_trajectories_of_switcher",
    "SELECT id, version, switcher, partner, employer, opleider, offer, progress_on, payload"
    " FROM trajectory WHERE switcher = :p1 AND id > :p2 AND (:p3 = 0 OR stage = :p4)"
    " AND (:p5 = -1 OR ended = :p6) AND (:p7 = 0 OR at_risk = 1)"
    " AND (:p8 = '' OR switcher = :p9) ORDER BY id LIMIT :p10",
    "titttttit"};
inline constexpr sql::Query kListOfPartner{
    "list_trajectories_of_partner",
    "SELECT id, version, switcher, partner, employer, opleider, offer, progress_on, payload"
    " FROM trajectory WHERE partner = :p1 AND id > :p2 AND (:p3 = 0 OR stage = :p4)"
    " AND (:p5 = -1 OR ended = :p6) AND (:p7 = 0 OR at_risk = 1)"
    " AND (:p8 = '' OR switcher = :p9) ORDER BY id LIMIT :p10",
    "titttttit"};
inline constexpr sql::Query kListOfEmployer{
    "list_trajectories_of_employer",
    "SELECT id, version, switcher, partner, employer, opleider, offer, progress_on, payload"
    " FROM trajectory WHERE employer = :p1 AND id > :p2 AND (:p3 = 0 OR stage = :p4)"
    " AND (:p5 = -1 OR ended = :p6) AND (:p7 = 0 OR at_risk = 1)"
    " AND (:p8 = '' OR switcher = :p9) ORDER BY id LIMIT :p10",
    "titttttit"};
inline constexpr sql::Query kListOfOpleider{
    "list_trajectories_of_opleider",
    "SELECT id, version, switcher, partner, employer, opleider, offer, progress_on, payload"
    " FROM trajectory WHERE opleider = :p1 AND id > :p2 AND (:p3 = 0 OR stage = :p4)"
    " AND (:p5 = -1 OR ended = :p6) AND (:p7 = 0 OR at_risk = 1)"
    " AND (:p8 = '' OR switcher = :p9) ORDER BY id LIMIT :p10",
    "titttttit"};

inline constexpr sql::Query kAddReached{
    "add_reached",
    "INSERT INTO stage_reached (trajectory, stage) VALUES (:p1, :p2)"
    " ON CONFLICT (trajectory, stage) DO NOTHING",
    ""};
inline constexpr sql::Query kAddStep{
    "add_step",
    "INSERT INTO step (sequence, place, kind, from_stage, to_stage, reason, days, sector)"
    " VALUES (:p1, :p2, :p3, :p4, :p5, :p6, :p7, :p8)",
    ""};
inline constexpr sql::Query kReadSteps{
    "read_steps",
    "SELECT sequence, kind, from_stage, to_stage, reason, days, sector FROM step"
    " WHERE sequence > :p1 AND sequence <= :p2 ORDER BY sequence, place",
    "iiiiiit"};
inline constexpr sql::Query kCountRunning{
    "count_running",
    "SELECT stage, sector, COUNT(*) FROM trajectory WHERE ended = 0 GROUP BY stage, sector", "iti"};

inline constexpr sql::Query kCountReached{
    "count_reached",
    "SELECT stage_reached.stage, COUNT(*) FROM stage_reached"
    " JOIN trajectory ON trajectory.id = stage_reached.trajectory"
    " WHERE (:p1 = '' OR sector = :p2) AND (:p3 = '' OR opleider = :p4)"
    " GROUP BY stage_reached.stage",
    "ii"};
inline constexpr sql::Query kCountCurrent{
    "count_current",
    "SELECT stage, COUNT(*) FROM trajectory WHERE exit_reason IS NULL"
    " AND (:p1 = '' OR sector = :p2) AND (:p3 = '' OR opleider = :p4) GROUP BY stage",
    "ii"};
inline constexpr sql::Query kCountExits{
    "count_exits",
    "SELECT stage, exit_reason, COUNT(*) FROM trajectory WHERE exit_reason IS NOT NULL"
    " AND (:p1 = '' OR sector = :p2) AND (:p3 = '' OR opleider = :p4)"
    " GROUP BY stage, exit_reason ORDER BY stage, exit_reason",
    "iii"};
inline constexpr sql::Query kStartbekwaamDays{
    "startbekwaam_days",
    "SELECT startbekwaam_days FROM trajectory WHERE startbekwaam_days IS NOT NULL"
    " AND (:p1 = '' OR sector = :p2) AND (:p3 = '' OR opleider = :p4) ORDER BY startbekwaam_days",
    "i"};

inline constexpr sql::Query kGetPosition{
    "get_feed_position", "SELECT sequence FROM feed_position WHERE feed = :p1", "i"};
inline constexpr sql::Query kSetPosition{
    "set_feed_position",
    "INSERT INTO feed_position (feed, sequence) VALUES (:p1, :p2)"
    " ON CONFLICT (feed) DO UPDATE SET sequence = excluded.sequence",
    ""};
inline constexpr sql::Query kGetSeen{"get_feed_seen",
                                     "SELECT sequence FROM feed_seen WHERE name = :p1", "i"};
inline constexpr sql::Query kSetSeen{
    "set_feed_seen",
    "INSERT INTO feed_seen (name, sequence) VALUES (:p1, :p2)"
    " ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence",
    ""};

}  // namespace matchgo::trajectories::store
