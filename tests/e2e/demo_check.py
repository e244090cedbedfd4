"""Runs `matchgo demo --json --stay` and checks that the chain worked from profile to diploma.

  demo_check.py build/debug/matchgo [options of the demo]
What must hold is in check(): every stage was reached, no blocking contract, the sums add up; and in
check_records(), over all records the services then have: at no moment of the season more seats of
anything are taken than there are, a contract is in force exactly while its trajectory is, nobody
has two, a person stands behind all that is unwelcome, and a start at a minimum begins when its
people are there. Exits 1 and names each violation.
Test: tests/e2e/demo_check_test.py
"""

import collections
import datetime
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

STAGES = ["AANGEMELD", "SELECTIE", "INTRODUCTIE", "CONTRACT", "GESTART", "STARTBEKWAAM",
          "OP_LOONWAARDE", "GEDIPLOMEERD"]
COUNTS = ["switchers", "vacancies", "openings", "starts"]
ROUND_COUNTS = ["market_switchers", "contracts", "offers", "declined", "expired", "repaired",
                "closed_starts", "unmatched", "blocking", "placed", "placed_bound", "total_score",
                "score_bound"]
NOUNS = ["vacancy", "start", "offer", "contract", "trajectory", "round", "outcome"]
HER_OWN = {"EXIT_REASON_WITHDREW", "EXIT_REASON_GROENPLUK"}
PROCESS = "system"
CANCELLED = "COHORT_CANCELLED"
TIMEOUT_SECONDS = 600


def missing_keys(report: dict):
    wanted = COUNTS + ["rounds", "contracts", "cancelled_cohorts", "trajectories", "exits",
                       "match_to_startbekwaam_days", "metrics_url"]
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


def check_contracts(report: dict):
    contracts, cohorts = report["contracts"], report["cancelled_cohorts"]
    signed, active, ended = contracts["signed"], contracts["active"], contracts["ended"]
    at_close = sum(each["contracts"] for each in report["rounds"])
    if signed != active + sum(ended.values()):
        yield f"{signed} contracts were signed, but {active} run and {sum(ended.values())} ended"
    if active > report["openings"]:
        yield f"{active} contracts for {report['openings']} openings"
    # Those that had ended when their round closed are in no round's count.
    if not at_close <= signed <= at_close + sum(ended.values()):
        yield f"{signed} contracts were signed, {at_close} ran when their round closed"
    # Whose cohort was cancelled goes on where she was; whoever left and came back begins anew.
    reached = report["trajectories"].get("CONTRACT", 0)
    if reached != signed - cohorts["signed_again"] or reached < contracts["people"]:
        yield (f"{signed} contracts by {contracts['people']} people, {cohorts['signed_again']} of "
               f"them after a cancelled cohort, but {reached} trajectories reached CONTRACT")
    by_people = {reason: count for reason, count in ended.items() if reason != CANCELLED}
    if by_people != report["exits"]:
        yield f"contracts ended for {by_people}, people left for {report['exits']}"
    cancelled = ended.get(CANCELLED, 0)
    if bool(cohorts["people"]) != bool(cohorts["cohorts"]) or (cancelled and not cohorts["people"]):
        yield (f"{cancelled} contracts ended by {cohorts['cohorts']} cancelled cohorts, which "
               f"concerned {cohorts['people']} people")


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
    return problems + list(check_contracts(report)) + list(check_trajectories(report))


def seats_of(contract: dict, rolling: set):
    """What a contract takes one of: an opening, and a place at a start or at its month of it."""
    yield contract["vacancy"], ""
    if "start" in contract:
        start = contract["start"]
        yield start, contract["plan"]["begins_on"] if start in rolling else ""


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def takings(records: dict):
    """From when until when (None: still) each offer, or the contract it became, held its seats."""
    contracts = {each["offer"]: each for each in records["contract"]}
    for offer in records["offer"]:
        until = None
        contract = contracts.get(offer["name"])
        if contract is not None:
            until = contract.get("end_time")
        elif offer["state"] != "STATE_OPEN":
            until = offer["update_time"]
        begin = moment(offer["create_time"])
        yield offer, begin, max(begin, moment(until)) if until else None


def check_history(records: dict):
    """Replays the season: who took a seat when, and when it was free again."""
    capacity = {each["name"]: each["openings"] for each in records["vacancy"]}
    capacity |= {each["name"]: each["capacity"] for each in records["start"]}
    rolling = {each["name"] for each in records["start"] if each["rhythm"] == "RHYTHM_ROLLING"}
    steps = []
    for offer, begin, end in takings(records):
        for seat in seats_of(offer, rolling):
            steps.append((begin, 1, seat))
            if end is not None:
                steps.append((end, -1, seat))  # before what is taken at the same moment
    taken = collections.Counter()
    most = collections.Counter()
    for when, change, seat in sorted(steps):
        taken[seat] += change
        if taken[seat] > capacity.get(seat[0], 0) and taken[seat] > most[seat]:
            most[seat] = taken[seat]
            yield (f"{taken[seat]} seats of {seat[0]} {seat[1]} are taken on {when}, it has "
                   f"{capacity.get(seat[0], 0)}")
    if not steps:
        yield "nothing was ever offered"


