from collections.abc import Iterator

import pytest

from stories.search import Document, Index, Question, analysis, highlight, open_index

TEXTS = {
    1: ("it", "Le proteste sono servite a poco. L’assistenza era d'accordo."),
    2: ("en", "A collection of oxymorons, said the shop's manager at Straße 5."),
    3: ("fr", "L'été dernier, j'ai commandé deux vélos; les retards étaient énormes."),
    4: ("de", "Die Lieferungen kamen verspätet, der Händler in Łódź schwieg."),
    5: ("ja", "充電器が壊れていました。カスタマーサービスは返事をくれません。"),
    6: ("th", "ร้านนี้บริการแย่มาก ส่งของช้า"),
    7: ("ko", "배송이 너무 늦어서 환불을 요청했습니다"),
    8: ("zh-Hant", "客服態度惡劣，退貨申請被拒絕。"),
    9: ("ru", "Магазин не возвращает деньги за подъёмник."),
    10: ("ar", "الشَّرِكَة لم تُرجع أموالي"),
    11: ("tr", "Iğdır'dan gelen İSTANBUL kargosu kırıldı"),
    12: ("hi", "दुकान ने पैसे वापस नहीं किए"),
    13: ("el", "Οι υπάλληλοι ήταν αγενείς"),
    14: ("und", "Xyzzy plugh 3.50"),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = open_index("whoosh:", tmp_path_factory.mktemp("search"))
    index.put(
        Document(id=number, body=text, language=language)
        for number, (language, text) in TEXTS.items()
    )
    yield index
    index.close()


def found(index: Index, words: str, *languages: str) -> list[int]:
    hits = index.search(Question(words=words, languages=languages)).hits
    return sorted(hit.id for hit in hits)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("protesta", 1),
        ("PROTESTE", 1),
        ("assistenza", 1),
        ("l'assistenza", 1),
        ("dell'assistenza", 1),
        ("d’accordo", 1),
        ("\"l'assistenza era d'accordo\"", 1),
        ("oxymoron", 2),
        ("managers", 2),
        ("strasse", 2),
        ("Straße", 2),
        ("ete", 3),
        ("été", 3),
        ("e\u0301te\u0301", 3),
        ("commander", 3),
        ("retard énorme", 3),
        ("lieferung", 4),
        ("verspatet", 4),
        ("lodz", 4),
        ("充電", 5),
        ("充電器", 5),
        ("器", 5),
        ("サービス", 5),
        ("ｻｰﾋﾞｽ", 5),
        ("บริการ", 6),
        ("แย่", 6),
        ("แย่มาก ช้า", 6),
        ("ช้", 6),
        ("배송", 7),
        ("환불", 7),
        ("늦어서 배송이", 7),
        ("退貨", 8),
        ("態度惡劣", 8),
        ("деньги", 9),
        ("магазины", 9),
        ("подъемник", 9),
        ("الشركة", 10),
        ("شركة", 10),
        ("istanbul", 11),
        ("ığdır", 11),
        ("kırıldı", 11),
        ("पैसे", 12),
        ("ΥΠΑΛΛΗΛΟΙ", 13),
        ("υπαλληλος", 13),
        ("xyzzy", 14),
        ("3.50", 14),
    ],
)
def test_a_query_in_any_form_finds_the_text(index, words, number):
    assert found(index, words) == [number]


def test_pieces_must_follow_each_other(index):
    assert found(index, "器充") == []
    assert found(index, "返品") == []
    assert found(index, "송배") == []


def test_words_of_a_script_without_spaces_may_stand_anywhere(index):
    assert found(index, "มากแย่") == [6]


def test_stems_are_those_of_the_languages_that_the_reader_reads(index):
    assert found(index, "protesta", "it") == [1]
    assert found(index, "protesta", "en", "it") == [1]
    assert found(index, "protesta", "en") == []
    assert found(index, "oxymoron", "it") == [2]


def test_a_stop_word_of_one_language_hides_nothing_in_another(index):
    assert found(index, "die lieferung", "en", "de") == [4]
    assert found(index, "les retards", "en", "fr") == [3]
    assert found(index, "la protesta d'accordo", "it", "en") == [1]


def test_stop_words_alone_find_titles(tmp_path):
    index = open_index("whoosh:", tmp_path)
    index.put(
        [Document(id=1, title="The Who", body="the who and which", language="en")]
    )
    index.put([Document(id=2, title="Which one", body="the who", language="en")])

    assert found(index, "the who", "en") == [1]
    assert found(index, '"the who"', "en") == [1]


def test_names_of_companies_are_not_stemmed_but_folded(tmp_path):
    index = open_index("whoosh:", tmp_path)
    names = ("Società Elettrica Ticinese", "SET")
    index.put([Document(id=1, company_names=names, language="en")])

    assert found(index, "company:societa", "it") == [1]
    assert found(index, '"elettrica ticinese"') == [1]
    assert found(index, '"ticinese set"') == []


@pytest.mark.parametrize(
    ("text", "words", "language", "marked"),
    [
        ("Full of oxymorons, of course.", "oxymoron", "en", ["oxymorons"]),
        (
            "Le proteste e l'assistenza",
            "protesta assistenza",
            "it",
            ["proteste", "assistenza"],
        ),
        ("充電器が壊れた", "充電器", "ja", ["充電器"]),
        ("บริการแย่มาก", "บริการ", "th", ["บริการ"]),
        ("ส่งของช้า เอาของ", "ส่งของช้า", "th", ["ส่งของช้า", "ของ"]),
        ("a kit, a missing kit", '"missing kit"', "en", ["missing", "kit"]),
        ("e\u0301te\u0301 froid", "été", "fr", ["e\u0301te\u0301"]),
        ("Straße und Strasse", "strasse", "de", ["Straße", "Strasse"]),
        ("many words begin so", "beg*", "en", ["begin"]),
        ("what is not wanted", "-wanted what", "en", ["what"]),
        ("nothing here", "pony", "en", []),
        ("", "pony", "en", []),
    ],
)
def test_matches_are_marked_in_the_text_as_it_is(text, words, language, marked):
    pieces = highlight(text, words, language)

    assert [piece for piece, match in pieces if match] == marked
    assert "".join(piece for piece, _ in pieces) == text


def test_a_long_text_shows_the_passage_where_the_matches_are():
    text = "Nothing to see. " * 100 + "The missing kit came. " + "Nothing more. " * 100

    pieces = highlight(text, "missing kit", "en")

    passage = "".join(piece for piece, _ in pieces)
    assert "The missing kit came." in passage
    assert passage.startswith("…")
    assert passage.endswith("…")
    assert 150 < len(passage) < 280
    assert ("missing", True) in pieces


def test_without_a_match_the_text_begins_at_its_beginning():
    pieces = highlight("It began in May. " * 100, "pony", "en")

    assert len(pieces) == 2
    assert pieces[0][0].startswith("It began in May.")


def test_every_language_with_stop_words_or_a_stemmer_is_analysed():
    for language in analysis.STEMMERS:
        assert list(analysis.tokens("Prova 123 été", language))


def test_offsets_are_those_of_the_text():
    for language, text in TEXTS.values():
        for token in analysis.tokens(text, language):
            part = text[token.start : token.end]
            assert analysis.fold(part) == token.word or token.piece
