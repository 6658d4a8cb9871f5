"""What a file is, by its content: its name and what a browser says prove nothing."""

import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser

from stories.models.evidence import FileKind
from stories.problems import Invalid, Problem

_PICTURES = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF.{4}WEBP", re.DOTALL
)
_HEIC = re.compile(rb".{4}ftyp(?:heic|heix|hevc|mif1|msf1|avif)", re.DOTALL)
_MARKUP = re.compile(r"\s*<[!?A-Za-z]")
_NOT_TYPED = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_HEADER = re.compile(rb"[!-9;-~]+:[ \t]")


@dataclass(frozen=True)
class Kind:
    """What a file is, and the ending that its name is given."""

    of: FileKind
    suffix: str


def recognised(body: bytes) -> Kind:
    """What the file is. Raises Invalid for what is not taken in."""
    if _PICTURES.match(body):
        return Kind(FileKind.PICTURE, "")
    if body.startswith(b"%PDF-"):
        return Kind(FileKind.PDF, "pdf")
    if _HEIC.match(body):
        raise Invalid(
            Problem(
                "Pictures of this kind (HEIC, AVIF) are not read: save it as JPEG."
            ),
            "file",
        )
    text = _text(body)
    if _MARKUP.match(text):
        raise Invalid(
            Problem(
                "Web pages and drawings made of code (HTML, SVG) are not taken: save"
                " it as a PDF, or take a picture of the screen."
            ),
            "file",
        )
    if _is_mail(body):
        return Kind(FileKind.MAIL, "eml")
    return Kind(FileKind.TEXT, "txt")


def _text(body: bytes) -> str:
    """The file as a text; Invalid where it is none."""
    wide = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    for code in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = body.decode(code)
        except UnicodeDecodeError:
            continue
        if not _NOT_TYPED.search(text):
            return text
    raise Invalid(
        Problem("Choose a picture (JPEG, PNG, WebP, GIF), a PDF, a mail or a text."),
        "file",
    )


def _is_mail(body: bytes) -> bool:
    """Whether it begins as a mail does, saved by a mail program (RFC 5322)."""
    if not _HEADER.match(body):
        return False
    told = BytesHeaderParser().parsebytes(body[:100_000])
    return "From" in told and ("Date" in told or "Received" in told)