def check_in_force(records: dict):
    """A contract is in force exactly while its trajectory is, or after that came to its end."""
    active = {each["name"] for each in records["contract"] if each["state"] == "STATE_ACTIVE"}
    on_the_way = {each["contract"] for each in records["trajectory"]
                  if each.get("contract") and "exit" not in each}
    if active != on_the_way:
        yield (f"{len(active - on_the_way)} contracts are in force whose trajectory is not, "
               f"{len(on_the_way - active)} trajectories go on without theirs")
    for each in records["contract"]:
        if each["state"] == "STATE_ENDED" and not (each.get("end_time") and each.get("end_reason")):
            yield f"{each['name']} ended, nobody knows when or why"
    people = collections.Counter(each["switcher"] for each in records["contract"]
                                 if each["state"] == "STATE_ACTIVE")
    yield from (f"{name} has {count} running contracts" for name, count in people.items()
                if count > 1)


def check_deciders(records: dict):
    """Nothing unwelcome happens of itself: somebody decided or confirmed it, and said why."""
    for each in records["trajectory"]:
        left = each.get("exit")
        if left is None or left.get("reason") in HER_OWN or left.get("actor") == PROCESS:
            continue
        if not (left.get("actor") and left.get("explanation")):
            yield f"{each['name']} ended for {left.get('reason')}, but who decided, and why?"
    told = {(each.get("offer"), each["kind"]): each for each in records["outcome"]}
    for offer in records["offer"]:
        no = {each["party"] for each in offer.get("answers", [])
              if each["decision"] == "DECISION_DECLINE"}
        yes = {each["party"] for each in offer.get("answers", [])} - no
        parties = {"PARTY_EMPLOYER"} | ({"PARTY_OPLEIDER"} if offer.get("start") else set())
        expired = offer["state"] == "STATE_EXPIRED" and not parties <= yes
        for kind, adverse in (("KIND_REJECTED", bool(no - {"PARTY_SWITCHER"})),
                              ("KIND_EXPIRED", expired)):
            outcome = told.get((offer["name"], kind))
            if adverse != (outcome is not None):
                yield f"{offer['name']} {'needs an' if adverse else 'has no'} outcome {kind}"
            elif outcome and not (outcome.get("confirmed_by") and outcome.get("confirm_reason")):
                yield f"nobody confirmed {outcome['name']}"


def check_begun(records: dict):
    """A start at a minimum that has its people begins on the day of their contracts."""
    begun = {each["name"]: each for each in records["start"] if each.get("promised_on")}
    if not any(each["begins_on"] < each["promised_on"] for each in begun.values()):
        yield "no start at a minimum begins before the day it promised"
    for name, each in begun.items():
        if each["rhythm"] != "RHYTHM_AT_MINIMUM" or each["begins_on"] > each["promised_on"]:
            yield f"{name} begins on {each['begins_on']}, it promised {each['promised_on']}"
    for each in records["contract"]:
        start = begun.get(each.get("start"))
        if start is None or each["state"] != "STATE_ACTIVE":
            continue
        if each["plan"]["begins_on"] != start["begins_on"]:
            yield (f"{each['name']} begins on {each['plan']['begins_on']}, its start on "
                   f"{start['begins_on']}")


def check_records(records: dict, report: dict) -> list[str]:
    """`records`: what the services export, by noun."""
    problems = [*check_history(records), *check_in_force(records), *check_deciders(records),
                *check_begun(records)]
    active = sum(each["state"] == "STATE_ACTIVE" for each in records["contract"])
    told = report["contracts"]
    if (len(records["contract"]), active) != (told["signed"], told["active"]):
        problems.append(f"{len(records['contract'])} contracts are there, {active} in force; told "
                        f"were {told['signed']} and {told['active']}")
    signers = {each["switcher"] for each in records["contract"]}
    if len(signers) != told["people"]:
        problems.append(f"{len(signers)} people signed, told were {told['people']}")
    later = report.get("next_season", {})
    for noun, count in (("vacancy", "vacancies"), ("start", "starts")):
        made = report[count] + later.get(count, 0)
        if len(records[noun]) != made:
            problems.append(f"{len(records[noun])} {count} are there, {made} were made")
    openings = report["openings"] + later.get("openings", 0)
    if sum(each["openings"] for each in records["vacancy"]) != openings:
        problems.append("the openings of the vacancies are not those that were reported")
    return problems


def check_seats_shown(records: dict, metrics: str) -> list[str]:
    """The scheduler's own rows: contracted seats are those of the contracts in force, no more."""
    active = [each for each in records["contract"] if each["state"] == "STATE_ACTIVE"]
    wanted = {"vacancy": len(active), "start": sum("start" in each for each in active)}
    problems = []
    for kind, count in wanted.items():
        labels = {f'resource_kind="{kind}"', 'state="contracted"'}
        shown = [float(line.rsplit(" ", 1)[1]) for line in metrics.splitlines()
                 if line.startswith("matchgo_seats{") and all(label in line for label in labels)]
        if shown != [count]:
            problems.append(f"{count} seats of kind {kind} are contracted, metrics show {shown}")
    return problems


def export(binary: str, folder: str, noun: str) -> list[dict]:
    done = subprocess.run([binary, "--data", folder, "--quiet", "export", noun],
                          capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def check_services(binary: str, folder: str, report: dict) -> list[str]:
    records = {noun: export(binary, folder, noun) for noun in NOUNS}
    with urllib.request.urlopen(report["metrics_url"], timeout=TIMEOUT_SECONDS) as reply:
        metrics = reply.read().decode()
    return check_records(records, report) + check_seats_shown(records, metrics)


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
        try:
            problems = check(report) or check_services(binary, folder, report)
        finally:
            demo.send_signal(signal.SIGTERM)  # whatever was wrong: it would stay
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
