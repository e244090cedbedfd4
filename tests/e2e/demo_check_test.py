"""The checker of the demo must refuse a report that is wrong in any one way."""

import copy
import unittest

import demo_check

ROUND = {"market_switchers": 90, "contracts": 30, "offers": 50, "declined": 12, "expired": 3,
         "repaired": 5, "closed_starts": 1, "unmatched": 60, "blocking": 0,
         "placed": 33, "placed_bound": 40, "total_score": 20_000_000, "score_bound": 24_000_000,
         "market_digest": "a" * 64}
GOOD = {"switchers": 100, "vacancies": 50, "openings": 80, "starts": 9, "rounds": [ROUND, ROUND],
        "trajectories": {"AANGEMELD": 100, "SELECTIE": 90, "INTRODUCTIE": 80, "CONTRACT": 60,
                         "GESTART": 58, "STARTBEKWAAM": 50, "OP_LOONWAARDE": 45,
                         "GEDIPLOMEERD": 40},
        "contracts": {"signed": 61, "people": 60, "active": 57,
                      "ended": {"GROENPLUK": 2, "COHORT_CANCELLED": 2}},
        "cancelled_cohorts": {"cohorts": 1, "people": 2, "signed_again": 1},
        "exits": {"GROENPLUK": 2}, "match_to_startbekwaam_days": {"p50": 180, "p90": 220},
        "metrics_url": "http://127.0.0.1:1/metrics"}

# name of the case: (path to what is changed, new value; None removes it)
WRONG = {
    "no metrics address": (["metrics_url"], None),
    "a round without a digest": (["rounds", 0, "market_digest"], None),
    "no starts": (["starts"], 0),
    "one round": (["rounds"], [ROUND]),
    "a blocking contract": (["rounds", 1, "blocking"], 1),
    "somebody lost": (["rounds", 0, "unmatched"], 59),
    "somebody twice": (["rounds", 0, "contracts"], 31),
    "a crowded market": (["switchers"], 89),
    "contracts without offers": (["rounds", 0, "offers"], 29),
    "more placed than can be": (["rounds", 0, "placed"], 41),
    "a score that cannot be": (["rounds", 1, "score_bound"], 19_999_999),
    "a round without its bound": (["rounds", 1, "placed_bound"], None),
    "nobody placed": (["rounds", 0, "placed"], 0),
    "a short digest": (["rounds", 0, "market_digest"], "abc"),
    "a stage nobody reached": (["trajectories", "OP_LOONWAARDE"], 0),
    "more contracts than openings": (["openings"], 56),
    "a contract that is lost": (["contracts", "signed"], 62),
    "fewer signed than ran at the close": (["rounds", 0, "contracts"], 32),
    "somebody signed without a trajectory": (["contracts", "people"], 61),
    "a trajectory without its contract": (["cancelled_cohorts", "signed_again"], 0),
    "an exit that left its contract": (["contracts", "ended"], {"GROENPLUK": 1,
                                                                "COHORT_CANCELLED": 3}),
    "a cancelled cohort that concerned nobody": (["cancelled_cohorts", "people"], 0),
    "diplomas from nowhere": (["trajectories", "GEDIPLOMEERD"], 51),
    "no exits": (["exits"], {}),
    "percentiles the wrong way round": (["match_to_startbekwaam_days", "p90"], 100),
}



def at(day: int) -> str:
    return f"2026-11-{day:02}T09:00:00Z"


def offered(number: int, state: str, begin: int, end: int, **terms) -> dict:
    return {"name": f"o{number}", "state": state, "create_time": at(begin), "update_time": at(end),
            "plan": {"begins_on": "2026-11-30"}, **terms}


def answered(**decisions) -> list[dict]:
    return [{"party": f"PARTY_{party}", "decision": f"DECISION_{decision}"}
            for party, decision in decisions.items()]


