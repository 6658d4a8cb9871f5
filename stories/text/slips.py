"""Words that a slip of the hand has made of one another: a letter wrong, one too few,
one too many, or two that changed places."""


def one_slip(one: str, other: str) -> bool:
    """Whether at most one slip lies between the two.

    >>> one_slip("kettle", "kettel"), one_slip("kettle", "kettles"), one_slip("a", "bc")
    (True, True, False)
    """
    if abs(len(one) - len(other)) > 1:
        return False
    first = _alike(one, other)
    rest, rests = one[first:], other[first:]
    last = _alike(rest[::-1], rests[::-1])
    said, meant = rest[: len(rest) - last], rests[: len(rests) - last]
    if len(said) <= 1 and len(meant) <= 1:
        return True
    return len(said) == 2 and said == meant[::-1]


def begins_with_slip(name: str, typed: str) -> bool:
    """Whether the name begins like what was typed, but for one slip.

    >>> begins_with_slip("samsung electronics", "samsnug el")
    True
    """
    at = _alike(name, typed)
    rest = typed[at + 1 :]
    return (
        name.startswith(rest, at + 1)
        or name.startswith(rest, at)
        or name.startswith(typed[at:], at + 1)
        or name.startswith(typed[at + 1 : at + 2] + typed[at : at + 1] + rest[1:], at)
    )


def _alike(one: str, other: str) -> int:
    """How many letters the two have in common from the beginning."""
    most = min(len(one), len(other))
    for at in range(most):
        if one[at] != other[at]:
            return at
    return most
