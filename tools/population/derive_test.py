#!/usr/bin/env python3
"""The committed data is what the scripts derive from the sources: same lists, same bytes.

The sources are in data/ of MATCHGO_SHARED, else of the folder "shared" beside the source tree.
Without them there is nothing to compare with: exit code 77, which ctest counts as skipped.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "services" / "programmes" / "builtin" / "data"
GEOGRAPHY = ROOT / "common" / "geography" / "data"
SOURCES = pathlib.Path(os.environ.get("MATCHGO_SHARED", ROOT.parent / "shared")) / "data"
DERIVED = {
    "derive_vocabulary.py": ["skills.jsonl", "occupations.jsonl"],
    "derive_places.py": ["places.csv", "postcodes.csv"],
    "derive_programmes.py": ["flexprojects.jsonl", "opleiders.jsonl", "programmes.jsonl",
                             "qualifications.jsonl", "report_figures.jsonl", "sectors.jsonl"],
}


class DeriveTest(unittest.TestCase):
    def test_committed_files_are_derived_ones(self):
        with tempfile.TemporaryDirectory() as folder:
            for script, files in DERIVED.items():
                subprocess.run([sys.executable, "-B", ROOT / "tools" / "population" / script,
                                SOURCES, folder], check=True, stdout=subprocess.DEVNULL)
                for name in files:
                    with self.subTest(file=name):
                        derived = (pathlib.Path(folder) / name).read_bytes()
                        folder_of = GEOGRAPHY if script == "derive_places.py" else COMMITTED
                        self.assertTrue(derived == (folder_of / name).read_bytes(),
                                        f"{name} is not what {script} derives: run it again")

    def test_every_data_file_is_derived(self):
        known = {name for files in DERIVED.values() for name in files} | {"README.md"}
        found = {path.name for data in (COMMITTED, GEOGRAPHY) for path in data.iterdir()}
        self.assertEqual(known, found)


if __name__ == "__main__":
    if not (SOURCES / "real").is_dir():
        print(f"SKIPPED: no sources in {SOURCES}; set MATCHGO_SHARED to compare with them")
        sys.exit(77)
    unittest.main()
