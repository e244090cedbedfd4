"""The command line as a newcomer and a script meet it.

  command_line_test.py build/debug/matchgo
Exit codes as a table, help in two languages and at 80 columns, completion in a real bash, loading
the catalogue twice, records made from flags and templates, lists of parents that are not there.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
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
                ("an address too long", ["--server", long_path, "round", "list"], 2, "107 bytes"),
                ("not loopback", ["serve", "--all", "--listen", "0.0.0.0:7000"], 2, "--listen"),
                ("socket path too long", ["serve", "--all", "--listen", long_path], 2, "107 bytes"),
                ("no service named", ["serve"], 2, "serve --all"),
                ("no ESCO files", ["import", "esco", str(self.data)], 2, "occupations_en.csv"),
                ("no such folder", ["import", "esco", "/nonexistent"], 2, "is not a folder"),
                ("no such file", ["employer", "create", "--employer", "@/nonexistent"], 2, "@"),
                ("a sample needs nothing else", ["vacancy", "create", "--template"], 0, '"title"'),
                ("no such built-in", ["catalogue", "show", "p-none"], 1, "no such"),
                ("doctor on nothing", ["doctor"], 4, "serve --all")]:
            with self.subTest(name):
                done = run(*arguments, data=self.data)
                self.assertEqual(done.returncode, code, done.stdout + done.stderr)
                self.assertIn(words, done.stdout + done.stderr)

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
        self.assertEqual(len(self.verb("programme", "list", "--limit", "10000")),
                         first["programmes"]["made"])

    def test_templates_are_accepted_as_they_are(self):
        for noun in ("switcher", "employer", "opleider"):
            template = run(noun, "create", "--template", data=self.data).stdout
            made = self.verb(noun, "create", f"--{noun}", "@-", text=template)
            self.assertIn("name", made, noun)

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


if __name__ == "__main__":
    MATCHGO = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
