"""What Lighthouse says of the served site with its sample content, as on a phone."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import CHROMIUM, FLAGS
from tests.running import Site

LIGHTHOUSE = Path(__file__).parent.parent / "node_modules/.bin/lighthouse"
PAGES = {
    "home": "",
    "story": "stories/12",
    "company": "companies/1",
    "search": "search",
    "found": "search?q=kettle",
}
MUST = ("accessibility", "best-practices", "seo")
BY_DESIGN = {"found": ["is-crawlable"]}
"""Answers of the search are not for search engines."""
MOST_BYTES = 60_000
TRIES = 3
"""On a busy machine it misses the beginning of a page's loading, and says so."""


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Site]:
    if not LIGHTHOUSE.exists() or not CHROMIUM.exists():
        pytest.skip("left out: Lighthouse (npm ci) or Chromium is not here")
    sample = {"EARSHOT_DEMO": "yes"}
    site = Site(tmp_path_factory.mktemp("lighthouse") / "data", more=sample)
    site.start()
    yield site
    site.end()


def report(site: Site, name: str, folder: Path) -> dict[str, Any]:
    """What it finds on a page, where the page's right address is."""
    path = f"/en/{PAGES[name]}"
    path = site.get(path).headers.get("Location", path)
    for number in range(TRIES):
        written = folder / f"{number}.json"
        lighthouse(site, path, name, written)
        found: dict[str, Any] = json.loads(written.read_text() or "{}")
        if found and "runtimeError" not in found:
            return found
    pytest.fail(f"Lighthouse gave up on {path}")


def lighthouse(site: Site, path: str, name: str, written: Path) -> None:
    written.touch()
    skipped = [f"--skip-audits={each}" for each in BY_DESIGN.get(name, ())]
    subprocess.run(
        [
            LIGHTHOUSE,
            f"http://127.0.0.1:{site.port}{path}",
            "--quiet",
            "--output=json",
            f"--output-path={written}",
            "--no-enable-error-reporting",
            "--chrome-flags=" + " ".join(["--headless=new", *FLAGS]),
            *skipped,
        ],
        env={**os.environ, "CHROME_PATH": str(CHROMIUM)},
        check=False,
        timeout=240,
    )


@pytest.mark.parametrize("name", PAGES)
def test_lighthouse_has_nothing_to_say(served, name, tmp_path, capsys):
    found = report(served, name, tmp_path)

    scores = {key: each["score"] * 100 for key, each in found["categories"].items()}
    weight = found["audits"]["total-byte-weight"]["numericValue"]
    with capsys.disabled():
        print(f"\n{name}: {scores}, {weight:.0f} bytes")  # noqa: T201
    for key in MUST:
        wrong = [
            each["id"]
            for each in found["categories"][key]["auditRefs"]
            if each["weight"] and found["audits"][each["id"]]["score"] not in (1, None)
        ]
        assert (key, wrong, scores[key]) == (key, [], 100)


def test_a_story_weighs_little(served, tmp_path):
    """With its fonts, among them italics, and everything else but pictures."""
    found = report(served, "story", tmp_path)
    sent = found["audits"]["network-requests"]["details"]["items"]

    weights = {each["url"]: each["transferSize"] for each in sent}

    assert sum(weights.values()) <= MOST_BYTES, weights
