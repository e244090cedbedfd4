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
    "seats over capacity": (["openings"], 59),
    "diplomas from nowhere": (["trajectories", "GEDIPLOMEERD"], 51),
    "no exits": (["exits"], {}),
    "percentiles the wrong way round": (["match_to_startbekwaam_days", "p90"], 100),
}

SEATS = {"vacancy": [{"name": "v1", "openings": 2}, {"name": "v2", "openings": 1}],
         "start": [{"name": "p1", "capacity": 1}],
         "contract": [
             {"switcher": "s1", "vacancy": "v1", "start": "p1", "state": "STATE_ACTIVE",
              "plan": {"begins_on": "2026-11-02"}},
             # Another month of a rolling start has seats of its own.
             {"switcher": "s2", "vacancy": "v1", "start": "p1", "state": "STATE_ACTIVE",
              "plan": {"begins_on": "2026-12-07"}},
             {"switcher": "s3", "vacancy": "v2", "state": "STATE_ACTIVE", "plan": {}},
             {"switcher": "s3", "vacancy": "v1", "start": "p1", "state": "STATE_ENDED",
              "plan": {"begins_on": "2026-11-02"}}]}
SEATS_REPORT = {"vacancies": 2, "starts": 1, "openings": 3, "rounds": [{"contracts": 4}],
                "trajectories": {"CONTRACT": 3}}
WRONG_SEATS = {
    "an opening given twice": (["contract", 2, "vacancy"], "v1"),
    "a place given twice": (["contract", 1, "plan", "begins_on"], "2026-11-02"),
    "a lower capacity": (["start", 0, "capacity"], 0),
    "a vacancy that is not there": (["contract", 2, "vacancy"], "v3"),
    "two contracts for one person": (["contract", 1, "switcher"], "s1"),
    "a contract that counts again": (["contract", 3, "state"], "STATE_ACTIVE"),
    "a contract that is gone": (["contract", 3], None),
    "other openings than reported": (["vacancy", 1, "openings"], 2),
    "a start that is gone": (["start"], []),
}


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

    def test_good_seats_pass(self):
        self.assertEqual(demo_check.check_seats(SEATS, SEATS_REPORT), [])

    def test_trajectories_without_a_contract_are_found(self):
        report = SEATS_REPORT | {"trajectories": {"CONTRACT": 4}}
        self.assertNotEqual(demo_check.check_seats(SEATS, report), [])

    def test_each_wrong_seat_is_found(self):
        for name, (path, value) in WRONG_SEATS.items():
            with self.subTest(name):
                records = with_change(path, value, SEATS)
                self.assertNotEqual(demo_check.check_seats(records, SEATS_REPORT), [])

    def test_a_demo_without_repair_is_refused(self):
        for effect in ("declined", "expired", "repaired"):
            report = copy.deepcopy(GOOD)
            for each in report["rounds"]:
                each[effect] = 0
            self.assertEqual(len(demo_check.check(report)), 1, effect)


if __name__ == "__main__":
    unittest.main()
