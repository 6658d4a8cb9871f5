"""Names of persons, taken out of a text."""

import re


def mask(text: str, name: str, instead: str) -> str:
    """The text with the words in `instead` for every form of a person's name."""
    parts = [part for part in name.split() if len(part) > 2 and not part.islower()]
    if not parts:
        return text
    one = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
    whole = r"\s+".join(re.escape(part) for part in name.split())
    pattern = rf"(?<!\w)(?:{whole}|(?:{one})(?:\s+(?:{one}))*)(?!\w)"
    return re.sub(pattern, lambda _: instead, text, flags=re.IGNORECASE)
