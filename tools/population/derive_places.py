#!/usr/bin/env python3
"""Derives places.csv and postcodes.csv (Dutch places with people, and every address postcode).

Usage: derive_places.py SHARED_DATA_DIR OUTPUT_DIR

SHARED_DATA_DIR holds real/places/ with the GeoNames extract (CC BY 4.0) and 4pp.csv.gz (MIT).
A place is a GeoNames populated place of at least POPULATION_MIN people whose name is a woonplaats
in 4pp within DISTANCE_MAX_KM; sections of towns (PPLX) are left out, their town counts them.
"""

import collections
import csv
import gzip
import math
import pathlib
import sys

POPULATION_MIN = 4000
DISTANCE_MAX_KM = 9
ALIASES = {"The Hague": "Den Haag", "Almere Stad": "Almere", "Zaanstad": "Zaandam",
           "Noordwijk-Binnen": "Noordwijk", "Katwijk aan Zee": "Katwijk"}
SECTIONS = {"PPLX", "PPLL", "PPLS"}


def distance_km(a, b):
    dy = (a[0] - b[0]) * 111.2
    dx = (a[1] - b[1]) * 111.2 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(dx, dy)


def point(row):
    return float(row["latitude"]), float(row["longitude"])


def in_netherlands(p):
    return 50.7 < p[0] < 53.6 and 3.3 < p[1] < 7.3


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source = pathlib.Path(sys.argv[1]) / "real" / "places"
    out = pathlib.Path(sys.argv[2])
    with gzip.open(source / "4pp.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        postcodes = [r for r in csv.DictReader(stream) if r["soort"].startswith("Adres")]
    postcodes = [r for r in postcodes if in_netherlands(point(r))]
    by_name = collections.defaultdict(list)
    for row in postcodes:
        by_name[row["woonplaats"]].append(row)
    with open(source / "geonames-cities1000-nl-be.csv", encoding="utf-8", newline="") as stream:
        towns = [r for r in csv.DictReader(stream) if r["country"] == "NL"]

    places = {}
    for town in sorted(towns, key=lambda r: (-int(r["population"]), int(r["geonameId"]))):
        name = ALIASES.get(town["name"], town["name"])
        if town["featureCode"] in SECTIONS or int(town["population"]) < POPULATION_MIN:
            continue
        near = sorted(r["postcode"] for r in by_name[name]
                      if distance_km(point(r), point(town)) < DISTANCE_MAX_KM)
        if not near:
            continue
        row = next(r for r in by_name[name] if r["postcode"] == near[0])
        key = (name, row["gemeente"])
        if key not in places:
            places[key] = [name, row["gemeente"], row["provincie"], int(town["population"]),
                           f"{float(town['latitude']):.5f}", f"{float(town['longitude']):.5f}",
                           " ".join(near)]

    with open(out / "places.csv", "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["name", "municipality", "province", "population", "latitude", "longitude",
                         "postcodes"])
        writer.writerows(sorted(places.values(), key=lambda p: (-p[3], p[0])))
    with open(out / "postcodes.csv", "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["postcode", "place", "province", "latitude", "longitude"])
        seen = set()
        for row in sorted(postcodes, key=lambda r: (r["postcode"], r["woonplaats"])):
            if row["postcode"] in seen:
                continue
            seen.add(row["postcode"])
            writer.writerow([row["postcode"], row["woonplaats"], row["provincie"],
                             f"{point(row)[0]:.5f}", f"{point(row)[1]:.5f}"])
    print(f"{len(places)} places, {len(seen)} postcodes")


if __name__ == "__main__":
    main()
