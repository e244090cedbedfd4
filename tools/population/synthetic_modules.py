"""Makes up what the sources do not give: modules with leeruitkomsten and starts. No chance in it.

A programme's skills are the essential skills of its occupations, from widely shared to specific.
They are dealt over modules in that order: the first module is the shared ground and core for
startbekwaam, the last is the examination, which only the diploma needs.
"""

import csv
import hashlib
import pathlib

HERE = pathlib.Path(__file__).parent
# Work for which the source names no occupation: what every job asks at entry.
GROUND_SKILLS = ["k-follow-verbal-instructions", "k-work-in-teams", "k-listen-actively",
                 "k-have-computer-literacy", "k-manage-time", "k-communicate-with-customers"]
FIRST_WORD_VERBS = {"omgaan", "communiceren", "werken", "adviseren", "zorgen", "overleggen",
                    "bijdragen", "toezien", "handelen", "inspelen"}
INNER_VERBS = {"houden", "geven", "bieden", "verlenen", "helpen", "vertalen", "doorverwijzen",
               "onderhouden", "verwerken", "voorbereiden", "lesgeven", "afstemmen", "ophalen",
               "adviseren", "toepassen", "vaststellen", "werken", "analyseren"}
LAST_NOUNS = {"voorzieningen", "bouwprojecten", "overheden", "kinderen", "schoolplein", "hoogte",
              "hoorproducten", "leerlingen", "ondersteuningsbehoeften", "jongeren",
              "beveiligingseisen", "briefing", "gebruikers", "ouders", "klanten",
              "leveranciers", "winkel", "databases"}
OVERRIDES = {
    "k-have-computer-literacy": ("gebruiken", "digitale hulpmiddelen"),
    "k-stay-alert": ("bewaken", "de eigen alertheid"),
    "k-listen-actively": ("luisteren", "naar gesprekspartners"),
    "k-lift-heavy-weights": ("tillen", "zware lasten"),
    "k-perform-test-run": ("proefdraaien", "met een nieuwe of herstelde installatie"),
    "k-lay-bricks": ("metselen", "muren en wanden"),
    "k-upsell-products": ("verkopen", "aanvullende producten"),
    "k-perform-classroom-management": ("leiden", "de klas"),
    "k-debug-software": ("verhelpen", "fouten in software"),
    "k-follow-health-and-safety-procedures": ("werken", "veilig en gezond op de bouwplaats"),
    "k-follow-safety-procedures-when-working": ("werken", "veilig op hoogte"),
    "k-troubleshoot": ("opsporen", "storingen"),
    "k-assist-students-in-their-learning": ("begeleiden", "leerlingen in hun ontwikkeling"),
    "k-follow-clinical-guidelines": ("toepassen", "klinische richtlijnen"),
    "k-observe-student-s-progress": ("bewaken", "de voortgang van leerlingen"),
    "k-monitor-patient-s-health-condition": ("bewaken", "de gezondheidstoestand van patiënten"),
    "k-prepare-lesson-content": ("voorbereiden", "de inhoud van het onderwijs"),
    "k-demonstrate-when-teaching": ("demonstreren", "een begrip of handeling aan leerlingen"),
}
MONTHS = ([1, 4, 7, 10], [2, 5, 8, 11], [3, 6, 9, 12], [2, 9])
TIMES = ("avond", "dag", "weekend")


def draw(key, bound):
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % bound


def sector_words():
    with open(HERE / "outcome_standards.csv", encoding="utf-8", newline="") as stream:
        return {r["sector"]: (r["standards"].split("|"), r["contexts"].split("|"))
                for r in csv.DictReader(stream)}


SECTOR_WORDS = sector_words()


def verb_and_subject(skill):
    """The active verb of a Dutch skill label and what it acts on."""
    if skill["id"] in OVERRIDES:
        return OVERRIDES[skill["id"]]
    words = skill["nl"].split()
    if skill["kind"] == "knowledge":
        return "toepassen", skill["nl"]
    if words[0] in FIRST_WORD_VERBS:
        return words[0], " ".join(words[1:])
    for at in range(len(words) - 1, 0, -1):
        if words[at] in INNER_VERBS or (at == len(words) - 1 and words[at].endswith("n")
                                        and words[at].islower() and words[at] not in LAST_NOUNS):
            return words[at], " ".join(words[:at] + words[at + 1:])
    return "uitvoeren", skill["nl"]


