"""Ctrl-C during the demo leaves nothing behind, unless the folder was given.

  demo_interrupt_test.py build/debug/matchgo
"""

import os
import signal
import subprocess
import sys
import tempfile
import unittest

BINARY = sys.argv.pop(1) if len(sys.argv) > 1 else "matchgo"
SMALL = ["--switchers", "50", "--vacancies", "20"]

# name: (options, what is on stderr by then, signal, exit code)
CASES = {
    "ctrl-c between loading and the rounds": ([], "load", signal.SIGINT, 130),
    "terminated between loading and the rounds": ([], "load", signal.SIGTERM, 143),
    "ctrl-c when everything is told": (["--stay"], "round list", signal.SIGINT, 0),
    "terminated when everything is told": (["--stay"], "round list", signal.SIGTERM, 0),
}


def end(temporary: str, globals_: list[str], options: list[str], seen: str, number: int):
    """Sends the signal once `seen` is on stderr; the exit code and the rest of stderr."""
    environment = os.environ | {"TMPDIR": temporary}
    with subprocess.Popen([BINARY, "--lang", "en", *globals_, "demo", *SMALL, *options],
                          env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          text=True) as demo:
        for line in demo.stderr:
            if seen in line:
                break
        # Wrappers send a signal twice.
        demo.send_signal(number)
        demo.send_signal(number)
        rest = demo.stderr.read()
        return demo.wait(300), rest


class DemoInterruptTest(unittest.TestCase):
    def test_its_own_folder_goes(self):
        for name, (options, seen, number, code) in CASES.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as temporary:
                ended, rest = end(temporary, [], options, seen, number)
                self.assertEqual(ended, code, rest)
                self.assertEqual(os.listdir(temporary), [])
                if code != 0:
                    self.assertIn("Stopped before the end.", rest)

    def test_a_given_folder_stays(self):
        with tempfile.TemporaryDirectory() as temporary:
            data = os.path.join(temporary, "mine")
            ended, rest = end(temporary, ["--data", data], [], "load", signal.SIGINT)
            self.assertEqual(ended, 130, rest)
            self.assertIn(data, rest)
            self.assertIn("scheduler.db", os.listdir(data))
            self.assertEqual(os.listdir(temporary), ["mine"])


if __name__ == "__main__":
    unittest.main()
