"""The five stories that Earshot exists for, in our own words, as their authors would
enter them. Real companies are named here and nowhere else."""

from pathlib import Path

from stories.entries.story import StoryEntry, UpdateEntry

TEXTS = Path(__file__).parent / "texts"


def written(name: str) -> str:
    """The text of a scenario, as its author wrote it."""
    return (TEXTS / f"{name}.md").read_text(encoding="utf-8")


def licence_certificate() -> StoryEntry:
    """A helper writes for a client; calls with their waits; no end in sight."""
    return StoryEntry.model_validate(
        {
            "title": "A sticker and a disc, and two hours on the phone for neither",
            "language": "en",
            "kind": "complaint",
            "author_relation": "on_behalf_of",
            "first_published": {"year": 2007, "about": True},
            "mentions": [
                {"company": "Sony", "products": ["Vaio laptop"]},
                {
                    "company": "Microsoft",
                    "role": "mentioned",
                    "products": ["Office 2007"],
                },
            ],
            "text": written("licence-certificate"),
            "contacts": [
                {
                    "channel": "phone",
                    "company": "Sony",
                    "minutes": 35,
                    "people": 3,
                    "numbers_called": 2,
                    "result": "A call back was promised within 3 hours.",
                },
                {
                    "channel": "phone",
                    "by": "company",
                    "company": "Sony",
                    "hours_after": "4",
                    "minutes": 60,
                    "role_spoken_to": "technician",
                    "result": "Had the client reformat the machine. Not solved.",
                },
            ],
            "promises": [
                {
                    "what": "call back within 3 hours",
                    "state": "kept",
                    "note": "About on time, and of no use: kept does not mean solved.",
                }
            ],
            "effort_minutes": 120,
            "remedy_sought": "A disc and a certificate by mail; a ten-minute matter.",
            "points_good": ["the laptop has a great screen"],
            "issues": ["missing_item", "long_wait"],
            "comments_open": False,
        }
    )


def melted_boombox() -> StoryEntry:
    """The second part of a saga: calls, an offer, a refusal, and praise for others."""
    return StoryEntry.model_validate(
        {
            "title": "They called me about the boom box, to say that I was wrong",
            "language": "en",
            "kind": "complaint",
            "first_published": {"year": 2011, "month": 6},
            "disclosure": "I run a software company.",
            "series": {
                "title": "My saga with one company",
                "part": 2,
                "elsewhere_note": "Part one stands elsewhere; it promised this update.",
            },
            "mentions": [
                {"company": "Sony", "products": ["digital camera", "boom box"]},
                {"company": "Panasonic", "role": "praised"},
                {"company": "Apple", "role": "praised"},
                {
                    "company": "Home Depot",
                    "role": "praised",
                    "reason": "Solved a problem on a Sunday and bore a loss.",
                },
                {"company": "Lowe's", "role": "praised"},
            ],
            "text": written("melted-boombox"),
            "names": [
                {
                    "name": "Marla Quillfeather",
                    "role": "the supervisor of the social media team",
                }
            ],
            "contacts": BOOM_BOX_CONTACTS,
            "offers": [
                {
                    "what": "the same boom box at a discount",
                    "company": "Sony",
                    "value": "94",
                    "list_value": "220",
                    "currency": "USD",
                    "state": "refused",
                }
            ],
            "amounts": [
                {
                    "role": "lost",
                    "value": "500",
                    "currency": "USD",
                    "company": "Home Depot",
                    "what": "what the store bore to put it right",
                }
            ],
            "disputes": [
                "that a boom box can lose its shape in the sun",
                "that a camera four years old deserves a free replacement",
            ],
            "remedy_sought": "To be believed; an admission; about 100 USD of goodwill.",
            "outcome": "offer_refused",
            "evaluation": {"grade": 1, "would_buy_again": "never"},
        }
    )


BOOM_BOX_CONTACTS = [
    {
        "channel": "social_media",
        "by": "company",
        "company": "Sony",
        "result": "A call was announced for the same afternoon.",
    },
    {
        "channel": "phone",
        "by": "company",
        "company": "Sony",
        "result": "Missed; a voice message with a number.",
    },
    {
        "channel": "phone",
        "company": "Sony",
        "result": "The office was closed, and no message could be left.",
    },
    {
        "channel": "phone",
        "company": "Sony",
        "role_spoken_to": "supervisor of the social media team",
        "result": "My account was disputed, I was interrupted, they ended the call.",
    },
]


