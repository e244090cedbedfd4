"""The command line as a newcomer and a script meet it.

  command_line_test.py build/debug/matchgo
Exit codes as a table, help in two languages and at 80 columns, completion in a real bash, loading
the catalogue twice, records made from flags and templates, lists of parents that are not there.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PATIENCE_SECONDS = 120
MATCHGO = ""
DUTCH_FRAME = re.compile(r"\b(Usage|required|Flags|Arguments|Examples|Verbs|default)\b")


def run(*arguments: str, data: Path, text: str = "", **environment: str):
    settings = dict(os.environ, LANG="C", COLUMNS="80", NO_COLOR="1", MATCHGO_DATA=str(data))
    settings.update(environment)
    settings = {key: value for key, value in settings.items() if value}
    return subprocess.run([MATCHGO, *arguments], env=settings, capture_output=True, text=True,
                          input=text, timeout=PATIENCE_SECONDS)


def pages(language: str, data: Path) -> dict:
    """Every page of help by its path, from one start of the program."""
    shown = run("--lang", language, "--help-all", data=data).stdout
    parts = re.split(r"^# (matchgo.*)\n\n", shown, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


class WithoutServices(unittest.TestCase):
    """What needs nothing that runs."""

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="matchgo-")
        self.data = Path(self.temporary.name)

    def tearDown(self):
        self.temporary.cleanup()

    def test_exit_codes(self):
        long_path = "unix:/tmp/" + "d" * 120
        for name, arguments, code, words in [
                ("help", ["--help"], 0, "First steps"),
                ("version", ["--version"], 0, "matchgo "),
                ("nothing at all", [], 2, "Usage"),
                ("unknown verb", ["vacancy", "lst"], 2, "did you mean `list`?"),
                ("unknown noun", ["vacncy", "list"], 2, "did you mean `vacancy`?"),
                ("unknown flag", ["vacancy", "list", "--stat", "x"], 2, "--state"),
                ("verb missing", ["vacancy"], 2, "a verb is missing"),
                ("argument missing", ["vacancy", "get"], 2, "name is missing"),
                ("no such word", ["vacancy", "list", "--state", "open"], 2, "published"),
                ("no such language", ["--lang", "fr", "catalogue", "list"], 2, "nl, en"),
                ("nobody listens", ["vacancy", "list"], 3, "serve --all"),
                ("nobody listens there", ["--server", "unix:/nope", "vacancy", "list"], 3,
                 "the service cannot be reached at unix:/nope\n"),
                ("an address too long", ["--server", long_path, "round", "list"], 2, "107 bytes"),
                ("not loopback", ["serve", "--all", "--listen", "0.0.0.0:7000"], 2, "--listen"),
                ("socket path too long", ["serve", "--all", "--listen", long_path], 2, "107 bytes"),
                ("no service named", ["serve"], 2, "serve --all"),
                ("no ESCO files", ["import", "esco", str(self.data)], 2, "occupations_en.csv"),
                ("no such folder", ["import", "esco", "/nonexistent"], 2, "is not a folder"),
                ("no such file", ["employer", "create", "--employer", "@/nonexistent"], 2, "@"),
                ("a sample needs nothing else", ["vacancy", "create", "--template"], 0, '"title"'),
                ("help as a verb", ["help"], 0, "First steps"),
                ("help of a verb", ["help", "vacancy", "list"], 0, "Usage: matchgo vacancy list"),
                ("help of no verb", ["help", "vacncy"], 2, "did you mean `vacancy`?"),
                ("no round to replay", ["round", "replay"], 2, "See matchgo round list"),
                ("nobody to explain", ["explain"], 2, "see `matchgo round list`"),
                ("no such built-in", ["catalogue", "show", "zzzz"], 1, "matchgo catalogue list"),
                ("part of a title", ["catalogue", "show", "hbo-ict"], 1, "catalogue show p-"),
                ("nowhere to write", ["export", "vacancy", "--file", "/nonexistent/x"], 2,
                 "file: /nonexistent/x"),
                ("nowhere to keep data", ["serve", "--all", "--data", "/proc/x"], 1,
                 "folder: /proc/x"),
                ("no such setting", ["serve", "--all", "--set", "foo=1"], 2, "--check-config"),
                ("no number", ["serve", "--all", "--set", "workers=a"], 2, "FIELD=VALUE"),
                ("doctor on nothing", ["doctor"], 4, "serve --all")]:
            with self.subTest(name):
                done = run(*arguments, data=self.data)
                self.assertEqual(done.returncode, code, done.stdout + done.stderr)
                self.assertIn(words, done.stdout + done.stderr)

    def test_a_wrong_setting_is_told_once(self):
        done = run("serve", "--all", "--set", "workers=a", data=self.data)
        self.assertNotIn("libprotobuf", done.stderr)

    def test_the_catalogue_fits_the_screen_and_names_stay_whole(self):
        shown = run("catalogue", "list", data=self.data).stdout
        for programme in json.loads(run("catalogue", "list", "--json", data=self.data).stdout):
            self.assertIn(programme["id"], shown)
        self.assertLessEqual(max(map(len, shown.splitlines())), 80)
        title = shown.splitlines()[2].split("  ")[0]
        self.assertGreater(len(title), 20, "a title can be recognised")

    def test_every_page_of_help_fits_and_says_something(self):
        for language in ("en", "nl"):
            found = pages(language, self.data)
            self.assertGreater(len(found), 60)
            for path, page in found.items():
                self.assertEqual("First steps" in page, path == "matchgo" and language == "en")
                self.assertGreater(len(page.splitlines()[0]), 5, path)
                for line in re.split("Examples:|Voorbeelden:", page)[0].splitlines():
                    self.assertLessEqual(len(line), 80, f"{path}: {line}")

    def test_a_page_alone_is_the_page_among_all(self):
        found = pages("en", self.data)
        for path in (["vacancy", "list"], ["outcome", "confirm"], ["round"]):
            alone = run(*path, "--help", data=self.data)
            self.assertEqual(alone.returncode, 0, path)
            self.assertEqual(found["matchgo " + " ".join(path)].strip(), alone.stdout.strip())

    def test_dutch_help_has_no_english_frame(self):
        for path, page in pages("nl", self.data).items():
            # Generated pages hold the English texts of the API, and say so.
            if "uit de API en is Engels" not in page:
                self.assertIsNone(DUTCH_FRAME.search(page), f"{path}:\n{page}")
            self.assertIn("Gebruik: ", page)

    def test_data_by_flag_wins_even_when_it_is_the_default(self):
        config = self.data / "all.textproto"
        config.write_text('data: "/elsewhere"\n')
        own = f"{self.data}/.local/share/matchgo"
        default = "/var/lib/matchgo" if os.geteuid() == 0 else own
        check = ["serve", "--all", "--config", str(config), "--check-config"]
        without = {"HOME": str(self.data), "MATCHGO_DATA": ""}
        done = run(*check, "--data", default, data=self.data, **without)
        self.assertIn(f'data: "{default}"', done.stdout)
        done = run(*check, data=self.data, **without)
        self.assertIn('data: "/elsewhere"', done.stdout)

    def complete(self, line: str) -> list:
        """What bash offers for a line, with the script that the program prints."""
        script = (f'PATH={Path(MATCHGO).parent}:$PATH; source <(matchgo completion bash)\n'
                  'COMP_LINE=$1; COMP_POINT=${#1}; IFS=" " read -ra COMP_WORDS <<< "$1"\n'
                  '[[ $1 == *" " ]] && COMP_WORDS+=("")\n'
                  'COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )); _matchgo\n'
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, "bash", line], capture_output=True, text=True,
                              cwd=self.data, timeout=PATIENCE_SECONDS)
        return done.stdout.split()

    def test_completion_in_bash(self):
        (self.data / "anna.json").write_text("{}")
        for name, line, offered in [
                ("nouns", "matchgo vac", ["vacancy"]),
                ("verbs", "matchgo vacancy pu", ["publish"]),
                ("a flag's value is no verb", "matchgo --data vacancy ser", ["serve"]),
                ("values of an enum", "matchgo vacancy list --state ",
                 ["draft", "published", "closed"]),
                ("part of a value", "matchgo offer answer x --decision ac", ["accept"]),
                ("a value behind = as bash splits it", "matchgo vacancy list --state = cl",
                 ["closed"]),
                ("flags", "matchgo vacancy list --sta", ["--state"]),
                ("services", "matchgo serve prof", ["profiles"]),
                ("files", "matchgo import esco ann", ["anna.json"]),
                ("files behind @", "matchgo switcher create --switcher @ann", ["@anna.json"]),
                ("nothing", "matchgo vacancy get ", [])]:
            with self.subTest(name):
                self.assertEqual(self.complete(line), offered)

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_completion_in_zsh(self):
        """The script in a real zsh; what zsh itself would do with the words is written down."""
        script = ('PATH=$1:$PATH; compdef() { }; compset() { print -r -- "prefix $2" }\n'
                  'compadd() { shift; print -rl -- "$@" }; _files() { print files }\n'
                  'source <(matchgo completion zsh)\n'
                  'shift; words=("$@"); CURRENT=$#words; _matchgo')
        for name, line, offered in [
                ("verbs", ["vacancy", "pu"], ["prefix --*=", "publish"]),
                ("values", ["offer", "answer", "x", "--decision", ""],
                 ["prefix --*=", "accept", "decline"]),
                ("services", ["serve", "prof"], ["prefix --*=", "profiles"]),
                ("files", ["import", "esco", ""], ["prefix @", "files"]),
                ("nothing", ["vacancy", "get", ""], [])]:
            with self.subTest(name):
                done = subprocess.run(
                    ["zsh", "-fc", script, "zsh", str(Path(MATCHGO).parent), "matchgo", *line],
                    capture_output=True, text=True, cwd=self.data, timeout=PATIENCE_SECONDS)
                self.assertEqual(done.stdout.splitlines(), offered, done.stderr)


class WithServices(unittest.TestCase):
    """A newcomer's first quarter of an hour."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="matchgo-")
        cls.data = Path(cls.temporary.name) / "data"
        cls.serving = subprocess.Popen(
            [MATCHGO, "--data", str(cls.data), "serve", "--all", "--metrics", "127.0.0.1:0"],
            env=dict(os.environ, LANG="C"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True)
        for line in cls.serving.stderr:
            if line.startswith("stop with"):
                break
        loaded = run("--json", "import", "catalogue", data=cls.data)
        cls.loaded = json.loads(loaded.stdout)
        listed = run("--json", "programme", "list", "--limit", "10000", data=cls.data)
        cls.programmes = json.loads(listed.stdout)  # before other tests make some

    @classmethod
    def tearDownClass(cls):
        cls.serving.send_signal(signal.SIGTERM)
        cls.serving.communicate(timeout=PATIENCE_SECONDS)
        cls.temporary.cleanup()

    def verb(self, *arguments: str, text: str = ""):
        done = run("--json", *arguments, data=self.data, text=text)
        self.assertEqual(done.returncode, 0, f"{arguments}: {done.stderr}")
        return json.loads(done.stdout)

    def test_the_catalogue_is_loaded_once(self):
        first = self.loaded
        again = self.verb("import", "catalogue")
        for kind in ("vocabulary", "opleiders", "programmes", "starts"):
            self.assertGreater(first[kind]["made"], 0, kind)
            self.assertEqual(again[kind]["made"], 0, kind)
            self.assertEqual(again[kind]["already_there"],
                             first[kind]["made"] + first[kind]["already_there"], kind)
        self.assertEqual(len(self.programmes), first["programmes"]["made"])

    def test_progress_ends_before_the_result_begins(self):
        ours, its = os.openpty()
        with subprocess.Popen([MATCHGO, "--data", str(self.data), "import", "catalogue"],
                              env=dict(os.environ, LANG="C"), stdout=its, stderr=its) as loading:
            os.close(its)
            shown = b""
            with contextlib.suppress(OSError):  # which is how a terminal says that it was closed
                while piece := os.read(ours, 65536):
                    shown += piece
            os.close(ours)
            self.assertEqual(loading.wait(timeout=PATIENCE_SECONDS), 0)
        text = shown.decode()
        self.assertLess(text.rindex("100%"), text.index("programmes"), text)

    def end_trajectory_of(self, switcher: str):
        """Everybody who takes part soon has a trajectory, and never two."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not (running := self.verb("trajectory", "list", "--switcher", switcher)):
            self.assertLess(time.monotonic(), end, "no trajectory began")
        self.verb("trajectory", "exit", running[0]["name"], "--reason", "withdrew")

    def test_templates_are_accepted_as_they_are_and_again(self):
        """Every noun that can be created, under the parents that its templates made."""
        made = {}
        for noun, parent in [("switcher", ""), ("employer", ""), ("vacancy", "employer"),
                             ("opleider", ""), ("programme", "opleider"), ("start", "programme"),
                             ("round", ""), ("trajectory", "")]:
            template = run(noun, "create", "--template", data=self.data).stdout
            under = ["--parent", made[parent]] if parent else []
            if noun == "trajectory":  # which has no parent, but people and things it is about
                self.end_trajectory_of(made["switcher"])
                under = [word for about in ("switcher", "vacancy", "start")
                         for word in (f"--{about}", made[about])]
            # One trajectory a person, and one round at a time.
            times = 1 if noun in ("round", "trajectory") else 2
            for _ in range(times):
                with self.subTest(noun):
                    record = self.verb(noun, "create", *under, f"--{noun}", "@-", text=template)
                    made[noun] = record["name"]
        offered = {noun for noun in run("__complete", "", data=self.data).stdout.split()
                   if "create" in run("__complete", noun, "", data=self.data).stdout.split()}
        self.assertEqual(offered, set(made), "a new noun is tried here too")

    def test_a_vacancy_from_flags_is_changed_by_flags(self):
        employer = self.verb("employer", "create", "--display-name", "Bouw", "--sector", "techniek")
        made = self.verb("vacancy", "create", "--parent", employer["name"], "--title", "Monteur",
                         "--occupation", "o-electrician", "--sector", "techniek", "--openings",
                         "2", "--hours-max", "36", "--salary-max-cents", "340000",
                         "--location.postcode", "3511", "--location.x", "1360", "--location.y",
                         "4560", "--requirements.learnable-skills", "k-solder-electronics",
                         "--ready-by", "2100-12-31", "--expires-on", "2100-06-30")
        self.assertEqual(made["state"], "STATE_DRAFT")
        changed = self.verb("vacancy", "update", made["name"], "--openings", "3")
        self.assertEqual((changed["openings"], changed["title"]), (3, "Monteur"))
        shown = run("vacancy", "publish", made["name"], data=self.data)
        self.assertIn("Next: matchgo round list", shown.stderr)

    def test_a_bare_id_stands_for_its_whole_name(self):
        programme = self.programmes[0]
        bare = programme["name"].rsplit("/", 1)[1]
        self.assertEqual(self.verb("programme", "get", bare), programme)
        starts = self.verb("start", "list", "--parent", bare)
        self.assertEqual(starts, self.verb("start", "list", "--parent", programme["name"]))
        employer = self.verb("employer", "create", "--display-name", "Bouw", "--sector", "techniek")
        template = run("vacancy", "create", "--template", data=self.data).stdout
        made = self.verb("vacancy", "create", "--parent", employer["name"], "--vacancy", "@-",
                         text=template)
        bare = made["name"].rsplit("/", 1)[1]
        changed = self.verb("vacancy", "update", bare, "--openings", "3")
        self.assertEqual((changed["name"], changed["openings"]), (made["name"], 3))
        self.assertEqual(self.verb("vacancy", "publish", bare)["state"], "STATE_PUBLISHED")
        self.assertEqual(self.verb("vacancy", "close", bare)["name"], made["name"])

    def test_booleans_need_no_value_and_take_one(self):
        for flags in (["--ended"], ["--ended", "true"], ["--ended=false"], ["--ended", "false"],
                      ["--at-risk", "true"], ["--ended", "--at-risk"]):
            with self.subTest(flags):
                done = run("trajectory", "list", *flags, data=self.data)
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_template_says_beside_it_what_to_replace(self):
        done = run("trajectory", "create", "--template", data=self.data)
        self.assertIn("switcher", json.loads(done.stdout))
        for noun in ("switcher", "vacancy", "start"):
            self.assertIn(f"`matchgo {noun} list`", done.stderr)

    def test_refusals_say_what_to_do_next(self):
        for name, arguments, words in [
                ("no such round", ["explain", "x", "y"], "matchgo round list"),
                ("a bare id", ["programme", "get", "abc"], "`matchgo programme list`"),
                ("no such record", ["employer", "get", "x"], "`matchgo employer list`"),
                ("no such vacancy", ["vacancy", "close", "x"], "`matchgo vacancy list`"),
                ("no such start", ["trajectory", "create", "--switcher", "s", "--start", "x"],
                 "`matchgo start list`"),
                ("no such round", ["round", "replay", "x"], "matchgo round list"),
                ("a skill misspelt", ["suggest", "--postcode", "3511", "--skills",
                                      "k-solder-electronic"], "nearest: k-solder-electronics")]:
            with self.subTest(name):
                done = run(*arguments, data=self.data)
                self.assertIn(done.returncode, (1, 2))
                self.assertIn(words, " ".join(done.stderr.split()))
        template = run("switcher", "create", "--template", data=self.data).stdout
        done = run("switcher", "create", "--switcher", "@-", data=self.data,
                   text=template.replace("k-read-engineering", "k-raed-engineering"))
        self.assertIn("nearest: k-read-engineering-drawings", " ".join(done.stderr.split()))

    def test_dutch_refusals_are_dutch(self):
        done = run("--lang", "nl", "vacancy", "get", "employers/x/vacancies/y", data=self.data)
        self.assertIn("NOT_FOUND: zo'n record is er niet", done.stderr)
        template = run("round", "create", "--template", data=self.data).stdout
        done = run("--lang", "nl", "round", "create", "--round", "@-", data=self.data,
                   text=template.replace("300", "301"))
        self.assertIn("gevraagd: zeven gewichten die samen 1000 zijn", done.stderr)

    def test_lists_of_what_is_not_there(self):
        for name, arguments, code in [
                ("no such employer", ["vacancy", "list", "--parent", "nonsense"], 1),
                ("no name of an employer", ["vacancy", "list", "--parent", "a/b"], 2),
                ("no such opleider", ["programme", "list", "--parent", "nonsense"], 1),
                ("no such round", ["outcome", "list", "--parent", "nonsense"], 1),
                ("outcomes of all rounds", ["outcome", "list"], 0)]:
            with self.subTest(name):
                done = run(*arguments, data=self.data)
                self.assertEqual(done.returncode, code, done.stderr)

    def test_a_taken_metrics_port_is_called_by_its_name(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            with tempfile.TemporaryDirectory(prefix="matchgo-") as other:
                done = run("serve", "--all", "--metrics", f"127.0.0.1:{port}", data=Path(other))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("--metrics", done.stderr)
        self.assertNotIn("serve --all", done.stderr)

    def test_metrics_are_for_this_machine_only(self):
        for address in ("0.0.0.0:0", "9464", "192.168.1.7:9464", "nonsense"):
            with self.subTest(address), tempfile.TemporaryDirectory(prefix="matchgo-") as other:
                done = run("serve", "--all", "--metrics", address, data=Path(other))
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("LISTEN_ADDRESS", done.stderr)
                self.assertIn("--metrics 127.0.0.1:9464", done.stderr)
                self.assertNotIn("--listen", done.stderr)


if __name__ == "__main__":
    MATCHGO = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
