"""The counts of tools/test: one test per way a program can end."""

import pathlib
import tempfile
import unittest

import summary

CTEST = """<testsuite>
  <testcase name="mixed" status="fail"><failure message=""/><system-out>x</system-out></testcase>
  <testcase name="all_skipped" status="notrun">
    <skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/><system-out>ALL TESTS SKIPPED</system-out>
  </testcase>
  <testcase name="leaky" status="fail"><failure message=""/>
    <system-out>LeakSanitizer: detected memory leaks</system-out></testcase>
  <testcase name="crashed" status="fail"><failure message=""/>
    <system-out>boom</system-out></testcase>
  <testcase name="script" status="run"><system-out>fine</system-out></testcase>
  <testcase name="absent" status="notrun">
    <skipped message="Unable to find executable"/><system-out>Unable to find it</system-out>
  </testcase>
</testsuite>"""
MIXED = """<testsuites><testsuite name="A">
  <testcase name="Good" status="run" result="completed" time="0.1"/>
  <testcase name="Bad" status="run" result="completed"><failure message="1 is not 2"/></testcase>
  <testcase name="Skips" status="run" result="skipped">
    <skipped message="a.cc:2&#x0A;no redis"/></testcase>
  <testcase name="DISABLED_Old" status="notrun" result="suppressed"/>
</testsuite></testsuites>"""
ONE_SKIPPED = """<testsuites><testsuite name="B">
  <testcase name="Skips" status="run" result="skipped">
    <skipped message="b.cc:9&#x0A;no pg"/></testcase>
</testsuite></testsuites>"""
ONE_GOOD = """<testsuites><testsuite name="C">
  <testcase name="Good" status="run" result="completed" time="0"/>
</testsuite></testsuites>"""


class SummaryTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        files = {"ctest.junit": CTEST, "mixed.xml": MIXED, "all_skipped.xml": ONE_SKIPPED,
                 "leaky.xml": ONE_GOOD, "crashed.xml": ""}
        for name, text in files.items():
            (self.folder / name).write_text(text)
        self.cases = summary.collect(self.folder)

    def outcomes(self, program):
        return {c.name: (c.outcome, c.detail) for c in self.cases if c.program == program}

    def test_counts_cases_not_programs(self):
        self.assertEqual(self.outcomes("mixed"), {
            "A.Good": ("passed", ""), "A.Bad": ("failed", "1 is not 2"),
            "A.Skips": ("skipped", "no redis")})

    def test_a_skip_keeps_its_reason(self):
        self.assertEqual(self.outcomes("all_skipped"), {"B.Skips": ("skipped", "no pg")})

    def test_a_failure_outside_the_cases_is_not_lost(self):
        self.assertEqual(self.outcomes("leaky")["C.Good"][0], "passed")
        self.assertEqual(self.outcomes("leaky")["leaky"][0], "failed")

    def test_a_crash_counts_as_one_failure(self):
        self.assertEqual(self.outcomes("crashed"), {"crashed": ("failed", "boom")})

    def test_a_script_counts_as_one(self):
        self.assertEqual(self.outcomes("script"), {"script": ("passed", "")})

    def test_a_program_that_is_not_there_is_a_failure(self):
        self.assertEqual(self.outcomes("absent")["absent"][0], "failed")

    def test_the_totals(self):
        outcomes = [c.outcome for c in self.cases]
        self.assertEqual({o: outcomes.count(o) for o in set(outcomes)},
                         {"passed": 3, "failed": 4, "skipped": 2})

    def test_the_exit_code(self):
        good = [summary.Case("p", "p", "passed")]
        self.assertEqual(summary.print_report(good, "debug", 0), 0)
        self.assertEqual(summary.print_report(self.cases, "debug", 0), 1)
        self.assertEqual(summary.print_report([], "debug", 0), 1)


if __name__ == "__main__":
    unittest.main()