def boom_box_comments() -> list[str]:
    """What two guests remarked under it."""
    return [
        "Stay away from their databases too. They fail to keep them safe.",
        "I am sorry that this happened to you. Thanks for warning the rest of us.",
    ]


def itunes_by_mail() -> StoryEntry:
    """Short praise: three mails, solved in a day."""
    return StoryEntry.model_validate(
        {
            "title": "Support that reads what you wrote",
            "language": "en",
            "kind": "praise",
            "first_published": {"year": 2008, "month": 2, "about": True},
            "mentions": [
                {"company": "Apple", "products": ["iTunes"]},
                {"company": "HP", "role": "criticised"},
                {"company": "Comcast", "role": "criticised"},
                {"company": "Cisco", "role": "criticised"},
            ],
            "text": written("itunes-by-mail"),
            "contacts": [
                {"channel": "email", "company": "Apple"},
                {
                    "channel": "email",
                    "by": "company",
                    "company": "Apple",
                    "hours_after": "6",
                    "result": "Specific, courteous, with a concrete solution.",
                },
                {
                    "channel": "email",
                    "by": "company",
                    "company": "Apple",
                    "hours_after": "24",
                    "result": "Asked whether all was well.",
                },
                {
                    "channel": "email",
                    "by": "company",
                    "company": "Apple",
                    "result": "Glad that it is solved; I may reply at any time.",
                },
            ],
            "letters": [
                {
                    "sender": "The support team of the music store",
                    "text": "Dear customer, I see that two of the songs that you bought"
                    " on the 13th arrived incomplete. I have put them into your queue"
                    " again; nothing will be charged. Happy Valentine's Day!",
                }
            ],
            "quotations": [
                {
                    "who": "Another author, on a blog of his own",
                    "address": "https://blog.example/customer-support-oxymoron",
                    "text": "“Customer support” has become an oxymoron, like “jumbo"
                    " shrimp”.",
                }
            ],
            "points_bad": ["still partly boilerplate"],
            "outcome": "resolved",
            "evaluation": {"grade": 10, "would_buy_again": "yes"},
        }
    )


def repair_programme() -> StoryEntry:
    """Praise with one reservation, from 2008."""
    return StoryEntry.model_validate(
        {
            "title": "Three days to a laptop cleaner than I had sent it",
            "language": "en",
            "kind": "praise",
            "first_published": {"year": 2008, "month": 9, "day": 17},
            "mentions": [{"company": "Sony", "products": ["Vaio TZ"]}],
            "text": written("repair-programme"),
            "points_good": [
                "repaired in 3 working days",
                "letter of apology with the returned machine",
                "free 2 GB memory stick",
                "new screen cloth",
                "friendly local call centre when asked for progress",
                "machine came back clean and repaired",
            ],
            "points_bad": ["learned of the problem from the press, not from them"],
            "amounts": [
                {"role": "in_kind", "what": "2 GB memory stick"},
                {"role": "in_kind", "what": "screen cloth"},
            ],
            "outcome": "resolved",
            "evaluation": {"grade": 9, "would_buy_again": "yes"},
        }
    )


def kit_mai_arrivato() -> StoryEntry:
    """A paid upgrade kit that never arrives, in Italian."""
    return StoryEntry.model_validate(
        {
            "title": "Il kit pagato a ottobre e mai arrivato",
            "language": "it",
            "kind": "complaint",
            "first_published": {"year": 2010, "month": 1},
            "mentions": [
                {"company": "Sony", "products": ["Vaio NW"]},
                {
                    "company": "Microsoft",
                    "role": "mentioned",
                    "products": ["Windows 7"],
                },
                {"company": "Google", "role": "mentioned"},
            ],
            "text": written("kit-mai-arrivato"),
            "contacts": [
                {
                    "channel": "phone",
                    "company": "Sony",
                    "rhythm": "monthly",
                    "when": {"year": 2009, "month": 10},
                    "until": {"year": 2010, "month": 3},
                    "result": "Scuse e rassicurazioni; non è stato spedito niente.",
                },
                {"channel": "fax", "company": "Sony", "result": "Nessun esito."},
            ],
            "amounts": [
                {"role": "paid", "value": "25", "currency": "EUR", "company": "Sony"}
            ],
            "remedy_sought": "Il kit di aggiornamento; a questo punto, soprattutto, che"
            " altri lo sappiano.",
            "issues": ["not_delivered"],
        }
    )


def kit_update() -> UpdateEntry:
    """What its author added in March."""
    return UpdateEntry.model_validate(
        {
            "text": written("kit-update"),
            "language": "it",
            "when": {"year": 2010, "month": 3, "day": 16},
        }
    )
