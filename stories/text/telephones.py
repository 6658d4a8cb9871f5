"""National telephone numbers that nothing calls so, by their typical shapes.

Order numbers, prices and dates are digits too. So a number is taken for a telephone
only where a country writes its telephones just so, where no word before it says that
it is something else, and no money stands beside it. Numbers that companies pay for
(0800, 1-800, 900 …) are nobody's own.
"""

import re
from collections.abc import Iterator

_FREE = r"(?<![\w+.,/=&?#$€£¥*:-])(?<!\d )"
_ENDS = r"(?![\w/=*%€$£¥-]|[.,:]\d| ?\d|[ .-]{1,2}(?=\d))"
_SHAPES = (
    # North America: (415) 555-2671, 415-555-2671, 415.555.2671, 1-415-555-2671
    (
        r"(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d(?P<na>[.-]))[2-9]\d\d"
        r"(?(na)(?P=na)|[ .-])\d{4}"
    ),
    # Great Britain: 020 7946 0958, (01632) 960123, 0161 496 0123, 07700 900123
    (
        r"\(?02\d\)? \d{4} \d{4}|\(?01\d{3}\)? (?:\d{6}|\d{3} \d{3})"
        r"|\(?01\d1\)? \d{3} \d{4}|07\d{3} ?(?:\d{6}|\d{3} \d{3})"
    ),
    # France: 06 12 34 56 78, 06.12.34.56.78, 0612345678
    r"0[1-7](?P<fr>[ .-])\d\d(?:(?P=fr)\d\d){3}|0[67]\d{8}",
    # Italy: 347 1234567, 347 123 4567, 347-1234567; 02 1234 5678, 011 1234567
    (
        r"3[2-9]\d[ ./-](?:\d{7}|\d{3}[ .]\d{4}|\d\d[ .]\d\d[ .]\d{3})"
        r"|0[26][ /-](?:\d{4} \d{4}|\d{7,8})|0[1-9]\d[ /-]\d{7}|0[1-9]\d\d[ /-]\d{6}"
    ),
    # Germany: 0171 2345678, 0171/2345678, 030 901820, 089-12345678, 01712345678
    r"01[5-7]\d{1,2}[ /-]?\d{7,8}|0[2-9]\d{1,3}[ /-]\d{6,8}|0[2-9]\d{1,2}/\d{5,8}",
    # Spain: 612 34 56 78, 612.345.678, 912-345-678
    r"[679]\d\d (?:\d\d ){2}\d\d|[67]\d\d-\d{3}-\d{3}",
    # the Netherlands: 06-12345678, 06 1234 5678, 020-1234567, 0251-123456
    r"06[ -](?:\d{8}|\d{4} \d{4})|0[1-57]\d-\d{7}|0[1-57]\d\d-\d{6}",
)
_NUMBER = re.compile(rf"{_FREE}(?:{'|'.join(_SHAPES)}){_ENDS}")
_PAID = re.compile(
    r"0800|0808|084[345]|087[0-3]|0900|0901|0180|0137|1?8(?:00|33|44|55|66|77|88)\d{7}$"
    r"|1?900\d{7}$|90[0125]\d{6}$|08\d{8}$"
)
_ELSE = re.compile(
    r"(?:order|ordine|bestell\w*|bestelling|pedido|commande|ticket|case|claim|ref\w*"
    r"|invoice|fattura|rechnung\w*|facture|factura|factuur|account|acct|contract"
    r"|contratto|vertrag\w*|contrat|contrato|serial|seri\w*|imei|model\w*|modèle|part"
    r"|s/?n|sku|ean|isbn|vin|tracking|parcel|paket\w*|colis|customer|kunden\w*|cliente|client"
    r"|klant\w*|item|artikel\w*|version|code|codice|código|code|pin|id|bon|n°|nº|no\.|nr\.?"
    r"|#)[ .:#°-]*(?:(?:number|nummer|numero|numéro|número|no|nr|is|ist|è"
    r"|est|es|was)[ .:#°-]*){0,2}$",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:[€$£¥]|\b(?:EUR|USD|GBP|JPY|CHF|Rs|Rp|KRW|THB))\.? ?$")
_MONEY_AFTER = re.compile(
    r" ?(?:[€$£¥%]|(?:EUR|USD|GBP|JPY|CHF|KRW|THB|euros?|dollars?|pounds?|yen|won|miles"
    r"|km|kg|units|people|pixels)\b)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d\d)(?![./-]?\d)|\d{4}([./-])\d{1,2}\2\d{1,2}\b"
)
REACH = 32
"""So many letters before a number may say what it is."""


def telephones(text: str) -> Iterator[tuple[int, int]]:
    """Where each of them begins and ends."""
    for found in _NUMBER.finditer(text):
        begin, end = found.span()
        before = text[max(0, begin - REACH) : begin]
        if not _is_something_else(found[0], before, text[end : end + 12]):
            yield begin, end


def is_free(number: str) -> bool:
    """Whether a company pays for it, or is paid by it: it is nobody's own."""
    return _PAID.match(re.sub(r"\D", "", number)) is not None


def is_called_else(before: str) -> bool:
    """Whether the words before a number say that it is that of an order, or a part."""
    return _ELSE.search(before[-REACH:]) is not None


def _is_something_else(number: str, before: str, after: str) -> bool:
    return bool(
        is_free(number)
        or _DAY.match(number)
        or is_called_else(before)
        or _MONEY_BEFORE.search(before)
        or _MONEY_AFTER.match(after)
    )
