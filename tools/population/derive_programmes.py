#!/usr/bin/env python3
"""Derives flexprojects, opleiders, programmes, qualifications, sectors and the report's figures.

Usage: derive_programmes.py SHARED_DATA_DIR OUTPUT_DIR      (run derive_vocabulary.py first)

Facts come from flexprojecten.jsonl, flexprojecten_aggregates.json and institutions.jsonl; null
means that the source does not say. What the source lacks (modules, hours, starts, entry levels, all
hbo programmes) is made up here, by rule and without chance, and carries "synthetic": true. The
hand-made lists lie beside this script: qualification_occupations.csv, hbo_programmes.csv,
sectors.csv, qualifications.csv, outcome_standards.csv. Same input, same bytes.
"""

import csv
import hashlib
import json
import pathlib
import sys

from synthetic_modules import modules_of, start_of

HERE = pathlib.Path(__file__).parent
FACTS = ("project_number", "year", "institution_type", "partner_count_band", "public_party",
         "private_party", "other_education_partners", "domain", "domain_basis", "domains_all",
         "levels", "levels_inferred", "qualifications", "target_groups", "region",
         "region_inferred", "learning_mix", "flexibility", "cornerstones", "credentials",
         "pilot_size", "planned_participants", "employers_or_sector_partners", "module_count")
DOMAIN_SECTOR = {"ZW": "zorg", "TP": "techniek", "BI": "bouw", "VNL": "voedsel_natuur",
                 "AHO": "bouw", "ALG": "zorg", "CO": "voedsel_natuur", "HB": "horeca", "ICT": "ict",
                 "TSL": "logistiek", "UV": "uiterlijke_verzorging", "NTV": "onbekend"}
CRITERIA = ("chain_with_employer", "personal_programme", "contract_and_income",
            "fast_startbekwaam", "guidance_by_both")
REGION_PLACES = {"noord": ["Groningen", "Zwolle"], "oost": ["Enschede", "Nijmegen"],
                 "midden": ["Utrecht", "Amersfoort"], "west": ["Amsterdam", "Rotterdam"],
                 "zuid": ["Eindhoven", "Tilburg"]}
REGION_PROVINCE = {"noord": "Groningen", "oost": "Overijssel", "midden": "Utrecht",
                   "west": "Noord-Holland", "zuid": "Noord-Brabant"}


