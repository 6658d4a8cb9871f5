"""What stands in a line: emphasis, code, links, breaks.

Markdown's own patterns take minutes for some texts of 50,000 characters. This is one
pass with two short stacks, as CommonMark describes it in its appendix on parsing, so
that time grows with the length of the text only.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from stories.text.emphasis import Run, pair, run_of
from stories.text.sanitising import INNER, allowed

# Deeper brackets stand as typed.
DEPTH = 20
_LONGEST_LABEL = 200

_BARE = rf"(?:https?://|www\.)(?=\w)(?:(?![\[\]。，、；：！？（）「」『』【】《》]){INNER}){{1,2000}}"
_TOKEN = re.compile(
    r"(?=[\\`<!\[\]*_\nhw])(?:(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|<(?P<pointed>(?:https?://|mailto:)[^\s<>]{1,2000})>"
    r"|<(?P<mail>[\w.+-]{1,64}@[\w.-]{1,255})>"
    rf"|(?<![\w/.@-])(?P<bare>{_BARE})"
    r"|(?P<open>!?\[)|(?P<close>\])|(?P<run>\*+|_+)|(?P<end>\\?\n[ ]*))",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\(\s{0,9}(?:<(?P<pointed>[^<>\n]{0,2000})>"
    r"|(?P<address>(?>(?:\\[()]|[^\s()<>]|\((?:\\[()]|[^\s()<>]){0,200}\)){0,2000})))"
    r"(?:\s{1,9}(?P<title>\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s{0,9}\)"
)
_LABEL = re.compile(rf"\[(?P<label>[^\[\]]{{0,{_LONGEST_LABEL}}})\]")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_TRAILING = ".,:;!?*_~'\"”’»…"


class Target(NamedTuple):
    """Where a link leads, and the title that it has there."""

    address: str
    title: str = ""


@dataclass
class Link:
    """A target and what stands for it."""

    target: Target
    pieces: "list[Piece]"


@dataclass
class Bracket:
    """A `[` or `![` that may begin a link."""

    at: int
    place: int
    picture: bool
    active: bool = True


Piece = str | Element | Link | Run


def fill(parent: Element, text: str, addresses: Mapping[str, Target]) -> None:
    """Put a text into an empty element; `addresses` are those defined by name."""
    pieces = Line(text, addresses).pieces()
    pair(pieces)
    _build(parent, pieces)


class Line:
    """One passage of text, taken apart."""

    def __init__(self, text: str, addresses: Mapping[str, Target]) -> None:
        self.text = text
        self.addresses = addresses
        self.found: list[Piece] = []
        self.brackets: list[Bracket] = []
        self.ticks: dict[int, list[int]] = {}
        for run in re.finditer("`+", text):
            self.ticks.setdefault(len(run[0]), []).append(run.start())

    def pieces(self) -> list[Piece]:
        """The pieces of the text in order, links made, emphasis not yet."""
        at = 0
        while token := _TOKEN.search(self.text, at):
            self.found.append(self.text[at : token.start()])
            take = getattr(self, f"_{token.lastgroup}")
            at = take(token)
        self.found.append(self.text[at:])
        return self.found

    def _escaped(self, token: re.Match[str]) -> int:
        self.found.append(token[0][1])
        return token.end()

    def _end(self, token: re.Match[str]) -> int:
        self.found.append(Element("br"))
        return token.end()

    def _ticks(self, token: re.Match[str]) -> int:
        """Code, up to the next run of as many ticks."""
        size = len(token[0])
        places = self.ticks.get(size, [])
        next_one = bisect_left(places, token.end())
        if next_one == len(places):
            self.found.append(token[0])
            return token.end()
        code = self.text[token.end() : places[next_one]].replace("\n", " ")
        if code.startswith(" ") and code.endswith(" ") and code.strip():
            code = code[1:-1]
        element = Element("code")
        element.text = code
        self.found.append(element)
        return places[next_one] + size

    def _pointed(self, token: re.Match[str]) -> int:
        return self._address(token, token["pointed"], token["pointed"])

    def _mail(self, token: re.Match[str]) -> int:
        return self._address(token, token["mail"], f"mailto:{token['mail']}")

    def _bare(self, token: re.Match[str]) -> int:
        """An address that just stands there, without what follows in the sentence."""
        shown = token["bare"]
        while shown and (shown[-1] in _TRAILING or _unpaired(shown)):
            shown = shown[:-1]
        return self._address(token, shown, shown)

    def _address(self, token: re.Match[str], shown: str, address: str) -> int:
        """A link to the address that is shown, or what was typed."""
        link = allowed(address)
        if link is None:
            self.found.append(token[0])
            return token.end()
        self.found.append(Link(Target(link), [shown]))
        return token.end() if token[0][0] == "<" else token.start() + len(shown)

    def _run(self, token: re.Match[str]) -> int:
        self.found.append(run_of(token, self.text))
        return token.end()

    def _open(self, token: re.Match[str]) -> int:
        picture = token[0] == "!["
        self.brackets.append(Bracket(token.end(), len(self.found), picture))
        self.found.append(token[0])
        del self.brackets[:-DEPTH]
        return token.end()

    def _close(self, token: re.Match[str]) -> int:
        """A link, where a bracket waits and an allowed address follows."""
        bracket = self.brackets.pop() if self.brackets else None
        target, end = None, token.end()
        if bracket and bracket.active:
            target, end = self._target(bracket, token)
        if bracket is None or target is None:
            self.found.append("]")
            return token.end()
        inner = self.found[bracket.place + 1 :]
        del self.found[bracket.place :]
        self.found.append(_link(target, inner))
        if not bracket.picture:
            self._close_outer()
        return end

    def _close_outer(self) -> None:
        """No link stands in another: the brackets around one are just brackets."""
        for bracket in reversed(self.brackets):
            if bracket.picture:
                continue
            if not bracket.active:
                break
            bracket.active = False

    def _target(
        self, bracket: Bracket, token: re.Match[str]
    ) -> tuple[Target | None, int]:
        """What the brackets lead to, and where that is said to its end."""
        at = token.end()
        if said := _TARGET.match(self.text, at):
            typed = said["pointed"] or said["address"] or ""
            return target(_BACKSLASH.sub(r"\1", typed), said["title"]), said.end()
        if not self.addresses or token.start() - bracket.at > _LONGEST_LABEL:
            return None, at
        label = self.text[bracket.at : token.start()]
        if named := _LABEL.match(self.text, at):
            label, at = named["label"] or label, named.end()
        return self.addresses.get(key(label)), at


def target(address: str, title: str | None) -> Target | None:
    """Where a link may lead, the title taken out of its quotes."""
    link = allowed(address)
    return Target(link, (title or "")[1:-1]) if link else None


def key(label: str) -> str:
    """The name of an address as it is looked up."""
    return " ".join(label.casefold().split())


def _link(target: Target, inner: list[Piece]) -> Link:
    """A link without links in it; its address stands where there are no words."""
    flat: list[Piece] = []
    for piece in inner:
        flat += piece.pieces if isinstance(piece, Link) else [piece]
    pair(flat)
    empty = all(isinstance(piece, str) and not piece.strip() for piece in flat)
    return Link(target, [target.address] if empty else flat)


def _unpaired(shown: str) -> bool:
    return shown[-1] == ")" and shown.count("(") < shown.count(")")


def _build(parent: Element, pieces: list[Piece]) -> None:
    """Elements and text of the pieces, in order."""
    within, words = [parent], list[str]()
    for piece in pieces:
        if isinstance(piece, str):
            words.append(piece)
        elif isinstance(piece, Run):
            _turn(piece, within, words)
        else:
            _say(within[-1], words)
            within[-1].append(_element(piece))
    _say(within[-1], words)


def _turn(run: Run, within: list[Element], words: list[str]) -> None:
    """End the emphasis that ends here, then begin what begins here."""
    if run.ended:
        _say(within[-1], words)
        del within[-run.ended :]
    words.append(run.mark * run.count)
    if run.begun:
        _say(within[-1], words)
        for tag in reversed(run.begun):
            within.append(SubElement(within[-1], tag))


def _element(piece: Element | Link) -> Element:
    if isinstance(piece, Element):
        return piece
    link = Element("a", href=piece.target.address)
    if piece.target.title:
        link.set("title", piece.target.title)
    _build(link, piece.pieces)
    return link


def _say(parent: Element, words: list[str]) -> None:
    """Put the words at the end of the element, and begin anew."""
    said = "".join(words)
    words.clear()
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + said
    else:
        parent.text = (parent.text or "") + said
