"""Filling in a form with the keyboard alone, from its first field to its button."""

from typing import Any

from playwright.sync_api import Page

from stories.entries import Entry
from tests.browsing import flat

MOST_KEYS = 600
HERE = """() => {
  const here = document.activeElement;
  const fold = here.tagName === "SUMMARY" ? here.parentElement : null;
  const list = here.dataset.another || "";
  return {
    tag: here.tagName,
    type: here.type || "",
    name: here.name || "",
    value: here.value || "",
    checked: !!here.checked,
    list: list,
    rows: document.querySelectorAll(`[data-rows="${list}"] > fieldset`).length,
    folded: fold && !fold.open
      ? [...fold.querySelectorAll("[name]")].map((field) => field.name) : [],
  };
}"""

Typed = dict[str, Any]


def fill_in(page: Page, entry: Entry) -> None:
    """Go through the form with Tab and answer what an entry says; then publish."""
    wanted = dict(flat(entry.model_dump(mode="json", exclude_defaults=True)))
    for _ in range(MOST_KEYS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        while _adds_a_row(page, here, wanted):
            here = page.evaluate(HERE)
        _open(page, here, wanted)
        if here["value"] == "publish" and not wanted:
            page.keyboard.press("Enter")
            return
        if here["name"] in wanted:
            _answer(page, here, wanted)
    raise AssertionError(f"The keyboard does not reach {sorted(wanted)}")


def _adds_a_row(page: Page, here: Typed, wanted: Typed) -> bool:
    """The button for one row more, where the entry has more: it leads into the row."""
    row = f"{here['list']}-{here['rows']}-"
    if not here["list"] or not any(name.startswith(row) for name in wanted):
        return False
    page.keyboard.press("Enter")
    return True


def _open(page: Page, here: Typed, wanted: Typed) -> None:
    lists = {name.partition("-")[0] for name in wanted if "-" in name}
    if any(
        name in wanted or name.partition("-")[0] in lists for name in here["folded"]
    ):
        page.keyboard.press("Enter")


def _answer(page: Page, here: Typed, wanted: Typed) -> None:
    name, kind = here["name"], here["type"]
    value = wanted[name]
    if kind == "radio":
        _choose(page, value, "ArrowDown")
    elif kind == "checkbox":
        _tick(page, here, wanted)
        return
    elif here["tag"] == "SELECT":
        _choose(page, str(value), "ArrowDown")
    else:
        lines = value if isinstance(value, list) else str(value).split("\n")
        _type(page, [str(line) for line in lines])
    del wanted[name]


def _choose(page: Page, value: str, key: str, most: int = 300) -> None:
    """Move on until the right one is chosen; Space chooses the first."""
    if page.evaluate(HERE)["type"] == "radio":
        page.keyboard.press("Space")
    for _ in range(most):
        if page.evaluate(HERE)["value"] == value:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{value} cannot be chosen")


def _tick(page: Page, here: Typed, wanted: Typed) -> None:
    value = wanted[here["name"]]
    several = isinstance(value, list)
    if (here["value"] in value) if several else (here["checked"] != value):
        page.keyboard.press("Space")
    left = [each for each in value if each != here["value"]] if several else []
    if left:
        wanted[here["name"]] = left
    else:
        del wanted[here["name"]]


def _type(page: Page, lines: list[str]) -> None:
    page.keyboard.press("Control+a")
    for index, line in enumerate(lines):
        if index:
            page.keyboard.press("Enter")
        page.keyboard.insert_text(line)
