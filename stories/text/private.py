"""Numbers and addresses of people in a text: what should not be published by accident.

Found are mail addresses, account and card numbers (by their check digits), postal
addresses, and telephone numbers that begin with the code of a country, are called one,
or are written as a country writes its own. Order numbers, prices and dates stay.
"""

import re
from collections.abc import Iterator

from stories.text.postal import postal_addresses
from stories.text.telephones import REACH, is_called_else, is_free, telephones

_BEFORE = r"(?<![\w+.,/=&?#-])"
_AFTER = r"(?![\w/-]|[.,]\d)"
_MAIL = re.compile(r"(?<![\w.+/-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?<![.-])")
_IBAN = re.compile(
    r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)"
)
_CARD = re.compile(
    rf"{_BEFORE}[3-6]\d{{3}}"
    rf"(?:([ -]?)\d{{4}}\1\d{{4}}\1\d{{4}}|([ -]?)\d{{6}}\2\d{{5}}){_AFTER}"
)
_DIGITS = r"\(?\d(?:[ \t.\-/()\u00a0]{0,2}\d)"
_ABROAD = re.compile(
    rf"{_BEFORE}(?:\+|00) ?(?=[1-9]){_DIGITS}{{7,13}}{_AFTER}",
)
_CALLED = re.compile(
    r"(?<!\w)(?:tel|telephone|phone|mobile|cell(?:phone)?|fax|whatsapp"
    r"|call(?:ed)?(?: (?:me|him|her|them|us))?(?: (?:on|at))?"
    r"|numero di telefono|telefono|cellulare|chiama(?:temi|mi|re)?(?: allo?)?"
    r"|telefon(?:nummer)?|handy|téléphone|tél|portable|teléfono|móvil|telefone"
    r"|telefoon)\.?(?: (?:number is|number|no\.|nr\.|numero|is|ist|è|est|es))?"
    rf"[ \t]{{0,4}}(?::[ \t]{{0,4}})?(?P<number>{_DIGITS}{{6,13}}){_AFTER}",
    re.IGNORECASE,
)


_MARKED = re.compile(r"\[\[(?:(?!\[\[).)*?\]\]", re.DOTALL)
LEFT_OUT = "[…]"


def leave_out(text: str) -> str | None:
    """The text without what stands between [[ and ]]; None where a mark stands alone.

    >>> leave_out("Dear [[Ada Rossi]], your order [[4021]] is late.")
    'Dear […], your order […] is late.'
    >>> leave_out("Dear [[Ada Rossi]")
    """
    kept = _MARKED.sub(LEFT_OUT, text)
    return None if "[[" in kept or "]]" in kept else kept


def private_data(text: str) -> list[str]:
    """Each of them once, as it stands in the text, in its order there.

    >>> private_data("Write to jo@example.org, or phone: 02 1234 5678.")
    ['jo@example.org', '02 1234 5678']
    >>> private_data("Order 4021 7754 on 12.03.2024, 1.299,00 €; I called 14 times.")
    []
    """
    found = sorted(_found(text), key=lambda each: (each[0], -each[1]))
    kept, end = [], 0
    for start, stop in found:
        if start >= end:
            kept.append(text[start:stop])
            end = stop
    return list(dict.fromkeys(kept))


def _found(text: str) -> Iterator[tuple[int, int]]:
    for shape, is_one in _SHAPES:
        for found in shape.finditer(text):
            group = "number" if "number" in shape.groupindex else 0
            begin, end = found.span(group)
            before = text[max(0, begin - REACH) : begin]
            if is_one(found[group]) and not (
                found[group].startswith("00") and is_called_else(before)
            ):
                yield begin, end
    yield from telephones(text)
    yield from postal_addresses(text)


def _is_account(words: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 7064, mod 97-10)."""
    plain = words.replace(" ", "")
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1


def _is_card(words: str) -> bool:
    """Whether the last digit of a card's number is right (Luhn)."""
    digits = [int(each) for each in words if each.isdigit()]
    doubled = [sum(divmod(2 * each, 10)) for each in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_no_date(words: str) -> bool:
    """Not a day, as after "called": on 12.03.2024, 2024-03-12, 12/3/24."""
    pattern = r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    return re.match(pattern, words) is None


def _always(_words: str) -> bool:
    return True


_SHAPES = (
    (_MAIL, _always),
    (_IBAN, _is_account),
    (_CARD, _is_card),
    (_ABROAD, _always),
    (_CALLED, lambda words: _is_no_date(words) and not is_free(words)),
)