def outcome(programme, skill, number):
    standards, contexts = SECTOR_WORDS[programme["sector"]]
    verb, subject = verb_and_subject(skill)
    key = programme["id"] + skill["id"]
    return {
        "verb": verb,
        "kind": "kennistoepassing" if skill["kind"] == "knowledge" else "beroepshandeling",
        "subject": subject,
        "standard": standards[draw(key, len(standards))],
        "context": contexts[number % len(contexts)],
        "skills": [skill["id"]],
    }


def skills_to_teach(programme, occupations):
    ordered, seen = [], set()
    for job in programme["occupations"]:
        for skill in reversed(occupations[job]["essential"]):
            if skill not in seen:
                seen.add(skill)
                ordered.append(skill)
    return ordered or GROUND_SKILLS


def deal(skills, bins):
    size, rest = divmod(len(skills), bins)
    groups, at = [], 0
    for number in range(bins):
        width = size + (1 if number < rest else 0)
        groups.append(skills[at:at + width])
        at += width
    return groups


def module(programme, number, title, skills, hours, core, recognition, after, vocabulary):
    hbo = programme["ec"] is not None
    return {
        "id": f"m{number}",
        "title": title,
        "ec": hours // 28 if hbo else None,
        "hours": hours,
        "core": core,
        "after": after,
        "recognition": recognition,
        "skills": skills,
        "outcomes": [outcome(programme, vocabulary[s], n) for n, s in enumerate(skills)],
        "synthetic": True,
    }


def modules_of(programme, occupations, vocabulary, recognition, extras):
    skills = skills_to_teach(programme, occupations)
    bins = max(3, min(9, round(len(skills) / 2.4)))
    hbo = programme["ec"] is not None
    small = programme["award"] in ("microcredential", "certificate") and hbo
    modules = []
    for number, group in enumerate(deal(skills, min(bins, len(skills))), 1):
        key = f"{programme['id']}/{number}"
        hours = 28 * (2 + draw(key, 2)) if hbo else 24 + 8 * draw(key, 5)
        if small:
            hours = 28 * (1 + draw(key, 2))
        first = number == 1
        title = vocabulary[group[-1]]["nl"]
        after = [f"m{number - 1}"] if number % 3 == 0 else []
        modules.append(module(programme, number, title[0].upper() + title[1:], group, hours, first,
                              recognition, after, vocabulary))
    number = len(modules) + 1
    for extra in extras[:2]:
        modules.append(module(programme, number, extra, [], 40, False, "none", [], vocabulary))
        number += 1
    practice_hours = 28 if hbo else 24
    modules.append(module(programme, number, "Leren op de werkplek", [], practice_hours, True,
                          "none", [], vocabulary))
    if programme["award"] in ("ad", "ba", "mbo_diploma"):
        taught = sum(m["hours"] for m in modules)
        hours = max(28 * programme["ec"] - taught, 280) if hbo else 160
        modules.append(module(programme, number + 1, "Proeve van bekwaamheid en examen", [], hours,
                              False, "none", [m["id"] for m in modules], vocabulary))
    return modules


def start_of(programme, number, facts):
    online = facts["online"]
    mix = facts["mix"] or ["klassikaal", "werkplekleren"]
    shares = {"online": "online", "klassikaal": "classroom", "werkplekleren": "workplace",
              "zelfstudie": "self_study"}
    delivery = {name: 0 for name in ("online", "classroom", "workplace", "self_study")}
    for mode in mix:
        delivery[shares[mode]] = 100 // len(mix)
    delivery[shares[mix[0]]] += 100 - sum(delivery.values())
    if not programme["synthetic"]:  # a source names the ways, never their shares
        delivery = {name: None if share else 0 for name, share in delivery.items()}
    key = f"{programme['id']}/s{number}"
    return {
        "id": f"s{number}",
        "kind": facts["kind"],
        "months": [] if facts["kind"] == "rolling" else MONTHS[draw(key, len(MONTHS))],
        "capacity": facts["capacity"],
        "minimum": facts["minimum"],
        "place": facts["place"],
        "online": online,
        "delivery": delivery,
        "times": "vrij" if facts["flexible_times"] else TIMES[draw(key + "t", len(TIMES))],
        "individual": True,
        "group": draw(key + "g", 3) > 0,
        "price_cents": facts["price"],
        "synthetic": True,
    }