CONFIRMED = {"confirmed_by": "anna", "confirm_reason": "seen"}


def contracted(number: int, **more) -> dict:
    return {"name": f"c{number}", "offer": f"o{number}", "state": "STATE_ACTIVE", **more}


# Offer 2 is declined on the day on which its seats go to offer 3; contract 4 ends, and its opening
# goes to offer 5, whose start begins early; another month of a rolling start (offer 6) has places
# of its own.
RECORDS = {
    "vacancy": [{"name": "v1", "openings": 1}, {"name": "v2", "openings": 1},
                {"name": "v3", "openings": 2}],
    "start": [{"name": "p1", "capacity": 1, "rhythm": "RHYTHM_ROLLING"},
              {"name": "p2", "capacity": 1, "rhythm": "RHYTHM_AT_MINIMUM",
               "begins_on": "2026-11-24", "promised_on": "2026-11-30"}],
    "offer": [offered(2, "STATE_DECLINED", 1, 3, switcher="s2", vacancy="v1", start="p1",
                      answers=answered(SWITCHER="ACCEPT", OPLEIDER="DECLINE")),
              offered(3, "STATE_ACCEPTED", 3, 5, switcher="s3", vacancy="v1", start="p1"),
              offered(4, "STATE_ACCEPTED", 1, 4, switcher="s4", vacancy="v2"),
              offered(5, "STATE_ACCEPTED", 9, 10, switcher="s5", vacancy="v2", start="p2"),
              offered(6, "STATE_ACCEPTED", 9, 10, switcher="s4", vacancy="v3", start="p1",
                      plan={"begins_on": "2026-12-07"}),
              offered(7, "STATE_EXPIRED", 1, 8, switcher="s7", vacancy="v3",
                      answers=answered(SWITCHER="ACCEPT")),
              offered(8, "STATE_EXPIRED", 1, 8, switcher="s8", vacancy="v3",
                      answers=answered(EMPLOYER="ACCEPT"))],
    "contract": [contracted(3, switcher="s3"),
                 contracted(4, switcher="s4") | {"state": "STATE_ENDED", "end_time": at(8),
                                                 "end_reason": "WITHDREW"},
                 contracted(5, switcher="s5", start="p2", plan={"begins_on": "2026-11-24"}),
                 contracted(6, switcher="s4")],
    "trajectory": [{"name": "t3", "contract": "c3"},
                   {"name": "t4", "contract": "c4", "exit": {"reason": "EXIT_REASON_WITHDREW"}},
                   {"name": "t5", "contract": "c5", "finished": True},
                   {"name": "t6", "contract": "c6"},
                   {"name": "t7", "exit": {"reason": "EXIT_REASON_REJECTED", "actor": "p.jansen",
                                           "explanation": "a test"}},
                   {"name": "t8", "exit": {"reason": "EXIT_REASON_COHORT_CANCELLED",
                                           "actor": "system"}}],
    "outcome": [{"name": "r1", "kind": "KIND_REJECTED", "offer": "o2"} | CONFIRMED,
                {"name": "r2", "kind": "KIND_EXPIRED", "offer": "o7"} | CONFIRMED,
                {"name": "r3", "kind": "KIND_UNMATCHED"}]}
RECORDS_REPORT = {"vacancies": 2, "starts": 2, "openings": 3,
                  "next_season": {"vacancies": 1, "openings": 1},
                  "contracts": {"signed": 4, "people": 3, "active": 3}}
