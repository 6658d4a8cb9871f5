"""Languages that a detector takes for one another, told apart by what only one has:
Indonesian and Malay by words, Chinese by its characters.
"""

import re
from functools import cache

MALAY = frozenset({"id", "ms"})
TAKEN_FOR_ONE = (MALAY, frozenset({"nb", "nn", "no"}), frozenset({"fil", "tl"}))
"""Languages that the detector does not tell apart, or tags of one language."""
_WORDS = {
    "id": "agustus "
    "aja apalagi apotek asuransi bahwa banget barangnya bareng beda "
    "biaya bilang bisa bisnis butuh cabang cek coba cocok cuma dapet desember "
    "diskon dong enak ga gak gampang ganti garansi gimana gini gitu gratis gue "
    "gw inggris jelek juli juni kalo kantor kapan karena karyawan kasih kayak "
    "kecewa kemarin kirim kirimnya konsumen koper kualitas kulkas kurir layanan "
    "lumayan makasih mantap maret mau mbak mobil ngga nggak nih nomor november "
    "nyaman oktober packing pake parah pelayanan pengembalian pengiriman "
    "perusahaan pesanan pesawat polisi ponsel produk pulsa rapi rapih resi "
    "rusak sampe seller semoga sepeda sih soalnya tagihan tapi tau telepon "
    "televisi toko transfer uang udah universitas yg",
    "ms": "ahad akaun bahagian bahawa baiki basikal beg bil bilik bimbit "
    "cakap cuba cuti disember encik faks filem "
    "hendaklah ialah inggeris julai jun kedai kerana kereta khidmat kilang "
    "kualiti mac mahu malangnya manakala ogos pejabat penghantaran percuma "
    "perkhidmatan polis produktiviti puan sahaja sebarang selepas "
    "syarikat tayar telefon televisyen tempahan tiada tunai universiti "
    "wang",
}
_SAID_IN = {tag: frozenset(words.split()) for tag, words in _WORDS.items()}
"""What is said in one of the two alone."""
_ALPHA = re.compile(r"[^\W\d_]+")


def malay_or_indonesian(text: str) -> str | None:
    """Which of the two it is; None where nothing tells.

    >>> malay_or_indonesian("Uang saya tidak bisa kembali karena kurir")
    'id'
    """
    said = _ALPHA.findall(text.lower())
    counts = {
        tag: sum(map(words.__contains__, said)) for tag, words in _SAID_IN.items()
    }
    if counts["id"] == counts["ms"]:
        return None
    return max(counts, key=counts.__getitem__)


def chinese(text: str) -> str:
    """`zh-Hans` or `zh-Hant` by the characters of which only one has a form; `zh` where
    there are none, or as many of either.

    >>> chinese("客服从来没有回复"), chinese("客服從來沒有回覆"), chinese("天地人")
    ('zh-Hans', 'zh-Hant', 'zh')
    """
    forms = [_form(letter) for letter in text if letter > "\u3400"]
    simple, full = forms.count("Hans"), forms.count("Hant")
    if simple == full:
        return "zh"
    return "zh-Hans" if simple > full else "zh-Hant"


@cache
def _form(letter: str) -> str | None:
    """By the character sets of the mainland and of Taiwan: what only one has."""
    simple, full = _has("gb2312", letter), _has("big5", letter)
    if simple == full:
        return None
    return "Hans" if simple else "Hant"


def _has(charset: str, letter: str) -> bool:
    try:
        letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