def read_csv(name):
    with open(HERE / name, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_jsonl(path):
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def write_jsonl(path, records):
    with open(path, "w", encoding="utf-8") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def draw(key, bound):
    """A number below `bound` that depends on nothing but the key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % bound


def project_facts(project):
    facts = {field: project[field] for field in FACTS}
    region = dict(facts["region"])
    facts["region"] = {k: region[k] for k in ("named", "provinces", "national_scope", "basis")}
    return facts


def mapping_of(qualification, table):
    level = qualification["level"] or qualification["level_inferred"]
    exact = table.get((qualification["name"], str(level or "")))
    loose = [v for (name, _), v in table.items() if name == qualification["name"]]
    return exact or (loose[0] if loose else {"occupations": "", "awards": ""})


def group_qualifications(project, table):
    """Qualifications that lead to the same work at the same level share a programme."""
    groups = {}
    for qualification in project["qualifications"]:
        if qualification["kind"] not in ("diploma", "certificate"):
            continue
        mapped = mapping_of(qualification, table)
        key = (mapped["occupations"] or qualification["name"], qualification["kind"],
               qualification["level"] or qualification["level_inferred"])
        groups.setdefault(key, ([], mapped))[0].append(qualification)
    return list(groups.values())


def project_start(programme, project, places):
    mix = project["learning_mix"]
    online = mix is not None and set(mix) <= {"online", "zelfstudie"}
    provinces = project["region"]["provinces"]
    named = [n for n in project["region"]["named"] if n in places]
    candidates = named or [p["name"] for p in places.values() if p["province"] in provinces][:2]
    size = project["pilot_size"] or {}
    small = size.get("max") is not None and size["max"] <= 40
    rolling = bool(project["flexibility"]["flexible_start"])
    rolling_minimum = 1 + draw(programme["id"], 2)
    return start_of(programme, 1, {
        "place": candidates[draw(programme["id"], len(candidates))],
        "online": online,
        "mix": mix,
        "kind": "rolling" if rolling else "fixed",
        "flexible_times": bool(project["flexibility"]["flexible_times"]),
        "capacity": size["max"] if small else 16,
        "minimum": rolling_minimum if rolling else min(size["min"], 6) if small else 4,
        "price": 90000 + 10000 * draw(programme["id"] + "price", 12),
    })


def unknown_facts(programme, project):
    """What the source leaves open, by name; in a catalogue it is shown as unknown."""
    names = {"degree": "award", "nlqf_level": "level", "crebo": "crebo",
             "entry_level": "entry_level"}
    open_facts = [name for name, field in names.items() if programme[field] is None]
    open_facts += [f for f in ("learning_mix", "pilot_size", "planned_participants", "module_count")
                   if project[f] is None]
    open_facts += [f"flexibility.{name}" for name, value in project["flexibility"].items()
                   if value is None]
    open_facts += [f for f in ("credentials", "qualifications", "target_groups") if not project[f]]
    return open_facts + ["occupations"] * (not programme["occupations"]) + [
        "delivery_mix", "price", "study_hours"]


def project_programmes(project, table, occupations, skills, opleider, places):
    groups = group_qualifications(project, table) or [([], {"occupations": "", "awards": ""})]
    for number, (qualifications, mapped) in enumerate(groups, 1):
        level = next((q["level"] for q in qualifications if q["level"]), None)
        inferred = next((q["level_inferred"] for q in qualifications if q["level_inferred"]), None)
        jobs = mapped["occupations"].split()
        sector = occupations[jobs[0]]["sector"] if jobs else DOMAIN_SECTOR[project["domain"]]
        kinds = {q["kind"] for q in qualifications}
        programme = {
            "id": f"p-{project['project_number'].lower()}-{number}",
            "project": project["project_number"],
            "opleider": opleider,
            "title": (" / ".join(q["name"] for q in qualifications)
                      or f"{project['project_number']} (opleiding niet genoemd)"),
            "award": ("mbo_diploma" if kinds == {"diploma"} else
                      "certificate" if kinds == {"certificate"} else None),
            "level": level,
            "level_inferred": None if level else inferred,
            "crebo": next((q["crebo"] for q in qualifications if q["crebo"]), None),
            "croho": None,
            "ec": None,
            "sector": sector,
            "occupations": jobs,
            "awards": mapped["awards"].split(),
            "entry_level": None,
            "label": None,
            "synthetic": False,
            "synthetic_fields": (["occupations"] if jobs else []) + ["modules", "starts"]
                                + (["awards"] if mapped["awards"] else []),
        }
        flexibility = project["flexibility"]
        programme["unknown_facts"] = unknown_facts(programme, project)
        recognition = ("exempt" if flexibility["formal_exemptions"] else "accelerate")
        extras = [q["name"] for q in project["qualifications"]
                  if q["kind"] in ("keuzedeel", "module")]
        programme["modules"] = modules_of(programme, occupations, skills, recognition,
                                          extras if number == 1 else [])
        programme["starts"] = [project_start(programme, project, places)]
        yield programme


def hbo_kind(programme, place):
    """Microcredentials begin every month, about one in three of the others at n people."""
    if programme["award"] == "microcredential":
        return "rolling"
    return "at_minimum" if draw(programme["id"] + place + "kind", 3) == 0 else "fixed"


def hbo_minimum(programme, place):
    """Who waits for people waits for few."""
    kind = hbo_kind(programme, place)
    if kind == "rolling":
        return 1 + draw(programme["id"], 3)
    return 2 if kind == "at_minimum" else 4 + draw(programme["id"] + place + "min", 5)


def hbo_programmes(row, occupations, skills):
    for region in row["offered_by"].split():
        labelled = row["award"] != "certificate" and row["slug"] != "mc-ux-design"
        programme = {
            "id": f"p-{row['slug']}-{region}",
            "project": None,
            "opleider": f"voorbeeldhogeschool-{region}",
            "title": row["title_nl"],
            "award": row["award"],
            "level": {"ad": 5, "ba": 6}.get(row["award"], int(row["entry_level"])),
            "level_inferred": None,
            "crebo": None,
            "croho": None,
            "ec": int(row["ec"]),
            "sector": row["sector"],
            "occupations": row["occupations"].split(),
            "awards": row["awards"].split(),
            "entry_level": int(row["entry_level"]),
            "label": {"name": "FastSwitch", "criteria": {c: True for c in CRITERIA},
                      "valid_from": "2025-01-01",
                      "valid_until": "2029-12-31"} if labelled else None,
            "synthetic": True,
            "synthetic_fields": ["all"],
            "unknown_facts": [],
        }
        programme["modules"] = modules_of(programme, occupations, skills, "exempt", [])
        places = REGION_PLACES[region]
        programme["starts"] = [start_of(programme, n + 1, {
            "place": place,
            "online": row["delivery"] == "online",
            "mix": ["online", "zelfstudie"] if row["delivery"] == "online"
                   else ["online", "klassikaal", "werkplekleren"],
            "kind": hbo_kind(programme, place),
            "flexible_times": row["delivery"] == "online",
            "capacity": 12 + 2 * draw(programme["id"] + place, 7),
            "minimum": hbo_minimum(programme, place),
            "price": int(row["ec"]) * 9500,
        }) for n, place in enumerate(places[:1 if row["delivery"] == "online" else 2])]
        yield programme


def figures(aggregates):
    """The report's printed figures, one per line; recounts are made by the program."""
    def line(group, key, label, report):
        return {"group": group, "key": key, "label_nl": label, "report": report}

    scheme = aggregates["scheme"]
    yield line("projects", "granted", "Toegekende projecten", scheme["granted"])
    for key, count in scheme["granted_by_year_in_table_1"].items():
        yield line("year", key, f"Aanvraagjaar {key}", count)
    for key, count in scheme["by_institution_type"].items():
        yield line("institution_type", key, key, count)
    for key, count in scheme["by_partner_count_band"].items():
        yield line("partner_count_band", key, f"Aantal scholen {key}", count)
    for row in aggregates["table_2_domains"]["rows"]:
        yield line("domain", row["key"], row["label_nl"], row["count"])
    for row in aggregates["table_3_levels"]["rows"]:
        label = "Niveau " + row["key"] if row["key"].isdigit() else row["label_nl"]
        yield line("level", row["key"], label, row["count"])
    mix = {}
    for row in aggregates["table_4_learning_mix"]["rows"]:
        for mode in row["modes"] or ["not_stated"]:
            mix[mode] = mix.get(mode, 0) + row["count"]
    for key in ("online", "klassikaal", "werkplekleren", "zelfstudie", "not_stated"):
        yield line("learning_mix", key, {"not_stated": "niet vermeld"}.get(key, key), mix[key])
    elements = aggregates["section_2_2_flexible_elements"]
    reports = {"own_pace": elements["own_pace"]["implied_counts"]["fully"],
               "flexible_times": elements["flexible_times"]["count"],
               "flexible_start": elements["start_moments"]["any_time"],
               "own_order": elements["own_order"]["count"],
               "location_flexible": None,
               "prior_learning_validation": elements["custom_trajectory"]["possible"],
               "formal_exemptions": elements["custom_trajectory"]["formal_exemptions"]}
    labels = {"own_pace": "eigen tempo", "flexible_times": "flexibele tijden",
              "flexible_start": "op elk moment starten", "own_order": "eigen volgorde",
              "location_flexible": "plaatsonafhankelijk",
              "prior_learning_validation": "maatwerk op eerder leren",
              "formal_exemptions": "formele vrijstellingen"}
    for key, count in reports.items():
        yield line("flexibility", key, labels[key], count)
    labels = {"modular": "modulair", "digital_content": "digitale inhoud",
              "intake_validation": "intake en validatie", "online_environment": "online omgeving",
              "guidance": "begeleiding"}
    for key, count in aggregates["table_8_cornerstones"]["counts"].items():
        yield line("cornerstone", key, labels[key], count)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    shared, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    projects = read_jsonl(shared / "flexprojecten.jsonl")
    institutions = {r["name"]: r for r in read_jsonl(shared / "institutions.jsonl")}
    occupations = {r["id"]: r for r in read_jsonl(out / "occupations.jsonl")}
    skills = {r["id"]: r for r in read_jsonl(out / "skills.jsonl")}
    with open(out / "places.csv", encoding="utf-8", newline="") as stream:
        places = {r["name"]: r for r in reversed(list(csv.DictReader(stream)))}
    places = dict(sorted(places.items(), key=lambda p: (-int(p[1]["population"]), p[0])))
    table = {(r["qualification"], r["level"]): r for r in read_csv("qualification_occupations.csv")}

    opleiders, programmes = {}, []
    for project in projects:
        schools = [name for name in project["public_party"] if "VMBO" not in name]
        school = institutions[schools[0]]
        opleiders[school["id"]] = {
            "id": school["id"], "name": school["name"], "kind": school["kind"],
            "kind_inferred": school["kind_inferred"],
            "province": project["region"]["provinces"][0], "synthetic": False}
        programmes += project_programmes(project, table, occupations, skills, school["id"],
                                         places)
    for region, province in REGION_PROVINCE.items():
        name = f"Voorbeeldhogeschool {region.capitalize()}"
        opleiders[f"voorbeeldhogeschool-{region}"] = {
            "id": f"voorbeeldhogeschool-{region}", "name": name, "kind": "hogeschool",
            "kind_inferred": False, "province": province, "synthetic": True}
    for row in read_csv("hbo_programmes.csv"):
        programmes += hbo_programmes(row, occupations, skills)

    write_jsonl(out / "flexprojects.jsonl", map(project_facts, projects))
    write_jsonl(out / "opleiders.jsonl", sorted(opleiders.values(), key=lambda o: o["id"]))
    write_jsonl(out / "programmes.jsonl", programmes)
    write_jsonl(out / "sectors.jsonl", [
        {"code": r["code"], "nl": r["nl"], "en": r["en"], "short_of_people": r["short"] == "1"}
        for r in read_csv("sectors.csv")])
    write_jsonl(out / "qualifications.jsonl", read_csv("qualifications.csv"))
    with open(shared / "flexprojecten_aggregates.json", encoding="utf-8") as stream:
        write_jsonl(out / "report_figures.jsonl", figures(json.load(stream)))
    print(f"{len(projects)} projects, {len(programmes)} programmes, "
          f"{sum(len(p['starts']) for p in programmes)} starts")


if __name__ == "__main__":
    main()
