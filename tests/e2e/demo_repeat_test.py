"""The same options must tell the same demo, to the letter, in JSON and in words.

  demo_repeat_test.py build/debug/matchgo
Services work at the same time; what they decide may not depend on who is faster.
"""

import json
import re
import subprocess
import sys
import unittest

BINARY = sys.argv.pop(1) if len(sys.argv) > 1 else "matchgo"
SIZE = ["--switchers", "60", "--vacancies", "40"]
# What may differ, by name: a free port is asked for.
EXCLUDED = "metrics_url"
# Words of the API that people must not be shown.
ENUM_WORD = re.compile(r"\b[A-Z]+_[A-Z_]+\b|\bWITHDREW\b|\bGROENPLUK\b|\bREJECTED\b")
# Small words that only one of the languages has, outside of names of people and programmes.
ONLY_DUTCH = re.compile(r"\b(uren|mensen|werkt|dagen|vanaf|werkgever|wie|zij)\b", re.IGNORECASE)
ONLY_ENGLISH = re.compile(r"\b(hours|people|works|days|from|employer|who|she)\b", re.IGNORECASE)


def demo(*options: str) -> str:
    done = subprocess.run([BINARY, *options], capture_output=True, text=True, timeout=600,
                          check=False)
    if done.returncode != 0:
        raise AssertionError(f"ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def numbers(seed: int) -> dict:
    report = json.loads(demo("demo", "--json", "--seed", str(seed), *SIZE))
    report.pop(EXCLUDED)
    return report


def story(language: str) -> str:
    text = demo("--lang", language, "demo", "--seed", "3", *SIZE)
    return "".join(line for line in text.splitlines(True) if "/metrics" not in line)


class DemoRepeatTest(unittest.TestCase):
    def test_a_seed_gives_the_same_numbers_and_another_seed_others(self):
        first = numbers(3)
        self.assertEqual(json.dumps(first), json.dumps(numbers(3)))
        other = numbers(4)
        for mine, theirs in zip(first["rounds"], other["rounds"]):
            self.assertNotEqual(mine["market_digest"], theirs["market_digest"])

    def test_a_seed_tells_the_same_story_in_one_language(self):
        english = story("en")
        self.assertEqual(english, story("en"))
        dutch = story("nl")
        self.assertNotEqual(english, dutch)
        for text, foreign in ((english, ONLY_DUTCH), (dutch, ONLY_ENGLISH)):
            self.assertIn("startbekwaam", text)
            self.assertEqual(ENUM_WORD.findall(text), [])
            self.assertEqual(foreign.findall(text), [])
            self.assertNotIn("\x1b", text, "no colour for a pipe")


if __name__ == "__main__":
    unittest.main()
