"""Runs `matchgo demo --json --stay` and checks that the chain worked from profile to diploma.

  demo_check.py build/debug/matchgo [options of the demo]
What must hold is in check(): every stage was reached, no blocking contract, the sums add up; and in
check_seats(), over all records the services then have: no seat is given out twice, nobody has two
contracts. Exits 1 and names each violation. Test: tests/e2e/demo_check_test.py
"""

import collections
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

STAGES = ["AANGEMELD", "SELECTIE", "INTRODUCTIE", "CONTRACT", "GESTART", "STARTBEKWAAM",
          "OP_LOONWAARDE", "GEDIPLOMEERD"]
COUNTS = ["switchers", "vacancies", "openings", "starts"]
ROUND_COUNTS = ["market_switchers", "contracts", "offers", "declined", "expired", "repaired",
                "closed_starts", "unmatched", "blocking", "placed", "placed_bound", "total_score",
                "score_bound"]
NOUNS = ["vacancy", "start", "contract"]
TIMEOUT_SECONDS = 600


def missing_keys(report: dict):
    wanted = COUNTS + ["rounds", "trajectories", "exits", "match_to_startbekwaam_days",
                       "metrics_url"]
    yield from (f"'{key}' is missing" for key in wanted if key not in report)
    for number, each in enumerate(report.get("rounds", []), 1):
        wanted = ROUND_COUNTS + ["market_digest"]
        yield from (f"round {number}: '{key}' is missing" for key in wanted if key not in each)


def check_round(number: int, each: dict, report: dict):
    if each["blocking"] != 0:
        yield f"round {number}: {each['blocking']} blocking contracts, there must be none"
    if each["contracts"] <= 0:
        yield f"round {number}: no contracts"
    if each["contracts"] + each["unmatched"] != each["market_switchers"]:
        yield (f"round {number}: {each['contracts']} contracts + {each['unmatched']} unmatched are "
               f"not the {each['market_switchers']} switchers in the market")
    if each["market_switchers"] > report["switchers"]:
        yield f"round {number}: more switchers in the market than there are"
    if each["contracts"] > each["offers"]:
        yield f"round {number}: more contracts than offers"
    if not 0 < each["placed"] <= each["placed_bound"]:
        yield f"round {number}: {each['placed']} people placed, of at most {each['placed_bound']}"
    if not 0 < each["total_score"] <= each["score_bound"]:
        yield (f"round {number}: a total score of {each['total_score']}, of at most "
               f"{each['score_bound']}")
    if len(each["market_digest"]) < 32:
        yield f"round {number}: the digest of the market is too short to be one"


def check_trajectories(report: dict):
    reached = report["trajectories"]
    for stage in STAGES:
        if reached.get(stage, 0) <= 0:
            yield f"nobody ever reached {stage}"
    contracts = sum(each["contracts"] for each in report["rounds"])
    if contracts > report["openings"]:
        yield f"{contracts} contracts for {report['openings']} openings"
    # Who is further came through every stage before (a direct placement skips the middle ones).
    for earlier, later in [("AANGEMELD", "SELECTIE"), ("SELECTIE", "INTRODUCTIE"),
                           ("INTRODUCTIE", "CONTRACT"), ("CONTRACT", "GESTART"),
                           ("GESTART", "STARTBEKWAAM"), ("STARTBEKWAAM", "GEDIPLOMEERD")]:
        if reached.get(earlier, 0) < reached.get(later, 0):
            yield f"more people reached {later} than {earlier}"
    if sum(report["exits"].values()) <= 0:
        yield "nobody left on the way: the demo shows no exits"
    days = report["match_to_startbekwaam_days"]
    if not 0 < days["p50"] <= days["p90"]:
        yield f"match to startbekwaam: p50 {days['p50']} and p90 {days['p90']} days cannot be"


