"""Domains that look like another one, and are likely made to be mistaken for it."""

from stories.text import one_slip, shape
from stories.webmail import belongs

SHORT = 4
"""Names of fewer letters than this are near to too many others by chance."""
SECOND = frozenset(
    "ac co com edu gob gouv gov go ltd me mil ne net nom or org plc sch".split()
)
"""What stands before a country's own ending, such as the co of co.uk."""


def resembles(domain: str, other: str) -> bool:
    """Whether one domain could be taken for another that it is not, nor lies below.

    >>> resembles("kett1es.example", "kettles.example")
    True
    >>> resembles("care.kettles.example", "kettles.example")
    False
    """
    domain, other = domain.lower().rstrip("."), other.lower().rstrip(".")
    if belongs(domain, other) or belongs(other, domain):
        return False
    if f"{other}." in f"{domain}.":
        return True
    ours, theirs = _name(domain), _name(other)
    if _bare(ours) == _bare(theirs):
        return True
    if len(theirs) < SHORT:
        return theirs in ours.split("-")
    return one_slip(_bare(ours), _bare(theirs)) or _adorned(ours, theirs)


def _name(domain: str) -> str:
    """The word that its owner chose, as it looks: kettles, of care.kettles.co.uk."""
    labels = domain.split(".")
    ending = 2 if len(labels) > 2 and labels[-2] in SECOND else 1
    return shape(_readable(labels[-ending - 1] if len(labels) > ending else domain))


def _readable(label: str) -> str:
    """Letters of any script, where the name server knows them in ASCII alone."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _bare(name: str) -> str:
    return name.replace("-", "").replace(" ", "")


def _adorned(ours: str, theirs: str) -> bool:
    """Words were put before it or after it."""
    bare = _bare(theirs)
    ends = _bare(ours).startswith(bare) or _bare(ours).endswith(bare)
    return ends or theirs in ours.split("-")
