"""Postal addresses: a street, a number and a postcode, as six languages write them.

All three have to stand together in one line. A street alone is where a shop is; with
number and postcode it is where somebody lives, or the company's seat, which an author
can keep.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

_UP = "A-ZÀ-ÖØ-Þ"
_WORD = rf"[{_UP}][\w’'.-]*"
_SMALL = (
    r"(?:(?:del?|della|delle|dei|degli|di|da|las?|les?|los|du|des|von|der?|dem|van|am"
    r"|an|im|in|ten|ter|the|of|y|e|et) |d['’] ?){0,3}"
)
_NAME = (
    rf"{_SMALL}(?:{_WORD}|\d{{1,2}})"
    rf"(?: {_SMALL}(?:{_WORD}|\d{{4}})){{0,4}}"
)
_HOUSE = r"\d{1,5}(?: ?[a-zA-Z](?!\w))?(?:[/-](?:\d{1,4}[a-zA-Z]?|[a-zA-Z])(?!\w))?"
_HOUSE += r"(?: ?(?:bis|ter)\b)?"
_FLOOR = (
    r"(?:(?i:int|interno|scala|piano|piso|planta|puerta|pta|bajo|izq|dcha|apto?|appt?"
    r"|bât|bat|étage|etg|og|eg|stock|whg|bus)[.:]? ?\w{0,4}"
    r"|\d{1,2}[ºª°.]? ?[A-Z]?|[A-Z])"
)
_GAP = rf"[ ,;.–-]{{1,4}}(?:{_FLOOR}[ ,;.–-]{{1,4}}){{0,3}}"
"""What may stand between the number and the postcode: a floor, a door."""
_TOWN = rf"(?=[ ,]{{1,2}}[{_UP}(]|[.;,)\n]|$)"
_FIVE = rf"(?:(?:DE?|IT?|FR?|ES?)-? ?)?\d{{5}}{_TOWN}"
_FOUR = (
    r"\d{4} ?[A-Z]{2}\b"
    rf"|(?:(?:A|CH|B)-)?(?!19\d\d|20[0-4]\d)\d{{4}}(?= [{_UP}])"
)

_GERMANIC_WAY = (
    r"(?i:straße|strasse|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|steig"
    r"|straat|laan|plein|gracht|kade|singel|dijk|steeg|dreef|hof|markt|baan)"
)
_GERMANIC = (
    rf"(?:{_WORD} ){{0,3}}(?:[{_UP}][\w.-]*?|{_WORD} ){_GERMANIC_WAY}"
    rf"[ ,]{{1,2}}{_HOUSE}(?:{_GAP}{_FIVE}|[ ,]{{1,3}}(?:{_FOUR}))"
)
_ITALIAN_WAY = (
    r"(?i:via|viale|v\.le|piazza|p\.zza|piazzale|corso|c\.so|largo|vicolo|strada|salita"
    r"|lungotevere|contrada|borgo)"
)
_ITALIAN = (
    rf"{_ITALIAN_WAY} {_NAME}[ ,]{{1,2}}"
    rf"(?:(?i:n)[.°]? ?)?{_HOUSE}{_GAP}{_FIVE}"
)
_FRENCH_WAY = (
    r"(?i:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|allée|allee|quai|route|cours"
    r"|square|passage|faubourg)"
)
_FRENCH = (
    rf"{_HOUSE},? ?{_FRENCH_WAY} {_NAME}{_GAP}{_FIVE}"
    rf"|{_FRENCH_WAY} {_NAME} {_HOUSE}[ ,]{{1,3}}(?:B-)?(?!19\d\d|20[0-4]\d)\d{{4}}"
    rf"(?= [{_UP}])"
)
_SPANISH_WAY = (
    r"(?i:calle|c/|avenida|avda\.?|plaza|pza\.?|paseo|camino|carretera|ronda|travesía"
    r"|travesia|carrer)"
)
_SPANISH = (
    rf"{_SPANISH_WAY} ?{_NAME}[ ,]{{1,2}}"
    rf"(?:(?i:n[º°.]|núm\.?) ?)?{_HOUSE}{_GAP}{_FIVE}"
)
_ROAD = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place"
    r"|Pl|Terrace|Circle|Cir|Highway|Hwy|Parkway|Pkwy|Close|Crescent|Gardens|Square|Row"
    r"|Hill|Grove|Mews|Trail)"
)
_ENGLISH = (
    rf"\d{{1,5}}[a-zA-Z]?,? (?:[NSEW]\.? )?"
    rf"(?:{_WORD} |\d{{1,3}}(?:st|nd|rd|th) ){{1,4}}?{_ROAD}\b\.?[ ,.]{{1,3}}"
    rf"(?:(?:(?i:apt|suite|ste|unit|flat|floor)\.? ?|#)\w{{1,5}}[ ,.]{{1,3}}"
    rf"|{_WORD}[ ,]{{1,3}}){{0,5}}"
    r"(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})"
)
_ADDRESS = re.compile(
    rf"(?<![\w/])(?:{_GERMANIC}|{_ITALIAN}|{_FRENCH}|{_SPANISH}|{_ENGLISH})"
    r"(?!\w|[.,]\d)"
)
_POSTCODE = re.compile(r"(?<!\d)\d{4,5}(?!\d|\.\d)|\d[A-Z]{2}\b")
_STREET = re.compile(
    r"stra(?:ß|ss|at|da)|str\.|weg|platz|allee|gasse|ring|damm|ufer|chaussee|steig|laan"
    r"|plein|gracht|kade|singel|dijk|steeg|dreef|hof|markt|baan|via|v\.le|piazza|p\.zza"
    r"|corso|c\.so|largo|vicolo|salita|lungotevere|contrada|borgo|rue|av[.de]|boulevard"
    r"|b(?:lv)?d|place|chemin|impasse|allée|quai|route|cours|square|passage|faubourg"
    r"|calle|c/|plaza|pza|paseo|camino|carretera|ronda|travesía|travesia|carrer|st|road"
    r"|rd|lane|ln|dr|c(?:our)?t|way|pl|terrace|cir|h(?:igh)?wy|highway|p(?:ar)?k"
    r"|close|crescent|gardens|row|hill|grove|mews|trail"
)
"""Some of their letters in small ones: looked for in the whole text, so it is quick."""
REACH = 120
"""So many letters before a postcode its street begins, at most."""
BEYOND = 12
"""So many after it tell whether it is one."""
MOST = 200
"""So many places are looked at: who writes more of them writes no story."""


def postal_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where each of them begins and ends. Looked for is before what may be a postcode:
    in all of a long text it would take long."""
    for begin, end in islice(_places(text), MOST):
        for found in _ADDRESS.finditer(text, begin, end + BEYOND):
            if found.end() >= end:
                yield found.span()


def _places(text: str) -> Iterator[tuple[int, int]]:
    """What may be a postcode with a street before it, in the same line."""
    codes = list(_POSTCODE.finditer(text))
    small = text.lower() if codes else ""
    streets = [found.start() for found in _STREET.finditer(small)]
    for code in codes:
        end = code.end()
        begin = max(end - REACH, text.rfind("\n", max(0, end - REACH), end) + 1)
        if bisect_left(streets, begin) < bisect_left(streets, end):
            yield max(begin, 0), end
