"""Which detector of languages is right, quick and small: a table on real texts.

    python -m tests.benchmarks detection

EARSHOT_TEST_DATA names where the texts are if not in ../shared/data. Detectors that are
not installed are left out: `pip install lingua-language-detector` beside measures it.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from statistics import mean

from stories import languages

DATA = Path(os.environ.get("EARSHOT_TEST_DATA") or "../shared/data")
LENGTHS = (50, 200, 1000)
SAMPLES = 100
SURE = 0.75
# The languages of the interface, planned ones too, and those of the sample stories.
OURS = frozenset("ar de en es fr id it ja ko nl pl pt th zh".split())
# What both detectors know of the languages with many writers.
KNOWN = OURS.union(
    "af bg bn ca cs da el et eu fa fi ga gu he hi hr hu hy is ka kk lt lv".split(),
    "mk mr ms pa ro ru sk sl so sq sr sv sw ta te tl tr uk ur vi no".split(),
)
Detector = Callable[[str], tuple[str, float]]


def lingua(accuracy: str) -> Detector:
    """Lingua, its models for KNOWN read when they are needed."""
    module = import_module("lingua")
    codes = ["nb" if code == "no" else code for code in KNOWN]
    found = [getattr(module.IsoCode639_1, code.upper()) for code in codes]
    builder = module.LanguageDetectorBuilder.from_iso_codes_639_1(*found)
    if accuracy == "low":
        builder = builder.with_low_accuracy_mode()
    detector = builder.build()

    def detect(text: str) -> tuple[str, float]:
        best = detector.compute_language_confidence_values(text)[0]
        return best.language.iso_code_639_1.name.lower(), best.value

    return detect


def py3langid() -> Detector:
    """py3langid, restricted to KNOWN."""
    module = import_module("py3langid.langid")
    identifier = module.LanguageIdentifier.from_model_file(
        module.MODEL_FILE, norm_probs=True
    )
    identifier.set_languages(KNOWN)
    detect: Detector = identifier.classify
    return detect


def earshot() -> Detector:
    """What Earshot makes of py3langid: it says `und` where it is not sure."""

    def detect(text: str) -> tuple[str, float]:
        guess = languages.detect(text)
        return guess.tag, float(guess.tag != languages.UNKNOWN)

    return detect


DETECTORS: dict[str, Callable[[], Detector]] = {
    "lingua": lambda: lingua("high"),
    "lingua, low": lambda: lingua("low"),
    "py3langid": py3langid,
    "earshot": earshot,
}


def rows(file: Path) -> Iterator[tuple[str, str]]:
    """Language and text of each row that has a text."""
    with file.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = row.get("text") or row.get("body")
            if text and "Welche" not in row.get("name", ""):  # hardly French
                yield row["lang"], " ".join(text.split())


def samples(texts: list[str], length: int) -> list[str]:
    """Pieces of `length` characters, of neighbours joined where one is too short."""
    whole, pieces = "", []
    for text in texts:
        whole = f"{whole} {text}" if whole else text
        while len(whole) >= length and len(pieces) < SAMPLES:
            pieces.append(whole[:length])
            whole = whole[length:].partition(" ")[2]
        if len(whole) >= length:
            break
    return pieces


def texts() -> dict[str, dict[str, list[str]]]:
    """Texts by source and language; languages that no detector knows are `others`."""
    names = ("stories", "rights", "chinese", "others")
    found: dict[str, dict[str, list[str]]] = {name: {} for name in names}
    for file in sorted(DATA.glob("stories.*.jsonl")):
        for language, text in rows(file):
            found["stories"].setdefault(language, []).append(text)
    for language, text in rows(DATA / "langid.jsonl"):
        code = {"nb": "no", "nn": "no"}.get(language, language).partition("-")[0]
        if code == "zh":
            tag = "zh-Hans" if language == "zh" else language
            found["chinese"].setdefault(tag, []).append(text)
        source = "rights" if code in OURS else "others"
        if source == "rights" or code not in KNOWN:
            found[source].setdefault(code, []).append(text)
    return found


def memory() -> float:
    """Megabytes resident."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure(name: str) -> dict[str, float]:
    """Everything about one detector, in a process of its own."""
    everything, before, begun = texts(), memory(), time.perf_counter()
    detect = DETECTORS[name]()
    detect("The lady at the counter never called back.")
    figures = {"load s": time.perf_counter() - begun}
    for source, by_language in everything.items():
        for length in LENGTHS:
            found = figures_of(detect, by_language, length)
            figures |= {f"{source} {length} {what}": n for what, n in found.items()}
    return figures | {"MB": memory() - before}


def figures_of(
    detect: Detector, by_language: dict[str, list[str]], length: int
) -> dict[str, float]:
    """Means over languages: shares right, right and sure, wrong and sure; time."""
    found = []
    for language, whole in by_language.items():
        pieces = samples(whole, length)
        start = time.perf_counter()
        guesses = [detect(piece) for piece in pieces]
        taken = time.perf_counter() - start
        if pieces:
            found.append(shares(guesses, language) | {"ms": taken / len(pieces) * 1000})
    return {what: mean(one[what] for one in found) for what in found[0]}


def shares(guesses: list[tuple[str, float]], language: str) -> dict[str, float]:
    """Shares: the best guess right; right and sure; wrong and sure."""
    same = {language, {"no": "nb"}.get(language)}
    exact = "-" in language
    found = [(tag if exact else tag.partition("-")[0], sure) for tag, sure in guesses]
    return {
        "right": mean(tag in same for tag, _ in found),
        "sure": mean(tag in same and sure >= SURE for tag, sure in found),
        "wrong": mean(tag not in same and sure >= SURE for tag, sure in found),
    }


def main(_words: list[str]) -> None:
    """Measure each detector and print the table: shares right, right and sure, wrong
    and sure; milliseconds; what it takes to load."""
    if not DATA.is_dir():
        sys.exit("The texts to detect languages in (EARSHOT_TEST_DATA) are not here.")
    found = {}
    for name in DETECTORS:
        command = [sys.executable, __file__, name]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            print(f"{name}: left out ({run.stderr.strip().splitlines()[-1]})")
        else:
            found[name] = json.loads(run.stdout)
    print(f"{'':24}" + "".join(f"{name:>14}" for name in found))
    for figure in next(iter(found.values()), {}):
        print(f"{figure:24}" + "".join(f"{found[n][figure]:14.3f}" for n in found))


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(measure(sys.argv[1])))
