"""Counts what tools/test ran and says what failed.

Reads DIRECTORY/ctest.junit (one entry per test program) and DIRECTORY/<program>.xml (written by
GoogleTest, one entry per test case). A program without such a file counts as one test. The last
line is "N passed, N failed, N skipped". Test: tools/summary/summary_test.py
"""

import argparse
import dataclasses
import pathlib
import sys
import xml.etree.ElementTree as xml

SLOWEST_SHOWN = 5
DETAIL_LINES = 12


@dataclasses.dataclass
class Case:
    program: str
    name: str
    outcome: str  # passed, failed, skipped
    detail: str = ""
    seconds: float = 0.0


def cases_of_program(program: str, path: pathlib.Path) -> list[Case]:
    cases = []
    for suite in xml.parse(path).getroot().iter("testsuite"):
        for test in suite.iter("testcase"):
            failures = test.findall("failure")
            skipped = test.find("skipped")
            if test.get("status") == "notrun" or test.get("result") == "suppressed":
                continue
            detail = "\n".join(f.get("message", "") for f in failures)
            outcome = "failed" if failures else "passed"
            if skipped is not None and not failures:
                outcome = "skipped"
                detail = skipped.get("message", "").strip().splitlines()[-1:]
                detail = detail[0] if detail else ""
            name = f"{suite.get('name')}.{test.get('name')}"
            cases.append(Case(program, name, outcome, detail, float(test.get("time", 0))))
    return cases


def tail(text: str) -> str:
    return "\n".join(text.strip().splitlines()[-DETAIL_LINES:])


def cases_of_entry(entry: xml.Element, directory: pathlib.Path) -> list[Case]:
    """One program as ctest saw it: its own test cases when it wrote them, else itself."""
    program = entry.get("name", "?")
    output = entry.findtext("system-out") or ""
    state = entry.get("status", "")
    seconds = float(entry.get("time", 0))
    skipped = state in ("notrun", "disabled") or entry.find("skipped") is not None
    failed = state == "fail" or entry.find("failure") is not None
    report = directory / f"{program}.xml"
    cases = []
    if report.is_file():
        try:
            cases = cases_of_program(program, report)
        except xml.ParseError:
            failed = True
    if cases and not (failed and all(c.outcome != "failed" for c in cases)):
        return cases
    if failed:  # It crashed, ran out of time, or failed outside its test cases (a leak, say).
        detail = tail(output) or "no output: it died silently or ran out of its time"
        return cases + [Case(program, program, "failed", detail, seconds)]
    if skipped:
        mark = entry.find("skipped")
        chosen = mark is not None and mark.get("message", "").startswith("SKIP_")
        # A program that cannot be started is a missing piece, not a choice.
        outcome = "skipped" if chosen or state == "disabled" else "failed"
        return [Case(program, program, outcome, tail(output), seconds)]
    if cases:
        return cases
    return [Case(program, program, "passed", "", seconds)]


def collect(directory: pathlib.Path) -> list[Case]:
    cases = []
    for entry in xml.parse(directory / "ctest.junit").getroot().iter("testcase"):
        cases.extend(cases_of_entry(entry, directory))
    return cases


def print_report(cases: list[Case], preset: str, seconds: int) -> int:
    failed = [c for c in cases if c.outcome == "failed"]
    skipped = [c for c in cases if c.outcome == "skipped"]
    passed = len(cases) - len(failed) - len(skipped)
    for case in skipped:
        print(f"skipped  {case.program}: {case.name}: {case.detail}")
    for case in failed:
        print(f"FAILED   {case.program}: {case.name}")
        for line in tail(case.detail).splitlines():
            print(f"         {line}")
        if case.name != case.program:
            print(f"         again: build/{preset}/tests/{case.program} --gtest_filter={case.name}")
        else:
            print(f"         again: ctest --test-dir build/{preset} -V -R '^{case.program}$'")
    slowest = sorted(cases, key=lambda c: (-c.seconds, c.name))[:SLOWEST_SHOWN]
    shown = ", ".join(f"{c.name} {c.seconds:.1f} s" for c in slowest if c.seconds >= 1)
    if shown:
        print(f"slowest: {shown}")
    if seconds:
        print(f"all of it took {seconds} s")
    print(f"{passed} passed, {len(failed)} failed, {len(skipped)} skipped")
    return 1 if failed or not cases else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--preset", default="debug")
    parser.add_argument("--seconds", type=int, default=0)
    arguments = parser.parse_args()
    if not (arguments.directory / "ctest.junit").is_file():
        print(f"ctest left no result: read {arguments.directory}/ctest.log, run tools/test again")
        print("0 passed, 1 failed, 0 skipped")
        return 1
    cases = collect(arguments.directory)
    if not cases:
        print("no test program was selected: check --label and --regex.")
    return print_report(cases, arguments.preset, arguments.seconds)


if __name__ == "__main__":
    sys.exit(main())
