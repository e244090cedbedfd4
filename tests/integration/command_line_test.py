"""The command line as a newcomer and a script meet it.

  command_line_test.py build/debug/matchgo
Exit codes as a table, help in two languages and at 80 columns, completion in a real bash, loading
the catalogue twice, records made from flags and templates, lists of parents that are not there.
"""

import json
import os
import re
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


def verbs_below(path: list, data: Path) -> list:
    """Every verb of the program, as the completion knows them."""
    found = run("__complete", *path, "", data=data).stdout.split()
    pages = []
    for verb in found:
        if path and (path[0] in ("serve", "export", "completion", "explain") or len(path) == 2):
            break
        pages += [path + [verb]] + verbs_below(path + [verb], data)
    return pages


class WithoutServices(unittest.TestCase):
    """What needs nothing that runs."""

    known_pages: list = []

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="matchgo-")
        self.data = Path(self.temporary.name)

    def tearDown(self):
        self.temporary.cleanup()

    def pages(self) -> list:
        if not WithoutServices.known_pages:
            WithoutServices.known_pages = verbs_below([], self.data)
        return WithoutServices.known_pages

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
                ("no such built-in", ["catalogue", "show", "p-none"], 1, "no such"),
                ("doctor on nothing", ["doctor"], 4, "serve --all")]:
            with self.subTest(name):
                done = run(*arguments, data=self.data)
                self.assertEqual(done.returncode, code, done.stdout + done.stderr)
                self.assertIn(words, done.stdout + done.stderr)

    def test_every_page_of_help_fits_and_says_something(self):
        pages = self.pages()
        self.assertGreater(len(pages), 60)
        for page in pages:
            shown = run(*page, "--help", data=self.data)
            self.assertEqual(shown.returncode, 0, page)
            self.assertNotIn("First steps", shown.stdout, page)
            self.assertGreater(len(shown.stdout.splitlines()[0]), 5, page)
            body = shown.stdout.split("Examples:")[0]
            for line in body.splitlines():
                self.assertLessEqual(len(line), 80, f"{page}: {line}")

    def test_dutch_help_has_no_english_frame(self):
        for page in self.pages():
            shown = run("--lang", "nl", *page, "--help", data=self.data).stdout
            # Generated pages hold the English texts of the API, and say so.
            if "uit de API en is Engels" not in shown:
                self.assertIsNone(DUTCH_FRAME.search(shown), f"{page}:\n{shown}")
            self.assertIn("Gebruik: ", shown)

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
