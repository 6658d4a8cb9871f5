"""Names of persons, taken out of a text."""

import re

_UNSPACED = re.compile("[぀-ヿ㐀-鿿가-힯\u0e00-\u0eff]")


def mask(text: str, name: str, instead: str) -> str:
    """The text with the words in `instead` for every form of a person's name.

    Parts of it count too, but for initials and small words such as “van”. Scripts
    that set no space around a name are searched within their words.
    """
    words = name.split()
    if not words:
        return text
    whole = r"\s+".join(re.escape(word) for word in words)
    parts = [word for word in words if len(word) > 2 and not word.islower()]
    forms = [whole]
    if parts:
        one = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True))
        forms.append(rf"(?:{one})(?:\s+(?:{one}))*")
    found = "|".join(forms)
    apart = "" if _UNSPACED.search(name) else r"\w"
    pattern = rf"(?<!{apart})(?:{found})(?!{apart})" if apart else found
    flags = re.IGNORECASE if len(name) > 2 else re.NOFLAG  # Li is no article
    return re.sub(pattern, lambda _: instead, text, flags=flags)
