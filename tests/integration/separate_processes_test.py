"""The whole chain over sockets: five processes of one service each, and one of all.

  separate_processes_test.py build/debug/matchgo
Starts `matchgo serve` as an operator would, speaks to it with the other verbs of the same binary,
stops it with SIGTERM and SIGKILL, and starts it again on the same folder.
"""

import datetime
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

SERVICES = ["profiles", "vacancies", "programmes", "scheduler", "trajectories"]
PATIENCE_SECONDS = 60
STOP_SECONDS = 20
UNREACHABLE = 3
METRICS = Path(__file__).resolve().parents[1] / "golden" / "metrics.txt"
MATCHGO = ""


def day(distance: int) -> str:
    return (datetime.date.today() + datetime.timedelta(days=distance)).isoformat()


class Serving:
    """One `matchgo serve`, from its start to its end."""

    def __init__(self, folder: Path, *arguments: str):
        self.lines = []
        environment = dict(os.environ, LANG="C", MATCHGO_DATA=str(folder))
        self.process = subprocess.Popen([MATCHGO, "serve", *arguments, "--metrics", "127.0.0.1:0"],
                                        env=environment, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True)
        # The second of its two lines says where the metrics are; then it serves.
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))
            if line.startswith("metrics on "):
                break

    def metrics(self) -> str:
        url = next(line.split()[-1] for line in self.lines if line.startswith("metrics on "))
        with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as reply:
            return reply.read().decode()

    def families(self) -> set:
        """What a scrape tells of: (name, type, help) of each family."""
        helps, types = {}, {}
        for line in self.metrics().splitlines():
            if line.startswith("# HELP "):
                name, helps[name] = line.split(" ", 3)[2:]
            elif line.startswith("# TYPE "):
                name, types[name] = line.split(" ", 3)[2:]
        return {(name, types[name], helps[name]) for name in types}

    def end(self, how=signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.awaited()

    def awaited(self) -> int:
        # Whatever it still says must be read, or it could wait for us for ever.
        self.last_words = self.process.communicate(timeout=STOP_SECONDS)[1]
        return self.process.returncode

    def give_up(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()


class Chain(unittest.TestCase):
    """A small market of one job to be learned and one to begin at once."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="matchgo-")
        self.folder = Path(self.temporary.name) / "data"
        self.running = {}

    def tearDown(self):
        for serving in self.running.values():
            serving.give_up()
        self.temporary.cleanup()

    def run_verb(self, *arguments: str) -> subprocess.CompletedProcess:
        return self.run_words("--json", *arguments)

    def run_words(self, *arguments: str) -> subprocess.CompletedProcess:
        environment = dict(os.environ, LANG="C", MATCHGO_DATA=str(self.folder), NO_COLOR="1")
        done = subprocess.run([MATCHGO, "--quiet", *arguments], env=environment,
                              capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        self.answer = done.stdout + done.stderr
        return done

    def verb(self, *arguments: str):
        done = self.run_verb(*arguments)
        self.assertEqual(done.returncode, 0, f"{arguments}: {done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def until(self, holds, what: str):
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            self.assertLess(time.monotonic(), end,
                            f"waited too long until {what}; the last answer was {self.answer}")

    def start(self, service: str):
        socket = f"unix:{self.folder / service}.sock"
        self.running[service] = Serving(self.folder, service, "--listen", socket)
        self.assertIsNone(self.running[service].process.poll(), self.running[service].lines)

    def start_five(self):
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for service in SERVICES:
            self.start(service)
        self.until_well()
        # Skills and occupations must exist before anybody names them.
        self.verb("import", "catalogue")

    def until_well(self):
        self.until(lambda: self.run_verb("doctor").returncode == 0, "doctor finds everything well")

    def stop_all(self):
        for service in list(self.running):
            serving = self.running.pop(service)
            self.assertEqual(serving.end(), 0, f"{service} ends in order")
            for line in serving.last_words.splitlines():
                self.assertNotIn('"level":"warn"', line, "an ordinary stop is no fault")

    # --- what the chain is made of

    def employ(self):
        self.employer = self.verb("employer", "create", "--employer",
                                  json.dumps({"display_name": "Zorggroep", "sector": "zorg"}))
        vacancy = {"title": "Verpleegkundige", "sector": "zorg", "openings": 2,
                   "occupation": "occupations/o-accountant",
                   "requirements": {"learnable_skills": ["skills/k-plan-nursing-care"]},
                   "location": {"postcode": "3511", "x": 1365, "y": 4559},
                   "salary_max_cents": 390000, "hours_min": 24, "hours_max": 32,
                   "ready_by": day(700), "expires_on": day(300)}
        return self.verb("vacancy", "create", "--parent", self.employer["name"], "--vacancy",
                         json.dumps(vacancy), "--publish")

    def teach(self):
        opleider = self.verb("opleider", "create", "--opleider",
                             json.dumps({"display_name": "Hogeschool"}))
        programme = self.verb("programme", "create", "--parent", opleider["name"], "--programme",
                              json.dumps({"title": "Verpleegkunde", "degree": "DEGREE_BA",
                                          "sector": "zorg",
                                          "occupations": ["occupations/o-accountant"],
                                          "modules": [{"id": "m1", "title": "Wondzorg",
                                                       "study_hours": 80, "core": True,
                                                       "skills": ["skills/k-plan-nursing-care"],
                                                       "recognition": "RECOGNITION_EXEMPT"}]}))
        return self.verb("start", "create", "--parent", programme["name"], "--start",
                         json.dumps({"rhythm": "RHYTHM_AT_MINIMUM", "begins_on": day(90),
                                     "minimum": 1, "capacity": 5, "delivery_mix": [
                                         {"delivery": "DELIVERY_ONLINE", "percent": 75},
                                         {"delivery": "DELIVERY_SELF_STUDY", "percent": 25}]}))

    def enrol(self, name: str, skill: str):
        switcher = {
            "identity": {"full_name": name, "email": "a@example.org"},
            "profile": {"education": [{"nlqf_level": 6, "year": 2012}],
                        "experience": [{"from": "2013-01-01"}],
                        "skills": [{"skill": skill, "level": 4, "source": "SOURCE_STATED"}],
                        "hours_max": 36, "study_hours": 8, "available_from": day(1),
                        "home": {"postcode": "3511", "x": 1365, "y": 4559}, "travel_km_max": 40,
                        "tests": [{"instrument": "hbo", "norm": 500, "score": 700,
                                   "taken_on": day(-30), "valid_until": day(700)}],
                        "languages": [{"language": "nl", "level": "LEVEL_C2"}],
                        "consents": [{"purpose": "PURPOSE_MATCHING", "given_on": day(-30)}]}}
        return self.verb("--as", "partner", "--tenant", "uwv", "switcher", "create", "--switcher",
                         json.dumps(switcher))

    def hold_round(self, **sequences: int):
        held = self.verb("round", "create", "--round", json.dumps({"title": "november"}))
        wanted = []
        for feed, sequence in sequences.items():
            wanted += ["--at-least", json.dumps({"feed": feed, "sequence": sequence})]
        advance = ["round", "advance", held["name"], "--until", "published", *wanted]

        def published() -> bool:
            done = self.run_verb(*advance)
            self.assertTrue(done.returncode == 0 or "FEEDS_BEHIND" in done.stderr, done.stderr)
            return done.returncode == 0

        self.until(published, "the round is published")
        return held["name"]

    def sign(self, offer: str, *parties: str):
        for party in parties:
            answer = ["offer", "answer", offer, "--decision", "accept", "--party", party]
            unnamed = self.run_verb(*answer)
            self.assertEqual(unnamed.returncode, 1)
            self.assertIn("HUMAN_REQUIRED", unnamed.stderr)
            self.assertIn("--principal", unnamed.stderr, "it says what to do")
            signed = self.verb(*answer, "--principal", "p.jansen")
            self.assertEqual(signed["answers"][-1]["actor"], "p.jansen")

    def contracts_in_force(self, held: str):
        done = self.run_verb("contract", "list", "--round", held)
        if done.returncode != 0:
            return None  # the service is not there yet
        return [each["switcher"] for each in json.loads(done.stdout)
                if each["state"] == "STATE_ACTIVE"]

    def check_begun(self, start: dict, offer: dict):
        """The start waited for one learner: its owner, in another process, learns its day."""
        self.until(lambda: "promised_on" in self.verb("start", "get", start["name"]),
                   "the start begins")
        begun = self.verb("start", "get", start["name"])
        self.assertEqual(begun["promised_on"], start["begins_on"])
        self.assertLess(begun["begins_on"], start["begins_on"])
        self.assertEqual(begun["delivery"], ["DELIVERY_ONLINE", "DELIVERY_SELF_STUDY"])
        hers = self.verb("offer", "get", offer["name"])["contract"]
        self.assertEqual(self.verb("contract", "get", hers)["plan"]["begins_on"],
                         begun["begins_on"])
        words = " ".join(self.run_words("contract", "get", hers).stdout.split())
        self.assertIn(f"Hogeschool, from {begun['begins_on']}, online", words)

    def stages(self):
        return sorted(each["stage"].removeprefix("STAGE_")
                      for each in self.verb("trajectory", "list", "--limit", "1000"))

    # --- the tests

    def test_the_chain_runs_through_five_processes(self):
        self.start_five()
        vacancy = self.employ()
        start = self.teach()
        learner = self.enrol("Sanne de Vries", "skills/k-use-cooking-techniques")
        nurse = self.enrol("Bram Bakker", "skills/k-plan-nursing-care")
        held = self.hold_round(profiles=nurse["sequence"], vacancies=vacancy["sequence"],
                               programmes=start["sequence"])
        offers = {each["switcher"]: each for each in self.verb("offer", "list", "--round", held)}
        self.assertEqual(set(offers), {learner["name"], nurse["name"]})
        self.assertEqual(offers[learner["name"]]["start"], start["name"])
        self.assertEqual(offers[nurse["name"]].get("start", ""), "")
        self.until(lambda: self.stages() == ["INTRODUCTIE"] * 2, "both are introduced")
        self.sign(offers[learner["name"]]["name"], "switcher", "employer", "opleider")
        self.sign(offers[nurse["name"]]["name"], "switcher", "employer")
        self.assertEqual(len(self.verb("contract", "list", "--round", held)), 2)
        self.until(lambda: self.stages() == ["CONTRACT"] * 2, "both have contracts")
        self.check_begun(start, offers[learner["name"]])
        # The owner asks the scheduler, in another process, before it takes places away.
        fewer = self.run_verb("start", "update", "--start",
                              json.dumps({"name": start["name"], "capacity": 1}))
        self.assertEqual(fewer.returncode, 0, fewer.stderr)
        lowered = self.run_verb("vacancy", "update", "--vacancy",
                                json.dumps({"name": vacancy["name"], "openings": 1}))
        self.assertEqual(lowered.returncode, 1)
        self.assertIn("CAPACITY_HELD", lowered.stderr)
        # Who leaves the way early has no contract any more, and her job and her place are free:
        # also while the scheduler was away.
        self.running.pop("scheduler").end(signal.SIGKILL)
        left = {each["switcher"]: each["name"]
                for each in self.verb("trajectory", "list", "--limit", "1000")}
        leave = ["trajectory", "exit", left[learner["name"]], "--reason", "employer_withdrew"]
        why = ["--explanation", "de afdeling sluit"]
        self.assertIn("HUMAN_REQUIRED", self.run_verb(*leave, *why).stderr)
        self.assertIn("explanation", self.run_verb(*leave, "--principal", "p.jansen").stderr)
        self.verb(*leave, *why, "--principal", "p.jansen")
        self.start("scheduler")
        self.until(lambda: self.contracts_in_force(held) == [nurse["name"]],
                   "the contract of the one who left has ended")
        ended = next(each for each in self.verb("contract", "list", "--round", held)
                     if each["switcher"] == learner["name"])
        self.assertEqual(ended["end_reason"], "EMPLOYER_WITHDREW")
        self.assertEqual(ended["ended_by"], "p.jansen")
        self.assertIn("end_time", ended)
        self.verb("vacancy", "update", "--vacancy",
                  json.dumps({"name": vacancy["name"], "openings": 1}))
        self.until_well()
        for service, serving in self.running.items():
            # Each tells of its own calls and of nobody else's.
            shown = {other for other in SERVICES
                     if f'service="matchgo.{other}.' in serving.metrics()}
            self.assertEqual(shown, {service})
        listed = {tuple(line.split(" ", 2)) for line in METRICS.read_text().splitlines()
                  if not line.startswith("#")}
        told = set().union(*(serving.families() for serving in self.running.values()))
        self.assertEqual(told - listed, set(), "every family of a scrape is in the golden list")
        self.assertIn("exposer_scrapes_total", {name for name, _, _ in told})
        self.stop_all()

        # One process of all services on the same folder knows it all.
        self.running["all"] = Serving(self.folder, "--all")
        self.until_well()
        self.assertEqual(self.contracts_in_force(held), [nurse["name"]])
        self.assertEqual(self.stages(), ["CONTRACT"] * 2)
        text = self.running["all"].metrics()
        for service in SERVICES:
            self.assertIn(f'service="matchgo.{service}.', text)
        self.stop_all()

    def test_the_built_in_catalogue_is_loaded_through_the_services(self):
        self.start_five()
        self.verb("import", "catalogue")
        programmes = self.verb("programme", "list", "--limit", "1000")
        self.assertGreaterEqual(len(programmes), 36)
        self.assertGreaterEqual(len(self.verb("skill", "list", "--limit", "10000")), 400)
        # Again changes nothing and makes nothing twice.
        self.verb("import", "catalogue")
        self.assertEqual(self.verb("programme", "list", "--limit", "1000"), programmes)
        self.stop_all()

    def test_a_folder_belongs_to_one_process(self):
        self.folder.mkdir(mode=0o700)
        self.start("vacancies")
        other = Serving(self.folder, "vacancies", "--listen", f"unix:{self.folder}/other.sock")
        self.running["other"] = other
        self.assertNotEqual(other.awaited(), 0)
        said = "\n".join(other.lines)
        self.assertIn("STORE_IN_USE", said)
        self.assertIn("data folder", said)
        # The first one goes on.
        self.verb("employer", "list")
        del self.running["other"]
        self.stop_all()

    def test_a_service_that_dies_is_missed_and_comes_back(self):
        self.start_five()
        vacancy = self.employ()
        self.running.pop("vacancies").end(signal.SIGKILL)
        missing = self.run_verb("vacancy", "get", vacancy["name"])
        self.assertEqual(missing.returncode, UNREACHABLE, missing.stderr)
        self.assertNotEqual(self.run_verb("doctor").returncode, 0)
        # Its neighbours still serve.
        self.enrol("Carla Smit", "skills/k-plan-nursing-care")
        self.start("vacancies")
        self.until_well()
        self.assertEqual(self.verb("vacancy", "get", vacancy["name"])["etag"], vacancy["etag"])
        # And hear of what it does from now on.
        second = self.employ()
        self.hold_round(vacancies=second["sequence"])
        self.stop_all()


if __name__ == "__main__":
    MATCHGO = sys.argv.pop(1)
    unittest.main(verbosity=2)
