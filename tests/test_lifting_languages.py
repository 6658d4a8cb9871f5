"""Updates in imported texts are lifted in every language of the interface, and others;
ordinary sentences stay where they are.
"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.text import Lifted, lift_updates, unlabelled

PUBLISHED = date(2010, 1, 20)
IN_MARCH = date(2010, 3, 16)
HEADS = {
    "en": ("UPDATE 16 March:", "EDIT (March 16th):", "[16 March UPDATE]"),
    "it": ("[POST AGGIORNATO al 16/3/2010]", "Aggiornamento di martedì 16 marzo:"),
    "de": ("NACHTRAG 16.3.:", "Update vom 16. März:", "Ergänzung, 16. März 2010:"),
    "fr": ("MISE À JOUR (16 mars) :", "MAJ du 16/03/2010 :", "[MAJ 16 mars]"),
    "es": ("ACTUALIZACIÓN (16 de marzo):", "Añadido el 16 de marzo de 2010:"),
    "pt": ("ATUALIZAÇÃO em 16 de março de 2010:", "Atualização - 16/03/2010:"),
    "nl": ("UPDATE 16 maart:", "AANVULLING d.d. 16-3-2010:", "Bijgewerkt op 16 maart:"),
    "pl": ("AKTUALIZACJA z dnia 16 marca 2010 r.:", "Dopisek 16.03.2010:"),
    "ja": (
        "追記（3月16日）：",
        "【3/16追記】",
        "【追記】2010年3月16日\n",
        "※3月16日(火)追記：",
    ),
    "zh": (
        "更新（2010年3月16日）：",
        "【3月16日更新】",
        "补充 2010-03-16：",
        "後續：3月16日：",
    ),
    "ko": (
        "추가: 2010년 3월 16일 -",
        "[추가] 2010. 3. 16.:",
        "(3월 16일 추가)",
        "업데이트 3/16:",
    ),
    "ar": (
        "تحديث ١٦ مارس ٢٠١٠:",
        "تحديث (16 آذار 2010):",
        "[إضافة بتاريخ 16/3/2010]",
    ),
    "tr": ("GÜNCELLEME 16 Mart 2010:",),
    "id": ("PEMBARUAN 16 Maret 2010:",),
    "th": ("อัปเดต 16 มีนาคม 2010:",),
}
LABELS = (
    *("UPDATE:", "NACHTRAG:", "MISE À JOUR :", "ACTUALIZACIÓN:", "ATUALIZAÇÃO:"),
    *(
        "AANVULLING:",
        "AKTUALIZACJA:",
        "追記：",
        "【追記】",
        "更新：",
        "补充：",
        "추가:",
    ),
    *("[추가글]", "تحديث:", "AGGIORNAMENTO:", "Güncelleme:"),
)
PROSE = (
    "Update your phone first, they said.",
    "Updates were never sent to me.",
    "Update-Server waren nicht zu erreichen.",
    "Update, they told me, and all will be well.",
    "16 March update notes say nothing of it.",
    "On 16 March I called again: nobody knew.",
    "March 16 was a Tuesday.",
    "Edit wars are not my thing.",
    "Aggiornamento del telefono, mi hanno detto, e poi si vedrà.",
    "Aggiornato il sistema, non funzionava più nulla.",
    "Nachtrag zum Vertrag kam keiner.",
    "Aktualisierung der Software dauert zwei Stunden.",
    "Ergänzungen zum Vertrag gab es nicht.",
    "Mise à jour du micrologiciel, encore une fois.",
    "Ajouter un produit au panier ne marche pas.",
    "Actualización del sistema, dijeron, y nada.",
    "Actualizado el sistema, dejó de funcionar.",
    "Atualização do aplicativo não resolveu.",
    "Aanvulling op mijn klacht stuurde ik per post.",
    "Aktualizacja oprogramowania nic nie dała.",
    "更新しましたが、直りませんでした。",
    "更新プログラム、これが原因でした。",
    "追記するのを忘れていました。",
    "追加、追加と料金ばかり取られました。",
    "更新，然后又坏了。",
    "更新之后手机就不能用了。",
    "补充一下，他们从来没有回电话。",
    "추가로 전화했지만 받지 않았습니다.",
    "추가 요금을 내라고 했습니다.",
    "수정, 수정, 또 수정했습니다.",
    "업데이트 후에 고장 났습니다.",
    "3월 16일에 추가 요금을 냈습니다.",
    "3月16日更新されたと言われました。",
    "تحديث التطبيق لم ينفع.",
    "إضافة إلى ذلك، لم يتصل بي أحد.",
    "تعديل العنوان غير ممكن.",
    "อัปเดตแล้วก็ยังใช้ไม่ได้",
    "Güncelleme yapıldı ama düzelmedi.",
)


@pytest.mark.parametrize("head", [head for each in HEADS.values() for head in each])
def test_an_update_is_lifted_with_its_day_in_the_words_of_its_language(head: str):
    text = f"The story.\n\nIts end.\n\n{head} 电话 called.\n\nAt last."

    assert lift_updates(text, PUBLISHED) == (
        "The story.\n\nIts end.",
        [Lifted(IN_MARCH, "电话 called.\n\nAt last.")],
    )


@pytest.mark.parametrize("label", LABELS)
def test_an_update_may_have_no_day(label: str):
    body, updates = lift_updates(f"Story.\n\n{label} solved", PUBLISHED)

    assert (body, updates) == ("Story.", [Lifted(None, "solved")])


def test_digits_of_a_month_come_first_where_they_always_do():
    _, updates = lift_updates("こわれた。\n\n追記 3/4：直りました", PUBLISHED)

    assert updates[0].on == date(2010, 3, 4)


@pytest.mark.parametrize(
    "title", ["届かない【3/16追記】", "届かない（追記あり）", "届かない [更新]"]
)
def test_a_title_loses_its_label(title: str):
    assert unlabelled(title) == "届かない"


@pytest.mark.parametrize("prose", PROSE)
def test_a_sentence_that_begins_with_such_a_word_stays(prose: str):
    text = f"The story.\n\n{prose}\n\nIts end."

    assert lift_updates(text, PUBLISHED) == (text, [])


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(PROSE), st.sampled_from([" ", "\n", "\n\n"])),
        min_size=1,
        max_size=12,
    )
)
def test_no_order_of_ordinary_sentences_is_cut(said: list[tuple[str, str]]):
    text = "".join(sentence + space for sentence, space in said)

    assert lift_updates(text, PUBLISHED) == (text, [])
