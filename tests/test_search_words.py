"""Words of each language are found in the forms and compounds that it makes of them."""

import pytest

from stories.search import Document, Question, highlight, open_index
from stories.search.analysis import fold
from stories.search.compounds import parts
from stories.search.documents import Said
from stories.search.unspaced import chunks, thai_words


@pytest.fixture
def index(tmp_path):
    index = open_index("whoosh:", tmp_path)
    yield index
    index.close()


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "Heizungsausfall im Januar", "Heizung Ausfall"),
        ("de", "Der Ausfall der Heizung", "Heizungsausfall"),
        ("de", "Der Drucker wurde nie repariert", "Reparatur"),
        ("de", "Das Gerät wurde getauscht", "tauschen"),
        ("nl", "Een verwarmingsstoring", "storing"),
        ("nl", "Vieze kamers, nooit een schone", "schoon"),
        ("nl", "De reparatie duurde lang", "gerepareerd"),
        ("pl", "Paragonów nie mam", "paragon"),
        ("pl", "Technicy nie przyszli", "technik"),
        ("tr", "Gözlüğünü kaybettiler", "gözlük"),
        ("tr", "ISITMA bozuldu", "ısıtma"),
        ("id", "Pengiriman lambat", "kirim"),
        ("ar", "والغسالة معطلة", "غسالة"),
        ("ar", "لم تصل الفواتير", "فاتورة"),
        ("it", "Perdite d'acqua", "l’acqua"),
        ("fr", "La fuite d’eau", "l'eau"),
        ("ja", "銀行が口座を閉鎖しました", "口座の閉鎖"),
        ("ja", "ルーターを交換", "ルータの交換"),
        ("ja", "娘のメガネ代", "めがね"),
        ("ja", "りんごが届かない", "ﾘﾝｺﾞ"),
        ("zh", "取消了我的航班", "航班取消"),
        ("ko", "공유기를 교체했습니다", "공유기가 교체된"),
        ("ko", "커피 머신이 고장", "커피머신"),
    ],
)
def test_a_word_is_found_in_the_forms_of_its_language(index, language, text, words):
    index.put([Document(id=1, body=text, language=language)])

    found = index.search(Question(words=words, languages=(language,), facets=False))
    marked = [piece for piece, match in highlight(text, words, language) if match]

    assert [hit.id for hit in found.hits] == [1]
    assert marked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Der Handyvertrag", '"Vertrag des Handys"'),
        ("Der Vertrag", "Handyvertrag"),
        ("取消了我的航班", '"航班取消"'),
    ],
)
def test_what_is_more_or_in_quotation_marks_is_not_found_in_parts(index, text, words):
    index.put([Document(id=1, body=text, language="de")])

    assert not index.search(Question(words=words, languages=("de",))).hits


def test_a_phrase_of_a_text_is_found_whose_translation_has_its_words_in_its_title(
    index,
):
    said = Said(language="de", title="Ponys und pony", body="Esel")
    index.put([Document(id=1, body="a pony and a mule", language="en", said=(said,))])

    found = index.search(Question(words='"pony and a mule"', languages=("en",)))

    assert [hit.id for hit in found.hits] == [1]


@pytest.mark.parametrize(
    ("word", "language", "made_of"),
    [
        ("Waschmaschinenlieferung", "de", ("wasch", "maschine", "lieferung")),
        ("Inkassobüro", "de", ("inkasso", "buro")),
        ("Reisegutscheine", "de", ("reise", "gutschein")),
        ("kassabonnen", "nl", ("kassa", "bon")),
        ("Freundlichkeit", "de", ()),
        ("Gesellschaft", "de", ()),
        ("verantwoordelijkheid", "nl", ()),
        ("Heizungsausfall", "en", ()),
    ],
)
def test_a_compound_is_taken_apart(word, language, made_of):
    assert parts(fold(word), language, fold) == made_of


@pytest.mark.parametrize(
    ("words", "asked_for"),
    [
        ("壊れた暖房", ["壊", "暖房"]),
        ("コーヒーメーカーを修理してもらった", ["コーヒーメーカ", "修理"]),
        ("めがねの", ["めがね"]),
        ("から", []),
        ("银行的账户", ["银行", "账户"]),
        ("해지했습니다", ["해지"]),
        ("kettle", []),
    ],
)
def test_a_query_without_spaces_is_asked_in_words(words, asked_for):
    assert [chunk[0][0] for chunk in chunks(words)] == asked_for


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("บริการแย่", "แย่มาก พนักงานไม่ยอมให้บริการ"),
        ("อาหารอร่อย", "อร่อยดีค่ะ ทั้งขนมและอาหาร"),
        ("บริการแย่", "บริการแย่"),
    ],
)
def test_thai_words_are_found_apart(index, words, text):
    index.put([Document(id=1, body=text, language="th")])

    assert [hit.id for hit in index.search(Question(words=words)).hits] == [1]


def test_all_letters_of_a_thai_query_are_in_one_of_its_words():
    for run in ("บริการแย่", "อาหารอร่อย", "พนักงานพูดจาไม่ดี", "ก", "ก" * 99):
        assert "".join(thai_words(run)) == run
