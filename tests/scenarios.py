"""The five stories that Earshot exists for, in our own words, as their authors would
enter them. Real companies are named here and nowhere else."""

from stories.entries.story import StoryEntry, UpdateEntry


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
            "text": LICENCE,
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


LICENCE = """\
I mend computers for a living, for people who would rather not. Last week one of my
clients unpacked a new laptop, for which she had paid extra so that Office 2007 would
come with it. The laptop was there, and I must say that its screen is a joy. The disc
was not, and neither was the **certificate of authenticity**, the small sticker whose
number the program wants to see before it lets anybody write a letter.

So I rang, on her behalf. The first number sent me to a second one. Three people and
thirty-five minutes later each of them had heard the same three sentences from me, and
the last one promised that somebody would call back within three hours.

To be fair, somebody did, four hours after I had hung up. For the next hour he had us
delete what was on the machine and set it up from nothing. I told him before, during and
after that an empty disk does not grow a certificate. When it was done the laptop was as
new as on the first day, and so was the problem.

What would have helped:

- take the serial number from the receipt,
- put a disc and a certificate in an envelope,
- write the address on it.

Ten minutes, I should think. Between us we have spent two hours, and my client, who
only wanted to write to her sister, still cannot.
"""


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
            "text": BOOM_BOX,
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

BOOM_BOX = """\
Part one ended with a promise: whatever came of it, I would write it down. Here it is.

A short reminder. In 2007 a camera that I had been given stopped working, and after one
round with the company I gave up. This May, in Austin, Texas, a boom box stood on our
porch for an hour. It was a sunny day, as they are here. When we came back the lid had
sagged like a slice of cheese. Five or six adults stood around it, and any of them will
tell you so.

## What they did

Somebody of their social media team saw part one and wrote to me on Twitter: they would
call me that afternoon. I missed the call. The message held a number; the number held a
recording that the office was closed, and hung up before I could say a word.

When we did speak, it was with Marla Quillfeather. Ms Quillfeather explained to me that
a boom box *cannot* melt in the sun, and that a camera of four years need not be
replaced. I began to say that I had not asked for that. She did not let me finish, and
then the line was dead.

There was an offer: the same boom box, for 94 dollars instead of 220. I refused. I did
not want to buy another one. I wanted somebody to say: that should not have happened.

## What others do

My Panasonic has run since college. Apple once replaced a cable without a question. At
Lowe's a man walked me to the right screw. And Home Depot solved a mess of *my* making
on a Sunday, and took a loss of some 500 dollars doing it. Guess where I shop.
"""


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
            "text": ITUNES,
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


ITUNES = """\
A friend of mine likes to say that customer support is an oxymoron. I have waited in the
queues of HP, of Comcast and of Cisco, and I have never found much to say against him.
So this is for him.

Two songs of an album that I had bought for Valentine's Day ended after a minute. I wrote
a mail, as one throws a bottle into the sea. Six hours later there was an answer, and it
was an answer to *my* letter: it named the two songs, said what had gone wrong, and told
me where to press. I pressed. The songs were whole.

A day later came a second mail, which asked whether all was well. I wrote that it was,
and thanked them. The third one said that they were glad, and that I could reply to it
at any time if something came up.

Yes, a sentence or two in each of them had come out of a drawer, and one could see which.
I do not mind. Somebody had read what I wrote, had understood it, and had looked again
afterwards. It took about a day, and ten minutes of mine. I have known telephone menus
that took longer to read to me the hours of their own office.
"""


def repair_programme() -> StoryEntry:
    """Praise with one reservation, from 2008."""
    return StoryEntry.model_validate(
        {
            "title": "Three days to a laptop cleaner than I had sent it",
            "language": "en",
            "kind": "praise",
            "first_published": {"year": 2008, "month": 9, "day": 17},
            "mentions": [{"company": "Sony", "products": ["Vaio TZ"]}],
            "text": REPAIR,
            "points_good": [
                "repaired in 3 working days",
                "letter of apology with the returned machine",
                "free 2 GB memory stick",
                "new screen cloth",
                "friendly local call centre when asked for progress",
                "machine came back clean and repaired",
            ],
            "points_bad": [
                "learned of the problem from the press although the company had my"
                " address"
            ],
            "amounts": [
                {"role": "in_kind", "what": "2 GB memory stick"},
                {"role": "in_kind", "what": "screen cloth"},
            ],
            "outcome": "resolved",
            "evaluation": {"grade": 9, "would_buy_again": "yes"},
        }
    )


REPAIR = """\
My laptop was one of the many that the maker called in for inspection, of its own will
and at its own cost, because a cable in the hinge might grow too warm. I filled in a form,
a courier came for the machine, and I prepared myself for a month of borrowed keyboards.

It was back after **three working days**. On top of it lay a letter in which somebody
apologised for the trouble, a memory stick of two gigabytes, and a new cloth for the
screen. Halfway through I had rung the call centre to ask how things stood. A friendly
person, in this country, knew at once which machine I meant and when it would leave.

And it was clean! I do not mean the disk, which nobody had touched. I mean that the
crumbs of two years had gone from between the keys.

One thing I would have wished otherwise. I learned of all this from a newspaper. The
company had my name, my address and the number of my machine since the day I registered
it, and had used them until then for advertisements only. A note would have been kinder
than a headline.

Still: if this is what it looks like when they make a mistake, I will buy there again.
"""


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
            "text": KIT,
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


KIT = """\
A settembre del 2009 ho comprato un portatile con Windows Vista Home Premium. Quando l'ho
registrato, una pagina mi ha fatto i complimenti: avevo diritto al passaggio gratuito a
Windows 7. Gratuito, s'intende, tranne le spese di gestione e di spedizione: 25 euro, che
ho pagato in ottobre con la carta di credito.

Da allora aspetto. Una volta al mese telefono all'**assistenza clienti**. Le voci cambiano,
le risposte no: il pacco è in partenza, il corriere è in ritardo, il magazzino è in
inventario, mi richiamano loro. Non ha mai richiamato nessuno. Ho mandato anche dei fax,
con la ricevuta del pagamento, e tanto valeva infilarli in una bottiglia.

Allora ho cercato con Google, e ho scoperto di non essere solo. Le proteste riempiono
pagine intere: stessa promessa, stessa cifra, stesso silenzio. Qualcuno ha ricevuto il kit
di un altro modello; qualcuno, dopo mesi, la conferma di un ordine che non aveva fatto.

Non scrivo per i 25 euro. Scrivo perché un'azienda che sa prelevare una somma in tre
secondi dovrebbe saper imbucare una busta in tre mesi, e perché chi sta per comprare ha
il diritto di saperlo prima. Se il kit arriva, prometto di scriverlo qui sotto, con la
stessa evidenza.
"""


def kit_update() -> UpdateEntry:
    """What its author added in March."""
    return UpdateEntry.model_validate(
        {
            "text": KIT_UPDATE,
            "language": "it",
            "when": {"year": 2010, "month": 3, "day": 16},
        }
    )


KIT_UPDATE = """\
Mi ha contattato il servizio di assistenza dell'azienda: hanno letto questa pagina e
vogliono capire che cosa sia andato storto. Non è ancora arrivato niente, ma un applauso
a chi ascolta lo faccio volentieri. Spero di poter pubblicare presto, al posto delle
lamentele, una lode.
"""
