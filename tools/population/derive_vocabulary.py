#!/usr/bin/env python3
"""Derives skills.jsonl and occupations.jsonl from ESCO 1.1.1.

Usage: derive_vocabulary.py SHARED_DATA_DIR OUTPUT_DIR

SHARED_DATA_DIR holds real/esco/ with the two ESCO zip files and occupations_nl.csv.gz. The
hand-made choices lie beside this script: which occupations and their market estimates
(occupation_picks.csv), which skills and their Dutch labels (skill_labels_nl.csv; ESCO's own Dutch
skill labels were not available). Everything else (URIs, English labels, Dutch occupation labels,
ISCO group, essential and optional relations) is ESCO's. Same input, same bytes.
"""

import collections
import csv
import gzip
import io
import json
import pathlib
import re
import sys
import zipfile

ESSENTIAL_MAX = 14
OPTIONAL_MAX = 10
HERE = pathlib.Path(__file__).parent
ESTIMATES = ("salary_low", "salary_high", "out_weight", "in_weight")


def rows(stream):
    return list(csv.DictReader(stream))


def zipped(path, member):
    with zipfile.ZipFile(path) as archive:
        return rows(io.StringIO(archive.read(member).decode("utf-8"), newline=""))


def slug(prefix, label, taken):
    words = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-").split("-")
    text = words[0]
    for word in words[1:]:
        if len(text) + 1 + len(word) > 40:
            break
        text += "-" + word
    identifier = f"{prefix}-{text}"
    number = 2
    while identifier in taken:
        identifier = f"{prefix}-{text}-{number}"
        number += 1
    taken.add(identifier)
    return identifier


def read_esco(folder):
    classification = folder / "esco-v1.1.1-classification-en-csv.zip"
    occupations = {r["preferredLabel"].strip(): r
                   for r in zipped(classification, "occupations_en.csv")}
    skills = {}
    for row in zipped(classification, "skills_en.csv"):
        skills.setdefault(row["preferredLabel"].strip(), row)
    with gzip.open(folder / "occupations_nl.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        dutch = {r["conceptUri"]: r["preferredLabel"].strip() for r in csv.DictReader(stream)}
    relations = collections.defaultdict(lambda: {"essential": [], "optional": []})
    for row in zipped(folder / "esco-v1.1.1-relations-csv.zip", "occupationSkillRelations.csv"):
        relations[row["occupationUri"]][row["relationType"]].append(row["skillUri"])
    return occupations, skills, dutch, relations


def read_list(name):
    with open(HERE / name, encoding="utf-8", newline="") as stream:
        return rows(stream)


def chosen_skills(skills):
    taken, by_uri = set(), {}
    for label in read_list("skill_labels_nl.csv"):
        row = skills[label["esco_label_en"]]
        by_uri[row["conceptUri"]] = {
            "id": slug("k", label["esco_label_en"], taken),
            "nl": label["label_nl"],
            "en": label["esco_label_en"],
            "esco": row["conceptUri"],
            "kind": "knowledge" if row["skillType"] == "knowledge" else "skill",
            "reuse": row["reuseLevel"] or None,
        }
    return by_uri


def ordered(uris, by_uri, use):
    """Most specific first: what few of the picked occupations share before what many do."""
    known = sorted({u for u in uris if u in by_uri}, key=lambda u: (use[u], by_uri[u]["id"]))
    return [by_uri[u]["id"] for u in known]


def write(path, records):
    with open(path, "w", encoding="utf-8") as stream:
        for record in sorted(records, key=lambda r: r["id"]):
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    out = pathlib.Path(sys.argv[2])
    occupations, skills, dutch, relations = read_esco(pathlib.Path(sys.argv[1]) / "real" / "esco")
    by_uri = chosen_skills(skills)
    picks = read_list("occupation_picks.csv")
    use = collections.Counter(
        uri for pick in picks
        for uri in relations[occupations[pick["esco_label_en"]]["conceptUri"]]["essential"])
    taken, lines = set(), []
    for pick in picks:
        row = occupations[pick["esco_label_en"]]
        related = relations[row["conceptUri"]]
        essential = ordered(related["essential"], by_uri, use)
        if len(essential) > ESSENTIAL_MAX:
            essential = essential[:ESSENTIAL_MAX - 5] + essential[-5:]
        lines.append({
            "id": slug("o", pick["esco_label_en"], taken),
            "nl": dutch[row["conceptUri"]],
            "en": pick["esco_label_en"],
            "esco": row["conceptUri"],
            "isco": row["iscoGroup"],
            "sector": pick["sector"],
            "level": int(pick["level"]),
            "isced_f": pick["isced_f"],
            "essential": essential,
            "optional": ordered(related["optional"], by_uri, use)[:OPTIONAL_MAX],
            "source": "ESCO 1.1.1",
            "estimates": {"synthetic": True, **{k: int(pick[k]) for k in ESTIMATES}},
        })
    write(out / "skills.jsonl", by_uri.values())
    write(out / "occupations.jsonl", lines)
    print(f"{len(by_uri)} skills, {len(lines)} occupations")


if __name__ == "__main__":
    main()