WRONG_RECORDS = {
    "an opening given out before it was free": (["contract", 1, "end_time"], at(10)),
    "a place given out before it was free": (["offer", 0, "update_time"], at(4)),
    "a place given twice": (["offer", 4, "plan", "begins_on"], "2026-11-30"),
    "an offer that is still out": (["offer", 0, "state"], "STATE_OPEN"),
    "a lower capacity": (["start", 0, "capacity"], 0),
    "a vacancy that is not there": (["offer", 3, "vacancy"], "v4"),
    "two contracts for one person": (["contract", 2, "switcher"], "s3"),
    "a contract that outlives its trajectory": (["trajectory", 0, "exit"], {}),
    "a trajectory that outlives its contract": (["trajectory", 1, "exit"], None),
    "a contract that ended for no reason": (["contract", 1, "end_reason"], ""),
    "a contract that ended at no time": (["contract", 1, "end_time"], None),
    "a contract that is gone": (["contract", 3], None),
    "an exit that nobody decided": (["trajectory", 4, "exit", "actor"], None),
    "an exit without a why": (["trajectory", 4, "exit", "explanation"], None),
    "a no that no human saw": (["outcome", 0], None),
    "a silence that no human saw": (["outcome", 1, "offer"], "o9"),
    "a silence of hers that is held against her": (["outcome", 1, "offer"], "o8"),
    "a silence that nobody confirmed": (["outcome", 1, "confirmed_by"], None),
    "other openings than reported": (["vacancy", 1, "openings"], 2),
    "a start that is gone": (["start"], []),
    "a begun start without its day": (["start", 1, "promised_on"], None),
    "a start that waited as long as it could": (["start", 1, "promised_on"], "2026-11-24"),
    "a start that begins too late": (["start", 1, "begins_on"], "2026-12-01"),
    "somebody who begins on another day": (["contract", 2, "plan", "begins_on"], "2026-11-30"),
    "a place of a begun start given twice": (["offer", 1, "start"], "p2"),
}
METRICS = """matchgo_seats{resource_kind="vacancy",state="contracted"} 3
matchgo_seats{resource_kind="vacancy",state="free"} 1
matchgo_seats{resource_kind="start",state="contracted"} 2
"""


def with_change(path, value, good=None):
    report = copy.deepcopy(GOOD if good is None else good)
    place = report
    for key in path[:-1]:
        place = place[key]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return report


class DemoCheckTest(unittest.TestCase):
    def test_a_good_report_passes(self):
        self.assertEqual(demo_check.check(GOOD), [])

    def test_each_wrong_report_is_refused(self):
        for name, (path, value) in WRONG.items():
            with self.subTest(name):
                self.assertNotEqual(demo_check.check(with_change(path, value)), [])

    def test_good_records_pass(self):
        self.assertEqual(demo_check.check_records(RECORDS, RECORDS_REPORT), [])

    def test_each_wrong_record_is_found(self):
        for name, (path, value) in WRONG_RECORDS.items():
            with self.subTest(name):
                records = with_change(path, value, RECORDS)
                self.assertNotEqual(demo_check.check_records(records, RECORDS_REPORT), [])

    def test_each_wrong_count_is_found(self):
        for key in RECORDS_REPORT["contracts"]:
            with self.subTest(key):
                report = with_change(["contracts", key], 9, RECORDS_REPORT)
                self.assertNotEqual(demo_check.check_records(RECORDS, report), [])

    def test_seats_that_no_contract_holds_are_found(self):
        records = with_change(["contract", 2, "start"], None, RECORDS)
        records = with_change(["contract", 0, "start"], "p1", records)
        records = with_change(["contract", 3, "start"], "p1", records)
        self.assertEqual(demo_check.check_seats_shown(records, METRICS), [])
        for old, new in ((" 3", " 4"), (" 2", " 1"), ("matchgo_seats", "matchgo_places")):
            with self.subTest(old):
                text = METRICS.replace(old, new)
                self.assertNotEqual(demo_check.check_seats_shown(records, text), [])

    def test_a_demo_without_repair_is_refused(self):
        for effect in ("declined", "expired", "repaired"):
            report = copy.deepcopy(GOOD)
            for each in report["rounds"]:
                each[effect] = 0
            self.assertEqual(len(demo_check.check(report)), 1, effect)


if __name__ == "__main__":
    unittest.main()
