"""A finished page, as it is sent."""

from dataclasses import dataclass

from web.editions import Stand


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of an answer, plain and packed, with all its headers."""

    stand: Stand
    tag: str
    headers: tuple[tuple[str, str], ...]
    plain: bytes
    packed: bytes

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return len(self.plain) + len(self.packed) + 2048
