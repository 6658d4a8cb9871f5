"""Public webmail: addresses that prove nothing about a company."""

_NAMES = """
126.com 163.com abv.bg aim.com alice.it aol.com arcor.de att.net bigpond.com bk.ru
bluewin.ch bol.com.br btinternet.com centrum.cz charter.net comcast.net cox.net
daum.net duck.com earthlink.net email.cz email.it fastmail.com fastmail.fm foxmail.com
free.fr freemail.hu freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.fr gmx.net
googlemail.com hanmail.net hey.com hotmail.be hotmail.ch hotmail.co.uk hotmail.com
hotmail.com.br hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl hushmail.com
icloud.com ig.com.br inbox.com inbox.lv inbox.ru interia.pl iol.it juno.com kakao.com
laposte.net libero.it list.ru live.be live.ca live.co.uk live.com live.com.au live.de
live.fr live.it live.nl mac.com mail.bg mail.com mail.de mail.ee mail.ru mailbox.org
me.com msn.com nate.com naver.com neuf.fr o2.pl onet.pl op.pl optonline.net orange.fr
outlook.be outlook.com outlook.com.br outlook.de outlook.es outlook.fr outlook.it
outlook.jp pm.me posteo.de posteo.net proton.me protonmail.ch protonmail.com qq.com
rambler.ru rediffmail.com rocketmail.com runbox.com sapo.pt sbcglobal.net seznam.cz
sfr.fr sina.com sohu.com swissonline.ch t-online.de talktalk.net telenet.be
terra.com.br tim.it tin.it tiscali.co.uk tiscali.it tuta.com tuta.io tutanota.com
tutanota.de uol.com.br verizon.net virgilio.it virginmedia.com vodafone.it wanadoo.fr
web.de wp.pl xs4all.nl yahoo.ca yahoo.co.id yahoo.co.in yahoo.co.jp yahoo.co.uk
yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.mx yahoo.de yahoo.es
yahoo.fr yahoo.it yandex.com yandex.ru ymail.com zoho.com zohomail.com
"""

PUBLIC = frozenset(_NAMES.split())


def is_public(domain: str) -> bool:
    """Whether anybody can have an address there."""
    return domain.lower().rstrip(".") in PUBLIC


def belongs(domain: str, to: str) -> bool:
    """Whether a mail domain is the company's own (`to`), or lies below it."""
    domain, to = domain.lower().rstrip("."), to.lower().rstrip(".")
    return domain == to or domain.endswith(f".{to}")
