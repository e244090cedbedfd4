"""The checker of the demo must refuse a report that is wrong in any one way."""

import copy
import unittest

import demo_check

ROUND = {"market_switchers": 90, "contracts": 30, "offers": 50, "declined": 12, "expired": 3,
         "repaired": 5, "closed_starts": 1, "unmatched": 60, "blocking": 0,
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
    "a short digest": (["rounds", 0, "market_digest"], "abc"),
    "a stage nobody reached": (["trajectories", "OP_LOONWAARDE"], 0),
    "seats over capacity": (["openings"], 59),
    "a trajectory without contract": (["trajectories", "CONTRACT"], 61),
    "diplomas from nowhere": (["trajectories", "GEDIPLOMEERD"], 51),
    "no exits": (["exits"], {}),
    "percentiles the wrong way round": (["match_to_startbekwaam_days", "p90"], 100),
}


def with_change(path, value):
    report = copy.deepcopy(GOOD)
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

    def test_a_demo_without_repair_is_refused(self):
        for effect in ("declined", "expired", "repaired"):
            report = copy.deepcopy(GOOD)
            for each in report["rounds"]:
                each[effect] = 0
            self.assertEqual(len(demo_check.check(report)), 1, effect)


if __name__ == "__main__":
    unittest.main()
