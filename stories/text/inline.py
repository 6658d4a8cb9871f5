"""What stands in a line: emphasis, code, links, breaks.

Markdown's own patterns take minutes for some texts of 50,000 characters. This is one
pass with two short stacks, as CommonMark describes it in its appendix on parsing, so
that time grows with the length of the text only.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from unicodedata import category, east_asian_width
from xml.etree.ElementTree import Element, SubElement

# Deeper brackets and emphasis stand as typed.
DEPTH = 20
_LONGEST_LABEL = 200

_ALLOWED = re.compile(
    r"(?:https?://[^\s/?#\\]|mailto:[^\s@\\]+@)[^\s\\]*", re.IGNORECASE
)
_URL = r"[^\s<>\[\]`。，、；：！？（）「」『』【】《》]{1,2000}"
_TOKEN = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|<(?P<pointed>(?:https?://|mailto:)[^\s<>]{1,2000})>"
    r"|<(?P<mail>[\w.+-]{1,64}@[\w.-]{1,255})>"
    rf"|(?<![\w/.@-])(?P<bare>(?:https?://|www\.)(?=\w){_URL})"
    r"|(?P<open>!?\[)|(?P<close>\])|(?P<run>\*+|_+)|(?P<end>\\?\n[ ]*)",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\(\s{0,9}(?:<(?P<pointed>[^<>\n]{0,2000})>"
    r"|(?P<address>(?>(?:\\[()]|[^\s()<>]|\((?:\\[()]|[^\s()<>]){0,200}\)){0,2000})))"
    r"(?:\s{1,9}(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s{0,9}\)"
)
_LABEL = re.compile(rf"\[(?P<label>[^\[\]]{{0,{_LONGEST_LABEL}}})\]")
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_TRAILING = ".,:;!?*_~'\"”’»…"


@dataclass
class Link:
    """An address and what stands for it."""

    address: str
    pieces: "list[Piece]"


@dataclass
class Run:
    """Asterisks or underscores, and the emphasis that begins or ends there."""

    mark: str
    count: int
    opens: bool
    closes: bool
    begun: list[str] = field(default_factory=list)
    ended: int = 0


@dataclass
class Bracket:
    """A `[` or `![` that may begin a link."""

    at: int
    place: int
    picture: bool
    active: bool = True


Piece = str | Element | Link | Run


def fill(parent: Element, text: str, addresses: Mapping[str, str]) -> None:
    """Put a text into an empty element; `addresses` are those defined by name."""
    pieces = Line(text, addresses).pieces()
    _emphasise(pieces)
    _build(parent, pieces)


def allowed(address: str) -> str | None:
    """The address as it may stand in a link, or None."""
    address = address.strip().replace(" ", "%20")
    if address.lower().startswith("www."):
        address = f"http://{address}"
    return address if _ALLOWED.fullmatch(address) else None


class Line:
    """One passage of text, taken apart."""

    def __init__(self, text: str, addresses: Mapping[str, str]) -> None:
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
        if allowed(shown) is None:
            self.found.append(shown or token[0])
        else:
            self.found.append(Link(allowed(shown) or "", [shown]))
        return token.start() + len(shown or token[0])

    def _address(self, token: re.Match[str], shown: str, address: str) -> int:
        link = allowed(address)
        self.found.append(Link(link, [shown]) if link else token[0])
        return token.end()

    def _run(self, token: re.Match[str]) -> int:
        self.found.append(_run(token, self.text))
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
        address, end = None, token.end()
        if bracket and bracket.active:
            address, end = self._target(bracket, token)
        if bracket is None or address is None:
            self.found.append("]")
            return token.end()
        inner = self.found[bracket.place + 1 :]
        del self.found[bracket.place :]
        self.found.append(_link(address, inner))
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

    def _target(self, bracket: Bracket, token: re.Match[str]) -> tuple[str | None, int]:
        """The address that belongs to the brackets, and where it ends."""
        at = token.end()
        if inline := _TARGET.match(self.text, at):
            typed = inline["pointed"] or inline["address"] or ""
            return allowed(_BACKSLASH.sub(r"\1", typed)), inline.end()
        if not self.addresses or token.start() - bracket.at > _LONGEST_LABEL:
            return None, at
        label = self.text[bracket.at : token.start()]
        if named := _LABEL.match(self.text, at):
            label, at = named["label"] or label, named.end()
        return self.addresses.get(key(label)), at


def key(label: str) -> str:
    """The name of an address as it is looked up."""
    return " ".join(label.casefold().split())


def _link(address: str, inner: list[Piece]) -> Link:
    """A link without links in it; an address stands for a picture without words."""
    flat: list[Piece] = []
    for piece in inner:
        flat += piece.pieces if isinstance(piece, Link) else [piece]
    _emphasise(flat)
    return Link(address, flat if any(flat) else [address])


def _unpaired(shown: str) -> bool:
    return shown[-1] == ")" and shown.count("(") < shown.count(")")


def _run(token: re.Match[str], text: str) -> Piece:
    """A run that may begin or end emphasis: left- and right-flanking (CommonMark)."""
    marks = token[0]
    before = text[token.start() - 1] if token.start() else " "
    after = text[token.end()] if token.end() < len(text) else " "
    if len(marks) > 3:
        return marks
    opens = not after.isspace() and (not _point(after) or _loose(before))
    closes = not before.isspace() and (not _point(before) or _loose(after))
    if marks[0] == "_":
        opens, closes = (
            opens and (not closes or _point(before)),
            closes and (not opens or _point(after)),
        )
    return Run(marks[0], len(marks), opens, closes) if opens or closes else marks


def _point(letter: str) -> bool:
    return category(letter)[0] in "PS"


def _loose(letter: str) -> bool:
    """Space, a point, or a letter of a script without spaces between words."""
    return letter.isspace() or _point(letter) or east_asian_width(letter) in "WF"


def _emphasise(pieces: list[Piece]) -> None:
    """Pair the runs, the innermost first."""
    waiting: list[Run] = []
    for run in pieces:
        if not isinstance(run, Run) or not run.count:
            continue
        while run.closes and run.count and (place := _opener(waiting, run)) is not None:
            del waiting[place + 1 :]
            opener = waiting[-1]
            used = min(2, opener.count, run.count)
            opener.begun.append("strong" if used == 2 else "em")
            opener.count -= used
            run.ended += 1
            run.count -= used
            if not opener.count:
                waiting.pop()
        if run.opens and run.count:
            waiting.append(run)
            del waiting[:-DEPTH]


def _opener(waiting: list[Run], closer: Run) -> int | None:
    """Where the run waits that this one closes (with CommonMark's rule of three)."""
    for place in range(len(waiting) - 1, -1, -1):
        opener = waiting[place]
        both = opener.closes or closer.opens
        odd = both and (opener.count + closer.count) % 3 == 0 and opener.count % 3
        if opener.mark == closer.mark and not odd:
            return place
    return None


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
    link = Element("a", href=piece.address)
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
