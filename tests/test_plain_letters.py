"""How the words of a letter are set where there is no HTML."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from web.mail import plain

SUBJECTS = (
    "L’auteur répond à ce que vous contestez dans « A kettle that never came »",
    "「保証書は捨てないでくださいと言われたので捨てなかった話」の新しい動きがありました",
    "An answer, in nothing but letters that every mail server has always known of",
)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_long_subject_keeps_its_spaces(subject):
    letter = EmailMessage()
    letter.set_raw("Subject", plain.encoded(subject))
    letter.set_content("Words.")

    written = letter.as_bytes(policy=policy.SMTP)

    read = message_from_bytes(written, policy=policy.default)
    assert read["Subject"] == subject
    assert all(len(line) <= 78 for line in written.splitlines())


def test_quoted_lines_end_where_each_script_lets_them():
    words = "箱を開けてみると、ボタンが溶けていて「使えない」状態。"
    japanese = plain.quoted(words * 4)
    address = f"https://example.org/{'x' * 90}"

    lines = japanese.splitlines()
    assert all(len(line) <= 37 and line[2] not in "、。」" for line in lines)
    assert address in plain.quoted(f"I wrote it down: {address} and waited.")
    assert plain.quoted("One.\n\nTwo.") == "> One.\n>\n> Two."
