"""Private conversations that tests need, made in one line each."""

from sqlalchemy.orm import Session

from stories import publishing, talking
from stories.entries.talks import AskEntry, EndEntry, MessageEntry
from stories.models import Company, Member, Message, Story, Talk
from tests.people import a_voice, an_entry

SECRET = "My number is 0151 555 0199."


def a_story_with(
    db: Session, author: Member, member: Member, company: Company
) -> Story:
    """A story about a company, for which the member speaks."""
    a_voice(db, member, company)
    mentions = [{"company": company.name, "company_id": company.id}]
    story = publishing.publish(db, author, an_entry(mentions=mentions))
    db.commit()
    return story


def an_open_talk(
    db: Session, author: Member, member: Member, story: Story, company: Company
) -> Talk:
    """The member has asked for one, and the author has agreed."""
    talk = talking.ask(db, member, story, company.id, AskEntry(reason="A refund"))
    talking.agree(db, author, talk, EndEntry())
    return talk


def says(db: Session, who: Member, talk: Talk, words: str = SECRET) -> Message:
    """What one side writes."""
    return talking.write(db, who, talk, MessageEntry(text=words))
