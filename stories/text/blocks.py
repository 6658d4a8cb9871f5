"""The lines of a text, made ready for Markdown's blocks.

Fenced code is set aside, addresses defined by name are collected; lists are indented
and set apart as Markdown's parser wants them; what nests too deep stands as typed.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from stories.text.inline import Target, key, target

QUOTES = 6
LISTS = 6
_STEP = " " * 4

_QUOTED = re.compile(r"\A *> ?")
_FENCE = re.compile(r" *(?P<marks>`{3,}|~{3,})[^`]*")
_HEADING = re.compile(r" *(?P<level>#{1,6}) +(?P<words>.*)")
_UNDERLINE = re.compile(r" *(?:(?P<first>={3,})|-{3,}) *")
_RULE = re.compile(r" *(?:(?:- *){3,}|(?:_ *){3,}|(?:\* *){3,})")
_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)])(?: +(?P<words>.*))?")
_MARK = re.compile(r"(?:>|[-*+](?= )) *")
_NUMBER = re.compile(r"(\d{1,9})([.)](?: |$))")
_TONGUE = re.compile(r" *\{: ?lang=[^{}]*\} *")
_ADDRESS = re.compile(
    r" *\[(?P<label>[^\[\]]{1,200})\]:"
    r" *(?:<(?P<pointed>[^<>]{1,2000})>|(?P<plain>\S{1,2000}))"
    r"(?: +(?P<title>\"[^\"]*\"|'[^']*'|\([^()]*\)))? *"
)


class Level(NamedTuple):
    """A list that is open: where its marks stand, and its last number, if it counts."""

    indent: int
    number: int | None


@dataclass
class Aside:
    """What is taken out of the lines: code and addresses."""

    code: list[str] = field(default_factory=list)
    addresses: dict[str, Target] = field(default_factory=dict)

    def put(self, lines: list[str]) -> str:
        """Set code aside; the line that stands for it."""
        self.code.append("\n".join(lines) + "\n")
        return f"\x02{len(self.code) - 1}\x03"


@dataclass
class Tidy:
    """Lines, and what has been made of them so far."""

    lines: list[str]
    aside: Aside
    quotes: int = 0
    done: list[str] = field(default_factory=lambda: [""])
    levels: list[Level] = field(default_factory=list)
    at: int = 0
    unclosed: dict[str, int] = field(default_factory=dict)

    def run(self) -> list[str]:
        """All lines, made ready."""
        takers = (
            self._blank,
            self._fence,
            self._quotation,
            self._underline,
            self._rule,
            self._heading,
            self._item,
            self._address,
            self._words,
        )
        while self.at < len(self.lines):
            line = self.lines[self.at]
            for take in takers:
                if take(line):
                    break
        return self.done

    def _blank(self, line: str) -> bool:
        if line.strip():
            return False
        self._gap()
        self.at += 1
        return True

    def _alone(self, line: str, taken: int = 1) -> bool:
        """A block of its own, within the list that its indent belongs to."""
        self._leave(_indent(line))
        self._gap()
        self.done += [_STEP * len(self.levels) + line.strip(), ""]
        self.at += taken
        return True

    def _gap(self) -> None:
        if self.done[-1]:
            self.done.append("")

    def _leave(self, indent: int) -> None:
        """End the lists that a line with this indent does not belong to."""
        while self.levels and indent < self.levels[-1].indent + 2:
            self.levels.pop()

    def _fence(self, line: str) -> bool:
        fence = _FENCE.fullmatch(line)
        if not fence:
            return False
        marks, indent = fence["marks"], _indent(line)
        end = self._closing(marks)
        if end is None:
            return False
        code = [_outdented(one, indent) for one in self.lines[self.at + 1 : end]]
        return self._alone(" " * indent + self.aside.put(code), taken=end + 1 - self.at)

    def _closing(self, marks: str) -> int | None:
        """Where the fence ends; None (then it is no fence) where it does not."""
        if len(marks) >= self.unclosed.get(marks[0], len(marks) + 1):
            return None
        closing = re.compile(rf" *{re.escape(marks)}{re.escape(marks[0])}* *")
        for at in range(self.at + 1, len(self.lines)):
            if closing.fullmatch(self.lines[at]):
                return at
        self.unclosed[marks[0]] = len(marks)
        return None

    def _quotation(self, line: str) -> bool:
        if not _QUOTED.match(line):
            return False
        self.levels.clear()
        inner: list[str] = []
        while self.at < len(self.lines) and self._still_quoted(inner):
            inner.append(_QUOTED.sub("", self.lines[self.at], count=1))
            self.at += 1
        if self.quotes == QUOTES:
            ready = [f"\\> {line.strip()}" for line in inner]
        else:
            ready = Tidy(inner, self.aside, self.quotes + 1).run()
        self._gap()
        self.done += [*(f"> {line}".rstrip() for line in ready), ""]
        return True

    def _still_quoted(self, inner: list[str]) -> bool:
        """Quoted, or the rest of a quoted paragraph without its mark."""
        line = self.lines[self.at]
        if _QUOTED.match(line):
            return True
        starts = _HEADING, _RULE, _ITEM, _FENCE, _TONGUE
        return bool(
            line.strip()
            and inner[-1].strip()
            and not any(start.fullmatch(line) for start in starts)
        )

    def _underline(self, line: str) -> bool:
        """A paragraph of one line, underlined: a heading."""
        found = _UNDERLINE.fullmatch(line)
        if not found or self.levels or not self.done[-1] or self.done[-2]:
            return False
        words = self.done.pop()
        return self._alone(f"{'#' if found['first'] else '##'} {words}")

    def _rule(self, line: str) -> bool:
        return bool(_RULE.fullmatch(line)) and self._alone("***")

    def _heading(self, line: str) -> bool:
        found = _HEADING.fullmatch(line)
        words = found["words"].rstrip() if found else ""
        if not found or not words.strip("# "):
            return False
        bare = words.rstrip("#")
        shown = bare if bare.endswith(" ") else words.replace("#", "\\#")
        return self._alone(f"{found['level']} {shown.strip()}")

    def _item(self, line: str) -> bool:
        found = _ITEM.fullmatch(line)
        if not found:
            return False
        indent, mark = len(found["indent"]), found["mark"]
        number = int(mark[:-1]) if mark[-1] in ".)" else None
        open_now = [level for level in self.levels if level.indent + 2 <= indent]
        last = next(iter(self.levels[len(open_now) :]), None)
        if not _follows(number, last):
            return False
        if not self.levels or (last and (last.number is None) != (number is None)):
            self._gap()
        self.levels = [*open_now[: LISTS - 1], Level(indent, number)]
        words = _capped(_typed((found["words"] or "").strip()))
        step = _STEP * (len(self.levels) - 1)
        self.done.append(f"{step}{mark.replace(')', '.')} {words}")
        self.at += 1
        return True

    def _address(self, line: str) -> bool:
        found = _ADDRESS.fullmatch(line)
        leads = found and target(found["pointed"] or found["plain"], found["title"])
        if not found or not leads:
            return False
        self.aside.addresses.setdefault(key(found["label"]), leads)
        self.at += 1
        return True

    def _words(self, line: str) -> bool:
        """A line of a paragraph."""
        if not self.done[-1].strip():
            self._leave(_indent(line))
        self.done.append(_STEP * len(self.levels) + _typed(line.strip()))
        self.at += 1
        return True


def _follows(number: int | None, last: Level | None) -> bool:
    """Whether an item may have the number: "16. March" is no sixteenth item."""
    if number is None or number <= 1:
        return True
    return bool(last and last.number is not None and number <= last.number + 1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _outdented(line: str, indent: int) -> str:
    return line[min(indent, _indent(line)) :]


def _typed(words: str) -> str:
    """Words whose beginning Markdown's parser does not take for a mark."""
    if words.startswith("#"):
        return "\\" + words
    return _NUMBER.sub(r"\1\\\2", words, count=1) if _NUMBER.match(words) else words


def _capped(words: str) -> str:
    """At most three marks of lists and quotations in a line; more stand as typed."""
    at = 0
    for _ in range(3):
        mark = _MARK.match(words, at)
        if not mark:
            return words
        at = mark.end()
    return words[:at] + "\\" + words[at:] if _MARK.match(words, at) else words