def check(report: dict) -> list[str]:
    problems = list(missing_keys(report))
    if problems:
        return problems
    problems = [f"'{key}' is {report[key]}" for key in COUNTS if report[key] <= 0]
    if len(report["rounds"]) < 2:
        problems.append(f"{len(report['rounds'])} rounds, there must be two")
    for number, each in enumerate(report["rounds"], 1):
        problems += check_round(number, each, report)
    for effect in ("declined", "expired", "repaired"):
        if sum(each[effect] for each in report["rounds"]) <= 0:
            problems.append(f"no offer was {effect}: the demo does not show repair")
    return problems + list(check_trajectories(report))


def seats_of(contract: dict):
    """What a contract takes one of: an opening, and a place at a start or at its month of it."""
    yield contract["vacancy"], ""
    if "start" in contract:
        yield contract["start"], contract["plan"]["begins_on"]


def check_seats(records: dict, report: dict) -> list[str]:
    """`records`: what the services export, by noun."""
    capacity = {each["name"]: each["openings"] for each in records["vacancy"]}
    capacity |= {each["name"]: each["capacity"] for each in records["start"]}
    running = [each for each in records["contract"] if each["state"] == "STATE_ACTIVE"]
    taken = collections.Counter(seat for each in running for seat in seats_of(each))
    problems = [f"{count} contracts hold seats of {name} {month}, which has {capacity.get(name, 0)}"
                for (name, month), count in taken.items() if count > capacity.get(name, 0)]
    people = collections.Counter(each["switcher"] for each in running)
    problems += [f"{name} has {count} running contracts" for name, count in people.items()
                 if count > 1]
    signed = sum(each["contracts"] for each in report["rounds"])
    # A contract whose cohort was cancelled before its round closed is in no round's count.
    signers = {each["switcher"] for each in records["contract"]}
    reached = report["trajectories"].get("CONTRACT", 0)
    if reached != len(signers):
        problems.append(f"{reached} trajectories reached CONTRACT, {len(signers)} people signed")
    if not running or len(records["contract"]) < signed:
        problems.append(f"{len(records['contract'])} contracts are there, {signed} were signed")
    for noun, count in (("vacancy", "vacancies"), ("start", "starts")):
        if len(records[noun]) != report[count]:
            problems.append(f"{len(records[noun])} {count} are there, {report[count]} were made")
    if sum(each["openings"] for each in records["vacancy"]) != report["openings"]:
        problems.append("the openings of the vacancies are not those that were reported")
    return problems


def export(binary: str, folder: str, noun: str) -> list[dict]:
    done = subprocess.run([binary, "--data", folder, "--quiet", "export", noun],
                          capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def run(binary: str, options: list[str], folder: str) -> list[str]:
    begin = time.monotonic()
    with subprocess.Popen([binary, "--data", folder, "demo", "--json", "--stay", *options],
                          stdout=subprocess.PIPE, text=True) as demo:
        # One object, ended by a brace of its own; then the services go on.
        text = ""
        for line in demo.stdout:
            text += line
            if line == "}\n":
                break
        try:
            report = json.loads(text)
        except json.JSONDecodeError as error:
            demo.terminate()
            return [f"the output is not one JSON object: {error}"]
        seconds = time.monotonic() - begin
        problems = check(report)
        if not problems:
            problems = check_seats({noun: export(binary, folder, noun) for noun in NOUNS}, report)
        demo.send_signal(signal.SIGTERM)
        more = demo.stdout.read()
        if more:
            problems.append(f"more than one object was printed: {more[:200]}")
        if demo.wait(TIMEOUT_SECONDS) != 0:
            problems.append(f"it ended with {demo.returncode} instead of 0")
    print(f"demo: {seconds:.1f} s, {len(problems)} problems")
    return problems


def main() -> int:
    if not os.access(sys.argv[1], os.X_OK):
        print(f"there is no program {sys.argv[1]}: build it first")
        return 1
    with tempfile.TemporaryDirectory(prefix="demo-check-") as folder:
        problems = run(sys.argv[1], sys.argv[2:], os.path.join(folder, "data"))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
